"""Makes articles/search/characters.txt from a list of words and their counts, such as jieba's dict.txt.

    python -m tests.benchmarks.character_table dict.txt > articles/search/characters.txt

Each line of the list is a word, its count and more that is not read. A character's weight is
ln(1 + 1 / share of short texts that hold it); the lines at the head of the table, with the
licence of the list, are kept.
"""

import math
import re
import sys
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from articles.search.characters import RAREST, TABLE
from articles.search.segmentation import fold

HAN = re.compile("[\u4e00-\u9fff]")
# A question has about so many characters.
TEXT_LENGTH = 12


def count_characters(lines: Iterable[str]) -> Counter[str]:
    counts: Counter[str] = Counter()
    for line in lines:
        word, count, *_ = line.split(" ")
        for character in fold(word):
            counts[character] += int(count)
    return counts


def weigh(counts: Counter[str]) -> dict[str, float]:
    total = counts.total()
    shares = {c: 1 - (1 - count / total) ** TEXT_LENGTH for c, count in counts.items() if HAN.match(c)}
    return {c: round(math.log(1 + 1 / share), 1) for c, share in shares.items()}


def table_lines(weights: dict[str, float]) -> list[str]:
    """Return a line for each weight, with its characters; what weighs most is left out, as unknown ones are."""
    groups: dict[float, list[str]] = {}
    for character, weight in sorted(weights.items()):
        if weight < RAREST:
            groups.setdefault(weight, []).append(character)
    return [f"{weight} {''.join(characters)}" for weight, characters in sorted(groups.items())]


def main(path: str) -> None:
    head = [line for line in TABLE.read_text("utf-8").splitlines() if line.startswith("#")]
    with Path(path).open(encoding="utf-8") as words:
        lines = table_lines(weigh(count_characters(words)))
    sys.stdout.write("\n".join([*head, *lines, ""]))


if __name__ == "__main__":
    main(sys.argv[1])
