"""Measures what comes in by the thousands: python -m tests.benchmarks.import_speed 1000 10000 [--write docs/performance.md]

For each number of articles a fixture of about 2.5 letters an article with answers of 1,900 characters of Markdown is
loaded into an empty database by Django's loaddata and by load_articles, each in a process of its own, in turn; what
follows a write (HTML, index, links) is switched off for both alike. Then, once: HTML and index of what was loaded,
beside the bare rendering of its Markdown, and as many questions in a table by import_articles. Links between pairs are
left out: they take hours for a million. Seconds of processors are those of the process, its helper and the
database's server. The database is a scratch one, on SQLite unless DATABASE_URL says otherwise. --write puts the
table into its place in a document.
"""

import argparse
import csv
import json
import os
import platform
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
from articles.markup import render_markdown, render_plain
from articles.models import QAPair
from tests.benchmarks.filling import clauses, make_database, recombined, starter_texts
from tests.benchmarks.index_build import timed

WAYS = {"loaddata": "rows by loaddata", "load_articles": "rows by load_articles"}
AFTERWARDS = {"backlog": "their HTML and index", "markdown": "bare rendering of their Markdown"}
TABLE = {"import_articles": "a table by import_articles"}
LABELS = WAYS | AFTERWARDS | TABLE
COLUMNS, TOPICS = 20, 200
ANSWER = 1900
MARKS = "<!-- import_speed -->", "<!-- /import_speed -->"
HEADER = """| articles | records | MB | work | processors s | clock s | times as fast | peak MB | before MB |
|--:|--:|--:|---|--:|--:|--:|--:|--:|
"""


class Taken(NamedTuple):
    """What work took: seconds of processors and by the clock, the most memory in MB, and that of the idle program."""

    processors: float
    clock: float
    peak: float
    idle: float


def main(arguments: Sequence[str]) -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("sizes", nargs="*", type=int, help="numbers of articles")
    parser.add_argument("--rounds", type=int, default=1, help="the median of so many is shown")
    parser.add_argument("--write", type=Path, metavar="FILE", help="put the table into the document")
    parser.add_argument("--run", nargs=2, help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    if options.run:
        print(json.dumps(work(*options.run)))
    lines = [line for size in options.sizes for line in compare(size, options.rounds)]
    if options.write:
        put_into(options.write, "".join(lines))


def compare(size: int, rounds: int) -> Iterator[str]:
    """Print and yield a line for each kind of work."""
    with tempfile.TemporaryDirectory() as folder:
        fixture, table = Path(folder) / "content.json", Path(folder) / "content.csv"
        records = write_fixture(fixture, size)
        rows = write_table(table, size)
        taken: dict[str, list[Taken]] = {kind: [] for kind in LABELS}
        for _ in range(rounds):
            for way in WAYS:
                taken[way].append(run(way, fixture))
        for kind in AFTERWARDS:
            taken[kind].append(run(kind, fixture))
        for kind in TABLE:
            taken[kind].append(run(kind, table))
        slowest = median(taken["loaddata"]).processors
        for kind, label in LABELS.items():
            middle, file = median(taken[kind]), table if kind in TABLE else fixture
            ratio = f"{slowest / middle.processors:.1f}" if kind in WAYS else ""
            sizes = f"{size:,} | {rows if kind in TABLE else records:,} | {file.stat().st_size / 1e6:.0f}"
            line = (
                f"| {sizes} | {label} | {middle.processors:.1f} | {middle.clock:.1f} | {ratio} "
                f"| {middle.peak:.0f} | {middle.idle:.0f} |\n"
            )
            print(line, end="", flush=True)
            yield line


def median(taken: Sequence[Taken]) -> Taken:
    return Taken(*(statistics.median(column) for column in zip(*taken, strict=True)))


def put_into(document: Path, lines: str) -> None:
    """Write the table between its marks, at the end of a document that has none."""
    text = document.read_text(encoding="utf-8") if document.exists() else ""
    start, end = MARKS
    if start not in text:
        text = f"{text}\n## Loading and importing\n\n{start}\n{end}\n".lstrip()
    command = f"python -m {__spec__.name} {' '.join(sys.argv[1:])}"
    machine = f"{platform.machine()}, {os.cpu_count()} processors, Python {platform.python_version()}"
    text = f"{text.partition(start)[0]}{start}\n{connection.vendor}, {machine}; `{command}`\n\n{HEADER}{lines}{end}{text.partition(end)[2]}"
    document.write_text(text, encoding="utf-8")


def run(kind: str, file: Path) -> Taken:
    command = [sys.executable, "-m", __spec__.name, "--run", kind, file]
    return Taken(*json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout))


def work(kind: str, file: str) -> Taken:
    """Do the work in this process, with a new database."""
    make_database()
    idle = peak_memory()
    with timed() as taken:
        load(file, "load_articles" if kind in AFTERWARDS else kind)
    if kind in AFTERWARDS:
        with timed() as taken:
            follow(kind)
    seconds = taken[0]
    return Taken(seconds.own + seconds.helper + seconds.server, seconds.clock, peak_memory(), idle)


def load(file: str, command: str) -> None:
    with transaction.atomic():
        call_command(command, file, verbosity=0)
        connection.run_on_commit.clear()


def follow(kind: str) -> None:
    connection.is_refreshing = True  # no links
    if kind == "backlog":
        derived.work_off_backlog()
        return
    for question, answer in QAPair.objects.values_list("question", "answer").iterator():
        render_plain(question)
        render_markdown(answer)


def peak_memory() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def write_table(file: Path, size: int) -> int:
    """Write a table of the letters of so many articles, with answers of a few lines; return the number of its rows."""
    chance, texts = random.Random(2), clauses(starter_texts())
    rows = [(n, number) for n in range(size) for number in range(2 + n % 2)]
    with file.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(["专栏", "文章标题", "问", "答", "话题"])
        for n, _number in rows:
            question, answer = (recombined(texts, chance, length) for length in (80, 200))
            topics = "、".join(f"话题{topic}" for topic in chance.sample(range(TOPICS), 2))
            writer.writerow([f"专栏{n % COLUMNS}", f"第{n}期", question, answer, topics])
    return len(rows)


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
