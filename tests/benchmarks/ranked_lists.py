"""Prints, for same_lists.py, what the site's search answers on one database, as JSON: [[query, [names]], ...]."""

import argparse
import csv
import json
import sys
from collections.abc import Iterator
from pathlib import Path

# Sets Django up, without which no model can be imported.
from tests.benchmarks.search_quality import make_database, write_pairs

# isort: split
from django.conf import settings
from django.core.management import call_command

from articles.models import QAPair
from articles.search.engine import search
from articles.search.query import parse_query

DEPTH = 100
CASES = settings.BASE_DIR / "fixtures" / "search_cases.csv"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path)
    folder = parser.parse_args().folder
    make_database()
    names = load(folder)
    lists = [(text, [names[pk] for pk in search(parse_query(text)).pair_ids[:DEPTH]]) for text in queries(folder)]
    json.dump(lists, sys.stdout)


def load(folder: Path | None) -> dict[int, str]:
    """Write the starter content, and the folder's documents beside it; return a name for every pair."""
    call_command("loaddata", "starter", verbosity=0)
    rows = QAPair.objects.values_list("pk", "article__slug", "number")
    names = {pk: f"{slug}#q{number}" for pk, slug, number in rows}
    docs = list(read_lines(folder / "corpus.jsonl")) if folder else []
    return names | dict(zip(write_pairs(docs), (str(doc["id"]) for doc in docs), strict=True))


def queries(folder: Path | None) -> list[str]:
    with CASES.open(encoding="utf-8", newline="") as file:
        texts = [case["query"] for case in csv.DictReader(file)]
    return texts + [query["text"] for query in read_lines(folder / "queries.jsonl")] if folder else texts


def read_lines(path: Path) -> Iterator[dict]:
    with path.open(encoding="utf-8") as file:
        yield from map(json.loads, file)


if __name__ == "__main__":
    main()
