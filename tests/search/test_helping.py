"""A second process inverts what the first one reads, and nobody can tell from the result."""

from multiprocessing import Pipe

import pytest

from articles.search.fields import Fields
from articles.search.helping import helper, invert_all, receive, send
from articles.search.inversion import invert

BATCHES = [[(number, Fields.of(heading="客户", answer="字" * number)), (number + 1, Fields())] for number in (1, 5, 9)]


@pytest.mark.parametrize("helped", [True, False])
@pytest.mark.parametrize("batches", [BATCHES, BATCHES[:1], []])
def test_every_batch_is_inverted_in_its_turn(batches, helped):
    assert list(invert_all(batches, helped=helped)) == [(batch, invert(batch)) for batch in batches]


def test_the_helper_inverts_a_batch_too_long_for_the_pipe():
    batch = [(1, Fields.of(answer="".join(map(chr, range(0x4E00, 0x9000)))))]
    with helper() as pipe:
        send(pipe, batch)
        assert pipe.recv() == invert(batch)


def test_a_helper_that_is_gone_leaves_its_work_to_this_process():
    pipe, theirs = Pipe()
    theirs.close()
    with pipe:
        send(pipe, BATCHES[0])
        assert receive(pipe, BATCHES[0]) == invert(BATCHES[0])


def test_a_caller_that_stops_early_ends_the_helper():
    inverted = invert_all(BATCHES, helped=True)
    assert next(inverted) == (BATCHES[0], invert(BATCHES[0]))
    inverted.close()
    assert list(inverted) == []
