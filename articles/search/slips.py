"""Finds what was typed wrong in a query: a homophone of the character that belongs there, or one letter of a word.

What belongs there is known from the site's own texts, by one explainable formula for each exchange:

    .2 g + .2 d + .55 f + 2.2 N + 2.6 M - 1.9 O + 1.2 P - 2.1 Q - 1.1 F - .5 log(length) - .7 log(size) + 3.8

    g  by how much likelier the exchange makes the query, by the site's counts of bigrams (log)
    d  by how much g is above that of the next best character for the same place
    f  in how many pairs the new character stands beside one of its neighbours (log)
    N  how near the query the first result stands that holds the new character beside a neighbour
    M  the same beside two neighbours            O  like N, of the old character
    P  1 where the new character makes a phrase of the language with its neighbours
    Q  1 where the old one does
    F  1 where both characters build sentences and name nothing: such an exchange helps nobody
    length of the query, size of the site: the more places and characters, the more look wrong by chance

Above 0 it is rather a slip than chance.
"""

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from string import ascii_lowercase
from typing import NamedTuple

from articles.search.pinyin import PHRASE_LENGTHS, homophones, is_known_phrase
from articles.search.ranking import FORM_CHARACTERS

# Of a long query, so many characters are doubted: those that stand most seldom beside their neighbours.
MOST_PLACES = 14
# A text farther down the results speaks for nothing.
NEAREST = 10
SMOOTHING = 3
UNSEEN = 0.3
# Stands for: no other character comes into question.
NO_RIVAL = -5
MOST_GAP = 12
SHORTEST_WORD = 3


class Place(NamedTuple):
    """A character of a query, where it stands, and up to two characters on either side."""

    start: int
    before: str
    character: str
    after: str

    @property
    def surroundings(self) -> str:
        return self.before + self.character + self.after

    def bigrams(self, character: str) -> list[str]:
        """Return the character, put in this place, with each of its neighbours."""
        return [gram for gram in (self.before[-1:] + character, character + self.after[:1]) if len(gram) == 2]

    def trigrams(self, character: str) -> list[str]:
        whole, at = self.before + character + self.after, len(self.before)
        return [whole[i : i + 3] for i in range(max(at - 2, 0), at + 1) if len(whole[i : i + 3]) == 3]

    def is_phrase(self, character: str) -> bool:
        """Return whether the character, put in this place, is a part of a known phrase."""
        whole, at = self.before + character + self.after, len(self.before)
        spans = ((start, start + n) for n in PHRASE_LENGTHS for start in range(max(at - n + 1, 0), at + 1))
        return any(is_known_phrase(whole[start:end]) for start, end in spans)


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
        before, after = place.before[-1:], place.after[:1]
        return self.likelihood(before, character) + (self.likelihood(character, after) if after else 0)

    def nearness(self, grams: Sequence[str]) -> float:
        """1 where the first result holds one of the grams, less where a later one does, 0 where none."""
        ranks = (rank for rank, text in enumerate(self.texts) if any(gram in text for gram in grams))
        return next((1 / (1 + rank / 2) for rank in ranks), 0.0)

    def best_exchange(self, places: Iterable[Place]) -> Exchange | None:
        found = [exchange for place in places for exchange in self.exchanges(place)]
        return max(found, key=lambda exchange: (exchange.score, -exchange.place.start), default=None)

    def exchanges(self, place: Place) -> list[Exchange]:
        """Return the two characters that fit the place best of those that sound like the one there."""
        known = [c for c in homophones(place.character) if any(map(self.count, place.bigrams(c)))]
        ranked = sorted(((self.fit(place, c), c) for c in known), reverse=True)
        rivals = [ranked[1][0] if len(ranked) > 1 else None, ranked[0][0] if ranked else None]
        present = self.fit(place, place.character)
        return [
            Exchange(place, c, self.score(place, c, fit - present, NO_RIVAL if rival is None else rival - present))
            for (fit, c), rival in zip(ranked[:2], rivals, strict=False)
        ]

    def score(self, place: Place, character: str, gain: float, rival: float) -> float:
        return (
            0.2 * gain
            + 0.2 * min(gain - rival, MOST_GAP)
            + 0.55 * math.log(max(map(self.count, place.bigrams(character))) + 0.5)
            + 2.2 * self.nearness(place.bigrams(character))
            + 2.6 * self.nearness(place.trigrams(character))
            - 1.9 * self.nearness(place.bigrams(place.character))
            + 1.2 * place.is_phrase(character)
            - 2.1 * place.is_phrase(place.character)
            - 1.1 * FORM_CHARACTERS.issuperset({character, place.character})
            - 0.5 * math.log(self.length)
            - 0.7 * math.log(self.size)
            + 3.8
        )


def places(run: str, start: int) -> Iterator[Place]:
    """Return the places of an unspaced run that begins there; a single character has nothing beside it."""
    for i, character in enumerate(run if len(run) > 1 else ""):
        yield Place(start + i, run[max(i - 2, 0) : i], character, run[i + 1 : i + 3])


def doubtful(all_places: Iterable[Place], texts: Sequence[str]) -> list[Place]:
    """Return the places but for those that one of the nearest texts holds with both neighbours: these are right."""
    near = texts[:NEAREST]
    return [p for p in all_places if not any(gram in text for gram in p.trigrams(p.character) for text in near)]


def most_doubtful(doubted: Iterable[Place], counts: Mapping[str, int]) -> list[Place]:
    """Return the places whose characters stand most seldom beside their neighbours."""
    rarity = {place: sum(counts.get(gram, 0) for gram in place.bigrams(place.character)) for place in doubted}
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
