"""Letters typed without an input method: taobaoke or tbk for 淘宝客."""

from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from articles.search.headings import words_of_letters
from articles.search.query import Query
from articles.search.segmentation import RUN, fold
from articles.search.suggest import fitting_topics, letters_of

MOST_WORDS = 4
SHORTEST_LETTERS = 2


class Reading(NamedTuple):
    """What letters may stand for: the word, and the query with the word instead of them."""

    word: str
    text: str


def read_letters(query: Query) -> tuple[str, list[Reading]]:
    """Return the first letters of the query that may be pinyin and what the site's topics and headings make of them."""
    for start, end in stretches_of_letters(query):
        letters = letters_of(query.text[start:end].lower())
        words = islice(dict.fromkeys([*names_of(letters), *words_of_letters(letters)]), MOST_WORDS)
        if found := [Reading(word, f"{query.text[:start]}{word}{query.text[end:]}") for word in words]:
            return query.text[start:end], found
    return "", []


def stretches_of_letters(query: Query) -> Iterator[tuple[int, int]]:
    """Yield where letters stand that may be pinyin; all of the query where it has nothing else."""
    if not query.terms:
        return
    if query.text.isascii() and query.text.replace(" ", "").isalpha() and len(query.text) >= SHORTEST_LETTERS:
        yield 0, len(query.text)
        return
    for match in RUN.finditer(fold(query.text)):
        letters = match[0]
        if letters in query.terms and letters.isascii() and letters.isalpha() and len(letters) >= SHORTEST_LETTERS:
            yield match.span()
            return


def names_of(letters: str) -> list[str]:
    """Return the names of topics that are spelled with the letters."""
    return [topic.text for topic in fitting_topics(letters) if not letters_of(fold(topic.text))]
