"""What of a pair is searched: its fields, how they are kept, and what each is worth."""

import math
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import NamedTuple, Self

from articles.search.pieces import heading_pieces
from articles.search.segmentation import fold, runs, terms

# Raise it whenever a text would give other runs or terms than before: the index is then made anew.
VERSION = 4
WEIGHTS = {"heading": 4, "question": 4, "topics": 4, "title": 1, "answer": 1}
# Both numbers of a posting fit two bytes.
LARGEST = 32_000
# A pair of so many terms keeps the length it was indexed with while its own is less than this times as long or short.
MANY, SLACK = 200, 1.15


class Posting(NamedTuple):
    """What the index holds of one term in one pair: its weighted count, and the pair's length."""

    frequency: int
    length: int


@dataclass(frozen=True)
class Fields:
    """The texts of one pair, each as its folded runs with a blank between them.

    The length stands in every posting of a pair. So that a small edit of a long text need not write them all, the
    length that the index has of the pair (0 for none) holds for as long as it is near.
    """

    heading: str = ""
    question: str = ""
    topics: str = ""
    title: str = ""
    answer: str = ""
    indexed: int = field(default=0, compare=False)

    @classmethod
    def of(cls, **texts: str) -> Self:
        return cls(**{name: " ".join(runs(fold(text))) for name, text in texts.items()})

    @classmethod
    def unpack(cls, packed: str, indexed: int = 0) -> Self:
        return cls(*packed.split("\n"), indexed=indexed)

    def with_indexed(self, length: int) -> Self:
        return replace(self, indexed=length)

    def pack(self) -> str:
        """Return the one text that is stored, a line for each field; a run never crosses a line."""
        return "\n".join(getattr(self, name) for name in WEIGHTS)

    @cached_property
    def counts(self) -> tuple[dict[str, int], int]:
        """The weighted count of every term, and the number of all terms; each text is cut up once.

        Pieces of the heading are terms too: their rank stands in the place of a count, and none adds to the length.
        """
        counts: dict[str, int] = {}
        length = 0
        for name, weight in WEIGHTS.items():
            found = terms(getattr(self, name).split())
            length += len(found)
            for term in found:
                counts[term] = counts.get(term, 0) + weight
        if length * max(WEIGHTS.values()) > LARGEST:
            counts = {term: min(count, LARGEST) for term, count in counts.items()}
        return counts | heading_pieces(self.heading), min(length, LARGEST)

    def length(self) -> int:
        length = self.counts[1]
        is_near = self.indexed < SLACK * length and length < SLACK * self.indexed
        return self.indexed if is_near and length >= MANY else length

    def postings(self) -> dict[str, Posting]:
        rounded = round_length(self.length())
        return {term: Posting(count, rounded) for term, count in self.counts[0].items()}


def round_length(length: int) -> int:
    """Round to a power of 1.15, so that a small edit does not change the length in every posting."""
    return min(round(1.15 ** round(math.log(max(length, 1), 1.15))), LARGEST)
