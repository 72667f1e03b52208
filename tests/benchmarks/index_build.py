"""Measures the building of the search index and single writes to it: python -m tests.benchmarks.index_build 10000 100000

Prints for each size how long the content takes to insert, and the index to build from it; and the index work of
a new pair, of an edit inside its answer and of its deletion, p50 / p95 / most, in ms. --long gives the pairs answers
of 1,000 characters; --corpus takes files of JSON lines with question and answer, whose clauses then fill the
database in place of the starter texts. The database is a scratch one, on SQLite unless DATABASE_URL says otherwise.
"""

import argparse
import os
import random
import resource
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "opsqa.settings")
django.setup()

# ruff: noqa: E402 -- models can be imported only once Django is set up
from django.db import connection, transaction

from articles.markup import render_plain
from articles.models import Article, QAPair, StalePair
from articles.search import beside, building, index, postings
from tests.benchmarks.filling import clauses, fill, recombined, starter_texts
from tests.benchmarks.search_scale import corpus_texts, spread

SHORT, LONG = (16, 0), (88, 1000)
WRITES = 50
SETTLING = 5


def main(arguments: Sequence[str]) -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("sizes", nargs="+", type=int, help="numbers of pairs")
    parser.add_argument("--long", action="store_true", help="answers of 1,000 characters")
    parser.add_argument("--corpus", nargs="*", type=Path, default=[], help="files of JSON lines")
    options = parser.parse_args(arguments)
    some_clauses = clauses(corpus_texts(options.corpus) if options.corpus else starter_texts())
    question, answer = LONG if options.long else SHORT
    for size in options.sizes:
        fill(size, some_clauses, question=question, answer=answer)
        show_build(size)
        show_writes(some_clauses)


def show_build(size: int) -> None:
    ((found,),) = postings.select("SELECT COUNT(*) FROM articles_posting")
    with timed() as inserting:
        insert_plainly()
    with timed() as build:
        building.rebuild()
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"\n{connection.vendor}, {size:,} pairs, {found:,} postings: inserted without an index in {inserting[0]:.1f} s, "
        f"index built in {build[0]:.1f} s ({build[1]:.1f} s of this process), "
        f"{build[0] * 1e6 / size:.0f} s a million pairs, {index_bytes() / 1e6:.0f} MB; most memory {memory:.0f} MB"
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
        times: dict[str, list[float]] = {"new": [], "edited": [], "deleted": []}
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
            print(f"  answer of {length:>4} characters {what:<8}{spread(measured[SETTLING:])}")
    StalePair.objects.all().delete()
    connection.is_refreshing = False


def index_time(pair_id: int) -> float:
    """Index the pair as after a save, and return the milliseconds it took, commit included."""
    with timed() as taken, transaction.atomic():
        index.lock()
        index.index_pairs({pair_id})
    return 1000 * taken[0]


@contextmanager
def timed() -> Iterator[list[float]]:
    """Yield a list that at the end holds the seconds on the clock and those of this process."""
    taken: list[float] = []
    start, own = time.perf_counter(), time.process_time()
    yield taken
    taken += [time.perf_counter() - start, time.process_time() - own]


if __name__ == "__main__":
    main(sys.argv[1:])
