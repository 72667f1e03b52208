"""Dates as Chinese pages write them, read as Shanghai time."""

import re
from datetime import datetime
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")

DATE = re.compile(
    r"(?P<year>(?:19|20)\d\d)\s*(?:年|[-/.])\s*(?P<month>\d{1,2})\s*(?:月|[-/.])\s*(?P<day>\d{1,2})(?!\d)\s*(?:日|号)?"
    r"(?:[T\s,，]*(?:[（(]?(?:星期|周)[一二三四五六日天][)）]?\s*)?(?P<half>上午|下午|中午|晚上|凌晨|早上)?\s*"
    r"(?P<hour>\d{1,2})[:：](?P<minute>\d\d)(?:[:：]\d\d(?:\.\d+)?)?\s*(?P<offset>Z\b|[+-]\d\d:?\d\d)?)?"
)
AFTERNOON = ("下午", "晚上")


def find_date(text: str) -> datetime | None:
    """Return the first real date of the text, at midnight where it gives no time."""
    for match in DATE.finditer(text):
        try:
            return to_datetime(match)
        except ValueError:
            continue
    return None


def to_datetime(match: re.Match[str]) -> datetime:
    """Raise ValueError for a date or time that does not exist."""
    hour = int(match["hour"] or 0)
    if match["half"] in AFTERNOON and hour < 12:
        hour += 12
    naive = datetime(int(match["year"]), int(match["month"]), int(match["day"]), hour, int(match["minute"] or 0))
    if not match["offset"]:
        return naive.replace(tzinfo=SHANGHAI)
    offset = match["offset"].replace("Z", "+00:00")
    return datetime.fromisoformat(f"{naive.isoformat()}{offset}").astimezone(SHANGHAI)
