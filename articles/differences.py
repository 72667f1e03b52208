"""Two versions of a text side by side: what of each the other has not."""

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

# Larger passages are compared line by line only: characters take time by the product of both lengths.
MOST_COMPARED = 4_000_000
# Of a long stretch that both have, so many characters stay at either end.
KEPT = 60


@dataclass(frozen=True)
class Piece:
    """A stretch of one version that the other has too, or has not."""

    text: str
    is_changed: bool = False


def compare(old: str, new: str) -> tuple[list[Piece], list[Piece]]:
    """Return both versions as pieces, compared by characters, long stretches without a change cut short."""
    sides: tuple[list[Piece], list[Piece]] = ([], [])
    old_lines, new_lines = old.splitlines(keepends=True), new.splitlines(keepends=True)
    for is_equal, left, right in aligned(old_lines, new_lines):
        passages = [(True, left, right)] if is_equal else changed_passages("".join(left), "".join(right))
        for is_same, *texts in passages:
            for side, text in zip(sides, texts, strict=True):
                add(side, "".join(text), is_changed=not is_same)
    return list(map(shorten, sides[0])), list(map(shorten, sides[1]))


def changed_passages(old: str, new: str) -> Iterator[tuple]:
    if len(old) * len(new) > MOST_COMPARED:
        return iter([(False, old, new)])
    return aligned(old, new)


def aligned(old, new) -> Iterator[tuple]:
    """Yield (is equal, part of the old, part of the new) along both sequences."""
    for kind, old_start, old_end, new_start, new_end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        yield kind == "equal", old[old_start:old_end], new[new_start:new_end]


def add(side: list[Piece], text: str, *, is_changed: bool) -> None:
    """Append the text, to the last piece where that is of its kind."""
    if side and side[-1].is_changed == is_changed:
        side[-1] = Piece(side[-1].text + text, is_changed)
    elif text:
        side.append(Piece(text, is_changed))


def shorten(piece: Piece) -> Piece:
    if piece.is_changed or len(piece.text) <= 3 * KEPT:
        return piece
    return Piece(f"{piece.text[:KEPT]} … {piece.text[-KEPT:]}")
