"""How postings are stored: those of one term in 4,096 neighbouring pairs are packed into one row.

Three numbers of two bytes, the low one first, stand for a posting: the pair's place in the block, the weighted count
of the term, and the pair's length. Pairs ascend. A hundred thousand postings are then some hundred rows to a
database, and one array to whoever reads them.
"""

from bisect import bisect_left
from collections.abc import Iterator, Mapping
from struct import Struct

from articles.search.fields import Posting

BITS = 12
WIDTH = 1 << BITS
NUMBERS = Struct("<HHH")
SIZE = NUMBERS.size
PLACE = Struct("<H")


def block_of(pair_id: int) -> int:
    return pair_id >> BITS


def pack(pair_id: int, posting: Posting) -> bytes:
    return NUMBERS.pack(pair_id % WIDTH, *posting)


def unpack(block: int, packed: bytes) -> Iterator[tuple[int, Posting]]:
    """Yield each pair of the block with its posting."""
    first = block << BITS
    for place, *numbers in NUMBERS.iter_unpack(packed):
        yield first + place, Posting(*numbers)


def change(packed: bytes, changes: Mapping[int, Posting | None]) -> bytes:
    """Return the block with other postings of some pairs; None takes a pair out."""
    block = bytearray(packed)
    for pair_id, posting in changes.items():
        start = find(block, pair_id % WIDTH) * SIZE
        is_held = block[start : start + 2] == PLACE.pack(pair_id % WIDTH)
        block[start : start + SIZE * is_held] = pack(pair_id, posting) if posting else b""
    return bytes(block)


def find(block: bytes | bytearray, place: int) -> int:
    """Return the number of postings before the place."""
    return bisect_left(range(len(block) // SIZE), place, key=lambda number: PLACE.unpack_from(block, number * SIZE)[0])
