"""Orders candidates by one explainable formula.

    a pair with a heading or question  B + .5 C + .5 V + .25 R + .25 L + .25 Q - .6 T + .15 X + .3 H + .5 S + .25 D
    a pair with an answer only         2 B + .5 A + N + P

    B  BM25 over all fields / the most the query's terms could bring
    C  cosine of characters          V  share of the query's characters that the text holds
    R  shared bigrams / bigrams of the text
    L  longest common subsequence / length of the text    Q  the same / length of the query,
       both with question words that ask alike (如何, 怎么) made the same
    T  share of the query's trigrams that the text holds: subtracted, because bigrams have
       already paid for long shared stretches, which are mostly stock phrases
    X  the whole query stands in the text
    H  share of the query's telling terms that the heading holds
    S  share of the query's terms that the topics hold    D  the same of the answer
    A  share of the query's characters in the answer      N  the same of its words and numbers
    P  the best 100-character window of the answer

C to X are taken of the heading and of the question, and the better of the two counts: the heading
says the matter in one line, the question is a letter. Every part lies between 0 and 1.
Some hundreds of candidates go through here with every query, so the parts are made of operations
on whole strings and sets.
"""

import math
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from articles.search.characters import FORM_CHARACTERS, FORM_WEIGHT, GENERAL_WEIGHTS, WeightTable
from articles.search.fields import Fields
from articles.search.passages import heaviest_window, places
from articles.search.questions import ask_alike
from articles.search.segmentation import grams, is_unspaced, word_parts

# Scores that differ by less are the same score: the order must not hang on the last bits of a sum.
DIGITS = 9
LEAST_WEIGHT = 1e-6
# The weight of a character that stands in every fiftieth pair.
TYPICAL_WEIGHT = math.log(1 + 50)
# What the nearest pair must hold of a query's telling terms: this share, or what one term weighs that no
# other pair holds, and on a small site two of them.
ENOUGH_COVERAGE = 0.1
ENOUGH_WEIGHT = 6.0
# Pairs that hold less than this part of what the nearest holds are left out, unless they score so well.
TAIL = 0.2
GOOD_SCORE = 0.6


class Weights(dict[str, float]):
    """Units of a query, each with its weight."""

    @cached_property
    def total(self) -> float:
        return sum(self.values()) or 1

    def share(self, text: str | Set[str]) -> float:
        """Share of the weight whose units a folded text, or a set, holds."""
        return sum([weight for unit, weight in self.items() if unit in text]) / self.total if text else 0.0


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


def character_weight(character: str, statistics: Statistics) -> int:
    """How telling a character (or word) is, in hundredths: the mean of what it is in general and on this site.

    Whole numbers sum alike in any order. Characters that the query lacks are not looked up; on the
    site they weigh like fairly common ones.
    """
    if character in FORM_CHARACTERS:
        return round(100 * FORM_WEIGHT)
    of_site = statistics.idf(character) if character in statistics.df else TYPICAL_WEIGHT
    return round(50 * (GENERAL_WEIGHTS[character] + of_site))


NOWHERE = Statistics(0, {})
# Of characters that the query lacks.
SQUARES = WeightTable(
    {character: character_weight(character, NOWHERE) ** 2 for character in GENERAL_WEIGHTS},
    character_weight("", NOWHERE) ** 2,
)


class Candidate(NamedTuple):
    """One pair that may answer the query; bm25 comes from the index."""

    pair_id: int
    bm25: float
    fields: Fields


@dataclass(frozen=True)
class Model:
    """A query, weighed once for all candidates, and what was found out of those it has seen."""

    runs: Sequence[str]
    statistics: Statistics
    scores: dict[int, float] = field(default_factory=dict, init=False, repr=False, compare=False)
    answered: dict[int, set[str]] = field(default_factory=dict, init=False, repr=False, compare=False)

    @cached_property
    def text(self) -> str:
        return " ".join(self.runs)

    @cached_property
    def asked(self) -> str:
        return ask_alike("".join(self.runs))

    @cached_property
    def weights(self) -> Weights:
        """Every character and word of the query with its weight."""
        return Weights({unit: character_weight(unit, self.statistics) for unit in ngrams(self.runs, 1)})

    @cached_property
    def squares(self) -> dict[str, int]:
        return {unit: weight**2 for unit, weight in self.weights.items()}

    @cached_property
    def total_square(self) -> int:
        return sum(self.squares.values())

    @cached_property
    def bigrams(self) -> Weights:
        """Every bigram and word of the query with its weight."""
        return Weights({term: self.statistics.idf(term) for term in ngrams(self.runs, 2)})

    @cached_property
    def trigrams(self) -> frozenset[str]:
        return frozenset(ngrams(self.runs, 3))

    @cached_property
    def words(self) -> Weights:
        spaced = [run for run in self.runs if not is_unspaced(run)]
        return Weights({part: self.statistics.idf(part) for run in spaced for part in word_parts(run) or [run]})

    @cached_property
    def masks(self) -> dict[str, int]:
        """The places of each character of what is asked, as bits."""
        masks: dict[str, int] = {}
        for place, character in enumerate(self.asked):
            masks[character] = masks.get(character, 0) | 1 << place
        return masks

    @cached_property
    def most_bm25(self) -> float:
        return sum(self.statistics.bm25_weight(term) for term in {**self.weights, **self.bigrams})

    @cached_property
    def window_weights(self) -> dict[str, int]:
        return {b: sum(map(self.weights.__getitem__, b)) for b in self.bigrams if is_unspaced(b)}

    @cached_property
    def telling(self) -> Weights:
        """The bigrams and words of the query that say what it is about."""
        return Weights({term: weight for term, weight in self.bigrams.items() if is_telling(term)})

    def score(self, candidate: Candidate) -> float:
        if candidate.pair_id not in self.scores:
            self.scores[candidate.pair_id] = round(sum(self.parts(candidate).values()), DIGITS)
        return self.scores[candidate.pair_id]

    def parts(self, candidate: Candidate) -> dict[str, float]:
        """Return what each letter of the formula adds to the score."""
        fields = candidate.fields
        bm25 = candidate.bm25 / (self.most_bm25 or 1)
        if not (fields.heading or fields.question):
            return {"B": 2 * bm25, **self.answer_parts(candidate)}
        likenesses = [self.likeness(text) for text in (fields.heading, fields.question) if text]
        return {
            "B": bm25,
            **max(likenesses, key=lambda parts: sum(parts.values())),
            "H": 0.3 * self.telling.share(fields.heading),
            "S": 0.5 * self.bigrams.share(fields.topics),
            "D": 0.25 * self.bigrams.share(self.held(candidate)),
        }

    def likeness(self, text: str) -> dict[str, float]:
        """How near a heading or question is to the query: C, V, R, L, Q, T and X of the formula."""
        units, bigrams = take_apart(text)
        shared = self.weights.keys() & units
        asked = ask_alike(text)
        common = self.common_subsequence(asked)
        return {
            "C": 0.5 * self.cosine(units, shared),
            "V": 0.5 * sum(map(self.weights.__getitem__, shared)) / self.weights.total,
            "R": 0.25 * sum(map(text.__contains__, self.bigrams)) / max(bigrams, 1),
            "L": 0.25 * common / (len(asked) - asked.count(" ")),
            "Q": 0.25 * common / (len(self.asked) or 1),
            "T": -0.6 * sum(map(text.__contains__, self.trigrams)) / (len(self.trigrams) or 1),
            "X": 0.15 * (len(self.text) > 1 and self.text in text),
        }

    def cosine(self, units: Iterable[str], shared: Iterable[str]) -> float:
        product = sum(map(self.squares.__getitem__, shared))
        others = sum(map(SQUARES.__getitem__, units)) - sum(map(SQUARES.__getitem__, shared))
        return product / math.sqrt(self.total_square * (product + others) or 1)

    def common_subsequence(self, text: str) -> int:
        """Length of the longest common subsequence with the query (Hyyrö's bit-parallel form)."""
        full = state = (1 << len(self.asked)) - 1
        for mask in filter(None, map(self.masks.get, text)):
            taken = state & mask
            state = ((state + taken) | (state - taken)) & full
        return len(self.asked) - state.bit_count()

    def held(self, candidate: Candidate) -> set[str]:
        """Return the bigrams and words of the query that the answer holds; answers are long, so it is read once."""
        if candidate.pair_id not in self.answered:
            answer = candidate.fields.answer
            self.answered[candidate.pair_id] = {term for term in self.bigrams if term in answer}
        return self.answered[candidate.pair_id]

    def answer_parts(self, candidate: Candidate) -> dict[str, float]:
        """How much of the query the answer holds: A, N and P of the formula."""
        answer = candidate.fields.answer
        found = places(self.window_weights.keys() & self.held(candidate), answer)
        return {
            "A": 0.5 * self.weights.share(answer),
            "N": self.words.share(whole_words(answer)) if self.words else 0.0,
            "P": heaviest_window(found, self.window_weights) / (2 * self.weights.total),
        }

    def coverage(self, candidate: Candidate) -> float:
        """Share of the telling terms, by weight, that stand anywhere in the pair."""
        fields, held = candidate.fields, self.held(candidate)
        others = "\n".join((fields.heading, fields.question, fields.topics, fields.title))
        return self.telling.share({term for term in self.telling if term in others or term in held})

    def suffices(self, coverage: float) -> bool:
        """Return whether so much of the query is more than chance: a part of it, or enough of a long one."""
        rare = math.log(1 + self.statistics.pairs / 1.5)
        return coverage >= ENOUGH_COVERAGE or coverage * self.telling.total >= max(rare, ENOUGH_WEIGHT)


def keep_near(model: Model, candidates: Iterable[Candidate], first: frozenset[int] = frozenset()) -> list[Candidate]:
    """Return the candidates that come near the query, and the first, which hold all of it, in any case.

    None is near where even the nearest shares only common words.
    """
    covered = [(candidate, model.coverage(candidate)) for candidate in candidates]
    best = max((coverage for _, coverage in covered), default=0)
    if not model.suffices(best):
        return [c for c, _ in covered if c.pair_id in first]
    good = GOOD_SCORE * max(model.score(c) for c, _ in covered)
    return [c for c, part in covered if part > TAIL * best or c.pair_id in first or model.score(c) >= good]


def is_telling(term: str) -> bool:
    """Return whether a bigram or word is more than form words or a lone sign."""
    return len(term) > 1 and not FORM_CHARACTERS.issuperset(term)


def rank(model: Model, candidates: Iterable[Candidate], first: frozenset[int] = frozenset()) -> list[int]:
    """Return the pair ids, best first: those of the first group before the others, ties by id."""
    keyed = [(c.pair_id not in first, -model.score(c), c.pair_id) for c in candidates]
    return [pair_id for _, _, pair_id in sorted(keyed)]


def ngrams(runs: Iterable[str], n: int) -> list[str]:
    return [gram for run in runs for gram in grams(run, n)]


def take_apart(text: str) -> tuple[set[str], int]:
    """Return the characters and words of a folded text, and how many bigrams and words it has."""
    units: set[str] = set()
    bigrams = 0
    for run in text.split():
        if is_unspaced(run):
            units.update(run)
            bigrams += len(run) - 1
        else:
            units.add(run)
            bigrams += 1
    return units, bigrams


def whole_words(text: str) -> set[str]:
    """Return the runs of a folded text, and the parts of joined words."""
    return {part for run in text.split() for part in [run, *word_parts(run)]}
