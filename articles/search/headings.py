"""Finds headings by a part of them, as characters, as the first letters of their pinyin or as pinyin.

The keys are read from one small index, from end to end: about a millisecond for 10,000 headings.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from django.db.models import F, Q, QuerySet, Value
from django.db.models.functions import Length, StrIndex
from django.db.models.lookups import LessThan

from articles.models import Article, QAPair
from articles.search.pinyin import HeadingKey, readings
from articles.search.segmentation import is_unspaced

# So many headings tell which words are popular.
POOL = 24
SHOWN = ["pk", "heading", "number", "article__slug", "article__column__title"]
# Headings in which the word for some letters is looked for.
MOST_READ = 200
SHORTEST_INITIALS = 3
LONGEST_LETTERS = 30


def published_pairs() -> QuerySet[QAPair]:
    return QAPair.objects.of(Article.objects.published())


class Heading(NamedTuple):
    """A pair's heading, the rest of what a suggestion shows of the pair, as rows of the database."""

    pk: int
    text: str
    number: int
    slug: str
    column: str


def find_headings(texts: Sequence[str], size: int = POOL) -> list[Heading]:
    """Return headings of published pairs that hold every text: early in it first, then short ones, then new ones.

    A text that begins with a blank is pinyin: " tao bao". At most two queries where few drafts fit.
    """
    limit = size
    while True:
        keys = list(holding(texts).values_list("pk", flat=True)[:limit])
        shown = {row[0]: Heading(*row) for row in published_pairs().filter(pk__in=keys).values_list(*SHOWN)}
        if len(shown) >= size or len(keys) < limit:
            return [shown[key] for key in keys if key in shown][:size]
        limit *= 4


def holding(texts: Sequence[str]) -> QuerySet[QAPair]:
    held = QAPair.objects.filter(*(Q(heading_key__contains=text) for text in texts))
    for text in texts:
        held = held.filter(before_pinyin(text)) if text.isascii() and not text.startswith(" ") else held
    return held.order_by(place_of(texts[0]), Length("heading_key"), F("pk").desc())


def before_pinyin(text: str) -> LessThan:
    """Letters stand among the characters or the first letters: ai is no part of kai."""
    return LessThan(place_of(text), place_of("\n "))


def place_of(text: str) -> StrIndex:
    return StrIndex("heading_key", Value(text))


# Letters typed for characters


def words_of_letters(letters: str) -> list[str]:
    """Return what published headings hold under the letters, as pinyin or as its first letters, commonest first."""
    found = Counter(word for key in keys_under(letters) for word in set(words_in(key, letters)))
    return sorted(found, key=lambda word: (-found[word], word))


def keys_under(letters: str) -> list[HeadingKey]:
    patterns = [f" {' '.join(reading)} " for reading in whole_readings(letters)]
    patterns += [letters] if len(letters) >= SHORTEST_INITIALS else []
    if not patterns:
        return []
    under = Q(*(Q(heading_key__contains=pattern) for pattern in patterns), _connector=Q.OR)
    found = published_pairs().filter(under).order_by("-pk").values_list("heading_key", flat=True)
    return [HeadingKey.unpack(packed) for packed in found[:MOST_READ]]


def whole_readings(letters: str) -> list[tuple[str, ...]]:
    """Return the ways to read the letters as two syllables or more, none half typed."""
    return [reading for reading in readings(letters[:LONGEST_LETTERS]) if len(reading) > 1]


def words_in(key: HeadingKey, letters: str) -> Iterator[str]:
    """Return the pieces of the heading that the letters stand for."""
    if len(letters) >= SHORTEST_INITIALS and (start := key.initials.find(letters)) >= 0:
        yield from unspaced(key.text[start : start + len(letters)])
    for reading in whole_readings(letters):
        start = key.pinyin.find(f" {' '.join(reading)} ")
        if start >= 0:
            at = key.pinyin.count(" ", 0, start)
            yield from unspaced(key.text[at : at + len(reading)])


def unspaced(piece: str) -> list[str]:
    return [piece] if all(map(is_unspaced, piece)) else []
