"""Measures the making of links between pairs: python -m tests.benchmarks.related_speed 10000 100000 [--sample 1000]

Prints for each size how long a site takes that relates itself, and then the time of one pair alone and of pairs in
batches, p50 / p95 / most, in ms. With --sample only so many pairs, spread over the site, are related; all have their
vectors then, and the rest no links. --long gives the pairs answers of 1,000 characters; --corpus takes files of JSON
lines with question and answer, whose clauses then fill the database in place of the starter texts. The database is a
scratch one, on SQLite unless DATABASE_URL says otherwise. Times are of the clock / of this process / of the server.
"""

import os
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "opsqa.settings")
django.setup()

# ruff: noqa: E402 -- models can be imported only once Django is set up
from django.db import connection, transaction

from articles.derived import RELATED_BATCH
from articles.models import QAPair, UnrelatedPair
from articles.related import relating, store
from articles.related.subjects import Subjects
from articles.search.postings import chunks
from tests.benchmarks.filling import Content, content_parser
from tests.benchmarks.search_scale import spread

ALONE = 100


def main(arguments: Sequence[str]) -> None:
    parser = content_parser(__doc__)
    parser.add_argument("--sample", type=int, help="relate so many pairs of the site only")
    options = parser.parse_args(arguments)
    content = Content.of(options)
    for size in options.sizes:
        content.fill(size)
        print(f"{connection.vendor}, {size:,} pairs")
        if options.sample:
            relate_some(spread_out(options.sample))
        else:
            relate_all()
        relate_alone(spread_out(ALONE))


def spread_out(count: int) -> list[int]:
    """Return the keys of so many pairs, evenly spread."""
    pair_ids = list(QAPair.objects.order_by("pk").values_list("pk", flat=True))
    return pair_ids[:: max(len(pair_ids) // count, 1)][:count]


def relate_all() -> None:
    # Writing the notes has them worked off.
    show("the whole site", relating.note_unrelated, QAPair.objects.count())
    assert not UnrelatedPair.objects.exists()


def relate_some(pair_ids: Sequence[int]) -> None:
    for part in chunks(QAPair.objects.order_by("pk").values_list("pk", flat=True)):
        subjects = Subjects.read(part)
        store.replace_vectors(part, subjects.vectors, subjects.lexicon.size.pairs)

    def relate() -> None:
        for part in chunks(pair_ids, RELATED_BATCH):
            relate_batch(part)

    show(f"{len(pair_ids)} pairs in batches of {RELATED_BATCH}", relate, len(pair_ids))


def relate_alone(pair_ids: Sequence[int]) -> None:
    walls, own = [], []
    for pair_id in pair_ids:
        start, cpu = time.perf_counter(), time.process_time()
        relate_batch([pair_id])
        walls.append(1000 * (time.perf_counter() - start))
        own.append(1000 * (time.process_time() - cpu))
    print(f"  one pair alone, ms: {spread(walls)}; of this process: {spread(own)}")


@transaction.atomic
def relate_batch(pair_ids: Sequence[int]) -> None:
    relating.bring_in_step(pair_ids)


def show(what: str, work: Callable[[], object], pairs: int) -> None:
    clock, own, server = time.perf_counter(), time.process_time(), server_seconds()
    work()
    clock, own, server = time.perf_counter() - clock, time.process_time() - own, server_seconds() - server
    each = " / ".join(f"{1000 * seconds / pairs:.2f}" for seconds in (clock, own, server))
    print(f"  {what}: {clock:.1f} / {own:.1f} / {server:.1f} s, {each} ms a pair")


def server_seconds() -> float:
    """Return the processor time of the connection's PostgreSQL backend, which runs on this machine."""
    if connection.vendor != "postgresql":
        return 0.0
    connection.ensure_connection()
    stat = Path(f"/proc/{connection.connection.info.backend_pid}/stat").read_text(encoding="ascii")
    ticks = stat.rpartition(")")[2].split()[11:13]
    return sum(map(int, ticks)) / os.sysconf("SC_CLK_TCK")


if __name__ == "__main__":
    main(sys.argv[1:])
