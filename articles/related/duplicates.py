"""Pairs that ask much the same: told to editors, who say whether they are one question."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Q

from articles.models import DistinctCouple, QAPair
from articles.related import store
from articles.related.nearness import MOST_OF_QUESTION, Question
from articles.related.relating import ALIKE
from articles.related.store import Alike
from articles.search.engine import search
from articles.search.fields import Fields
from articles.search.query import parse_query

# A text that is not stored is looked up by so much of it, compared with so many pairs, and so many are named.
MOST_ASKED, MOST_COMPARED, MOST_NAMED = 60, 20, 3


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


def alike_to(heading: str, question: str, *, apart_from: QAPair) -> list[tuple[QAPair, int]]:
    """Return stored pairs of other articles that ask much the same as a text that is not stored, the most alike first.

    The readers' engine names those to compare. A pair that is stored under another text has its distinct couples
    left out.
    """
    asked = folded_question(heading, question)
    found = search(parse_query(heading or question[:MOST_ASKED]), everything=True).pair_ids[:MOST_COMPARED]
    likeness = {
        pk: asked.likeness(Question.of(*texts)) for pk, texts in store.read_asked(found).items() if pk != apart_from.pk
    }
    near = {pk: per_cent for pk, per_cent in likeness.items() if per_cent >= ALIKE} if asked.counts else {}
    pairs = QAPair.objects.select_related("article").exclude(article=apart_from.article_id).in_bulk(near)
    distinct = distinct_from(apart_from.pk)
    kept = [(pair, near[pk]) for pk, pair in pairs.items() if pk not in distinct]
    return sorted(kept, key=lambda row: (-row[1], row[0].pk))[:MOST_NAMED]


def folded_question(heading: str, question: str) -> Question:
    fields = Fields.of(heading=heading, question=question[:MOST_OF_QUESTION])
    return Question.of(fields.heading, fields.question)


def distinct_from(pair_id: int | None) -> set[int]:
    couples = DistinctCouple.objects.filter(Q(pair=pair_id) | Q(other=pair_id)).values_list("pair_id", "other_id")
    return {pk for couple in couples for pk in couple} if pair_id else set()


def call_distinct(pair: QAPair, other: QAPair) -> bool:
    """Store that the two are two questions; return False where that was said before."""
    first, second = sorted([pair, other], key=lambda row: row.pk)
    return DistinctCouple.objects.get_or_create(pair=first, other=second)[1]
