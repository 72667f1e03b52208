"""How postings are stored: those of one term in 4,096 neighbouring pairs are packed into one row, or few.

Three numbers of two bytes, the low one first, stand for a posting: the pair's place in the block, the weighted count
of the term, and the pair's length. Pairs ascend. A hundred thousand postings are then some hundred rows to a
database, and one array to whoever reads them.

A term that many pairs hold has several rows in a block, parts, each named by the first place that it is for: a write
touches a thousand terms, and none of them costs more than a part.
"""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping
from struct import Struct

from articles.search.fields import Posting

BITS = 12
WIDTH = 1 << BITS
NUMBERS = Struct("<HHH")
SIZE = NUMBERS.size
# Postings of a part at most: four parts lie on a page of the database.
MOST = 160
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


def parts(packed: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield the parts of a term's postings in a block, as few as may be, each with the first place that it is for."""
    for begin in range(0, len(packed), MOST * SIZE):
        part = packed[begin : begin + MOST * SIZE]
        yield PLACE.unpack_from(part)[0] if begin else 0, part


def change_parts(stored: Mapping[int, bytes], changes: Mapping[int, Posting | None]) -> dict[int, bytes]:
    """Return what becomes of the parts that the changes touch: those left empty go, those grown too long are halved."""
    starts = sorted({0, *stored})
    by_start: defaultdict[int, dict[int, Posting | None]] = defaultdict(dict)
    for pair_id, posting in changes.items():
        by_start[starts[bisect_right(starts, pair_id % WIDTH) - 1]][pair_id] = posting
    changed = {}
    for start, of_part in by_start.items():
        changed |= halved(start, change(stored.get(start, b""), of_part))
    return changed


def halved(start: int, packed: bytes) -> dict[int, bytes]:
    """Return the part, or where it is too long its halves, and theirs."""
    if len(packed) <= MOST * SIZE:
        return {start: packed}
    middle = len(packed) // SIZE // 2 * SIZE
    return halved(start, packed[:middle]) | halved(PLACE.unpack_from(packed, middle)[0], packed[middle:])


def find(block: bytes | bytearray, place: int) -> int:
    """Return the number of postings before the place."""
    return bisect_left(range(len(block) // SIZE), place, key=lambda number: PLACE.unpack_from(block, number * SIZE)[0])
