"""Measures the building of the search index and single writes to it: python -m tests.benchmarks.index_build 10000 100000

Prints for each size how long the content takes to insert, and the index to build from it; and the index work of
a new pair, of an edit inside its answer and of its deletion, p50 / p95 / most, in ms by the clock and of processor
time, the server's with it. --long gives the pairs answers of 1,000 characters; --corpus takes files of JSON lines
with question and answer, whose clauses then fill the database in place of the starter texts. The database is a
scratch one, on SQLite unless DATABASE_URL says otherwise.
"""

import os
import random
import resource
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple, Self

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "opsqa.settings")
django.setup()

# ruff: noqa: E402 -- models can be imported only once Django is set up
from django.db import connection, transaction

from articles.markup import render_plain
from articles.models import Article, QAPair, StalePair
from articles.search import beside, building, index, postings
from tests.benchmarks.filling import Content, content_parser, recombined
from tests.benchmarks.search_scale import spread

WRITES = 50
SETTLING = 5


def main(arguments: Sequence[str]) -> None:
    options = content_parser(__doc__).parse_args(arguments)
    content = Content.of(options)
    for size in options.sizes:
        content.fill(size)
        show_build(size)
        show_writes(content.clauses)


def show_build(size: int) -> None:
    ((found,),) = postings.select("SELECT SUM(df) FROM articles_term")
    with timed() as inserting:
        insert_plainly()
    with timed() as build:
        building.rebuild()
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"\n{connection.vendor}, {size:,} pairs, {found:,} postings: inserted without an index in {inserting[0].clock:.1f} s, "
        f"index built in {build[0].describe()}, {build[0].clock * 1e6 / size:.0f} s a million pairs, "
        f"{index_bytes() / 1e6:.0f} MB; most memory {memory:.0f} MB"
    )


def insert_plainly() -> None:
    """Write all pairs to a table of the same form that has neither triggers nor an index, as a measure to compare with."""
    postings.execute("CREATE TABLE plain AS SELECT * FROM articles_qapair WHERE 1 = 0")
    columns = [field.column for field in QAPair._meta.concrete_fields]
    sql = f"INSERT INTO plain ({', '.join(columns)}) VALUES ({postings.marks(columns)})"
    for rows in postings.chunks(postings.scan("articles_qapair", columns), 10_000):
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.executemany(sql, rows)
    postings.execute("DROP TABLE plain")


def index_bytes() -> int:
    names = [f"articles_{table}" for table in beside.TABLES]
    if connection.vendor == "postgresql":
        return sum(postings.select("SELECT pg_total_relation_size(%s::regclass)", [name])[0][0] for name in names)
    sql = f"SELECT SUM(pgsize) FROM dbstat WHERE name IN ({postings.marks(names)}) OR name LIKE 'sqlite_autoindex%%term%%'"
    return postings.select(sql, names)[0][0]


def show_writes(some_clauses: Sequence[str]) -> None:
    chance = random.Random(3)
    article = Article.objects.order_by("pk").first()
    connection.is_refreshing = True  # the index work is timed by itself
    for length in (30, 1000):
        times: dict[str, list[tuple[float, float]]] = {"new": [], "edited": [], "deleted": []}
        for number in range(100, 100 + WRITES + SETTLING):
            text = recombined(some_clauses, chance, length)
            pair = QAPair(article=article, number=number, question="问", answer_html=render_plain(text))
            QAPair.objects.bulk_create([pair])
            times["new"].append(index_time(pair.pk))
            middle = len(text) // 2
            edited = text[:middle] + chance.choice(some_clauses)[:12] + text[middle:]
            QAPair.objects.filter(pk=pair.pk).update(answer_html=render_plain(edited))
            times["edited"].append(index_time(pair.pk))
            QAPair.objects.filter(pk=pair.pk).delete()
            times["deleted"].append(index_time(pair.pk))
        for what, measured in times.items():
            clock, processors = (spread(list(column)) for column in zip(*measured[SETTLING:], strict=True))
            print(f"  answer of {length:>4} characters {what:<8}{clock}   {processors}")
    StalePair.objects.all().delete()
    connection.is_refreshing = False


def index_time(pair_id: int) -> tuple[float, float]:
    """Index the pair as after a save; return the milliseconds it took by the clock, commit included, and of processors."""
    with timed() as taken, transaction.atomic():
        index.lock()
        index.index_pairs({pair_id})
    return 1000 * taken[0].clock, 1000 * (taken[0].own + taken[0].server)


class Seconds(NamedTuple):
    """What something took by the clock, and of processor time: this process, its helper, the database's server."""

    clock: float
    own: float
    helper: float
    server: float

    @classmethod
    def now(cls) -> Self:
        helper = resource.getrusage(resource.RUSAGE_CHILDREN)
        return cls(time.perf_counter(), time.process_time(), helper.ru_utime + helper.ru_stime, server_seconds())

    def since(self, start: Self) -> Self:
        return Seconds(*(end - begin for end, begin in zip(self, start, strict=True)))

    def describe(self) -> str:
        return f"{self.clock:.1f} s (this process {self.own:.1f}, helper {self.helper:.1f}, server {self.server:.1f})"


def server_seconds() -> float:
    """Return the processor time that PostgreSQL's process for this connection has taken, where it runs on this machine."""
    if connection.vendor != "postgresql":
        return 0
    connection.ensure_connection()
    statistics = Path(f"/proc/{connection.connection.info.backend_pid}/schedstat")
    return int(statistics.read_text().split()[0]) / 1e9 if statistics.exists() else 0


@contextmanager
def timed() -> Iterator[list[Seconds]]:
    """Yield a list that at the end holds what the block took."""
    taken: list[Seconds] = []
    start = Seconds.now()
    yield taken
    taken.append(Seconds.now().since(start))


if __name__ == "__main__":
    main(sys.argv[1:])
