"""Searches for dictionary words of two to four characters: every pair that holds the word should come first.

    python -m tests.benchmarks.search_words dict.txt FOLDER ...

dict.txt has a word at the beginning of each line; each folder has a corpus.jsonl with id, question and answer.
Prints recall@100 and nDCG@10 in percent, relevant being what holds the word.
"""

import argparse
import json
import math
import random
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from articles.search.segmentation import fold

# isort: split
from tests.benchmarks.search_quality import open_engine

LENGTHS = range(2, 5)
WORDS = 100
DEPTH = 100


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("dictionary", type=Path)
    parser.add_argument("folders", type=Path, nargs="+")
    options = parser.parse_args()
    words = {line.split()[0] for line in options.dictionary.read_text("utf-8").splitlines() if line.strip()}
    for folder in options.folders:
        with (folder / "corpus.jsonl").open(encoding="utf-8") as corpus:
            docs = [json.loads(line) for line in corpus]
        results = [measure(*row) for row in answers(docs, words)]
        recall, ndcg = (100 * sum(values) / len(results) for values in zip(*results, strict=True))
        sys.stdout.write(f"{folder.name:12} {len(results)} words  recall@100 {recall:.2f}  nDCG@10 {ndcg:.2f}\n")


def answers(docs: Sequence[dict], words: set[str]) -> Iterator[tuple[list, set]]:
    """Search for some of the words that at most DEPTH documents hold; give what is found and what holds the word."""
    texts = {doc["id"]: fold(f"{doc.get('question') or ''}\n{doc.get('answer') or ''}") for doc in docs}
    search = open_engine(docs)
    for word in random.Random(1).sample(sorted(words_within(texts.values(), words)), k=WORDS):
        holding = {key for key, text in texts.items() if word in text}
        if len(holding) <= DEPTH:
            yield search(word, DEPTH), holding


def words_within(texts: Iterator[str], words: set[str]) -> set[str]:
    pieces = {text[at : at + length] for text in texts for length in LENGTHS for at in range(len(text))}
    return pieces & words


def measure(found: Sequence, holding: set) -> tuple[float, float]:
    gain = sum(1 / math.log2(place + 2) for place, key in enumerate(found[:10]) if key in holding)
    most = sum(1 / math.log2(place + 2) for place in range(min(len(holding), 10)))
    return len(holding.intersection(found)) / len(holding), gain / most


if __name__ == "__main__":
    main()
