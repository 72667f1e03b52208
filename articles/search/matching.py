"""Finds pairs in the index: those that hold all of something, and those that score best."""

from collections.abc import Sequence
from typing import NamedTuple

from articles.search.postings import Term, chunks, containing, flatten, marks, select

# Postings read for one query before the commoner terms are left to complete_scores.
BUDGET = 50_000
# BM25 of one posting with k1 = 1.2 and b = 0.75, times 255 / 2.2: whole numbers sum alike everywhere.
IMPACT = "(p.tf * 25500 / (p.tf * 100 + 30 + 90 * p.length / %s))"
BM25_OF_SCORE = 2.2 / 25_500


class Fragment(NamedTuple):
    """A piece of SQL with its parameters."""

    sql: str
    params: list


def holding(groups: Sequence[Sequence[Term]], texts: Sequence[str]) -> Fragment:
    """Select the pairs that hold a term of every group and every text; the rarest group leads."""
    first, *others = sorted(groups, key=lambda group: sum(term.df for term in group))
    sql = f"SELECT held.pair_id FROM articles_posting held WHERE held.term_id IN ({marks(first)})"
    params: list = [term.id for term in first]
    for group in others:
        sql += (
            " AND EXISTS (SELECT 1 FROM articles_posting other "
            f"WHERE other.term_id IN ({marks(group)}) AND other.pair_id = held.pair_id)"
        )
        params += [term.id for term in group]
    if texts:
        likes = " AND entry.text LIKE %s ESCAPE '\\'" * len(texts)
        sql += f" AND EXISTS (SELECT 1 FROM articles_indexedpair entry WHERE entry.pair_id = held.pair_id{likes})"
        params += map(containing, texts)
    return Fragment(sql, params)


def best_pairs(
    weights: dict[Term, int], average: int, limit: int, within: Fragment | None = None
) -> list[tuple[int, int]]:
    """Return (pair id, score), best first: BM25 as integers, the same on both databases.

    Rare terms are read first, up to BUDGET postings; the commoner ones only complete the best pairs.
    The average is the length of a pair in terms.
    """
    read, left = split_by_budget(weights)
    scores = dict(scan_postings(read, average, limit, within))
    if left and scores:
        for part in chunks(scores):
            for pair_id, score in complete_scores(left, average, part):
                scores[pair_id] += score
    return sorted(scores.items(), key=lambda item: (-item[1], item[0]))


def split_by_budget(weights: dict[Term, int]) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    """Return (term id, weight) of the terms to read in full, rarest first, and of the rest."""
    read: list[tuple[int, int]] = []
    left: list[tuple[int, int]] = []
    budget = BUDGET
    for term in sorted(weights, key=lambda term: (term.df, term.text)):
        fits = term.df <= budget or not read
        (read if fits else left).append((term.id, weights[term]))
        budget -= term.df
    return read, left


def scan_postings(
    weights: Sequence[tuple[int, int]], average: int, limit: int, within: Fragment | None
) -> list[tuple[int, int]]:
    """Return the best pairs by the given terms.

    IN repeats what the join says: PostgreSQL then uses the index even before it has counted a new table.
    """
    ids = [term_id for term_id, _ in weights]
    values = ", ".join(["(%s, %s)"] * len(weights))
    inside = f"AND p.pair_id IN ({within.sql})" if within else ""
    return select(
        f"WITH q(term_id, weight) AS (VALUES {values}) SELECT p.pair_id, SUM(q.weight * {IMPACT}) AS score "
        f"FROM q CROSS JOIN articles_posting p WHERE p.term_id = q.term_id AND p.term_id IN ({marks(ids)}) {inside} "
        "GROUP BY p.pair_id ORDER BY score DESC, p.pair_id LIMIT %s",
        [*flatten(weights), average, *ids, *(within.params if within else []), limit],
    )


def complete_scores(weights: Sequence[tuple[int, int]], average: int, pair_ids: Sequence[int]) -> list[tuple[int, int]]:
    """Return what further terms add to the given pairs.

    A subquery and no join: PostgreSQL would hash the long posting lists for a join.
    """
    terms, pairs = ", ".join(["(%s, %s)"] * len(weights)), ", ".join(["(%s)"] * len(pair_ids))
    return select(
        f"WITH q(term_id, weight) AS (VALUES {terms}), c(pair_id) AS (VALUES {pairs}) "
        f"SELECT c.pair_id, SUM(q.weight * COALESCE((SELECT {IMPACT} FROM articles_posting p "
        "WHERE p.term_id = q.term_id AND p.pair_id = c.pair_id), 0)) FROM c CROSS JOIN q GROUP BY c.pair_id",
        [*flatten(weights), *pair_ids, average],
    )
