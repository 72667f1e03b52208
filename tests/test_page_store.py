import pytest

from opsqa.page_store import OVERHEAD, Memory

# What one value of a hundred bytes takes under a key of one letter.
ONE = 101 + OVERHEAD
VALUE = b"x" * 100


@pytest.fixture
def memory():
    """Room for nine values, so that one is no more than an eighth."""
    return Memory(9 * ONE)


def test_what_was_set_is_found(memory):
    memory.set("a", VALUE)
    assert (memory.get("a"), memory.get("b")) == (VALUE, None)


def test_what_nobody_asked_for_longest_goes_first(memory):
    for key in "abcdefghi":
        memory.set(key, VALUE)
    memory.get("a")
    memory.set("j", VALUE)
    assert [key for key in "abcdefghij" if memory.get(key)] == list("acdefghij")
    assert memory.used == 9 * ONE


def test_a_value_takes_the_place_of_the_one_before(memory):
    memory.set("a", VALUE)
    memory.set("a", b"y")
    assert (memory.get("a"), memory.used) == (b"y", 2 + OVERHEAD)


def test_what_is_too_large_is_not_kept_and_takes_the_old_one_with_it(memory):
    memory.set("a", VALUE)
    memory.set("a", b"x" * (2 * ONE))
    assert (memory.get("a"), memory.used) == (None, 0)
