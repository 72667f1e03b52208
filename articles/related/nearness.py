"""How near two pairs are: by what their texts are about, by their questions, and by their topics.

All results are whole numbers, so that two databases and two runs agree to the last place.
"""

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import NamedTuple, Self

from articles.search.fields import Fields
from articles.search.ranking import FORM_CHARACTERS, Statistics, is_telling
from articles.search.segmentation import terms

# Raise it whenever a text would give another vector: all links are then made anew.
VERSION = 1
# A vector's length; the product of two vectors divided by it is their cosine in thousandths.
WHOLE = 1000
# Of a text so many characters are compared, and of their terms the heaviest.
MOST_CHARACTERS = 2000
MOST_TERMS = 160
# In a text up to this long a single character tells more than a bigram, in longer ones ever less.
SHORT = 100
CHARACTER_WEIGHT = 1.5
# How much of its weight a term has that no other pair holds: it says little of what texts share.
LONE = 0.25
REPEATED = 0.9
# A pair is near that is nearer than all but some of a hundred: in a larger site, chance brings texts less near.
CHANCE = 1050
LEAST_NEAR, MOST_NEAR = 30, 160
# Of a letter so many characters are compared as a question; words that only build sentences count little.
MOST_OF_QUESTION = 400
FORM_WEIGHT = 0.2


def text_terms(fields: Fields) -> Counter[str]:
    """Return the terms of what is asked and answered; topics are compared by themselves."""
    text = f"{fields.heading} {fields.question} {fields.answer}"
    return Counter(terms(text[:MOST_CHARACTERS].split()))


class Rarities(dict[str, float]):
    """How telling each term is for the texts of one site; what was asked for is kept."""

    def __init__(self, statistics: Statistics) -> None:
        super().__init__()
        self.statistics = statistics

    def __missing__(self, term: str) -> float:
        df = self.statistics.df.get(term, 0)
        self[term] = found = rarity(df, self.statistics.pairs) * (1 if df > 1 else LONE)
        return found


def make_vector(counts: Mapping[str, int], rarities: Rarities) -> dict[str, int]:
    """Weigh the terms of a text to the length WHOLE and keep the heaviest."""
    length = sum(counts.values()) / 2
    character = CHARACTER_WEIGHT * min(1, SHORT / max(length, 1))
    weights = {
        term: count**REPEATED * rarities[term] * (character if len(term) == 1 else 1) for term, count in counts.items()
    }
    kept = heaviest(weights)
    norm = math.sqrt(sum(weights[term] ** 2 for term in kept)) or 1
    return {term: whole for term in kept if (whole := round(WHOLE * weights[term] / norm))}


def heaviest(weights: Mapping[str, float]) -> list[str]:
    """Return the terms to keep, the heaviest first."""
    least = sorted(weights.values(), reverse=True)[:MOST_TERMS][-1:]
    ranked = sorted([(-weight, term) for term, weight in weights.items() if weight >= least[0]])
    return [term for _weight, term in ranked[:MOST_TERMS]]


def rarity(df: int, pairs: int) -> float:
    """Return how telling a term is: nothing where all pairs hold it, and so even on a site of a few pairs."""
    return math.log((pairs + 1) / max(df, 1))


def cosine(one: Mapping[str, int], other: Mapping[str, int]) -> int:
    """Return the cosine of two vectors in thousandths."""
    return min(sum(one[term] * other[term] for term in one.keys() & other.keys()) // WHOLE, WHOLE)


def least_nearness(pairs: int) -> int:
    """Return from what score on a pair is near, in a site of so many pairs."""
    return min(max(round(CHANCE / math.sqrt(max(pairs, 1))), LEAST_NEAR), MOST_NEAR)


def leading_terms(vector: Mapping[str, int]) -> list[str]:
    """Return the terms to look for near texts by, the heaviest first; lone characters only where there is nothing else."""
    return [term for term in vector if is_telling(term)] or list(vector)


class Question(NamedTuple):
    """What is asked: its terms as often as they stand there, and the length of all of them together."""

    counts: Counter[str]
    norm: float

    @classmethod
    def of(cls, heading: str, letter: str) -> Self:
        """Take what is compared from the folded texts."""
        counts = Counter(terms(f"{heading} {letter}"[:MOST_OF_QUESTION].split()))
        return cls(counts, math.sqrt(product(counts, counts, counts)))

    def likeness(self, other: Self) -> int:
        """Return in per cent how much two questions are one: 100 only for the same words, 0 where nothing is asked.

        The same both ways and whatever else the site holds, so that the number an editor read stays true.
        """
        if self.counts and self.counts == other.counts:
            return 100
        shared = product(self.counts.keys() & other.counts.keys(), self.counts, other.counts)
        return min(math.floor(100 * shared / (self.norm * other.norm or 1)), 99)


def product(some_terms: Iterable[str], one: Mapping[str, int], other: Mapping[str, int]) -> float:
    """Return the product of two texts by the terms, those that only build sentences for little."""
    full = form = 0
    for term in some_terms:
        # A term is one or two characters, or a word of another script.
        if term[0] in FORM_CHARACTERS and term[-1] in FORM_CHARACTERS:
            form += one[term] * other[term]
        else:
            full += one[term] * other[term]
    return full + FORM_WEIGHT * form
