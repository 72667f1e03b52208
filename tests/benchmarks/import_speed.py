"""Measures the loading of fixtures: python -m tests.benchmarks.import_speed 1000 10000 [--derived] [--write docs/performance.md]

For each number of articles a fixture of about 2.5 letters an article, answers of 1,900 characters of Markdown, is loaded
into an empty database by Django's loaddata and by load_articles, each in a process of its own, in turn. The writing of
rows is measured first: what follows a write (HTML, index, links) is switched off for both alike. With --derived the
same is done again with HTML and index, in which both do the same work; the links between pairs, hours for a million,
are left out. The database is a scratch one, on SQLite unless DATABASE_URL says otherwise; times of processors are those
of the process and of the database's server.
"""

import argparse
import json
import os
import random
import resource
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "opsqa.settings")
django.setup()

# ruff: noqa: E402 -- models can be imported only once Django is set up
from django.core.management import call_command
from django.db import connection, transaction

from articles import derived
from tests.benchmarks.filling import clauses, make_database, recombined, starter_texts
from tests.benchmarks.index_build import timed

WAYS = {"loaddata": "loaddata", "load_articles": "load_articles"}
COLUMNS, TOPICS = 20, 200
ANSWER = 1900


class Taken(NamedTuple):
    """What a load took: seconds by the clock and of processors, and the most memory in MB."""

    clock: float
    processors: float
    memory: float


def main(arguments: Sequence[str]) -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("sizes", nargs="*", type=int, help="numbers of articles")
    parser.add_argument("--derived", action="store_true", help="measure HTML and index too")
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--run", nargs=3, help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    if options.run:
        print(json.dumps(load(*options.run)))
    for size in options.sizes:
        compare(size, options)


def compare(size: int, options: argparse.Namespace) -> None:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "content.json"
        records = write_fixture(file, size)
        megabytes = file.stat().st_size / 1e6
        print(f"{connection.vendor}, {size:,} articles, {records:,} records, {megabytes:.0f} MB")
        for extent in ["rows", "derived"] if options.derived else ["rows"]:
            taken = {way: [] for way in WAYS}
            for _ in range(options.rounds):
                for way in WAYS:
                    taken[way].append(run(way, file, extent))
            for way, loads in taken.items():
                clock, processors, memory = (statistics.median(column) for column in zip(*loads, strict=True))
                print(f"  {extent:<8}{way:<14}{clock:7.1f} s, processors {processors:7.1f} s, {memory:.0f} MB")


def run(way: str, file: Path, extent: str) -> Taken:
    command = [sys.executable, "-m", __spec__.name, "--run", way, file, extent]
    return Taken(*json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout))


def load(way: str, file: str, extent: str) -> Taken:
    """Load the file into a new database, in this process."""
    make_database()
    with timed() as taken:
        with transaction.atomic():
            call_command(way, file, verbosity=0)
            connection.run_on_commit.clear()
        if extent == "derived":
            derived.work_off_backlog()
    seconds = taken[0]
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return Taken(seconds.clock, seconds.own + seconds.helper + seconds.server, memory)


def write_fixture(file: Path, size: int) -> int:
    """Write a fixture of so many articles and return the number of its records."""
    count = 0
    with file.open("w", encoding="utf-8") as stream:
        for count, record in enumerate(make_records(size), 1):
            stream.write("[\n" if count == 1 else ",\n")
            json.dump(record, stream, ensure_ascii=False)
        stream.write("\n]\n")
    return count


def make_records(size: int) -> Iterator[dict]:
    chance, texts = random.Random(1), clauses(starter_texts())
    yield record("author", slug="desk", name="编辑部")
    for n in range(COLUMNS):
        yield record("column", slug=f"column-{n}", title=f"专栏{n}", author=["desk"])
    for n in range(TOPICS):
        yield record("topic", slug=f"topic-{n}", name=f"话题{n}")
    for n in range(size):
        yield record("article", slug=f"article-{n}", title=recombined(texts, chance, 12), **article_fields(n))
    for n in range(size):
        for number in range(1, 3 + n % 2):
            yield record(
                "qapair",
                article=[f"article-{n}"],
                number=number,
                position=number,
                heading=recombined(texts, chance, 14),
                question=recombined(texts, chance, 90),
                answer=make_answer(texts, chance),
                signature="读者",
            )
    for n in range(size):
        for number in range(1, 3 + n % 2):
            for topic in chance.sample(range(TOPICS), 2 - number % 2):
                yield record("taggedpair", content_object=[f"article-{n}", number], tag=[f"topic-{topic}"])


def record(model: str, **fields) -> dict:
    return {"model": f"articles.{model}", "fields": fields}


def article_fields(n: int) -> dict:
    day = f"{2006 + n % 20}-{1 + n % 12:02}-{1 + n % 28:02}T{n % 24:02}:30:00+08:00"
    return {
        "column": [f"column-{n % COLUMNS}"],
        "summary": "",
        "status": "published",
        "published_at": day,
        "origin": "reprint",
        "source_name": "编辑部周报",
        "source_url": f"https://example.com/weekly/{n}",
        "source_text": "",
    }


def make_answer(texts: Sequence[str], chance: random.Random) -> str:
    """Return an answer with the Markdown that authors use."""
    parts, length = [], 0
    while length < ANSWER:
        kind, text = chance.random(), recombined(texts, chance, chance.randint(60, 180))
        if kind < 0.15:
            text = "\n".join(f"{n}、{recombined(texts, chance, 20)}" for n in range(1, 5))
        elif kind < 0.25:
            text = "\n".join(f"- **{recombined(texts, chance, 5)}**：{recombined(texts, chance, 20)}" for _ in range(3))
        elif kind < 0.32:
            text = f"> {text}"
        elif kind < 0.4:
            text = f"**{recombined(texts, chance, 6)}**的关键是{text}，参考[这里](https://example.com/{length})。"
        elif kind < 0.45:
            text = f"### {recombined(texts, chance, 8)}"
        parts.append(text)
        length += len(text)
    return "\n\n".join(parts)


if __name__ == "__main__":
    main(sys.argv[1:])
