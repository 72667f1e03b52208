"""Measures the search step at growing sizes: python -m tests.benchmarks.search_scale 10000 100000 1000000

Prints, for each size and kind of query, the time from the typed text to the ordered list of pairs (facets
and page apart), p50 / p95 / most, in ms of one process. --corpus takes files of JSON lines with question
and answer, whose clauses then fill the database in place of the starter texts.
The database is a scratch one, on SQLite unless DATABASE_URL says otherwise.
"""

import csv
import os
import random
import statistics
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "opsqa.settings")
django.setup()

# ruff: noqa: E402 -- models can be imported only once Django is set up
from django.conf import settings
from django.db import connection

from articles.search import matching
from articles.search.engine import search
from articles.search.query import parse_query
from tests.benchmarks.filling import Content, content_parser, recombined

QUERIES = 100
COMMON = "的了是我不有在人这个一们来到时大地为子中"


def main(arguments: Sequence[str]) -> None:
    options = content_parser(__doc__).parse_args(arguments)
    content = Content.of(options)
    print(
        f"{connection.vendor}, {len(content.clauses)} clauses; "
        "ms p50 / p95 / most: on the clock, and of this process alone; overlap@10 with no budget"
    )
    for size in options.sizes:
        start = time.perf_counter()
        content.fill(size)
        seconds = time.perf_counter() - start
        print(f"\n{size:,} pairs, filled and indexed in {seconds:.0f} s")
        for kind, texts in queries(content.clauses).items():
            print(f"  {kind:<22}{measure(texts)}")


def queries(some_clauses: Sequence[str]) -> dict[str, list[str]]:
    """Return queries of each kind: those people type, and those that are meant to hurt."""
    chance = random.Random(2)
    some = [clause for clause in some_clauses if len(clause) >= 8]
    picked = chance.sample(some, QUERIES)
    with (settings.BASE_DIR / "fixtures" / "search_cases.csv").open(encoding="utf-8") as file:
        cases = [row["query"] for row in csv.DictReader(file)]
    return {
        "real-looking": cases,
        "words of 2": [piece(text, 2, chance) for text in picked],
        "words of 3-4": [piece(text, chance.randint(3, 4), chance) for text in picked],
        "two words": [f"{piece(text, 2, chance)} {piece(chance.choice(some), 2, chance)}" for text in picked],
        "questions": [recombined([text, *chance.sample(some, 2)], chance, 14) for text in picked],
        "one character": [piece(text, 1, chance) for text in picked],
        "common characters": [*COMMON, *(f"{a} {b}" for a, b in zip(COMMON, COMMON[5:], strict=False)), COMMON],
        "pastes of 100": [recombined(some, chance, 100)[:100] for _ in range(QUERIES)],
    }


def piece(text: str, length: int, chance: random.Random) -> str:
    start = chance.randint(0, len(text) - length)
    return text[start : start + length]


def measure(texts: Sequence[str]) -> str:
    parsed = [parse_query(text) for text in texts]
    for query in parsed[:5]:
        search(query)
    walls, own = [], []
    for query in parsed:
        start, cpu = time.perf_counter(), time.process_time()
        search(query)
        walls.append(1000 * (time.perf_counter() - start))
        own.append(1000 * (time.process_time() - cpu))
    return f"{spread(walls)}   {spread(own)}   {overlap(parsed[:40]):.2f}"


@contextmanager
def no_budget() -> Iterator[None]:
    """Have every posting of every term read."""
    budgets = matching.LEAST_BUDGET, matching.BUDGET
    matching.LEAST_BUDGET = matching.BUDGET = sys.maxsize
    yield
    matching.LEAST_BUDGET, matching.BUDGET = budgets


def spread(times: list[float]) -> str:
    ordered = sorted(times)
    return f"{statistics.median(ordered):7.1f} {ordered[int(0.95 * len(ordered))]:7.1f} {ordered[-1]:7.1f}"


def overlap(parsed: Sequence) -> float:
    """Return the share of the best ten without a budget that are among the best ten with it."""
    frugal = [search(query).pair_ids[:10] for query in parsed]
    with no_budget():
        full = [search(query).pair_ids[:10] for query in parsed]
    shares = [len({*some} & {*best}) / len(best) for some, best in zip(frugal, full, strict=True) if best]
    return statistics.mean(shares)


if __name__ == "__main__":
    main(sys.argv[1:])
