"""What a reader typed, taken apart."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from articles.search.segmentation import fold, runs

TEXT_LIMIT = 300
TERM_LIMIT = 64
# A word or name of the language; more characters are several, or a question.
LONGEST_WORD = 3
# A longer stretch is a sentence: nobody expects it to stand in a text word for word.
WORD_FOR_WORD = 12

FIELD_NAMES = {"topic": "topics", "话题": "topics", "column": "columns", "专栏": "columns"}
TOKEN = re.compile(
    r"""(?P<minus>[-－]?)
        (?:(?P<field>topic|column|话题|专栏)[:：])?
        (?:["“”\uff02](?P<phrase>[^"“”\uff02]*)["“”\uff02] | (?P<word>\S+))""",
    re.VERBOSE | re.IGNORECASE,
)


@dataclass(frozen=True)
class Query:
    """What to look for; every part but the text is folded.

    A phrase or an excluded piece is its runs with a blank between them, as texts are indexed.
    """

    text: str = ""
    terms: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        """Return whether there is anything to find; leaving out alone finds nothing."""
        return bool(self.terms or self.phrases or self.topics or self.columns)

    @property
    def runs(self) -> tuple[str, ...]:
        """The runs a pair is ranked by: those of the terms and of the phrases."""
        return unique([*self.terms, *(run for phrase in self.phrases for run in phrase.split())])

    @property
    def is_word(self) -> bool:
        return sum(map(len, self.terms)) <= LONGEST_WORD

    @property
    def is_sentence(self) -> bool:
        return sum(map(len, self.terms)) > WORD_FOR_WORD


def parse_query(text: str) -> Query:
    """Parse what a reader typed. Never raises: what can't be searched is dropped.

    Understands "a phrase", -left-out, topic:name and column:name (话题:, 专栏:).
    """
    text = clean(text)
    parts: dict[str, list[str]] = {"terms": [], "phrases": [], "excluded": [], "topics": [], "columns": []}
    for token in TOKEN.finditer(text):
        place(token, parts)
    parts["terms"] = parts["terms"][:TERM_LIMIT]
    return Query(text=text, **{name: unique(values) for name, values in parts.items()})


def place(token: re.Match, parts: dict[str, list[str]]) -> None:
    """Add what one token asks for to the part it belongs to."""
    piece = token["word"] if token["phrase"] is None else token["phrase"]
    found = runs(fold(piece))
    joined = " ".join(found)
    if not found:
        return
    if token["field"] and not token["minus"]:
        parts[FIELD_NAMES[token["field"].lower()]].append(fold(piece.strip()))
    elif token["minus"]:
        parts["excluded"].append(joined)
    elif token["phrase"] is not None:
        parts["phrases"].append(joined)
    else:
        parts["terms"] += found


def clean(text: str) -> str:
    """Drop control characters, NUL and lone surrogates; make every blank one space; keep it short."""
    kept = (" " if c.isspace() else c for c in text)
    visible = "".join(c for c in kept if unicodedata.category(c)[0] != "C")
    return " ".join(visible.split())[:TEXT_LIMIT].rstrip()


def unique(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(values))
