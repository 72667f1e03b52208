"""A reader's or editor's query, answered: which pairs match, and in which order."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

from articles.models import Article, Column, QAPair, TaggedPair, Topic
from articles.search.facets import Facet, Facets, Filters, count_facets, narrow
from articles.search.fields import Fields
from articles.search.lexicon import Lexicon
from articles.search.matching import (
    BM25_OF_SCORE,
    Fragment,
    best_pairs,
    by_score,
    find_pairs,
    holds,
    keep_pairs,
    none_of,
    score_pairs,
)
from articles.search.postings import Term, read_entries, read_key_range
from articles.search.query import Query
from articles.search.ranking import Candidate, Model, keep_near, rank
from articles.search.segmentation import fold

__all__ = ["Facet", "Filters", "Results", "Sort", "search"]

LIMIT = 1000
# Matches looked at, newest first, before counts become estimates.
MOST_MATCHES = 10_000
# Candidates that the formula orders; further ones keep the order of the index.
POOL = 200
# With fewer pairs than this that hold every term, pairs that hold some of them follow.
FEW = 3
# Up to so many matches are scored one by one; of more, those that score best anywhere come first.
MOST_SCORED = 2000


class Sort(StrEnum):
    RELEVANCE = "relevance"
    NEWEST = "newest"


NO_FILTERS = Filters()


@dataclass(frozen=True)
class Results:
    """Ranked pair ids, at most LIMIT of them.

    is_partial says that no pair holds all the terms; is_estimate that total and the counts of the
    facets are estimates, because more than MOST_MATCHES pairs match. matched are the pairs before filters.
    """

    pair_ids: tuple[int, ...] = ()
    total: int = 0
    is_partial: bool = False
    is_estimate: bool = False
    filters: Filters = NO_FILTERS
    matched: Sequence[int] = field(default=(), repr=False)

    @cached_property
    def facets(self) -> Facets:
        """The choices to narrow the results down by; three queries."""
        facets = count_facets(self.matched, self.filters)
        return facets.scaled(estimate_total(self.matched) / len(self.matched)) if self.is_estimate else facets


@dataclass(frozen=True)
class Matches:
    """The pairs that match a query, newest key first, and the candidates where more than the index must order them.

    The first hold every term and come before the other candidates.
    """

    ids: Sequence[int]
    candidates: Sequence[Candidate] | None = None
    first: frozenset[int] = frozenset()


def search(
    query: Query, filters: Filters = NO_FILTERS, sort: Sort = Sort.RELEVANCE, *, everything: bool = False
) -> Results:
    """Answer a query with published pairs, or with every pair for editors."""
    if not query:
        return Results(filters=filters)
    lexicon = Lexicon.of(query)
    demands = demands_of(query, lexicon, everything=everything)
    matches = find_matches(query, lexicon, demands)
    is_estimate = len(matches.ids) > MOST_MATCHES
    shown = matches.ids
    if filters.is_set:
        chosen = demand(narrow(QAPair.objects.all(), filters))
        # Among very many matches the filter is asked in the index, for the newest may all lie outside it.
        shown = (
            find_matches(query, lexicon, [*demands, chosen]).ids if is_estimate else keep_pairs(matches.ids, [chosen])
        )
    return Results(
        pair_ids=tuple(order(query, lexicon, matches, shown, sort)[:LIMIT]),
        total=estimate_total(shown) if len(shown) > MOST_MATCHES else len(shown),
        is_partial=bool(matches.candidates) and not matches.first,
        is_estimate=is_estimate,
        filters=filters,
        matched=tuple(matches.ids),
    )


# Which pairs match


def demand(pairs: QuerySet) -> Fragment:
    """Return the demand that the pair is one of the given ones."""
    sql, params = pairs.order_by().filter(pk=RawSQL("held.pair_id", ())).values("pk").query.sql_with_params()
    return Fragment(f"EXISTS ({sql})", params)


def demands_of(query: Query, lexicon: Lexicon, *, everything: bool) -> list[Fragment]:
    """Return what a pair must meet besides holding the terms: to be published, its topic, its column …"""
    pairs = QAPair.objects.all() if everything else QAPair.objects.of(Article.objects.published())
    topics = Topic.objects.resolve(query.topics)
    for name in query.topics:
        pairs = pairs.filter(pk__in=TaggedPair.objects.filter(tag=topics.get(name)).values("content_object"))
    for name in query.columns:
        columns = [column for column in Column.objects.all() if fold(column.title) == name]
        pairs = pairs.of(Article.objects.filter(column__in=columns))
    unwanted = [lexicon.holding((), [piece]) for piece in query.excluded]
    return [demand(pairs), *(none_of(holds(holding)) for holding in unwanted if holding.is_possible)]


def find_matches(query: Query, lexicon: Lexicon, demands: Sequence[Fragment]) -> Matches:
    """Find the pairs that hold every term; where these are few, also those that come near."""
    exact = find_pairs(lexicon.holding(query.terms, query.phrases), demands, MOST_MATCHES + 1)
    if not query.terms or (len(exact) >= FEW and not query.is_sentence):
        return Matches(exact)
    phrases = lexicon.holding((), query.phrases)
    if not phrases.is_possible:
        return Matches(())
    first = exact[:POOL]
    candidates = find_candidates(query, lexicon, [*holds(phrases), *demands], first)
    return Matches([c.pair_id for c in candidates], candidates, frozenset(first))


def find_candidates(
    query: Query, lexicon: Lexicon, demands: Sequence[Fragment], first: Sequence[int]
) -> list[Candidate]:
    """Return the given pairs and the best of those that hold enough of the query."""
    weights = lexicon.weights(query.runs)
    if not weights:
        return []
    near = dict(best_that_meet(demands, weights, lexicon.average, POOL))
    near |= score_pairs(weights, lexicon.average, [pair_id for pair_id in first if pair_id not in near])
    return keep_near(Model(query.runs, lexicon.statistics), load_candidates(near.items()), frozenset(first))


def best_that_meet(
    demands: Sequence[Fragment], weights: dict[Term, int], average: int, size: int
) -> list[tuple[int, int]]:
    """Return (pair id, score) of the best pairs that meet the demands, however many others score better."""
    limit = size
    while True:
        scored = best_pairs(weights, average, limit)
        kept = set(keep_pairs((pair_id for pair_id, _ in scored), demands))
        if len(kept) >= size or len(scored) < limit:
            return [row for row in scored if row[0] in kept][:size]
        limit *= 4


def best_visible(weights: dict[Term, int], average: int, scope: QuerySet, size: int) -> dict[int, int]:
    """Return the scores of the best pairs of the scope."""
    return dict(best_that_meet([demand(scope)], weights, average, size))


def estimate_total(pair_ids: Sequence[int]) -> int:
    """Return about how many pairs match, from the newest that do: as if the others lay as close together."""
    first, last = read_key_range()
    return round(len(pair_ids) * (last - first + 1) / (last - pair_ids[-1] + 1))


# In which order


def order(query: Query, lexicon: Lexicon, matches: Matches, shown: Sequence[int], sort: Sort) -> list[int]:
    if not shown:
        return []
    if sort == Sort.NEWEST or not query.runs:
        return list(QAPair.objects.filter(pk__in=shown).newest_first().values_list("pk", flat=True)[:LIMIT])
    model = Model(query.runs, lexicon.statistics)
    if matches.candidates is None:
        scored = score_matches(lexicon.weights(query.runs), lexicon.average, shown)
        candidates = load_candidates(scored[:POOL])
        return rank(model, candidates) + [pair_id for pair_id, _ in scored[POOL:]]
    ids = set(shown)
    return rank(model, [c for c in matches.candidates if c.pair_id in ids], matches.first)


def score_matches(weights: dict[Term, int], average: int, pair_ids: Sequence[int]) -> list[tuple[int, int]]:
    """Return (pair id, score) of the pairs, best first; of very many, those that are not among the best score 0."""
    if len(pair_ids) <= MOST_SCORED:
        return by_score(score_pairs(weights, average, pair_ids))
    best, matching = dict(best_pairs(weights, average, MOST_SCORED)), set(pair_ids)
    return [row for row in by_score(best.items()) if row[0] in matching] + [
        (pair_id, 0) for pair_id in pair_ids if pair_id not in best
    ]


def load_candidates(scored: Iterable[tuple[int, int]]) -> list[Candidate]:
    scores = dict(scored)
    entries = read_entries(scores)
    return [
        Candidate(pair_id, score * BM25_OF_SCORE, Fields.unpack(entries[pair_id].text))
        for pair_id, score in scores.items()
        if pair_id in entries
    ]
