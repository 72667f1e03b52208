"""What the index knows of a query's runs: which terms stand for each, and how much they weigh."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import accumulate
from typing import Self

from articles.search.blocks import WIDTH
from articles.search.matching import Group, Holding
from articles.search.postings import Size, Term, read_size, read_terms, read_words_around
from articles.search.query import Query
from articles.search.ranking import Statistics
from articles.search.segmentation import grams, is_unspaced, terms

# Of the words that hold another, so many score; what divides their weights lets a word count before its look-alikes.
MOST_SCORED = 20
BEGINNING, INSIDE = 4, 16
# Rows of postings read of all of them.
MOST_ROWS = 50_000


@dataclass(frozen=True)
class Lexicon:
    """The terms of one query, looked up once.

    words holds, for a word of the query, the longer words of the index that hold it, rarest first.
    """

    size: Size
    terms: dict[str, Term]
    words: dict[str, list[Term]] = field(default_factory=dict)

    @classmethod
    def of_terms(cls, texts: Iterable[str]) -> Self:
        """Look up terms as they are; two queries."""
        return cls(read_size(), {term.text: term for term in read_terms(sorted(set(texts)))})

    @classmethod
    def of(cls, query: Query) -> Self:
        """Look up what the query speaks of; three queries at most."""
        pieces = [run for phrase in query.phrases + query.excluded for run in phrase.split()]
        found = read_terms(sorted(set(terms([*query.terms, *pieces]))))
        # A sentence has enough to go by without the words that look like its own.
        words = [] if query.is_sentence else [run for run in query.terms if not is_unspaced(run)]
        size = read_size()
        return cls(size, {term.text: term for term in found}, stand_ins(words, size.pairs))

    @cached_property
    def statistics(self) -> Statistics:
        return Statistics(self.size.pairs, {text: term.df for text, term in self.terms.items()})

    def holding(self, runs: Iterable[str], phrases: Iterable[str] = ()) -> Holding:
        """Return what a pair must hold in order to hold every run and every phrase."""
        groups = [group for run in runs for group in self.groups(run)]
        groups += [group for phrase in phrases for run in phrase.split() for group in self.exact_groups(run)]
        long_runs = [run for run in runs if is_unspaced(run) and len(run) > 2]
        return Holding(groups, [*long_runs, *(phrase for phrase in phrases if needs_reading(phrase))])

    def groups(self, run: str) -> list[Group]:
        """Return groups of terms; a pair that holds the run holds one term of each."""
        if is_unspaced(run):
            return self.exact_groups(run)
        return [Group([*self.exact_groups(run)[0].terms, *self.words.get(run, [])], run)]

    def exact_groups(self, run: str) -> list[Group]:
        """Like groups, but a word stands for itself alone. Two rare bigrams tell a longer run well enough."""
        units = [run] if len(run) == 1 or not is_unspaced(run) else grams(run, 2)
        found = [self.terms[unit] for unit in units if unit in self.terms]
        if len(found) < len(units):
            return [Group([])]
        return [Group([term]) for term in sorted(found, key=lambda term: (term.df, term.text))[:2]]

    def weights(self, runs: Iterable[str]) -> dict[Term, int]:
        """Return what each term adds to a pair's score, as whole numbers: 100 times its BM25 weight."""
        weights = {self.terms[text]: self.weight(self.terms[text]) for text in terms(runs) if text in self.terms}
        for run in runs:
            for word in self.words.get(run, [])[-MOST_SCORED:]:
                divisor = BEGINNING if word.text.startswith(run) else INSIDE
                weights.setdefault(word, max(1, self.weight(word) // divisor))
        return weights

    def is_shared(self, text: str) -> bool:
        """Return whether more than one pair holds the term."""
        return text in self.terms and self.terms[text].df > 1

    def weight(self, term: Term) -> int:
        pairs = self.size.pairs
        if 2 * term.df >= pairs:
            return 1
        return max(1, round(100 * math.log((pairs - term.df + 0.5) / (term.df + 0.5))))


def stand_ins(words: Sequence[str], pairs: int) -> dict[str, list[Term]]:
    """Return for each word the longer words of the index that hold it, rarest first; one query, none without words.

    Of very many, those that most pairs hold: as many as can be read, on a site of so many pairs.
    """
    around = read_words_around(words) if words else []
    longer = {word: [term for term in around if word in term.text and word != term.text] for word in words}
    return {word: most_common(found, pairs) for word, found in longer.items()}


def most_common(rarest_first: Sequence[Term], pairs: int) -> list[Term]:
    """Return the last terms whose postings lie in MOST_ROWS rows at most."""
    blocks = pairs // WIDTH + 1
    rows = accumulate(min(term.df, blocks) for term in reversed(rarest_first))
    return rarest_first[len(rarest_first) - sum(total <= MOST_ROWS for total in rows) :]


def needs_reading(phrase: str) -> bool:
    """Return whether posting lists alone cannot tell that the phrase stands in a text."""
    return " " in phrase or (is_unspaced(phrase) and len(phrase) > 2)
