"""What to offer while a reader types: topics by any of their names, and headings."""

import re
from dataclasses import dataclass
from functools import lru_cache

from django.utils.translation import ngettext
from pypinyin import Style, lazy_pinyin

from articles.models import Article, QAPair, Topic
from articles.search.lexicon import Lexicon
from articles.search.matching import find_pairs
from articles.search.query import Query, parse_query
from articles.search.segmentation import fold

# Topics take at most half of the places, unless there are too few headings.
MOST_TOPICS = 4
# Headings looked at before the best are chosen.
POOL = 50
MOST_HELD = 1000
NO_FIT = 5


@dataclass(frozen=True)
class Suggestion:
    """One line of the list: a topic or a pair, where it leads, and a word about it."""

    kind: str
    text: str
    url: str
    hint: str


def suggest(text: str, limit: int = 8) -> list[Suggestion]:
    """Return published topics and headings that fit what was typed so far; at most eight queries."""
    query = parse_query(text)
    if not query.terms:
        return []
    topics, pairs = fitting_topics(fold(query.text)), fitting_pairs(query)
    places = max(MOST_TOPICS, limit - len(pairs))
    return [*topics[:places], *pairs][:limit]


def fitting_topics(typed: str) -> list[Suggestion]:
    """Return the topics that fit, the best fit first, then those with most questions."""
    ranked = [(rank_of(topic, typed), topic) for topic in Topic.objects.in_use().prefetch_related("aliases")]
    fitting = sorted(
        (row for row in ranked if row[0] < NO_FIT), key=lambda row: (row[0], -row[1].pair_count, row[1].name)
    )
    return [suggest_topic(topic) for _, topic in fitting]


def suggest_topic(topic: Topic) -> Suggestion:
    hint = ngettext("%(count)d question", "%(count)d questions", topic.pair_count) % {"count": topic.pair_count}
    return Suggestion("topic", topic.name, topic.get_absolute_url(), hint)


def rank_of(topic: Topic, typed: str) -> int:
    """Return how well the topic fits, 0 best: the name, an alias, a beginning, a spelling, a part of a name."""
    names = [fold(topic.name), *(fold(alias.name) for alias in topic.aliases.all())]
    letters = re.sub(r"[^a-z0-9]", "", typed) if typed.isascii() else ""
    fits = [
        typed in names,
        names[0].startswith(typed),
        any(name.startswith(typed) for name in names),
        bool(letters) and any(spelling.startswith(letters) for name in names for spelling in spellings(name)),
        any(typed in name for name in names),
    ]
    return fits.index(True) if any(fits) else NO_FIT


@lru_cache(maxsize=4096)
def spellings(name: str) -> tuple[str, str]:
    """Return the name in pinyin, and in the first letters of its pinyin; Latin parts stay whole."""
    return tuple(
        re.sub(r"[^a-z0-9]", "", "".join(lazy_pinyin(name, style=style)).lower())
        for style in (Style.NORMAL, Style.FIRST_LETTER)
    )


def fitting_pairs(query: Query) -> list[Suggestion]:
    """Return published pairs whose heading holds every term: early in it first, then short ones."""
    held = find_pairs(Lexicon.of(query).holding(query.terms), [], MOST_HELD).ids
    pairs = QAPair.objects.of(Article.objects.published()).filter(pk__in=held).select_related("article__column")
    for term in query.terms:
        pairs = pairs.filter(heading__icontains=term)
    chosen = sorted(
        pairs.newest_first()[:POOL], key=lambda pair: (fold(pair.heading).find(query.terms[0]), len(pair.heading))
    )
    return [Suggestion("pair", pair.heading, pair.get_absolute_url(), pair.article.column.title) for pair in chosen]
