"""Makes articles/search/words.txt from a list of words and their counts, such as jieba's dict.txt.

    python -m tests.benchmarks.word_table dict.txt > articles/search/words.txt

Each line of the list is a word, its count and more that is not read. A word's cost is -ln of its share of
all words; the lines at the head of the table, with the licence of the list, are kept.
"""

import math
import re
import sys
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from articles.search.segmentation import fold
from articles.search.words import LONGEST_WORD, TABLE

WORD = re.compile(rf"[\u4e00-\u9fff]{{1,{LONGEST_WORD}}}")
# Words of two and more characters, the most common ones.
MOST_WORDS = 40_000


def count_words(lines: Iterable[str]) -> Counter[str]:
    counts: Counter[str] = Counter()
    for line in lines:
        word, count, *_ = line.split(" ")
        if WORD.fullmatch(word):
            counts[fold(word)] += int(count)
    return counts


def table_lines(counts: Counter[str]) -> list[str]:
    """Return a line for each cost, with its words; all characters, but of longer words the most common alone."""
    total, groups, longer = counts.total(), {}, 0
    for word, count in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
        longer += len(word) > 1
        if count and (len(word) == 1 or longer <= MOST_WORDS):
            groups.setdefault(f"{math.log(total / count):.1f}", []).append(word)
    return [f"{cost} {' '.join(words)}" for cost, words in groups.items()]


def main(path: str) -> None:
    head = [line for line in TABLE.read_text("utf-8").splitlines() if line.startswith("#")]
    with Path(path).open(encoding="utf-8") as words:
        lines = table_lines(count_words(words))
    sys.stdout.write("\n".join([*head, *lines, ""]))


if __name__ == "__main__":
    main(sys.argv[1])
