"""Finds what was typed wrong in a query: a character that sounds or looks like the right one, or one letter of a word.

What belongs there is known from the site's own texts and from how common words are in general, by one
explainable formula for each exchange:

    .12 g + .1 d + .26 w + .3 f + 2 N + 2 M - 1.7 O - Q - F - .6 log(length) - .5 log(size) + 3.3

    g  by how much likelier the exchange makes the query, by the site's counts of bigrams (log)
    d  by how much g is above that of the next best character for the same place
    w  by how much likelier the exchange makes the run, read as words of the language (log); less 5 where the
       characters do not sound just alike
    f  in how many pairs the new character stands beside one of its neighbours (log)
    N  how near the query the first result stands that holds the new character beside a neighbour
    M  the same beside two neighbours            O  like N, of the old character
    Q  1 where the old character is a part of a word
    F  1 where both characters build sentences and name nothing: such an exchange helps nobody
    length of the query, size of the site: the more places and characters, the more look wrong by chance

Above 0 it is rather a slip than chance.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from string import ascii_lowercase
from typing import NamedTuple

from articles.search.characters import FORM_CHARACTERS
from articles.search.mixups import mixups
from articles.search.words import wording

# Of a long query, so many characters are doubted: those that stand most seldom beside their neighbours.
MOST_PLACES = 14
# A text farther down the results speaks for nothing.
NEAREST = 10
SMOOTHING = 3
UNSEEN = 0.3
# Stands for: no other character comes into question.
NO_RIVAL = -5
MOST_GAP = 12
# Characters that sound or look nearly alike are typed for one another so much more seldom than homophones (log).
SELDOM = 5
SHORTEST_WORD = 3


class Place(NamedTuple):
    """A character of a query: the run it belongs to, where in it, and where the run begins in the query's text."""

    run: str
    at: int
    offset: int

    @property
    def start(self) -> int:
        return self.offset + self.at

    @property
    def character(self) -> str:
        return self.run[self.at]

    @property
    def neighbours(self) -> tuple[str, str]:
        """The characters before and after, where there are any."""
        return self.run[max(self.at - 1, 0) : self.at], self.run[self.at + 1 : self.at + 2]

    def grams(self, character: str, length: int) -> list[str]:
        """Return the pieces of the run, so many characters long, with the character put in this place."""
        run, at = self.run, self.at
        starts = range(max(at - length + 1, 0), min(at, len(run) - length) + 1)
        return [run[start:at] + character + run[at + 1 : start + length] for start in starts]


class Gain(NamedTuple):
    """By how much likelier (log) a character makes the query: by the site's texts, and by words in general."""

    on_site: float
    of_words: float


class Exchange(NamedTuple):
    """Another character for a place, and how sure it is the right one."""

    place: Place
    character: str
    score: float


@dataclass(frozen=True)
class Evidence:
    """What the site says: in how many pairs a character or bigram stands, and the results nearest the query.

    Size is about the number of characters in all texts, length that of the query.
    """

    counts: Mapping[str, int]
    texts: Sequence[str]
    size: float
    length: int

    def count(self, gram: str) -> int:
        return self.counts.get(gram, 0)

    def likelihood(self, before: str, character: str) -> float:
        """Log probability that the character follows the other one, or begins a run."""
        alone = (self.count(character) + UNSEEN) / self.size
        if not before:
            return math.log(alone)
        return math.log((self.count(before + character) + SMOOTHING * alone) / (self.count(before) + SMOOTHING))

    def fit(self, place: Place, character: str) -> float:
        """Log probability of the place with the character in it."""
        before, after = place.neighbours
        return self.likelihood(before, character) + (self.likelihood(character, after) if after else 0)

    def nearness(self, grams: Sequence[str]) -> float:
        """1 where the first result holds one of the grams, less where a later one does, 0 where none."""
        ranks = (rank for rank, text in enumerate(self.texts) if any(gram in text for gram in grams))
        return next((1 / (1 + rank / 2) for rank in ranks), 0.0)

    def best_exchange(self, places: Iterable[Place]) -> Exchange | None:
        found = [exchange for place in places for exchange in self.exchanges(place)]
        return max(found, key=lambda exchange: (exchange.score, -exchange.place.start), default=None)

    def exchanges(self, place: Place) -> list[Exchange]:
        """Return the two likeliest characters for the place, of those that may be mixed up with the one there."""
        present, words = self.fit(place, place.character), wording(place.run)
        gains = {
            c: Gain(self.fit(place, c) - present, words.gain(place.at, c) - (0 if sounds_alike else SELDOM))
            for c, sounds_alike in mixups(place.character).items()
            if any(map(self.count, place.grams(c, 2)))
        }
        ranked = sorted(gains, key=lambda c: (-sum(gains[c]), c))[:2]
        return [Exchange(place, c, self.score(place, c, gains)) for c in ranked]

    def score(self, place: Place, character: str, gains: Mapping[str, Gain]) -> float:
        gain = gains[character]
        rival = max((other.on_site for c, other in gains.items() if c != character), default=NO_RIVAL)
        return (
            0.12 * gain.on_site
            + 0.1 * min(gain.on_site - rival, MOST_GAP)
            + 0.26 * gain.of_words
            + 0.3 * math.log(max(map(self.count, place.grams(character, 2))) + 0.5)
            + 2 * self.nearness(place.grams(character, 2))
            + 2 * self.nearness(place.grams(character, 3))
            - 1.7 * self.nearness(place.grams(place.character, 2))
            - wording(place.run).is_in_word(place.at)
            - FORM_CHARACTERS.issuperset({character, place.character})
            - 0.6 * math.log(self.length)
            - 0.5 * math.log(self.size)
            + 3.3
        )


def places(run: str, offset: int) -> list[Place]:
    """Return the places of an unspaced run that begins there; a single character has nothing beside it."""
    return [Place(run, at, offset) for at in range(len(run))] if len(run) > 1 else []


def doubtful(all_places: Iterable[Place], texts: Sequence[str]) -> list[Place]:
    """Return the places but for those that one of the nearest texts holds with both neighbours: these are right."""
    near = texts[:NEAREST]
    return [p for p in all_places if not any(gram in text for gram in p.grams(p.character, 3) for text in near)]


def most_doubtful(doubted: Iterable[Place], counts: Mapping[str, int]) -> list[Place]:
    """Return the places whose characters stand most seldom beside their neighbours."""
    rarity = {place: sum(counts.get(gram, 0) for gram in place.grams(place.character, 2)) for place in doubted}
    return sorted(rarity, key=lambda place: (rarity[place], place.start))[:MOST_PLACES]


def one_edit(word: str) -> set[str]:
    """Return every word one slip away from a Latin one: a letter more, less, another, or two of them swapped."""
    parts = [(word[:i], word[i:]) for i in range(len(word) + 1)]
    less = {a + b[1:] for a, b in parts if b}
    swapped = {a + b[1] + b[0] + b[2:] for a, b in parts if len(b) > 1}
    other = {a + c + b[1:] for a, b in parts if b for c in ascii_lowercase}
    more = {a + c + b for a, b in parts for c in ascii_lowercase}
    return (less | swapped | other | more) - {word}


def is_one_edit(typed: str, meant: str) -> bool:
    """Return whether one character more, less or other, or two neighbours swapped, make the one text the other."""
    start = next((i for i, (a, b) in enumerate(zip(typed, meant, strict=False)) if a != b), min(len(typed), len(meant)))
    a, b = typed[start:], meant[start:]
    return a != b and (a[1:] == b or a == b[1:] or a[1:] == b[1:] or (a[:2] == b[1::-1] and a[2:] == b[2:]))
