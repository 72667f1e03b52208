"""A reader's or editor's query, answered: which pairs match, and in which order."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cached_property
from itertools import chain
from types import MappingProxyType

from articles.models import QAPair
from articles.search.facets import NO_FILTERS, Facet, Facets, Filters, count_facets, rounded
from articles.search.fields import Fields
from articles.search.lexicon import Lexicon
from articles.search.matching import (
    BM25_OF_SCORE,
    Demands,
    Found,
    Texts,
    best_pairs,
    by_score,
    find_pairs,
    keep_pairs,
    score_pairs,
)
from articles.search.postings import Term, read_entries, read_key_range
from articles.search.query import Query
from articles.search.ranking import Candidate, Model, keep_near, rank
from articles.search.rewording import rewordings
from articles.search.scope import Scope
from articles.search.synonyms import widenings
from articles.search.thesaurus import Widening

__all__ = ["Facet", "Filters", "Results", "Sort", "search"]

LIMIT = 1000
# Matches looked at, newest first, before counts become estimates: fewer on a site of more pairs than counts need be exact for.
MOST_MATCHES, MOST_OF_MANY = 10_000, 5_000
MANY_PAIRS = 20_000
# Of more than that, each so many-th tells what the choices are.
SAMPLED = 10
# Candidates that the formula orders, the more the larger the site; further ones keep the order of the index.
LEAST_POOL, POOL = 150, 300
PAIRS_TO_A_CANDIDATE = 500
# With fewer pairs than this that hold every term, pairs that hold some of them follow; more after a word
# than after a question.
FEW, FEW_FOR_A_QUESTION = 3, 10


class Sort(StrEnum):
    RELEVANCE = "relevance"
    NEWEST = "newest"


@dataclass(frozen=True)
class Matches:
    """The pairs that match a query, newest key first; those of a smaller key than reached were not looked at.

    Where few hold every term, near has the candidates of each reading; those that hold every term are
    the first and come before the others.
    """

    ids: Sequence[int] = ()
    reached: int | None = None
    near: Sequence[Sequence[Candidate]] | None = None
    first: frozenset[int] = frozenset()

    @property
    def total(self) -> int:
        """Return how many pairs match; where not all were looked at, as if the others lay as close together."""
        if self.reached is None:
            return len(self.ids)
        first, last = read_key_range()
        return round(len(self.ids) * (last - first + 1) / (last - self.reached + 1))


NO_MATCHES = Matches()


@dataclass(frozen=True)
class Results:
    """Ranked pair ids, at most LIMIT of them.

    is_partial says that no pair holds all the terms; is_estimate that total is an estimate, because not every
    match was looked at. matches are those before filters,
    widenings the synonyms that were looked for besides.
    """

    pair_ids: tuple[int, ...] = ()
    total: int = 0
    is_partial: bool = False
    is_estimate: bool = False
    filters: Filters = NO_FILTERS
    matches: Matches = field(default=NO_MATCHES, repr=False, compare=False)
    widenings: tuple[Widening, ...] = ()

    @cached_property
    def facets(self) -> Facets:
        """The choices to narrow the results down by, of very many matches estimated from a sample; four queries."""
        if self.matches.reached is None:
            return count_facets(self.matches.ids, self.filters)
        sample = self.matches.ids[::SAMPLED]
        return count_facets(sample, self.filters).scaled(self.matches.total / max(len(sample), 1))


@dataclass(frozen=True)
class Reading:
    """One way to read a query, with what the index knows of its words."""

    query: Query
    lexicon: Lexicon

    @cached_property
    def weights(self) -> dict[Term, int]:
        return self.lexicon.weights(self.query.runs)

    @property
    def pool(self) -> int:
        """How many candidates the formula orders."""
        return min(max(LEAST_POOL, self.lexicon.size.pairs // PAIRS_TO_A_CANDIDATE), POOL)

    @property
    def most_matches(self) -> int:
        return MOST_MATCHES if self.lexicon.size.pairs <= MANY_PAIRS else MOST_OF_MANY

    @cached_property
    def model(self) -> Model:
        return Model(self.query.runs, self.lexicon.statistics)


def search(
    query: Query, filters: Filters = NO_FILTERS, sort: Sort = Sort.RELEVANCE, *, everything: bool = False
) -> Results:
    """Answer a query with published pairs, or with every pair for editors."""
    if not query:
        return Results(filters=filters)
    found = widenings(query.terms)
    readings = [Reading(wording, Lexicon.of(wording)) for wording in [query, *rewordings(query, found)]]
    scope = Scope(query, everything)
    if scope.is_empty:
        return Results(filters=filters)
    matches = find_matches(readings, scope)
    shown = narrowed(readings, scope, matches, filters)
    is_estimate = shown.reached is not None
    return Results(
        pair_ids=tuple(order(readings, matches, shown.ids, sort)[:LIMIT]),
        total=rounded(shown.total) if is_estimate else shown.total,
        is_partial=bool(matches.near and matches.ids) and not matches.first,
        is_estimate=is_estimate,
        filters=filters,
        matches=matches,
        widenings=tuple(found),
    )


# Which pairs match


def demands_of(reading: Reading, scope: Scope) -> Demands:
    """Return what a pair must meet besides holding the terms: to be in the scope, and to lack what is left out."""
    return Demands([scope.demand], [reading.lexicon.holding((), [piece]) for piece in reading.query.excluded])


def find_matches(readings: Sequence[Reading], scope: Scope) -> Matches:
    """Find the pairs that hold every term; where these are few, also those that come near."""
    query = readings[0].query
    found = [find_exact(reading, scope) for reading in readings]
    exact = newest_first(chain.from_iterable(ids for ids, _ in found))
    few = FEW if query.is_word else FEW_FOR_A_QUESTION
    if not query.terms or (len(exact) >= few and not query.is_sentence):
        return Matches(exact, max((reached for _, reached in found if reached), default=None))
    first = exact[: readings[0].pool]
    near = [find_near(reading, scope, first) for reading in readings]
    ids = newest_first(c.pair_id for c in chain.from_iterable(near))
    return Matches(ids, near=near, first=frozenset(first))


def newest_first(pair_ids: Iterable[int]) -> list[int]:
    return sorted(set(pair_ids), reverse=True)


def narrowed(readings: Sequence[Reading], scope: Scope, matches: Matches, filters: Filters) -> Matches:
    """Return the matches that the reader's filters leave."""
    if not filters.is_set:
        return matches
    chosen = replace(scope, filters=filters)
    if matches.reached is None:
        return replace(matches, ids=keep_pairs(matches.ids, Demands([chosen.demand])))
    # Of very many matches only the newest were looked at, and these may all lie outside the filters.
    return find_matches(readings, chosen)


def find_exact(reading: Reading, scope: Scope) -> Found:
    """Return the newest pairs that hold every term and phrase."""
    query, demands, most = reading.query, demands_of(reading, scope), reading.most_matches
    if query.runs:
        return find_pairs(reading.lexicon.holding(query.terms, query.phrases), demands, most)
    # Where nothing is to be held, the database begins at the topic or the column.
    ids = list(scope.pairs.order_by("-pk").values_list("pk", flat=True)[: most + 1])
    kept = keep_pairs(ids[:most], demands._replace(fragments=()))
    return Found(kept, ids[most - 1] if len(ids) > most else None)


def find_near(reading: Reading, scope: Scope, first: Sequence[int]) -> list[Candidate]:
    """Return the given pairs and the best of those that hold enough of the query."""
    if not reading.weights:
        return []
    texts = Texts(demands_of(reading, scope))
    near = dict(best_in_scope(reading, scope, texts))
    unscored = [pair_id for pair_id in first if pair_id not in near]
    near |= score_pairs(reading.weights, reading.lexicon.size, unscored)
    return keep_near(reading.model, load_candidates(near.items(), texts), frozenset(first))


def best_in_scope(reading: Reading, scope: Scope, texts: Texts) -> list[tuple[int, int]]:
    """Return (pair id, score) of the best pairs that hold some of the terms and all that else is asked for."""
    weights, size = reading.weights, reading.lexicon.size
    asked_besides = replace(reading.query, terms=())
    if asked_besides:
        ids = find_exact(replace(reading, query=asked_besides), scope).ids
        return [row for row in by_score(score_pairs(weights, size, ids)) if row[1]][: reading.pool]
    return best_pairs(weights, size, reading.pool, texts.keep)


# In which order


def order(readings: Sequence[Reading], matches: Matches, shown: Sequence[int], sort: Sort) -> list[int]:
    if not shown:
        return []
    if sort == Sort.NEWEST or not readings[0].query.runs:
        return list(QAPair.objects.filter(pk__in=shown).newest_first().values_list("pk", flat=True)[:LIMIT])
    if matches.near is None:
        # A wording that the site lacks found none of them and has no order to add.
        return interleaved([order_exact(reading, shown) for reading in readings if reading.weights])
    ids = set(shown)
    ranked = [
        rank(reading.model, [c for c in candidates if c.pair_id in ids], matches.first)
        for reading, candidates in zip(readings, matches.near, strict=True)
    ]
    return sorted(interleaved(ranked), key=lambda pair_id: pair_id not in matches.first)


def interleaved(rankings: Sequence[Sequence[int]]) -> list[int]:
    """Return the pairs of all rankings: the first of each, the second of each …"""
    best: dict[int, int] = {}
    for ranking in rankings:
        for place, pair_id in enumerate(ranking):
            best[pair_id] = min(place, best.get(pair_id, place))
    return sorted(best, key=best.__getitem__)


def order_exact(reading: Reading, pair_ids: Sequence[int]) -> list[int]:
    """Order pairs that hold every term: the best by the formula, the rest by the index."""
    scored = by_score(score_pairs(reading.weights, reading.lexicon.size, pair_ids))
    return rank(reading.model, load_candidates(scored[: reading.pool])) + [
        pair_id for pair_id, _ in scored[reading.pool :]
    ]


def load_candidates(
    scored: Iterable[tuple[int, int]], texts: Mapping[int, str] = MappingProxyType({})
) -> list[Candidate]:
    """Return the pairs with their fields; those are read whose text is not known yet."""
    scores = dict(scored)
    entries = read_entries(scores.keys() - texts.keys())
    known = {**texts, **{pair_id: entry.text for pair_id, entry in entries.items()}}
    return [
        Candidate(pair_id, score * BM25_OF_SCORE, Fields.unpack(known[pair_id]))
        for pair_id, score in scores.items()
        if pair_id in known
    ]
