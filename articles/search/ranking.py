"""Orders candidates by one explainable formula.

    a pair with a heading or question    B + .5 C + .5 V + .25 R + .25 L - .4 T + .15 X + .5 S
    a pair with an answer only         2 B + .5 A + .8 N + P

    B  BM25 over all fields / the most the query's terms could bring
    C  cosine of characters          V  share of the query's characters that the text holds
    R  share of the text's bigrams found in the query
    L  longest common subsequence / length of the text
    T  share of the query's trigrams that the text holds: subtracted, because bigrams have
       already paid for long shared stretches, which are mostly stock phrases
    X  the whole query stands in the text
    S  share of the query's terms that the topics hold
    A  share of the query's characters in the answer    N  the same of its words and numbers
    P  the best 100-character window of the answer

C to X are taken of the heading and of the question, and the better of the two counts: the heading
says the matter in one line, the question is a letter. Every part lies between 0 and 1.
"""

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from articles.search.fields import Fields
from articles.search.segmentation import grams, is_unspaced, word_parts

WINDOW = 100
# Scores that differ by less are the same score: the order must not hang on the last bits of a sum.
DIGITS = 9
LEAST_WEIGHT = 1e-6
# The weight of a character that stands in every fiftieth pair.
TYPICAL_WEIGHT = math.log(1 + 50)
# What the nearest pair must hold of a query's telling terms: this share, or what so many rare terms weigh.
ENOUGH_COVERAGE = 0.2
ENOUGH_TERMS = 1.5
# Pairs that hold less than this part of what the nearest holds are left out.
TAIL = 0.2
# Characters that build sentences and name nothing.
FORM_CHARACTERS = frozenset(
    "的了是在我你他她它们这那哪个么什怎吗呢吧啊呀嘛和与或就都也还要会能可以不没有很太被把给让对从到为因所但而且如果一之其于得着过"
    "时候样些此该及等比最更又再才只去来说想用做请问谁何多少几今明昨天每"
)


@dataclass(frozen=True)
class Statistics:
    """What the index knows of the site: number of pairs, and in how many of them a term stands."""

    pairs: int
    df: Mapping[str, int]

    def idf(self, term: str) -> float:
        return math.log(1 + self.pairs / (self.df.get(term, 0) + 0.5))

    def bm25_weight(self, term: str) -> float:
        df = self.df.get(term, 0)
        return math.log((self.pairs - df + 0.5) / (df + 0.5)) if 2 * df < self.pairs else LEAST_WEIGHT


def character_weight(character: str, statistics: Statistics) -> float:
    """How telling a character (or word) is. The one place for a table of general language use.

    Characters that the query lacks are not looked up; they weigh like one of fairly common ones.
    """
    return statistics.idf(character) if character in statistics.df else TYPICAL_WEIGHT


class Candidate(NamedTuple):
    """One pair that may answer the query; bm25 comes from the index."""

    pair_id: int
    bm25: float
    fields: Fields


@dataclass(frozen=True)
class Model:
    """A query, weighed once for all candidates."""

    runs: Sequence[str]
    statistics: Statistics

    @cached_property
    def core(self) -> str:
        return "".join(self.runs)

    @cached_property
    def units(self) -> Counter[str]:
        return Counter(ngrams(self.runs, 1))

    @cached_property
    def weights(self) -> dict[str, float]:
        return {unit: character_weight(unit, self.statistics) for unit in self.units}

    @cached_property
    def idf(self) -> dict[str, float]:
        return {unit: self.statistics.idf(unit) for unit in self.units}

    @cached_property
    def vector(self) -> dict[str, float]:
        return {unit: damped(count) * self.weights[unit] for unit, count in self.units.items()}

    @cached_property
    def vector_norm(self) -> float:
        return norm(self.vector)

    @cached_property
    def bigrams(self) -> dict[str, float]:
        """Every bigram and word of the query with its weight."""
        return {term: self.statistics.idf(term) for term in ngrams(self.runs, 2)}

    @cached_property
    def trigrams(self) -> frozenset[str]:
        return frozenset(ngrams(self.runs, 3))

    @cached_property
    def words(self) -> dict[str, float]:
        spaced = [run for run in self.runs if not is_unspaced(run)]
        return {part: self.statistics.idf(part) for run in spaced for part in word_parts(run) or [run]}

    @cached_property
    def masks(self) -> dict[str, int]:
        """The places of each character of the query, as bits."""
        masks: dict[str, int] = {}
        for place, character in enumerate(self.core):
            masks[character] = masks.get(character, 0) | 1 << place
        return masks

    @cached_property
    def most_bm25(self) -> float:
        return sum(self.statistics.bm25_weight(term) for term in {**self.units, **self.bigrams})

    @cached_property
    def window_units(self) -> dict[str, float]:
        return {b: sum(self.statistics.idf(c) for c in b) for b in self.bigrams if is_unspaced(b)}

    @cached_property
    def window_pattern(self) -> re.Pattern | None:
        units = "|".join(map(re.escape, self.window_units))
        return re.compile(f"(?=({units}))") if units else None

    def score(self, candidate: Candidate) -> float:
        return round(sum(self.parts(candidate).values()), DIGITS)

    def parts(self, candidate: Candidate) -> dict[str, float]:
        """Return what each letter of the formula adds to the score."""
        fields = candidate.fields
        bm25 = candidate.bm25 / self.most_bm25
        if not (fields.heading or fields.question):
            return {"B": 2 * bm25, **self.answer_parts(fields.answer)}
        asked = [self.likeness(text.split()) for text in (fields.heading, fields.question) if text]
        nearest = max(asked, key=lambda parts: sum(parts.values()))
        return {"B": bm25, **nearest, "S": 0.5 * self.share(self.bigrams, fields.topics)}

    def likeness(self, runs: list[str]) -> dict[str, float]:
        """How near a short text is to the query: C, V, R, L, T and X of the formula."""
        text = "".join(runs)
        units = Counter(ngrams(runs, 1))
        bigrams = set(ngrams(runs, 2))
        shared_units = [unit for unit in self.units if unit in units]
        return {
            "C": 0.5 * self.cosine(units, shared_units),
            "V": 0.5 * sum(self.weights[unit] for unit in shared_units) / (sum(self.weights.values()) or 1),
            "R": 0.25 * sum(1 for bigram in bigrams if bigram in self.bigrams) / (len(bigrams) or 1),
            "L": 0.25 * self.common_subsequence(text) / (len(text) or 1),
            "T": -0.4 * len(self.trigrams.intersection(ngrams(runs, 3))) / (len(self.trigrams) or 1),
            "X": 0.15 * (len(self.core) > 1 and self.core in text),
        }

    def cosine(self, units: Counter[str], shared: Iterable[str]) -> float:
        weighed = {unit: damped(count) * character_weight(unit, self.statistics) for unit, count in units.items()}
        product = sum(self.vector[unit] * weighed[unit] for unit in shared)
        return product / (self.vector_norm * norm(weighed) or 1)

    def common_subsequence(self, text: str) -> int:
        """Length of the longest common subsequence with the query (Hyyrö's bit-parallel form)."""
        full = state = (1 << len(self.core)) - 1
        for character in text:
            mask = self.masks.get(character)
            if mask:
                taken = state & mask
                state = ((state + taken) | (state - taken)) & full
        return len(self.core) - state.bit_count()

    def answer_parts(self, answer: str) -> dict[str, float]:
        """How much of the query the answer holds: A, N and P of the formula."""
        runs = answer.split()
        return {
            "A": 0.5 * self.share(self.idf, answer),
            "N": 0.8 * share_of(self.words, {part for run in runs for part in [run, *word_parts(run)]}),
            "P": self.best_window("".join(runs)),
        }

    def share(self, weights: Mapping[str, float], text: str) -> float:
        """Share of the weighted terms that stand in a folded text."""
        return share_of(weights, {term for term in weights if term in text})

    def best_window(self, text: str) -> float:
        if self.window_pattern is None:
            return 0.0
        hits = [(hit.start(), hit[1]) for hit in self.window_pattern.finditer(text)]
        return heaviest_window(hits, self.window_units) / (2 * sum(self.idf.values()) or 1)

    @cached_property
    def telling(self) -> dict[str, float]:
        """The bigrams and words of the query that say what it is about."""
        return {term: weight for term, weight in self.bigrams.items() if is_telling(term)}

    def coverage(self, candidate: Candidate) -> float:
        """Share of the telling terms, by weight, that stand anywhere in the pair."""
        return self.share(self.telling, candidate.fields.pack())

    def suffices(self, coverage: float) -> bool:
        """Return whether so much of the query is more than chance: a part of it, or enough of a long one."""
        rare = math.log(1 + self.statistics.pairs / 1.5)
        return coverage >= ENOUGH_COVERAGE or coverage * sum(self.telling.values()) >= ENOUGH_TERMS * rare


def keep_near(model: Model, candidates: Iterable[Candidate], first: frozenset[int] = frozenset()) -> list[Candidate]:
    """Return the candidates that come near the query, and the first, which hold all of it, in any case.

    None is near where even the nearest shares only common words.
    """
    covered = [(candidate, model.coverage(candidate)) for candidate in candidates]
    best = max((coverage for _, coverage in covered), default=0)
    least = TAIL * best if model.suffices(best) else 1
    return [c for c, coverage in covered if coverage > least or c.pair_id in first]


def is_telling(term: str) -> bool:
    """Return whether a bigram or word is more than form words or a lone sign."""
    return len(term) > 1 and not FORM_CHARACTERS.issuperset(term)


def rank(model: Model, candidates: Iterable[Candidate], first: frozenset[int] = frozenset()) -> list[int]:
    """Return the pair ids, best first: those of the first group before the others, ties by id."""
    keyed = [(c.pair_id not in first, -model.score(c), c.pair_id) for c in candidates]
    return [pair_id for _, _, pair_id in sorted(keyed)]


def ngrams(runs: Iterable[str], n: int) -> list[str]:
    return [gram for run in runs for gram in grams(run, n)]


def damped(count: int) -> float:
    return 1 + math.log(count)


def norm(vector: Mapping[str, float]) -> float:
    return math.sqrt(sum(value * value for value in vector.values()))


def share_of(weights: Mapping[str, float], held: set[str]) -> float:
    return sum(weight for term, weight in weights.items() if term in held) / (sum(weights.values()) or 1)


def heaviest_window(hits: Sequence[tuple[int, str]], weights: Mapping[str, float]) -> float:
    """Return the largest summed weight of distinct units within WINDOW characters."""
    count: Counter[str] = Counter()
    cover = best = 0.0
    start = 0
    for place, unit in hits:
        if not count[unit]:
            cover += weights[unit]
        count[unit] += 1
        while hits[start][0] <= place - WINDOW:
            left = hits[start][1]
            count[left] -= 1
            if not count[left]:
                cover -= weights[left]
            start += 1
        best = max(best, cover)
    return best
