"""Measures the offers of 「您是不是要找」: how many single homophone slips they repair, and how many clean queries they doubt.

    python -m tests.benchmarks.spelling_quality SET … [--queries 150]

A set is a folder with corpus.jsonl (id, question, answer) and queries.jsonl (text). In each query one Han
character is exchanged for another that sounds the same, the more common the likelier, by a fixed seed.
"""

import argparse
import json
import random
import sys
import time
from collections import Counter
from pathlib import Path

from tests.benchmarks.search_quality import open_engine  # isort: skip -- it sets Django up

from articles.search.engine import search
from articles.search.pinyin import homophones
from articles.search.query import parse_query
from articles.search.segmentation import fold, is_unspaced
from articles.search.spelling import corrections

LONGEST = 100


def read(path: Path) -> list[dict]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def slip(text: str, commonness: Counter[str], dice: random.Random) -> str | None:
    """Return the text with one character exchanged for a homophone; None where no character has any."""
    places = [
        place for place, character in enumerate(text) if is_unspaced(fold(character)) and homophones(fold(character))
    ]
    dice.shuffle(places)
    for place in places:
        others = [other for other in homophones(fold(text[place])) if commonness[other]]
        if others:
            (other,) = dice.choices(others, [commonness[other] for other in others])
            return text[:place] + other + text[place + 1 :]
    return None


def offers(text: str, seconds: list[float]) -> list[str]:
    query = parse_query(text)
    near = search(query).pair_ids
    start = time.perf_counter()
    found = corrections(query, near)
    seconds.append(time.perf_counter() - start)
    return [fold(offer) for offer in found]


def measure(folder: Path, queries: int) -> tuple[float, float, list[float]]:
    """Return the shares of slips repaired and of clean queries doubted, and the seconds each took."""
    docs = read(folder / "corpus.jsonl")
    commonness = Counter(fold("".join(f"{doc.get('question') or ''}{doc.get('answer') or ''}" for doc in docs)))
    texts = [parse_query(query["text"][:LONGEST]).text for query in read(folder / "queries.jsonl")[:queries]]
    open_engine(docs)
    dice, seconds = random.Random(1), []
    doubted = [bool(offers(text, seconds)) for text in texts]
    slips = [(text, typed) for text in texts if (typed := slip(text, commonness, dice))]
    repaired = [offers(typed, seconds)[:1] == [fold(text)] for text, typed in slips]
    return sum(repaired) / len(repaired), sum(doubted) / len(doubted), seconds


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sets", nargs="+", type=Path)
    parser.add_argument("--queries", type=int, default=150)
    options = parser.parse_args()
    rows = []
    for folder in options.sets:
        repaired, doubted, seconds = measure(folder, options.queries)
        rows.append((repaired, doubted))
        middle, late = (1000 * sorted(seconds)[int(share * len(seconds))] for share in (0.5, 0.95))
        sys.stdout.write(
            f"{folder.name:10} repaired {repaired:6.1%}  doubted {doubted:6.1%}  {middle:.1f} / {late:.1f} ms\n"
        )
    mean = [sum(column) / len(rows) for column in zip(*rows, strict=True)]
    sys.stdout.write(f"{'mean':10} repaired {mean[0]:6.1%}  doubted {mean[1]:6.1%}\n")


if __name__ == "__main__":
    main()
