import random

import pytest

from articles.search.blocks import MOST, SIZE, WIDTH, block_of, change, change_parts, pack, parts, unpack
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


def packed(*places) -> bytes:
    return b"".join(pack(place, Posting(1, 1)) for place in places)


def test_parts_are_as_few_as_may_be_and_named_by_their_first_place():
    assert list(parts(packed(*range(5, 5 + MOST)))) == [(0, packed(*range(5, 5 + MOST)))]
    two = packed(*range(5, 6 + MOST))
    assert list(parts(two)) == [(0, two[:-SIZE]), (5 + MOST, packed(5 + MOST))]
    assert list(parts(b"")) == []


def test_a_part_that_grows_too_long_is_halved():
    full = packed(*range(0, 2 * MOST, 2))
    assert change_parts({0: full}, {7 * WIDTH + 1: Posting(1, 1)}) == {
        0: packed(*sorted([1, *range(0, MOST - 2, 2)])),
        MOST - 2: packed(*range(MOST - 2, 2 * MOST, 2)),
    }


def test_only_the_part_that_a_place_is_for_changes():
    stored = {0: packed(3), 10: packed(10, 12), 20: packed(20)}
    assert change_parts(stored, {11: Posting(1, 1)}) == {10: packed(10, 11, 12)}
    assert change_parts(stored, {10: None, 12: None, 25: Posting(1, 1)}) == {10: b"", 20: packed(20, 25)}
    assert change_parts({10: packed(10)}, {5: Posting(1, 1)}) == {0: packed(5)}


@pytest.mark.parametrize("seed", range(10))
def test_parts_hold_what_a_dictionary_would(seed):
    chance = random.Random(seed)
    held: dict[int, Posting] = {}
    stored: dict[int, bytes] = {}
    for _ in range(12):
        chosen = chance.sample(range(WIDTH), 300)
        changes = {pair_id: chance.choice([None, Posting(1, 2), Posting(3, 4)]) for pair_id in chosen}
        stored |= change_parts(stored, changes)
        stored = {start: packed for start, packed in sorted(stored.items()) if packed}
        held = {pair_id: posting for pair_id, posting in (held | changes).items() if posting}
        assert list(unpack(0, b"".join(stored.values()))) == sorted(held.items())
        assert max(map(len, stored.values())) <= MOST * SIZE
