"""Why the search answers a query as it does: the terms it knows, and what each of the first pairs scores."""

from collections.abc import Sequence
from dataclasses import dataclass

from articles.search.engine import POOL, Results, load_candidates, search
from articles.search.lexicon import Lexicon
from articles.search.matching import holds, keep_pairs, score_pairs
from articles.search.postings import Term
from articles.search.query import Query, parse_query
from articles.search.ranking import Model
from articles.search.segmentation import terms


@dataclass(frozen=True)
class Hit:
    """One pair: whether it holds all that was asked for, and what each letter of the formula adds to its score."""

    pair_id: int
    is_whole: bool
    score: float
    parts: dict[str, float]


@dataclass(frozen=True)
class Explanation:
    """weights holds 100 times the BM25 weight of each known term, heaviest first; unknown stand in no pair."""

    query: Query
    results: Results
    weights: dict[Term, int]
    unknown: Sequence[str]
    hits: Sequence[Hit]


def explain(text: str, limit: int = 10) -> Explanation:
    """Answer what a reader typed, with reasons; at most POOL pairs are scored, as the search does."""
    query = parse_query(text)
    results = search(query)
    lexicon = Lexicon.of(query)
    weights = lexicon.weights(query.runs)
    return Explanation(
        query=query,
        results=results,
        weights=dict(sorted(weights.items(), key=lambda item: (-item[1], item[0].text))),
        unknown=[term for term in dict.fromkeys(terms(query.runs)) if term not in lexicon.terms],
        hits=score_hits(query, lexicon, weights, results.pair_ids[: min(limit, POOL)]),
    )


def score_hits(query: Query, lexicon: Lexicon, weights: dict[Term, int], pair_ids: Sequence[int]) -> list[Hit]:
    """Score the pairs; where the query names no word, nothing is scored and the order is by date."""
    if not weights:
        return [Hit(pair_id, True, 0, {}) for pair_id in pair_ids]
    holding = lexicon.holding(query.terms, query.phrases)
    whole = set(keep_pairs(pair_ids, holds(holding))) if holding.is_possible else set()
    model = Model(query.runs, lexicon.statistics)
    candidates = {c.pair_id: c for c in load_candidates(score_pairs(weights, lexicon.average, pair_ids))}
    return [
        Hit(pair_id, pair_id in whole, model.score(candidates[pair_id]), model.parts(candidates[pair_id]))
        for pair_id in pair_ids
        if pair_id in candidates
    ]
