"""Why the search answers a query as it does: the terms it knows, and what each of the first pairs scores."""

from collections.abc import Sequence
from dataclasses import dataclass

from articles.search.engine import POOL, Reading, Results, load_candidates, search
from articles.search.lexicon import Lexicon
from articles.search.matching import keep_holders, score_pairs
from articles.search.postings import Term
from articles.search.query import Query, parse_query
from articles.search.rewording import rewordings
from articles.search.segmentation import terms


@dataclass(frozen=True)
class Hit:
    """One pair: whether it holds all that was asked for, and what each letter of the formula adds to its score."""

    pair_id: int
    is_whole: bool
    score: float
    parts: dict[str, float]


@dataclass(frozen=True)
class ExplainedReading:
    """The query as it was typed, or with synonyms in it, and how the first pairs of the answer score by it.

    weights holds 100 times the BM25 weight of each known term, heaviest first; unknown terms stand in no pair.
    """

    query: Query
    weights: dict[Term, int]
    unknown: Sequence[str]
    hits: Sequence[Hit]


@dataclass(frozen=True)
class Explanation:
    """The answer, and its reasons by each reading, the typed one first; each ranks for itself, then they take turns."""

    query: Query
    results: Results
    readings: Sequence[ExplainedReading]


def explain(text: str, limit: int = 10) -> Explanation:
    """Answer what a reader typed, with reasons; at most POOL pairs are scored."""
    query = parse_query(text)
    results = search(query)
    pair_ids = results.pair_ids[: min(limit, POOL)]
    wordings = [query, *rewordings(query, results.widenings)]
    return Explanation(query, results, [explain_reading(wording, pair_ids) for wording in wordings])


def explain_reading(query: Query, pair_ids: Sequence[int]) -> ExplainedReading:
    reading = Reading(query, Lexicon.of(query))
    return ExplainedReading(
        query=query,
        weights=dict(sorted(reading.weights.items(), key=lambda item: (-item[1], item[0].text))),
        unknown=[term for term in dict.fromkeys(terms(query.runs)) if term not in reading.lexicon.terms],
        hits=score_hits(reading, pair_ids) if reading.weights else [Hit(pk, True, 0, {}) for pk in pair_ids],
    )


def score_hits(reading: Reading, pair_ids: Sequence[int]) -> list[Hit]:
    query, lexicon, model = reading.query, reading.lexicon, reading.model
    holding = lexicon.holding(query.terms, query.phrases)
    whole = set(keep_holders(pair_ids, holding))
    candidates = {c.pair_id: c for c in load_candidates(score_pairs(reading.weights, lexicon.size, pair_ids))}
    return [
        Hit(pair_id, pair_id in whole, model.score(candidates[pair_id]), model.parts(candidates[pair_id]))
        for pair_id in pair_ids
        if pair_id in candidates
    ]
