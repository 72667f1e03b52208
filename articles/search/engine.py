"""A reader's or editor's query, answered: which pairs match, in which order, and how they divide."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

from articles.models import Article, Column, QAPair, TaggedPair, Topic
from articles.search.facets import Facet, Facets, Filters, count_facets, narrow
from articles.search.fields import Fields
from articles.search.lexicon import Lexicon
from articles.search.matching import BM25_OF_SCORE, Fragment, best_pairs
from articles.search.postings import Term, chunks, read_entries
from articles.search.query import Query
from articles.search.ranking import Candidate, Model, keep_near, rank
from articles.search.segmentation import fold

__all__ = ["Facet", "Filters", "Results", "Sort", "search"]

LIMIT = 1000
# Candidates that the formula orders; further ones keep the order of the index.
POOL = 200
# With fewer pairs than this that hold every term, pairs that hold some of them follow.
FEW = 3


class Sort(StrEnum):
    RELEVANCE = "relevance"
    NEWEST = "newest"


@dataclass(frozen=True)
class Results(Facets):
    """Ranked pair ids, at most LIMIT of them; is_partial says that no pair holds all the terms."""

    pair_ids: tuple[int, ...] = ()
    total: int = 0
    is_partial: bool = False


NO_FILTERS = Filters()


@dataclass(frozen=True)
class Matches:
    """The pairs that match a query, and the candidates where more than the index must order them.

    The first hold every term and come before the other candidates.
    """

    pairs: QuerySet
    candidates: Sequence[Candidate] | None = None
    first: frozenset[int] = frozenset()


def search(
    query: Query, filters: Filters = NO_FILTERS, sort: Sort = Sort.RELEVANCE, *, everything: bool = False
) -> Results:
    """Answer a query with published pairs, or with every pair for editors."""
    if not query:
        return Results()
    lexicon = Lexicon.of(query)
    scope = restrict(
        QAPair.objects.all() if everything else QAPair.objects.of(Article.objects.published()), query, lexicon
    )
    matches = find_matches(query, lexicon, scope)
    shown = narrow(matches.pairs, filters)
    total = shown.count()
    facets = count_facets(matches.pairs, filters)
    return Results(
        pair_ids=tuple(order(query, lexicon, matches, shown, sort)) if total else (),
        total=total,
        is_partial=bool(matches.candidates) and not matches.first,
        topics=facets.topics,
        columns=facets.columns,
        years=facets.years,
    )


# Which pairs match


def restrict(pairs: QuerySet, query: Query, lexicon: Lexicon) -> QuerySet:
    """Keep the pairs that meet what the query demands besides its terms."""
    topics = Topic.objects.resolve(query.topics)
    for name in query.topics:
        pairs = pairs.filter(pk__in=TaggedPair.objects.filter(tag=topics.get(name)).values("content_object"))
    for name in query.columns:
        columns = [column for column in Column.objects.all() if fold(column.title) == name]
        pairs = pairs.of(Article.objects.filter(column__in=columns))
    for piece in query.excluded:
        unwanted = lexicon.pairs_with((), [piece])
        pairs = pairs.exclude(pk__in=subquery(unwanted)) if unwanted else pairs
    return among(pairs, lexicon.pairs_with((), query.phrases)) if query.phrases else pairs


def find_matches(query: Query, lexicon: Lexicon, scope: QuerySet) -> Matches:
    """Find the pairs that hold every term; where these are few, also those that come near."""
    if not query.terms:
        return Matches(scope)
    fragment = lexicon.pairs_with(query.terms, ())
    exact = among(scope, fragment)
    first = list(exact.order_by("pk").values_list("pk", flat=True)[:POOL])
    if len(first) >= FEW and not query.is_sentence:
        return Matches(exact)
    candidates = find_candidates(query, lexicon, scope, frozenset(first))
    return Matches(scope.filter(pk__in=[c.pair_id for c in candidates]), candidates, frozenset(first))


def among(pairs: QuerySet, fragment: Fragment | None) -> QuerySet:
    return pairs.filter(pk__in=subquery(fragment)) if fragment else pairs.none()


def subquery(fragment: Fragment) -> RawSQL:
    return RawSQL(fragment.sql, fragment.params)


def find_candidates(query: Query, lexicon: Lexicon, scope: QuerySet, first: frozenset[int]) -> list[Candidate]:
    """Return the given pairs and the best of those that hold enough of the query."""
    weights = lexicon.weights(query.runs)
    if not weights:
        return []
    near = best_visible(weights, lexicon.average, scope, POOL)
    if first:
        near |= dict(best_pairs(weights, lexicon.average, len(first), compiled(scope.filter(pk__in=first))))
    return keep_near(Model(query.runs, lexicon.statistics), load_candidates(near.items()), first)


def best_visible(weights: dict[Term, int], average: int, scope: QuerySet, size: int) -> dict[int, int]:
    """Return the scores of the best pairs of the scope, however many others score better."""
    limit = size
    while True:
        scored = best_pairs(weights, average, limit)
        visible = visible_ids(scope, [pair_id for pair_id, _ in scored])
        kept = [(pair_id, score) for pair_id, score in scored if pair_id in visible]
        if len(kept) >= size or len(scored) < limit:
            return dict(kept[:size])
        limit *= 4


def visible_ids(scope: QuerySet, pair_ids: Sequence[int]) -> set[int]:
    return {pk for part in chunks(pair_ids) for pk in scope.filter(pk__in=part).values_list("pk", flat=True)}


def compiled(pairs: QuerySet) -> Fragment:
    """Return the SQL that selects the keys of the pairs."""
    sql, params = pairs.order_by().values("pk").query.sql_with_params()
    return Fragment(sql, list(params))


# In which order


def order(query: Query, lexicon: Lexicon, matches: Matches, shown: QuerySet, sort: Sort) -> list[int]:
    if sort == Sort.NEWEST or not query.runs:
        return list(shown.newest_first().values_list("pk", flat=True)[:LIMIT])
    if matches.candidates is None:
        scored = best_pairs(lexicon.weights(query.runs), lexicon.average, LIMIT, compiled(shown))
        candidates = load_candidates(scored[:POOL])
        return ranked(query, lexicon, candidates) + [pair_id for pair_id, _ in scored[POOL:]]
    ids = set(shown.values_list("pk", flat=True))
    return ranked(query, lexicon, [c for c in matches.candidates if c.pair_id in ids], matches.first)


def ranked(
    query: Query, lexicon: Lexicon, candidates: Sequence[Candidate], first: frozenset[int] = frozenset()
) -> list[int]:
    return rank(Model(query.runs, lexicon.statistics), candidates, first)


def load_candidates(scored: Iterable[tuple[int, int]]) -> list[Candidate]:
    scores = dict(scored)
    entries = read_entries(scores)
    return [
        Candidate(pair_id, score * BM25_OF_SCORE, Fields.unpack(entries[pair_id].text))
        for pair_id, score in scores.items()
        if pair_id in entries
    ]
