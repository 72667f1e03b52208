"""Finds pairs in the index: those that meet every demand, and those that score best.

A demand is a piece of SQL about held.pair_id, so that what the index knows and what the content
knows (published, under a topic) are asked of each pair in one statement.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from articles.search.postings import Size, Term, chunks, containing, flatten, literal, marks, select

# Postings read for one query before the commoner terms only complete the best pairs; a site of few pairs has enough
# with a part of them.
BUDGET, LEAST_BUDGET = 40_000, 8_000
PAIRS_TO_A_POSTING = 5
# What the commoner terms then look up, one posting at a time.
LOOKUPS = 10_000
# Of a group with more terms, the text is read instead of asking for each term.
MOST_ASKED = 8
# The newest pairs that hold the rarest of what is looked for, as many as are asked for the rest; fewer where texts are read.
MOST_SCANNED, MOST_READ = 50_000, 10_000
AT_ONCE = 5000
# BM25 of one posting with k1 = 1.2 and b = 0.75, times 255 / 2.2: whole numbers sum alike everywhere.
IMPACT = "(p.tf * 25500 / (p.tf * 100 + 30 + 90 * p.length / %s))"
BM25_OF_SCORE = 2.2 / 25_500


class Fragment(NamedTuple):
    """A piece of SQL with its parameters."""

    sql: str
    params: Sequence


class Group(NamedTuple):
    """Terms of which a pair must hold one. Where they are many, the text that they have in common tells it sooner."""

    terms: Sequence[Term]
    text: str = ""

    @property
    def df(self) -> int:
        return sum(term.df for term in self.terms)

    @property
    def is_read(self) -> bool:
        return len(self.terms) > MOST_ASKED and bool(self.text)


class Holding(NamedTuple):
    """What a pair must hold: a term of every group, and every text. No pair can where a group is empty."""

    groups: Sequence[Group]
    texts: Sequence[str] = ()

    @property
    def is_possible(self) -> bool:
        return all(group.terms for group in self.groups)

    @property
    def lead(self) -> Group:
        """The group that fewest pairs hold."""
        return min(self.groups, key=lambda group: group.df)


def there_is(select: str) -> str:
    """Return the condition that a query about held.pair_id finds something.

    EXISTS would say the same, but PostgreSQL makes a join of it and reads whole tables to hash them.
    """
    return f"({select} LIMIT 1) IS NOT NULL"


def holds(holding: Holding, but: Group | None = None) -> list[Fragment]:
    """Return the demands that make a pair hold all of it, the given group left out."""
    groups = [group for group in holding.groups if group is not but]
    demands = [
        Fragment(
            there_is(
                "SELECT 1 FROM articles_posting other "
                f"WHERE other.term_id IN ({marks(group.terms)}) AND other.pair_id = held.pair_id"
            ),
            [term.id for term in group.terms],
        )
        for group in groups
        if not group.is_read
    ]
    texts = [*holding.texts, *(group.text for group in groups if group.is_read)]
    if texts:
        likes = " AND entry.text LIKE %s ESCAPE '\\'" * len(texts)
        sql = there_is(f"SELECT 1 FROM articles_indexedpair entry WHERE entry.pair_id = held.pair_id{likes}")
        demands.append(Fragment(sql, [containing(text) for text in texts]))
    return demands


def none_of(demands: Sequence[Fragment]) -> Fragment:
    """Return the demand that the given ones are not all met."""
    return Fragment(f"NOT ({' AND '.join(sql for sql, _ in demands)})", flatten(params for _, params in demands))


class Found(NamedTuple):
    """Pairs, newest key first; those of a smaller key than reached were not looked at."""

    ids: Sequence[int]
    reached: int | None = None


def find_pairs(holding: Holding, demands: Sequence[Fragment], limit: int) -> Found:
    """Return the pairs that hold everything and meet the demands.

    The rarest group leads: its newest pairs are asked for the rest until the limit, or the most that a query
    may cost, is reached.
    """
    if not holding.is_possible:
        return Found([])
    lead = holding.lead
    wanted = [*holds(holding, but=lead), *demands]
    most = MOST_READ if any(group.is_read for group in holding.groups) else MOST_SCANNED
    holders = newest_holders(lead, most + 1)
    found: list[int] = []
    for part in chunks(holders[:most], AT_ONCE):
        found += keep_pairs(part, wanted)
        if len(found) > limit:
            return Found(found[:limit], found[limit - 1])
    return Found(found, holders[most - 1] if len(holders) > most else None)


def newest_holders(group: Group, limit: int) -> list[int]:
    """Return the newest pairs that hold a term of the group."""
    distinct = "DISTINCT " if len(group.terms) > 1 else ""
    rows = select(
        f"SELECT {distinct}pair_id FROM articles_posting WHERE term_id IN ({marks(group.terms)}) "
        "ORDER BY pair_id DESC LIMIT %s",
        [*(term.id for term in group.terms), limit],
    )
    return [pair_id for (pair_id,) in rows]


def keep_pairs(pair_ids: Iterable[int], demands: Sequence[Fragment]) -> list[int]:
    """Return those of the pairs that meet the demands, in their order."""
    ids = list(pair_ids)
    wanted = " AND ".join(sql for sql, _ in demands) or "1 = 1"
    params = flatten(params for _, params in demands)
    kept: set[int] = set()
    for part in chunks(ids, AT_ONCE):
        rows = select(f"SELECT pair_id FROM {listed(part)} held WHERE {wanted}", params)
        kept.update(pair_id for (pair_id,) in rows)
    return [pair_id for pair_id in ids if pair_id in kept]


def best_pairs(weights: dict[Term, int], size: Size, limit: int) -> list[tuple[int, int]]:
    """Return (pair id, score), best first: BM25 as integers, the same on both databases.

    Rare terms are read first, up to the budget of postings; the commoner ones only complete the best pairs.
    """
    read, left = split_by_budget(weights, budget_of(size.pairs))
    scanned = scan_postings(read, size, limit)
    scores = dict(scanned)
    if left:
        for pair_id, score in score_pairs(left, size, [pair_id for pair_id, _ in scanned[: LOOKUPS // len(left)]]):
            scores[pair_id] += score
    return by_score(scores.items())


def by_score(scored: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    return sorted(scored, key=lambda item: (-item[1], item[0]))


def budget_of(pairs: int) -> int:
    """Return how many postings a query may read on a site of so many pairs."""
    return min(max(LEAST_BUDGET, pairs // PAIRS_TO_A_POSTING), BUDGET)


def split_by_budget(weights: dict[Term, int], budget: int) -> tuple[dict[Term, int], dict[Term, int]]:
    """Return the terms to read in full, rarest first, and the rest."""
    read: dict[Term, int] = {}
    left: dict[Term, int] = {}
    for term in sorted(weights, key=lambda term: (term.df, term.text)):
        fits = term.df <= budget or not read
        (read if fits else left)[term] = weights[term]
        budget -= term.df
    return read, left


def scan_postings(weights: dict[Term, int], size: Size, limit: int) -> list[tuple[int, int]]:
    """Return the best pairs by the given terms."""
    if len(weights) == 1:
        return scan_one(*next(iter(weights.items())), size, limit)
    ids = ", ".join(str(term.id) for term in weights)
    # IN repeats what the join says: PostgreSQL then uses the index even before it has counted a new table.
    return select(
        f"SELECT p.pair_id, SUM(q.weight * {IMPACT}) AS score "
        f"FROM {weighed(weights)} q CROSS JOIN articles_posting p WHERE p.term_id = q.term_id AND p.term_id IN ({ids}) "
        "GROUP BY p.pair_id ORDER BY score DESC, p.pair_id LIMIT %s",
        [size.average, limit],
    )


def scan_one(term: Term, weight: int, size: Size, limit: int) -> list[tuple[int, int]]:
    """Return the best pairs by one term; of one that very many hold, the newest BUDGET alone are looked at."""
    return select(
        f"SELECT p.pair_id, %s * {IMPACT} AS score FROM (SELECT pair_id, tf, length FROM articles_posting "
        "WHERE term_id = %s ORDER BY pair_id DESC LIMIT %s) p ORDER BY score DESC, p.pair_id LIMIT %s",
        [weight, size.average, term.id, BUDGET, limit],
    )


def score_pairs(weights: dict[Term, int], size: Size, pair_ids: Iterable[int]) -> list[tuple[int, int]]:
    """Return (pair id, score) of each of the pairs, by the given terms.

    A subquery and no join: PostgreSQL would hash the long posting lists for a join.
    """
    scored: list[tuple[int, int]] = []
    for part in chunks(pair_ids):
        scored += select(
            f"SELECT c.pair_id, SUM(q.weight * COALESCE((SELECT {IMPACT} FROM articles_posting p "
            "WHERE p.term_id = q.term_id AND p.pair_id = c.pair_id), 0)) "
            f"FROM {listed(part)} c CROSS JOIN {weighed(weights)} q GROUP BY c.pair_id",
            [size.average],
        )
    return scored


# Tables of values. A statement that begins with WITH would be searched for a write to the content, all of its length.


def weighed(weights: dict[Term, int]) -> str:
    """Return SQL for a table of terms: term_id, weight."""
    rows = literal([(term.id, weight) for term, weight in weights.items()])
    return f"(SELECT column1 AS term_id, column2 AS weight FROM (VALUES {rows}) AS terms)"


def listed(pair_ids: Iterable[int]) -> str:
    """Return SQL for a table of pairs: pair_id."""
    rows = literal([(pair_id,) for pair_id in pair_ids])
    return f"(SELECT column1 AS pair_id FROM (VALUES {rows}) AS pairs)"
