"""What parsing a page gives: pairs, the facts around them, or the reason there are none."""

from dataclasses import dataclass, field, fields, replace
from datetime import datetime


class PageRefused(Exception):
    """The page holds nothing to import; the reason is one sentence for the editor."""

    def __init__(self, reason: str):
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Facts:
    """What a page says about itself. Empty and None mean that it does not say."""

    title: str = ""
    column_title: str = ""
    author_name: str = ""
    source_name: str = ""
    source_url: str = ""
    published_at: datetime | None = None
    earliest: datetime | None = None
    latest: datetime | None = None

    def or_else(self, other: "Facts") -> "Facts":
        """Return these facts, with the other's where these are silent."""
        return replace(other, **{f.name: value for f in fields(self) if (value := getattr(self, f.name))})


@dataclass(frozen=True, slots=True)
class ParsedPair:
    heading: str
    question: str
    answer: str
    signature: str = ""
    topics: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ParsedPage:
    title: str
    column_title: str
    author_name: str
    source_name: str
    source_url: str
    published_at: datetime | None
    earliest: datetime | None
    latest: datetime | None
    pairs: tuple[ParsedPair, ...]
    topics: tuple[str, ...] = ()
    dropped: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    raw_text: str = field(default="", repr=False)
