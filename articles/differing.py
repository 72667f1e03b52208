"""Two versions of a text side by side: paragraphs beside each other, and within them what of each the other has not."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise

# A paragraph goes with the line ends behind it: an empty line more is a change in Markdown.
PARAGRAPH = re.compile(r"[^\n]*\n+|[^\n]+")
SENTENCE = re.compile(r"[^。！？；!?\n]*[。！？；!?\n]+|[^。！？；!?\n]+")
# What is marked as a whole: a word of letters or digits, or any other character.
TOKEN = re.compile(r"[A-Za-z0-9]+|.", re.DOTALL)
# Comparing takes time by the couples of equal tokens; of two texts no more than so many in all are looked at.
MOST_COUPLES = 400_000
MOST_OF_SENTENCES = 100_000
MOST_ALIGNED = 2500
# Paragraphs that have less in common are two, not one that was changed.
LIKE = 0.3
# Between two changes, so few characters that stayed are marked with them.
TINY = 2
# Around a change, so many paragraphs that stayed are shown.
AROUND = 1


@dataclass(frozen=True)
class Piece:
    """A stretch of one version that the other has too, or has not."""

    text: str
    is_changed: bool = False

    @property
    def shown(self) -> str:
        """The text; where only line ends or blanks changed, with signs that can be seen."""
        is_unseen = self.is_changed and not self.text.strip()
        return self.text.replace("\n", "↵\n").replace(" ", "␣").replace("\u3000", "␣") if is_unseen else self.text


@dataclass(frozen=True)
class Row:
    """One paragraph of both versions, of one only, or how many stand here that are the same."""

    old: tuple[Piece, ...] = ()
    new: tuple[Piece, ...] = ()
    skipped: int = 0

    @property
    def is_same(self) -> bool:
        return not any(piece.is_changed for piece in (*self.old, *self.new))


class Budget:
    """What comparing may still cost."""

    def __init__(self, couples: int):
        self.couples = couples

    def allows(self, old: Sequence[str], new: Sequence[str], most: int) -> bool:
        """Tell whether the two may be compared, and count what that costs."""
        counts, others = Counter(old), Counter(new)
        couples = sum(count * others[token] for token, count in counts.items())
        if couples > min(most, self.couples):
            return False
        self.couples -= couples
        return True


def differing_rows(old: str, new: str) -> list[Row]:
    """Return both texts by paragraphs, what changed marked and long stretches without a change left out."""
    budget = Budget(MOST_COUPLES)
    old_lines, new_lines = PARAGRAPH.findall(old), PARAGRAPH.findall(new)
    lines = ended(old_lines, new_lines), ended(new_lines, old_lines)
    rows: list[Row] = []
    for is_equal, left, right in aligned(*lines, budget, most=MOST_COUPLES):
        rows += [Row((Piece(text),), (Piece(text),)) for text in left] if is_equal else changed(left, right, budget)
    return shortened(rows)


def ended(lines: list[str], others: list[str]) -> list[str]:
    """Give the last paragraph line ends as well: that another follows it elsewhere is no change of it."""
    if not lines or lines[-1].endswith("\n"):
        return lines
    end = next((other[len(lines[-1]) :] for other in others if other.rstrip("\n") == lines[-1]), "") or "\n\n"
    return [*lines[:-1], lines[-1] + end]


def size_of_change(row: Row) -> tuple[int, int]:
    """Return how many characters of the row came, and how many went."""
    return tuple(sum(len(piece.text.strip()) for piece in side if piece.is_changed) for side in (row.new, row.old))


def aligned(old: Sequence[str], new: Sequence[str], budget: Budget, most: int) -> Iterator[tuple]:
    """Yield (is equal, part of the old, part of the new) along both sequences."""
    start = common(old, new)
    end = common(old[start:][::-1], new[start:][::-1])
    middle = old[start : len(old) - end], new[start : len(new) - end]
    if start:
        yield True, old[:start], new[:start]
    if budget.allows(*middle, most):
        matcher = SequenceMatcher(None, *middle, autojunk=False)
        for kind, i, j, k, m in matcher.get_opcodes():
            yield kind == "equal", middle[0][i:j], middle[1][k:m]
    else:
        yield False, *middle
    if end:
        yield True, old[len(old) - end :], new[len(new) - end :]


def common(old: Sequence[str], new: Sequence[str]) -> int:
    """Return with how many elements both begin."""
    return next(
        (place for place, (one, other) in enumerate(zip(old, new, strict=False)) if one != other),
        min(len(old), len(new)),
    )


def changed(old: Sequence[str], new: Sequence[str], budget: Budget) -> list[Row]:
    """Return the rows of paragraphs none of which is the same, each beside the one that it became."""
    rows, i, j = [], 0, 0
    for left, right in [*couples(old, new), (len(old), len(new))]:
        if i < left or j < right:
            rows.append(Row(whole(old[i:left]), whole(new[j:right])))
        if left < len(old):
            rows.append(marked(old[left], new[right], budget))
        i, j = left + 1, right + 1
    return rows


def whole(lines: Sequence[str]) -> tuple[Piece, ...]:
    return (Piece("".join(lines), True),) if lines else ()


def couples(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int]]:
    """Return which paragraphs became which, in order: those that have most in common."""
    if len(old) * len(new) > MOST_ALIGNED:
        return []
    bags = [bag(text) for text in old], [bag(text) for text in new]
    best = [[(0.0, ())] * (len(new) + 1) for _ in range(len(old) + 1)]
    for i in range(len(old) - 1, -1, -1):
        for j in range(len(new) - 1, -1, -1):
            best[i][j] = max(best[i + 1][j], best[i][j + 1], key=lambda found: found[0])
            like = likeness(bags[0][i], bags[1][j])
            score, rest = best[i + 1][j + 1]
            if like >= LIKE and score + like > best[i][j][0]:
                best[i][j] = (score + like, ((i, j), rest))
    return list(unrolled(best[0][0][1]))


def unrolled(chain: tuple) -> Iterator[tuple[int, int]]:
    while chain:
        couple, chain = chain
        yield couple


def bag(text: str) -> Counter:
    """Return the characters and pairs of characters: short texts are told by the ones, long ones by the others."""
    text = text.strip()
    return Counter(text) + Counter(pairwise(text))


def likeness(one: Counter, other: Counter) -> float:
    """Return how much two bags have in common, from 0 to 1 (Dice)."""
    total = one.total() + other.total()
    return 2 * (one & other).total() / total if total else 1.0


def marked(old: str, new: str, budget: Budget) -> Row:
    """Return two like paragraphs with what differs marked."""
    left: list[Piece] = []
    right: list[Piece] = []
    for is_equal, gone, come in tidy(list(parts(old, new, budget))):
        add(left, "".join(gone), is_changed=not is_equal)
        add(right, "".join(come), is_changed=not is_equal)
    return Row(tuple(left), tuple(right))


def parts(old: str, new: str, budget: Budget) -> Iterator[tuple]:
    """Yield (is equal, part of the old, part of the new) by sentences, and by tokens where these differ."""
    for is_equal, gone, come in aligned(SENTENCE.findall(old), SENTENCE.findall(new), budget, MOST_COUPLES):
        if is_equal:
            yield True, "".join(gone), "".join(come)
        else:
            tokens = TOKEN.findall("".join(gone)), TOKEN.findall("".join(come))
            yield from aligned(*tokens, budget, MOST_OF_SENTENCES)


def tidy(parts: list[tuple]) -> Iterator[tuple]:
    """Count a few characters that stayed between two changes as changed: scattered marks are hard to read."""
    for index, (is_equal, gone, come) in enumerate(parts):
        is_between = 0 < index < len(parts) - 1
        yield is_equal and not (is_between and len(gone) <= TINY), gone, come


def add(side: list[Piece], text: str, *, is_changed: bool) -> None:
    """Append the text, to the last piece where that is of its kind."""
    if not text:
        return
    if side and side[-1].is_changed == is_changed:
        side[-1] = Piece(side[-1].text + text, is_changed)
    else:
        side.append(Piece(text, is_changed))


def shortened(rows: list[Row]) -> list[Row]:
    """Leave out paragraphs without a change, but for those around one."""
    near = {index + step for index, row in enumerate(rows) if not row.is_same for step in range(-AROUND, AROUND + 1)}
    result: list[Row] = []
    for index, row in enumerate(rows):
        if index in near:
            result.append(Row(without_end(row.old), without_end(row.new)))
        elif result and result[-1].skipped:
            result[-1] = Row(skipped=result[-1].skipped + 1)
        else:
            result.append(Row(skipped=1))
    return result


def without_end(side: tuple[Piece, ...]) -> tuple[Piece, ...]:
    """Leave out the line ends behind a paragraph, unless they are what changed."""
    if not side or (side[-1].is_changed and not side[-1].text.strip()):
        return side
    last = Piece(side[-1].text.rstrip("\n"), side[-1].is_changed)
    return (*side[:-1], last) if last.text else side[:-1]
