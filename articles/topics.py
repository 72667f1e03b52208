"""Topic names as people type them: separators, folding, and back to text."""

import re
import unicodedata
from collections.abc import Iterable

SEPARATORS = re.compile(r"[,，、；;\t\r\n]+")
HASHTAG = re.compile(r"#([^#\n]+)#")


def fold_name(name: str) -> str:
    """Return the form under which KPI, kpi and ＫＰＩ are one name."""
    return clean_name(name).casefold()


def clean_name(name: str) -> str:
    """Return a name fit to be stored: width normalised, blanks collapsed, no # signs around it."""
    return " ".join(unicodedata.normalize("NFKC", name).strip("#＃ \t").split())


def parse_topics(text: str) -> list[str]:
    """Split what an editor typed into names, in order and without repeats.

    `，、；,;`, tabs and line ends separate, `#话题#` stands by itself; a blank does not separate,
    so 团队 管理 stays one name.
    """
    pieces = SEPARATORS.split(HASHTAG.sub(r"、\1、", text.replace("＃", "#")))
    names: dict[str, str] = {}
    for piece in pieces:
        names.setdefault(fold_name(piece), clean_name(piece))
    return [name for name in names.values() if name]


def join_topics(topics: Iterable) -> str:
    """Return the names as parse_topics reads them back."""
    return "、".join(topic.name for topic in topics)
