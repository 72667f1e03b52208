"""Finds pairs in the index: those that hold all that is wanted, and those that score best."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import reduce
from itertools import accumulate
from typing import NamedTuple, Self

import numpy as np

from articles.search.blocks import BITS, WIDTH, block_of
from articles.search.gathering import Postings, best_slots, blocks_of
from articles.search.postings import Size, Term, chunks, containing, flatten, listed, read_key_range, select
from articles.search.segmentation import is_unspaced

# Postings read to rank by, the more the larger the site; the commoner terms of a longer query are left out.
LEAST_BUDGET, BUDGET = 8_000, 100_000
PAIRS_TO_A_POSTING = 5
# Postings read at a time to find what holds everything, and so many times at most.
SPAN, MOST_SPANS = 400_000, 8
# Of the newest that hold everything so many are asked for the rest; fewer where texts are read.
MOST_SCANNED, MOST_READ = 15_000, 5_000
# Of a group with more terms, the text is read.
MOST_ASKED = 8
LEAST_AT_ONCE, AT_ONCE = 500, 12_000
# Of so few, texts are read even for common characters: their posting lists are long.
FEW = 500
# Of the best, so many are asked at most.
MOST_KEPT = 5_000
# The scores of the index as BM25: see Postings.scores.
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
    def terms(self) -> list[Term]:
        return [term for group in self.groups for term in group.terms]

    @property
    def lead(self) -> Group:
        """The group that fewest pairs hold."""
        return min(self.groups, key=lambda group: group.df)

    def with_reading(self) -> Self:
        """Return the same with texts in place of the groups that are better read."""
        lead = self.lead
        read = [group for group in self.groups if group.is_read and group is not lead]
        return Holding([g for g in self.groups if g not in read], [*self.texts, *(group.text for group in read)])


class Demands(NamedTuple):
    """What a pair must meet besides: pieces of SQL about held.pair_id, and what it must not hold."""

    fragments: Sequence[Fragment] = ()
    unwanted: Sequence[Holding] = ()


NO_DEMANDS = Demands()


class Found(NamedTuple):
    """Pairs, newest key first; those of a smaller key than reached were not looked at."""

    ids: Sequence[int]
    reached: int | None = None


def there_is(select: str) -> str:
    """Return the condition that a query about held.pair_id finds something.

    EXISTS would say the same, but PostgreSQL makes a join of it and reads whole tables to hash them.
    """
    return f"({select} LIMIT 1) IS NOT NULL"


# Pairs that hold everything


def find_pairs(holding: Holding, demands: Demands, limit: int) -> Found:
    """Return the newest pairs that hold everything and meet the demands, as far as a query may go."""
    if not holding.is_possible:
        return Found([])
    holding = holding.with_reading()
    wanted = Demands([*texts_stand(holding), *demands.fragments], demands.unwanted)
    most = MOST_READ if holding.texts else MOST_SCANNED
    found: list[int] = []
    looked_at, reached = 0, None
    # One more than wanted tells in one statement that there are more.
    at_once = min(max(limit + 1, LEAST_AT_ONCE), AT_ONCE, most)
    for number, blocks in enumerate(newest_blocks(holding, SPAN)):
        if number == MOST_SPANS:
            return Found(found, reached)
        for part in chunks(holders_of_all(holding, blocks)[::-1].tolist(), at_once):
            if looked_at >= most:
                return Found(found, reached)
            found += keep_pairs(part, wanted)
            if len(found) > limit:
                return Found(found[:limit], found[limit - 1])
            looked_at += len(part)
            reached = part[-1]
        reached = blocks[0] << BITS if blocks else None
    return Found(found)


def newest_blocks(holding: Holding, span: int) -> Iterator[Sequence[int] | None]:
    """Yield the blocks that can hold all of it, newest first, in parts with about so many postings; None for all at once.

    Where a group is rare, its blocks alone are worth looking at.
    """
    postings = sum(group.df for group in holding.groups)
    if postings <= span:
        yield None
        return
    first, last = map(block_of, read_key_range())
    blocks: Sequence[int] = range(first, last + 1)
    if holding.lead.df <= WIDTH:
        blocks = Postings.read(holding.lead.terms).blocks.tolist()
    size = max(1, span * (last + 1 - first) // postings)
    for end in range(len(blocks), 0, -size):
        yield blocks[max(0, end - size) : end]


def holders_of_all(holding: Holding, blocks: Sequence[int] | None) -> np.ndarray:
    """Return the pairs of the blocks that hold a term of every group, ascending."""
    postings = Postings.read(holding.terms, blocks)
    return postings.pairs(np.flatnonzero(held_by(postings, holding)))


def held_by(postings: Postings, holding: Holding) -> np.ndarray:
    """Return for each slot whether its pair holds a term of every group."""
    return reduce(np.logical_and, [postings.holders(group.terms) for group in holding.groups])


def texts_stand(holding: Holding) -> list[Fragment]:
    """Return the demand that the texts stand in a pair, none without texts."""
    if not holding.texts:
        return []
    likes = " AND entry.text LIKE %s ESCAPE '\\'" * len(holding.texts)
    sql = there_is(f"SELECT 1 FROM articles_indexedpair entry WHERE entry.pair_id = held.pair_id{likes}")
    return [Fragment(sql, [containing(text) for text in holding.texts])]


def keep_pairs(pair_ids: Iterable[int], demands: Demands) -> list[int]:
    """Return those of the pairs that meet the demands, in their order."""
    kept = meeting(pair_ids, demands.fragments)
    for holding in demands.unwanted:
        unwanted = set(keep_holders(kept, holding))
        kept = [pair_id for pair_id in kept if pair_id not in unwanted]
    return kept


def keep_holders(pair_ids: Sequence[int], holding: Holding) -> list[int]:
    """Return those of the pairs that hold everything, in their order."""
    if not (pair_ids and holding.is_possible):
        return []
    if len(pair_ids) <= FEW and all(is_unspaced(term.text) for term in holding.terms):
        return meeting(pair_ids, texts_stand(Holding((), [*holding.texts, *(term.text for term in holding.terms)])))
    asked = np.array(pair_ids)
    postings = Postings.read(holding.terms, blocks_of(asked))
    slots = postings.slots_of(asked)
    held = postings.pairs(slots[held_by(postings, holding)[slots]])
    return meeting(held.tolist(), texts_stand(holding))


def meeting(pair_ids: Iterable[int], fragments: Sequence[Fragment]) -> list[int]:
    """Return those of the pairs of which all that SQL says is true, in their order."""
    ids = list(pair_ids)
    if not fragments:
        return ids
    wanted, params = all_of(fragments)
    kept: set[int] = set()
    for part in chunks(ids, AT_ONCE):
        rows = select(f"SELECT pair_id FROM {listed(part)} held WHERE {wanted}", params)
        kept.update(pair_id for (pair_id,) in rows)
    return [pair_id for pair_id in ids if pair_id in kept]


def all_of(fragments: Sequence[Fragment]) -> Fragment:
    """Return what is true where all the pieces are."""
    sql = " AND ".join([sql for sql, _ in fragments]) or "1 = 1"
    return Fragment(sql, flatten(params for _, params in fragments))


# Pairs that score best


class Texts(dict[int, str]):
    """What the index says of pairs that meet the demands, as far as it was asked for."""

    def __init__(self, demands: Demands) -> None:
        super().__init__()
        self.demands = demands

    def keep(self, pair_ids: Iterable[int]) -> list[int]:
        """Read those of the pairs that meet the demands and return them, in their order."""
        ids = list(pair_ids)
        wanted, params = all_of(self.demands.fragments)
        # No join, for which PostgreSQL would read and hash all texts.
        text = "(SELECT entry.text FROM articles_indexedpair entry WHERE entry.pair_id = held.pair_id)"
        for part in chunks(ids, AT_ONCE):
            self.update(select(f"SELECT pair_id, {text} FROM {listed(part)} held WHERE {wanted}", params))
        return keep_pairs([pair_id for pair_id in ids if pair_id in self], Demands((), self.demands.unwanted))


def best_pairs(
    weights: dict[Term, int], size: Size, count: int, keep: Callable[[Iterable[int]], Iterable[int]] = list
) -> list[tuple[int, int]]:
    """Return (pair id, score) of the best pairs among those to keep, best first, of equals the oldest.

    Where too few of the best are kept, as many more are asked as a query may cost.
    """
    postings = read_rarest(weights, budget_of(size.pairs))
    scores = postings.scores(weights, size)
    found: list[tuple[int, int]] = []
    for start, end in ((0, count), (count, MOST_KEPT)):
        slots = best_slots(scores, end)[start:]
        scored = dict(zip(postings.pairs(slots).tolist(), scores[slots].astype(int).tolist(), strict=True))
        found += [(pair_id, scored[pair_id]) for pair_id in keep(scored)]
        if len(found) >= count or start + len(slots) < end:
            break
    return found[:count]


def budget_of(pairs: int) -> int:
    """Return how many postings a query may read to rank by, on a site of so many pairs."""
    return min(max(LEAST_BUDGET, pairs // PAIRS_TO_A_POSTING), BUDGET)


def read_rarest(terms: Iterable[Term], budget: int) -> Postings:
    """Read the postings of the rarest terms, about as many as the budget has; of one too common, the newest."""
    rarest = rarest_within(terms, budget)
    if rarest[0].df <= BUDGET:
        return Postings.read(rarest)
    return Postings.read(rarest, next(newest_blocks(Holding([Group(rarest)]), BUDGET)))


def rarest_within(terms: Iterable[Term], budget: float) -> list[Term]:
    """Return the rarest terms that together stand in so many pairs, one at least."""
    rarest_first = sorted(terms, key=lambda term: (term.df, term.text))
    postings = accumulate(term.df for term in rarest_first)
    return rarest_first[: max(1, sum(total <= budget for total in postings))]


def score_pairs(weights: dict[Term, int], size: Size, pair_ids: Sequence[int]) -> list[tuple[int, int]]:
    """Return (pair id, score) of each of the pairs, in their order; where they lie far apart, by the rarer terms."""
    if not pair_ids:
        return []
    asked = np.array(pair_ids)
    blocks = blocks_of(asked)
    share = min(len(blocks) * WIDTH / max(size.pairs, 1), 1)
    postings = Postings.read(rarest_within(weights, BUDGET / share), blocks)
    slots = postings.slots_of(asked)
    known = dict(
        zip(postings.pairs(slots).tolist(), postings.scores(weights, size)[slots].astype(int).tolist(), strict=True)
    )
    return [(pair_id, known.get(pair_id, 0)) for pair_id in pair_ids]


def by_score(scored: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    return sorted(scored, key=lambda item: (-item[1], item[0]))
