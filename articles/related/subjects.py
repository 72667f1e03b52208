"""The pairs that are being related, and where in the index to look for pairs near them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Self

from articles.related.nearness import Question, Rarities, leading_terms, make_vector, text_terms
from articles.search.fields import Fields
from articles.search.lexicon import Lexicon
from articles.search.matching import best_pairs
from articles.search.postings import Term, read_entries

# Near texts are looked for by so many terms, and so many are compared in full; the same for questions.
TEXT_TERMS, TEXT_POOL = 24, 50
QUESTION_TERMS, QUESTION_POOL = 12, 8
# Common terms are passed over once so many postings would have to be read.
MOST_POSTINGS = 5_000


@dataclass(frozen=True)
class Subjects:
    """Some pairs: their texts and vectors, and what the index knows of their terms."""

    texts: Mapping[int, Fields]
    vectors: Mapping[int, Mapping[str, int]]
    lexicon: Lexicon

    @classmethod
    def read(cls, pair_ids: Iterable[int]) -> Self:
        """Read what the index holds of the pairs; one that is gone is left out."""
        texts = {pk: Fields.unpack(entry.text) for pk, entry in read_entries(pair_ids).items()}
        counts = {pk: text_terms(fields) for pk, fields in texts.items()}
        lexicon = Lexicon.of_terms(term for found in counts.values() for term in found)
        rarities = Rarities(lexicon.statistics)
        return cls(texts, {pk: make_vector(found, rarities) for pk, found in counts.items()}, lexicon)

    @cached_property
    def questions(self) -> dict[int, Question]:
        return {pk: Question.of(fields.heading, fields.question) for pk, fields in self.texts.items()}

    def near_texts(self, pair_id: int) -> set[int]:
        """Return the pairs whose texts share most of the telling terms."""
        return self.search(leading_terms(self.vectors[pair_id]), TEXT_TERMS, TEXT_POOL)

    def near_questions(self, pair_id: int) -> set[int]:
        """Return the pairs that share most of what is asked, whatever was answered."""
        asked = leading_terms(self.questions[pair_id].counts)
        rarest_first = sorted(asked, key=lambda term: (self.lexicon.statistics.df.get(term, 0), term))
        return self.search(rarest_first, QUESTION_TERMS, QUESTION_POOL) - {pair_id}

    def search(self, texts: Sequence[str], most: int, size: int) -> set[int]:
        """Return the pairs that hold most of the first terms that other pairs hold too, as far as quickly read."""
        known = [self.lexicon.terms[text] for text in texts if text in self.lexicon.terms]
        weights: dict[Term, int] = {}
        postings = 0
        for term in [term for term in known if term.df > 1][:most]:
            if postings + term.df <= MOST_POSTINGS:
                weights[term] = self.lexicon.weight(term)
                postings += term.df
        return {pk for pk, _score in best_pairs(weights, self.lexicon.size, size)} if weights else set()
