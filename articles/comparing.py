"""Two versions of an article: what changed in its fields, in the order of its pairs, and in their texts.

A version is {"article": field → text, "pairs": in order, each with number, heading, question, signature, answer, topics}.
Pairs are known by their numbers; one without a number is new.
"""

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from articles.differing import Row, differing_rows, size_of_change

TEXTS = ["heading", "question", "signature", "answer"]


@dataclass(frozen=True)
class TextChange:
    """What became of one text: paragraphs side by side."""

    name: str
    rows: list[Row]


@dataclass(frozen=True)
class PairChange:
    """What became of one pair. A place counts from 1; None where the pair is not in that version."""

    number: int | None
    heading: str
    old_place: int | None
    new_place: int | None
    is_moved: bool = False
    texts: list[TextChange] = field(default_factory=list)
    topics: list[str] = field(default_factory=list)
    topics_added: list[str] = field(default_factory=list)
    topics_removed: list[str] = field(default_factory=list)

    @property
    def is_added(self) -> bool:
        return self.old_place is None

    @property
    def is_removed(self) -> bool:
        return self.new_place is None

    @property
    def is_same(self) -> bool:
        changes = (self.texts, self.topics_added, self.topics_removed)
        return not (self.is_added or self.is_removed or self.is_moved or any(changes))


@dataclass(frozen=True)
class Comparison:
    fields: list[TextChange]
    pairs: list[PairChange]

    @property
    def is_same(self) -> bool:
        return not self.fields and all(pair.is_same for pair in self.pairs)

    @cached_property
    def size(self) -> tuple[int, int]:
        """How many characters came and went."""
        texts = [*self.fields, *(text for pair in self.pairs for text in pair.texts)]
        sizes = [size_of_change(row) for text in texts for row in text.rows]
        return sum(added for added, _removed in sizes), sum(removed for _added, removed in sizes)


def compare(old: Mapping, new: Mapping) -> Comparison:
    """Tell what turns the old version into the new one."""
    names = dict.fromkeys([*old["article"], *new["article"]])
    fields = [text_change(name, old["article"].get(name, ""), new["article"].get(name, "")) for name in names]
    return Comparison([change for change in fields if change], compare_pairs(old["pairs"], new["pairs"]))


def text_change(name: str, old: str, new: str) -> TextChange | None:
    return TextChange(name, differing_rows(old, new)) if old != new else None


def compare_pairs(old: Sequence[Mapping], new: Sequence[Mapping]) -> list[PairChange]:
    """Return the pairs in their new order; one that is gone stands behind the one that it stood behind."""
    before = {pair["number"]: (place, pair) for place, pair in enumerate(old, 1)}
    moved = moved_numbers([pair["number"] for pair in old], [pair["number"] for pair in new])
    changes = []
    for place, pair in enumerate(new, 1):
        was = before.get(pair["number"]) if pair["number"] is not None else None
        changes.append(pair_change(was, (place, pair), is_moved=pair["number"] in moved))
    kept = {pair["number"] for pair in new}
    for place, pair in enumerate(old, 1):
        if pair["number"] not in kept:
            changes.insert(place_of_gone(changes, place), pair_change((place, pair), None))
    return changes


def place_of_gone(changes: Sequence[PairChange], place: int) -> int:
    """Return where a pair that is gone is told of: behind the last that stood before it."""
    before = [index for index, change in enumerate(changes) if change.old_place and change.old_place < place]
    return max(before, default=-1) + 1


def moved_numbers(old: Sequence[int | None], new: Sequence[int | None]) -> set[int]:
    """Return the fewest numbers that have to go elsewhere to turn the one order into the other."""
    places = {number: place for place, number in enumerate(old) if number is not None}
    common = [number for number in new if number in places]
    return set(common) - set(longest_rise(common, places))


def longest_rise(numbers: Sequence[int], places: Mapping[int, int]) -> list[int]:
    """Return the longest run of the numbers, not all neighbours, whose places rise."""
    ends: list[int] = []  # places at which a run of each length ends earliest
    last: list[int] = []
    before: dict[int, int | None] = {}
    for number in numbers:
        length = bisect_left(ends, places[number])
        before[number] = last[length - 1] if length else None
        ends[length : length + 1] = [places[number]]
        last[length : length + 1] = [number]
    run, number = [], last[-1] if last else None
    while number is not None:
        run.append(number)
        number = before[number]
    return run


def pair_change(old: tuple[int, Mapping] | None, new: tuple[int, Mapping] | None, *, is_moved=False) -> PairChange:
    old_place, was = old or (None, {})
    new_place, now = new or (None, {})
    # The heading of a pair that one version has not is told with the pair.
    names = TEXTS if was and now else TEXTS[1:]
    texts = [text_change(name, was.get(name, ""), now.get(name, "")) for name in names]
    old_topics, new_topics = was.get("topics", []), now.get("topics", [])
    return PairChange(
        number=(now or was)["number"],
        heading=(now or was)["heading"],
        old_place=old_place,
        new_place=new_place,
        is_moved=is_moved,
        texts=[change for change in texts if change],
        topics=[name for name in new_topics if name in old_topics],
        topics_added=[name for name in new_topics if name not in old_topics],
        topics_removed=[name for name in old_topics if name not in new_topics],
    )
