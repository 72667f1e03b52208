"""A raw page, bytes or text of any kind, read into lines and the facts that its head states."""

import re
from dataclasses import dataclass

from articles.importing import reasons
from articles.importing.dates import find_date
from articles.importing.extraction import extract_html, looks_like_html
from articles.importing.lines import Line, read_lines
from articles.importing.records import Facts, PageRefused
from articles.punctuation import drop_invisible

REPLACEMENT = "\ufffd"
BYTE_ORDER_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
MAX_LINES = 150_000
MAX_DAMAGE = 0.002  # share of unreadable characters with which a text still counts as text

NOT_STORABLE = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\ud800-\udfff]")
FRONT_MATTER = re.compile(r"\s*---[ \t]*\n(.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
FIELD = re.compile(r"^([\w-]+)[ \t]*[:：][ \t]*(.*)$", re.MULTILINE)
FIELD_NAMES = {
    "title": ("title", "标题"),
    "column_title": ("column", "series", "专栏", "栏目"),
    "author_name": ("author", "作者"),
    "source_name": ("source_name", "site", "来源"),
    "source_url": ("source_url", "source", "url", "link", "canonical", "permalink", "原文"),
}
DATE_NAMES = ("date", "published_at", "published", "pubdate", "日期", "时间")


@dataclass(frozen=True, slots=True)
class Page:
    lines: tuple[Line, ...]
    facts: Facts
    surroundings: tuple[Line, ...] = ()


def decode_page(data: bytes) -> str:
    """Return the text of a file in UTF-8, UTF-16 with a mark, or GB18030. Raise PageRefused for other files."""
    encoding = next((name for mark, name in BYTE_ORDER_MARKS if data.startswith(mark)), None)
    if encoding is None and b"\x00" in data:
        raise PageRefused(reasons.NOT_TEXT)
    for name in [encoding] if encoding else ["utf-8", "gb18030"]:
        text = data.decode(name, errors="replace")
        damage = text.count(REPLACEMENT) + len(NOT_STORABLE.findall(text))
        if damage <= 1 + len(text) * MAX_DAMAGE:
            return text
    raise PageRefused(reasons.NOT_TEXT)


def storable(text: str) -> str:
    """Return the text with plain line ends, as a form would send it back, without what no database stores."""
    return NOT_STORABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def clean_text(text: str) -> str:
    """Return the text with plain line ends, without what no database stores and no reader sees."""
    return drop_invisible(storable(text).replace("\u2028", "\n").replace("\u2029", "\n"))


def read_page(text: str) -> Page:
    """Return the lines and stated facts of HTML, Markdown or plain text, cleaned before."""
    if not text.strip():
        raise PageRefused(reasons.EMPTY)
    if text.count("\n") > MAX_LINES:
        raise PageRefused(reasons.TOO_LONG)
    facts, surroundings = Facts(), ""
    if looks_like_html(text):
        text, facts, surroundings = extract_html(text)
        if not text:
            raise PageRefused(reasons.NO_MAIN_TEXT)
    elif match := FRONT_MATTER.match(text):
        facts = front_matter_facts(match[1])
        text = text[match.end() :]
    return Page(tuple(read_lines(text)), facts, tuple(read_lines(surroundings)))


def front_matter_facts(block: str) -> Facts:
    fields = {name.lower(): value.strip().strip("\"'“”").strip() for name, value in FIELD.findall(block)}
    stated = {name: next((fields[key] for key in keys if fields.get(key)), "") for name, keys in FIELD_NAMES.items()}
    if not stated["source_url"].startswith(("http://", "https://")):
        stated["source_name"] = stated["source_name"] or stated["source_url"]
        stated["source_url"] = ""
    dates = (find_date(fields.get(name, "")) for name in DATE_NAMES)
    return Facts(**stated, published_at=next(filter(None, dates), None))
