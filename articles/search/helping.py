"""Inverts batches in a process of its own, so that a second core cuts texts up while the first reads and writes.

The process runs this module and knows neither Django nor a database: whatever program builds the index, none of
its code runs twice. It ends when the pipe to it does, however the building process ended.
"""

import gc
import subprocess
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from pathlib import Path

from articles.search.inversion import Batch, Inverted, invert

ROOT = Path(__file__).parents[2]


def invert_all(batches: Iterable[Batch], *, helped: bool) -> Iterator[tuple[Batch, Inverted]]:
    """Yield each batch with its inversion; a helper inverts one while the next is read and the last one written."""
    return invert_ahead(batches) if helped else ((batch, invert(batch)) for batch in batches)


def invert_ahead(batches: Iterable[Batch]) -> Iterator[tuple[Batch, Inverted]]:
    with helper() as pipe:
        sent: Batch | None = None
        for batch in batches:
            done = receive(pipe, sent) if sent else None
            # Only now, when the helper waits for work: it could not take any while it gives back what it has done.
            send(pipe, batch)
            if sent and done:
                yield sent, done
            sent = batch
        if sent:
            yield sent, receive(pipe, sent)


@contextmanager
def helper() -> Iterator[Connection]:
    """Start the helper and yield the pipe to it; a signal from the keyboard is left to the building process."""
    pipe, theirs = Pipe()
    with theirs:
        process = subprocess.Popen(
            [sys.executable, "-m", __name__],
            cwd=ROOT,
            stdin=theirs.fileno(),
            stdout=subprocess.DEVNULL,
            process_group=0,
        )
    with process, pipe:
        yield pipe


def send(pipe: Connection, batch: Batch) -> None:
    with suppress(ConnectionError):
        pipe.send(batch)


def receive(pipe: Connection, batch: Batch) -> Inverted:
    """Return what became of the batch; where the helper is gone, do its work."""
    try:
        return pipe.recv()
    except (EOFError, ConnectionError):
        return invert(batch)


def serve(pipe: Connection) -> None:
    with suppress(EOFError, ConnectionError):
        while True:
            pipe.send(invert(pipe.recv()))


if __name__ == "__main__":
    # There are no cycles to be found here, and looking for them takes a fifth of the time.
    gc.disable()
    serve(Connection(sys.stdin.fileno()))
