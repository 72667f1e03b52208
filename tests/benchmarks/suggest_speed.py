"""Measures the server's time for suggestions: python -m tests.benchmarks.suggest_speed 10000 100000 1000000

Headings and topics are made of clauses of the starter texts; what is typed grows sign by sign, as a reader types it.
Printed is the processor time of the whole request, in ms: that of this process, with that of PostgreSQL's where
DATABASE_URL names one. The database is a scratch one.
"""

import argparse
import os
import random
import statistics
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "opsqa.settings")
django.setup()

# ruff: noqa: E402 -- models can be imported only once Django is set up
from django.db import connection, transaction
from django.test import Client
from django.utils import timezone

from articles.choices import Status
from articles.models import Article, Author, Column, QAPair, StalePair, TaggedPair, Topic, UnrelatedPair
from articles.search import building
from articles.search.pinyin import spellings
from articles.search.postings import select
from tests.benchmarks.filling import clauses, make_database, recombined, starter_texts

PAIRS_PER_ARTICLE, BATCH, TOPICS = 10, 10_000, 200
HEADING, QUESTION = 12, 20
WORDS = 60
TICKS = os.sysconf("SC_CLK_TCK")
# A tick of the other process is 10 ms, so that a query is asked until many have passed.
REPEATS = 5


def main(arguments: Sequence[str]) -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("sizes", nargs="+", type=int, help="numbers of pairs")
    some_clauses = clauses(starter_texts())
    print(f"{connection.vendor}; ms p50 / p95 / most of this process | mean with the database's process")
    for size in parser.parse_args(arguments).sizes:
        start = time.perf_counter()
        fill(size, some_clauses)
        print(f"\n{size:,} pairs, filled and indexed in {time.perf_counter() - start:.0f} s")
        for kind, texts in typed(some_clauses).items():
            print(f"  {kind:<22}{measure(texts)}")


def fill(count: int, some_clauses: Sequence[str]) -> None:
    make_database()
    chance = random.Random(1)
    with connection.cursor() as cursor:
        for model in (TaggedPair, QAPair, Article, Topic, Column, Author):
            cursor.execute(f"DELETE FROM {model._meta.db_table}")
    column = Column.objects.create(slug="c", title="专栏", author=Author.objects.create(slug="a", name="作者"))
    names = {clause[:length] for clause in some_clauses for length in (2, 3, 4, 5)}
    topics = Topic.objects.bulk_create(
        Topic(slug=f"t{n}", name=name) for n, name in enumerate(chance.sample(sorted(names), TOPICS))
    )
    connection.is_refreshing = True
    for start in range(0, count, BATCH):
        write_batch(range(start, min(start + BATCH, count)), some_clauses, column, topics, chance)
    connection.is_refreshing = False
    building.rebuild()
    if connection.vendor == "postgresql":
        select_nothing("VACUUM ANALYZE")


def select_nothing(sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql)


@transaction.atomic
def write_batch(
    numbers: range, some_clauses: Sequence[str], column: Column, topics: Sequence[Topic], chance: random.Random
) -> None:
    articles = Article.objects.bulk_create(
        Article(slug=f"s{n}", title="问答", column=column, status=Status.PUBLISHED, published_at=timezone.now())
        for n in numbers[::PAIRS_PER_ARTICLE]
    )
    pairs = QAPair.objects.bulk_create(
        QAPair(
            article=articles[place // PAIRS_PER_ARTICLE],
            number=place % PAIRS_PER_ARTICLE + 1,
            heading=recombined(some_clauses, chance, chance.randint(4, 2 * HEADING)),
            question=recombined(some_clauses, chance, QUESTION),
        )
        for place in range(len(numbers))
    )
    TaggedPair.objects.bulk_create(
        TaggedPair(content_object=pair, tag=topic) for pair in pairs for topic in chance.sample(topics, 2)
    )
    # The index is built at the end; links between pairs are left out.
    StalePair.objects.all().delete()
    UnrelatedPair.objects.all().delete()


def typed(some_clauses: Sequence[str]) -> dict[str, list[str]]:
    """Return what readers type on their way to a word of the site, in each of the ways to type it."""
    chance = random.Random(2)
    words = [
        clause[:4] for clause in chance.sample([c for c in some_clauses if c[:6].isalpha() and not c.isascii()], WORDS)
    ]
    return {
        "one character": [word[:1] for word in words],
        "characters": growing(words, lambda word: word, 2),
        "pinyin": growing(words, lambda word: spellings(word)[0], 2),
        "first letters": growing(words, lambda word: spellings(word)[1], 2),
        "characters and pinyin": growing(words, lambda word: word[:1] + spellings(word[1:])[0], 3),
        "two words": [f"{a[:2]} {b[:2]}" for a, b in zip(words, reversed(words), strict=True)],
        "commonest": [*"的了是我不有在人这个", *"de wo bu you zai ren zhe sh zh d w b y z r".split()],  # noqa: SIM905 -- shorter
    }


def growing(words: Iterable[str], spelled: Callable[[str], str], shortest: int) -> list[str]:
    return [text[:length] for text in map(spelled, words) for length in range(shortest, len(text) + 1)]


def measure(texts: Sequence[str]) -> str:
    client = Client(headers={"host": "localhost"})
    for text in texts[:5]:
        client.get("/search/suggest/", {"q": text})
    own: list[float] = []
    other = other_seconds()
    for text in texts * REPEATS:
        start = time.process_time()
        client.get("/search/suggest/", {"q": text})
        own.append(1000 * (time.process_time() - start))
    both = statistics.mean(own) + 1000 * (other_seconds() - other) / len(own)
    ordered = sorted(own)
    return (
        f"{statistics.median(ordered):6.1f} {ordered[int(0.95 * len(ordered))]:6.1f} {ordered[-1]:6.1f} | {both:6.1f}"
    )


def other_seconds() -> float:
    """Return the processor time so far of the database's process that serves this one; 0 where there is none."""
    if connection.vendor != "postgresql":
        return 0
    ((pid,),) = select("SELECT pg_backend_pid()")
    user, system = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[11:13]
    return (int(user) + int(system)) / TICKS


if __name__ == "__main__":
    main(sys.argv[1:])
