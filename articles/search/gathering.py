"""Reads posting lists into arrays, in which hundreds of thousands of postings are matched and summed in milliseconds."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np

from articles.search.blocks import BITS, SIZE, WIDTH
from articles.search.postings import Size, Term, read_blocks

# From so many blocks on, those between are read too: a list of them would take longer.
MOST_LISTED = 32


@dataclass(frozen=True)
class Postings:
    """The postings of some terms in some blocks of pairs.

    Every pair of the blocks has a slot, in the order of the keys; what is found out of the pairs is an array with a
    value for each slot. slots, frequencies, lengths and terms have a value for each posting; terms has the place of
    its term in ids.
    """

    ids: Sequence[int]
    blocks: np.ndarray
    slots: np.ndarray
    frequencies: np.ndarray
    lengths: np.ndarray
    terms: np.ndarray

    @classmethod
    def read(cls, terms: Iterable[Term], blocks: Sequence[int] | None = None) -> Self:
        """Read the postings of the terms in the given blocks, or in all; one query."""
        ids = [term.id for term in dict.fromkeys(terms)]
        rows = read_blocks(ids, blocks) if ids else []
        places = {term_id: place for place, term_id in enumerate(ids)}
        numbers = np.frombuffer(b"".join([packed for _, _, packed in rows]), "<u2").reshape(-1, 3)
        counts = np.array([len(packed) // SIZE for _, _, packed in rows], np.intp)
        found, row_blocks = np.unique(np.array([block for _, block, _ in rows], np.intp), return_inverse=True)
        slots = np.repeat(row_blocks << BITS, counts)
        slots += numbers[:, 0]
        row_terms = np.array([places[term_id] for term_id, _, _ in rows], np.intp)
        return cls(ids, found, slots, numbers[:, 1], numbers[:, 2], np.repeat(row_terms, counts))

    def holders(self, terms: Iterable[Term]) -> np.ndarray:
        """Return for each slot whether its pair holds one of the terms."""
        held = np.zeros(len(self.blocks) << BITS, bool)
        held[self.slots[self.among(terms)[self.terms]]] = True
        return held

    def scores(self, weights: Mapping[Term, int], size: Size) -> np.ndarray:
        """Return each slot's sum of weight times BM25 over the terms, in whole numbers.

        BM25 of one posting with k1 = 1.2 and b = 0.75, times 255 / 2.2 and rounded down.
        """
        by_id = {term.id: weight for term, weight in weights.items()}
        term_weights = np.array([by_id.get(term_id, 0) for term_id in self.ids], float)
        frequencies = self.frequencies.astype(float)
        impacts = frequencies * 25_500
        frequencies *= 100
        frequencies += 30 + 90 * self.lengths.astype(np.int32) // size.average
        impacts /= frequencies
        # Floats hold these numbers and their sums to the last digit: they are whole and less than 2 to the 53rd.
        np.floor(impacts, out=impacts)
        impacts *= term_weights[self.terms]
        return np.bincount(self.slots, impacts, len(self.blocks) << BITS)

    def ranks(self, terms: Iterable[Term]) -> np.ndarray:
        """Return each slot's least count of one of the terms; the greatest possible number where none is held."""
        is_wanted = self.among(terms)[self.terms]
        least = np.full(len(self.blocks) << BITS, np.iinfo(np.uint16).max, np.uint16)
        np.minimum.at(least, self.slots[is_wanted], self.frequencies[is_wanted])
        return least

    def among(self, terms: Iterable[Term]) -> np.ndarray:
        """Return for each of ids whether it is one of the terms."""
        wanted = {term.id for term in terms}
        return np.array([term_id in wanted for term_id in self.ids], bool)

    def pairs(self, slots: np.ndarray) -> np.ndarray:
        """Return the keys of the pairs in the slots."""
        return (self.blocks[slots >> BITS] << BITS) + slots % WIDTH

    def slots_of(self, pair_ids: np.ndarray) -> np.ndarray:
        """Return the slots of those pairs that lie in a block which was read."""
        blocks = pair_ids >> BITS
        known = np.isin(blocks, self.blocks)
        return (np.searchsorted(self.blocks, blocks[known]) << BITS) + pair_ids[known] % WIDTH


def blocks_of(pair_ids: np.ndarray) -> Sequence[int]:
    """Return the blocks of the pairs, for reading; of many, all from the first to the last."""
    blocks = np.unique(pair_ids >> BITS).tolist()
    return blocks if len(blocks) <= MOST_LISTED else range(blocks[0], blocks[-1] + 1)


def best_slots(scores: np.ndarray, count: int) -> np.ndarray:
    """Return the slots of the best scores above zero, best first, of equals the first."""
    slots = np.flatnonzero(scores)
    values = scores[slots]
    if len(slots) > count:
        least = np.partition(values, len(values) - count)[len(values) - count]
        is_good = values >= least
        slots, values = slots[is_good], values[is_good]
    return slots[np.argsort(-values, kind="stable")][:count]
