"""How common words are in general, and how well a run of characters reads as words.

The table beside this file is made from the word counts of jieba's dictionary (MIT licence, see its head)
by tests/benchmarks/word_table.py. Runs are expected folded.
"""

import math
from functools import cache, lru_cache
from pathlib import Path

from articles.search.pinyin import is_known_phrase

TABLE = Path(__file__).with_name("words.txt")
LONGEST_WORD = 4
# -ln of the share of all words: of phrases that the table lacks, and of characters that it lacks.
RARE_PHRASE = 15.0
RAREST = 18.6
# Added for a character that is a word by itself: where many are left over, something is misspelled.
ALONE = 1.0


@cache
def costs_of_words() -> dict[str, float]:
    lines = [line.split(" ") for line in TABLE.read_text("utf-8").splitlines() if not line.startswith("#")]
    return {word: float(cost) for cost, *words in lines for word in words}


def cost_of_word(word: str) -> float:
    """Return -ln of how likely the word is the next one of a text; infinity for what is no word."""
    costs = costs_of_words()
    if len(word) == 1:
        return costs.get(word, RAREST) + ALONE
    return costs.get(word) or (RARE_PHRASE if is_known_phrase(word) else math.inf)


class Wording:
    """The likeliest words that make up a run; before and after hold what they cost up to and from each place."""

    def __init__(self, run: str) -> None:
        self.run = run
        self.before, self.after = [0.0], [0.0]
        for end in range(1, len(run) + 1):
            starts = range(max(end - LONGEST_WORD, 0), end)
            self.before.append(min(self.before[start] + cost_of_word(run[start:end]) for start in starts))
        for start in reversed(range(len(run))):
            ends = range(start + 1, min(start + LONGEST_WORD, len(run)) + 1)
            self.after.append(min(cost_of_word(run[start:end]) + self.after[len(run) - end] for end in ends))
        self.after.reverse()

    def cost_with(self, at: int, character: str, shortest: int = 1) -> float:
        """Return what the run costs with that character there, in a word of at least so many."""
        run = self.run
        costs = (
            self.before[start] + cost_of_word(run[start:at] + character + run[at + 1 : end]) + self.after[end]
            for start in range(max(at - LONGEST_WORD + 1, 0), at + 1)
            for end in range(max(at + 1, start + shortest), min(start + LONGEST_WORD, len(run)) + 1)
        )
        return min(costs, default=math.inf)

    def gain(self, at: int, character: str) -> float:
        """Return how much likelier (log) the character makes the run than the one that stands there."""
        return self.before[-1] - self.cost_with(at, character)

    def is_in_word(self, at: int) -> bool:
        """Return whether the character there is likelier a part of a word than a word by itself."""
        alone = self.before[at] + cost_of_word(self.run[at]) + self.after[at + 1]
        return self.cost_with(at, self.run[at], shortest=2) < alone


@lru_cache(maxsize=64)
def wording(run: str) -> Wording:
    return Wording(run)
