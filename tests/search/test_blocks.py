import random

import pytest

from articles.search.blocks import WIDTH, block_of, change, pack, unpack
from articles.search.fields import Posting


def test_a_block_gives_back_what_was_packed():
    pairs = {WIDTH: Posting(1, 2), WIDTH + 7: Posting(32_000, 65_535), 2 * WIDTH - 1: Posting(3, 4)}
    packed = b"".join(pack(pair_id, posting) for pair_id, posting in pairs.items())
    assert dict(unpack(1, packed)) == pairs
    assert {block_of(pair_id) for pair_id in pairs} == {1}


@pytest.mark.parametrize("seed", range(20))
def test_changes_leave_what_a_dictionary_would_hold_in_ascending_order(seed):
    chance = random.Random(seed)
    held: dict[int, Posting] = {}
    packed = b""
    for _ in range(10):
        changes = {
            7 * WIDTH + chance.randrange(30): chance.choice([None, Posting(chance.randrange(99), 5)]) for _ in range(9)
        }
        packed = change(packed, changes)
        held = {pair_id: posting for pair_id, posting in (held | changes).items() if posting}
        assert list(unpack(7, packed)) == sorted(held.items())
