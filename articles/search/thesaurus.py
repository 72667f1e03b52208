"""Groups of wordings that mean the same, and which of them stand in a query.

A wording is compared as searches compare it: folded, as its runs with a blank between them.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import NamedTuple, Self

from articles.search.segmentation import fold, is_unspaced, runs
from articles.topics import parse_topics

# A single character means too many things to be widened.
SHORTEST = 2


class Wording(NamedTuple):
    """One wording of a group: as an editor wrote it, and as it is compared."""

    text: str
    phrase: str

    @classmethod
    def of(cls, text: str) -> Self:
        return cls(text, " ".join(runs(fold(text))))


class Widening(NamedTuple):
    """A wording that stands in a query, and the others of its group that are looked for with it."""

    phrase: str
    others: tuple[Wording, ...]


def parse_wordings(text: str) -> tuple[Wording, ...]:
    """Return the wordings of a group, each once; the same signs separate them as topics."""
    wordings = [Wording.of(word) for word in parse_topics(text)]
    return tuple({wording.phrase: wording for wording in reversed(wordings)}.values())[::-1]


@dataclass(frozen=True)
class Thesaurus:
    """The groups of a site, each as its text; where two hold the same wording, the first counts."""

    texts: tuple[str, ...]

    @cached_property
    def groups(self) -> dict[str, tuple[Wording, ...]]:
        groups = [parse_wordings(text) for text in self.texts]
        return {
            wording.phrase: group for group in reversed(groups) for wording in group if len(wording.phrase) >= SHORTEST
        }

    @cached_property
    def lengths(self) -> list[int]:
        return sorted({len(phrase) for phrase in self.groups}, reverse=True)

    def widen(self, some_runs: Sequence[str]) -> list[Widening]:
        """Return what to look for besides: the longest wording first from left to right, none overlapping.

        A wording may stand inside a longer unspaced run or span several runs; a word counts as a whole only.
        """
        text, ends = " ".join(some_runs), borders(some_runs)
        found: dict[str, Widening] = {}
        start = 0
        while start < len(text):
            phrase = self.longest_at(text, start, ends)
            if phrase:
                found[phrase] = Widening(phrase, others(phrase, self.groups[phrase]))
            start += len(phrase) or 1
        return [widening for widening in found.values() if widening.others]

    def longest_at(self, text: str, start: int, ends: set[int]) -> str:
        """Return the longest wording that begins at the place, or nothing."""
        lengths = [length for length in self.lengths if {start, start + length} <= ends]
        return next((text[start : start + n] for n in lengths if text[start : start + n] in self.groups), "")


# A group's text is its own version, so this is right on every worker without being told of changes.
@lru_cache(maxsize=2)
def thesaurus_of(texts: tuple[str, ...]) -> Thesaurus:
    return Thesaurus(texts)


def others(phrase: str, group: Iterable[Wording]) -> tuple[Wording, ...]:
    """Return the other wordings of the group; what holds the phrase is found without being asked for."""
    return tuple(wording for wording in group if phrase not in wording.phrase)


def borders(some_runs: Sequence[str]) -> set[int]:
    """Return the places of the joined runs where a wording may begin or end: not inside a word."""
    places: set[int] = set()
    start = 0
    for run in some_runs:
        end = start + len(run)
        places |= {*range(start, end + 1)} if is_unspaced(run) else {start, end}
        start = end + 1
    return places


def quoted(text: str, phrase: str) -> str:
    """Return the text with the phrase in quotes, which keep it from being widened; it stands there folded."""
    found = re.search(r"[\W_]*".join(map(re.escape, phrase.split())), fold(text))
    if not found:
        return text
    start, end = found.span()
    return " ".join(f'{text[:start]} "{text[start:end]}" {text[end:]}'.split())
