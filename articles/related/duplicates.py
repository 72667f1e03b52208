"""Pairs that ask much the same: told to editors, who say whether they are one question."""

from collections.abc import Collection
from dataclasses import dataclass

from articles.models import DistinctCouple, QAPair
from articles.related import store
from articles.related.store import Alike


@dataclass(frozen=True)
class Couple:
    """Two pairs that ask much the same, by so many per cent."""

    pair: QAPair
    other: QAPair
    likeness: int


class Couples:
    """All couples that no editor has called distinct, the most alike first, in the form a paginator cuts."""

    def __len__(self) -> int:
        return store.count_alike()

    def __getitem__(self, part: slice) -> list[Couple]:
        return load(store.read_alike(part.start, part.stop - part.start))


def couples_of(pair_ids: Collection[int]) -> list[Couple]:
    """Return the couples that one of the pairs belongs to, that pair first; two queries."""
    found = store.read_alike_to(pair_ids)
    turned = [row if row.pair_id in pair_ids else Alike(row.other_id, row.pair_id, row.likeness) for row in found]
    return load(turned)


def load(rows: Collection[Alike]) -> list[Couple]:
    ids = {pk for row in rows for pk in (row.pair_id, row.other_id)}
    pairs = QAPair.objects.select_related("article").in_bulk(ids)
    return [
        Couple(pairs[row.pair_id], pairs[row.other_id], row.likeness)
        for row in rows
        if row.pair_id in pairs and row.other_id in pairs
    ]


def call_distinct(pair: QAPair, other: QAPair) -> bool:
    """Store that the two are two questions; return False where that was said before."""
    first, second = sorted([pair, other], key=lambda row: row.pk)
    return DistinctCouple.objects.get_or_create(pair=first, other=second)[1]
