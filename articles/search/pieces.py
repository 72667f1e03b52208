"""The pieces by which a heading is found while it is typed: two characters, two syllables, three first letters.

They are terms of the index, each under a mark that no folded text holds, and so are written, built and checked as all
terms are. The marks sort behind the words of the index, among which look-ups of parts of words search.
"""

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple, Self

from articles.search.pinyin import syllables
from articles.search.segmentation import fold, is_unspaced, runs

CHARACTERS, SYLLABLES, INITIALS = "\uff3e", "\uff5e", "\uff03"
LENGTHS = {CHARACTERS: 2, SYLLABLES: 2, INITIALS: 3}
BETWEEN = {CHARACTERS: "", SYLLABLES: " ", INITIALS: ""}
# A piece's rank is one number: its place in the heading, then the heading's length; together they fit two bytes.
LONGEST = 200
SPAN = 128


class Piece(NamedTuple):
    """A piece that was typed; of an open one the end may be still to come."""

    text: str
    is_open: bool = False

    def fits(self, text: str) -> bool:
        return text.startswith(self.text) if self.is_open else text == self.text


class Stretch(NamedTuple):
    """Something typed without a break, the pieces that headings with it hold, and how many signs it stands for."""

    text: str
    pieces: Sequence[Piece]
    length: int

    @classmethod
    def of_run(cls, run: str) -> Self:
        """Characters stand for themselves, letters for themselves or for the beginnings of syllables."""
        return cls(run, cut_up(CHARACTERS if is_unspaced(run) else INITIALS, run), len(run))

    @classmethod
    def of_syllables(cls, reading: Sequence[str], *, is_half_typed: bool) -> Self:
        """Where it may be half typed, the last syllable is a beginning."""
        *first, last = cut_up(SYLLABLES, reading)
        pieces = [*first, Piece(last.text, last.is_open or is_half_typed)]
        return cls("".join(reading), pieces, len(reading))

    def is_in(self, heading: str) -> bool:
        """Tell whether the heading holds the characters side by side, or every piece of the letters."""
        if is_unspaced(self.text):
            return self.text in signs_of(heading)
        held = known_pieces(heading)
        return all(any(map(piece.fits, held)) for piece in self.pieces)


def cut_up(mark: str, units: Sequence[str]) -> list[Piece]:
    """Return every piece of the units; what is shorter than a piece is the beginning of some."""
    length = LENGTHS[mark]
    starts = range(max(len(units) - length + 1, 1))
    return [Piece(mark + BETWEEN[mark].join(units[n : n + length]), len(units) < length) for n in starts]


def heading_pieces(heading: str) -> dict[str, int]:
    """Return the pieces of a heading, each with its rank: early ones before late ones, then those of short headings."""
    text = signs_of(heading)[:LONGEST]
    parts = syllables(text)
    initials = "".join(part[0] for part in parts)
    length = min(len(text), SPAN - 1)
    found: dict[str, int] = {}
    for place, sign in enumerate(text):
        rank = place * SPAN + length
        found.setdefault(SYLLABLES + " ".join(parts[place : place + 2]), rank)
        found.setdefault(INITIALS + initials[place : place + 3], rank)
        if is_unspaced(sign):
            found.setdefault(CHARACTERS + text[place : place + 2], rank)
    return found


known_pieces = lru_cache(maxsize=4096)(heading_pieces)


def signs_of(heading: str) -> str:
    """Return the heading folded, without the blanks and punctuation that few type."""
    return "".join(runs(fold(heading)))


def place_of(rank: int) -> int:
    return rank // SPAN
