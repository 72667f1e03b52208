"""Measures the offers of 「您是不是要找」: how many single slips they repair, and how many clean queries they doubt.

    python -m tests.benchmarks.spelling_quality SET … [--queries 150] [--skip 0]

A set is a folder with corpus.jsonl (id, question, answer) and queries.jsonl (text). In each query one Han character
is exchanged, by a fixed seed, for another that sounds the same, nearly the same, or looks alike by the site's own
table; the more common in the set, the likelier.
"""

import argparse
import json
import random
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from tests.benchmarks.search_quality import open_engine  # isort: skip -- it sets Django up

from articles.search.engine import search
from articles.search.mixups import all_look_alikes, near_homophones
from articles.search.pinyin import homophones
from articles.search.query import parse_query
from articles.search.segmentation import fold, is_unspaced
from articles.search.spelling import corrections

LONGEST = 100
KINDS: dict[str, Callable[[str], Sequence[str]]] = {
    "same sound": homophones,
    "near sound": near_homophones,
    "same look": lambda character: all_look_alikes().get(character, ""),
}


class Figures(NamedTuple):
    """Shares of slips repaired by the first offer, of each kind, and of clean queries doubted."""

    repaired: list[float]
    doubted: float

    def __str__(self) -> str:
        repaired = "  ".join(f"{kind} {share:6.1%}" for kind, share in zip(KINDS, self.repaired, strict=True))
        return f"{repaired}  doubted {self.doubted:6.1%}"


def read(path: Path) -> list[dict]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def slip(text: str, others: Callable[[str], Sequence[str]], common: Counter[str], dice: random.Random) -> str | None:
    """Return the text with one Han character exchanged for one of the others; None where no character has any."""
    folded = fold(text)
    places = [place for place, character in enumerate(folded) if is_unspaced(character) and others(character)]
    dice.shuffle(places)
    for place in places:
        known = [other for other in others(folded[place]) if common[other]]
        if known:
            (other,) = dice.choices(known, [common[other] for other in known])
            return text[:place] + other + text[place + 1 :]
    return None


def offers(text: str, seconds: list[float]) -> list[str]:
    query = parse_query(text)
    near = search(query).pair_ids
    start = time.process_time()
    found = corrections(query, near)
    seconds.append(time.process_time() - start)
    return [fold(offer) for offer in found]


def measure(folder: Path, queries: slice) -> tuple[Figures, list[float]]:
    """Return the figures of a set, and the seconds of processor time that each query took."""
    docs = read(folder / "corpus.jsonl")
    common = Counter(fold("".join(f"{doc.get('question') or ''}{doc.get('answer') or ''}" for doc in docs)))
    texts = [parse_query(query["text"][:LONGEST]).text for query in read(folder / "queries.jsonl")[queries]]
    open_engine(docs)
    seconds: list[float] = []
    doubted = [bool(offers(text, seconds)) for text in texts]
    repaired = []
    for others in KINDS.values():
        dice = random.Random(1)
        slips = [(text, typed) for text in texts if (typed := slip(text, others, common, dice))]
        repaired.append(mean([offers(typed, seconds)[:1] == [fold(text)] for text, typed in slips]))
    return Figures(repaired, mean(doubted)), seconds


def mean(values: Iterable[float]) -> float:
    values = list(values)
    return sum(values) / max(len(values), 1)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sets", nargs="+", type=Path)
    parser.add_argument("--queries", type=int, default=150)
    parser.add_argument("--skip", type=int, default=0, help="so many queries of each set are left out first")
    options = parser.parse_args()
    rows = []
    for folder in options.sets:
        figures, seconds = measure(folder, slice(options.skip, options.skip + options.queries))
        rows.append(figures)
        middle, late = (1000 * sorted(seconds)[int(share * len(seconds))] for share in (0.5, 0.95))
        sys.stdout.write(f"{folder.name:10} {figures}  {middle:.1f} / {late:.1f} ms\n")
        sys.stdout.flush()
    total = Figures(
        [mean(shares) for shares in zip(*(row.repaired for row in rows), strict=True)], mean(r.doubted for r in rows)
    )
    sys.stdout.write(f"{'mean':10} {total}\n")


if __name__ == "__main__":
    main()
