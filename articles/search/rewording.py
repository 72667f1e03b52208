"""A query said with other wordings of the editors' groups."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import islice, product

from articles.search.query import Query, unique
from articles.search.segmentation import runs
from articles.search.thesaurus import Widening

# Each wording is a search of its own.
MOST = 3


def rewordings(query: Query, widenings: Sequence[Widening]) -> list[Query]:
    """Return the query with each choice of other wordings in place of its own, the query itself left out."""
    text = " ".join(query.terms)
    choices = [[widening.phrase, *(other.phrase for other in widening.others)] for widening in widenings]
    phrases = [widening.phrase for widening in widenings]
    chosen = (dict(zip(phrases, choice, strict=True)) for choice in islice(product(*choices), 1, MOST + 1))
    return [replace(query, terms=unique(runs(reworded(text, wordings)))) for wordings in chosen]


def reworded(text: str, wordings: dict[str, str]) -> str:
    for phrase, other in wordings.items():
        text = text.replace(phrase, other)
    return text
