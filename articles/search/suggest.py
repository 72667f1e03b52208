"""What to offer while a reader types: topics by any of their names, words of headings, and headings."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from articles.search.headings import Heading, find_headings
from articles.search.matching import there_is
from articles.search.pieces import Stretch
from articles.search.pinyin import OTHER_SIGNS, readings, spellings
from articles.search.postings import marks, select
from articles.search.query import Query, parse_query
from articles.search.ranking import FORM_CHARACTERS
from articles.search.segmentation import fold, is_unspaced
from articles.search.visibility import public_article

# Topics take at most half of the places, unless there are too few headings; words take no more than these.
MOST_TOPICS = 4
MOST_WORDS = 2
NO_FIT = 5
# Of more topics that fit, the best are asked for pairs.
MOST_FITS = 50
# A popular word stands in so many headings at least, and is that long at most.
POPULAR = 3
LONGEST_WORD = 4
# What follows a word in this share of its headings is a part of it.
BELONGS = 0.7
LONGEST_LETTERS = 30
TOPIC_NAMES = (
    "SELECT topic.id, topic.name, topic.slug, alias.name FROM articles_topic topic "
    "LEFT JOIN articles_topicalias alias ON alias.topic_id = topic.id ORDER BY topic.id, alias.id"
)


@dataclass(frozen=True)
class Suggestion:
    """One line of the list: a topic, a word or a pair, where it leads, and a word about it."""

    kind: str
    text: str
    url: str
    hint: str


class TopicLine(NamedTuple):
    pk: int
    text: str
    slug: str


def suggest(text: str, limit: int = 8) -> list[Suggestion]:
    """Return published topics, popular words and headings that fit what was typed so far; four queries, seven at most."""
    query = parse_query(text)
    if not query.terms:
        return []
    topics, pairs = fitting_topics(fold(query.text)), fitting_pairs(query)
    known = {fold(topic.text) for topic in topics}
    words = [word for word in popular_words(query.terms[-1], pairs) if word not in known][:MOST_WORDS]
    places = max(MOST_TOPICS, limit - len(pairs) - len(words))
    rows = [*map(suggest_topic, topics[:places]), *map(suggest_word, words), *map(suggest_pair, pairs[:limit])]
    return rows[:limit]


# Topics


def fitting_topics(typed: str) -> list[TopicLine]:
    """Return the topics that fit, the best fit first, then short names; at most two queries."""
    names, letters = topic_names(), letters_of(typed)
    ranks = {topic: rank_of(names[topic], typed, letters) for topic in names}
    fits = [topic for topic in names if ranks[topic] < NO_FIT]
    fits = sorted(fits, key=lambda topic: (ranks[topic], len(topic.text), topic.text))[:MOST_FITS]
    public = public_topics([topic.pk for topic in fits])
    return [topic for topic in fits if topic.pk in public]


def topic_names() -> dict[TopicLine, list[str]]:
    """Return the folded names of every topic, its own first; one query."""
    names: dict[TopicLine, list[str]] = {}
    for *row, alias in select(TOPIC_NAMES):
        topic = TopicLine(*row)
        known = names.setdefault(topic, [fold(topic.text)])
        known += [fold(alias)] if alias else []
    return names


def public_topics(topic_ids: Sequence[int]) -> set[int]:
    """Return which of the topics readers can find a pair under; one query where there are any."""
    public = public_article("pair.article_id")
    shown = there_is(
        "SELECT 1 FROM articles_taggedpair tagged JOIN articles_qapair pair ON pair.id = tagged.content_object_id "
        f"WHERE tagged.tag_id = topic.id AND {public.sql}"
    )
    sql = f"SELECT topic.id FROM articles_topic topic WHERE {shown} AND topic.id IN ({marks(topic_ids)})"
    return {pk for (pk,) in select(sql, [*public.params, *topic_ids])} if topic_ids else set()


def suggest_topic(topic: TopicLine) -> Suggestion:
    return Suggestion("topic", topic.text, reverse("articles:topic", args=[topic.slug]), _("topic"))


def rank_of(names: Sequence[str], typed: str, letters: str) -> int:
    """Return how well a topic fits, 0 best: the name or an alias, a beginning, a spelling, a part of a name."""
    is_held = any(typed in name for name in names)
    fits = (
        is_held and typed in names,
        is_held and names[0].startswith(typed),
        is_held and any(name.startswith(typed) for name in names),
        bool(letters) and any(spelling.startswith(letters) for name in names for spelling in spellings(name)),
        is_held,
    )
    return fits.index(True) if True in fits else NO_FIT


def letters_of(typed: str) -> str:
    """Return the letters and digits of what may be pinyin, typed with or without blanks."""
    return OTHER_SIGNS.sub("", typed)[:LONGEST_LETTERS] if typed.isascii() else ""


# Headings


def fitting_pairs(query: Query) -> list[Heading]:
    """Return published pairs whose heading holds every term; then those that sound like the letters typed."""
    if len("".join(query.terms)) == 1 and not is_unspaced(query.terms[0]):
        return []
    written, spoken = [Stretch.of_run(run) for run in query.terms], spoken_stretches(query.terms)
    return find_headings([written] if spoken == written else [written, spoken], enough=POPULAR)


def spoken_stretches(runs: Sequence[str]) -> list[Stretch]:
    """Return what was typed with its letters read as pinyin where they can be, blanks between them or not."""
    found: list[Stretch] = []
    for is_written, neighbours in groupby(runs, is_unspaced):
        parts = list(neighbours)
        letters = "" if is_written else letters_of("".join(parts))
        read = readings(letters)[:1] if len(letters) > 1 else []
        found += [Stretch.of_syllables(*read, is_half_typed=True)] if read else map(Stretch.of_run, parts)
    return found


def suggest_pair(pair: Heading) -> Suggestion:
    url = f"{reverse('articles:article', args=[pair.slug])}#q{pair.number}"
    return Suggestion("pair", pair.text, url, pair.column)


# Words


def popular_words(typed: str, pairs: Iterable[Heading]) -> list[str]:
    """Return the words that begin with what was typed and stand in several of the headings, commonest first."""
    counts = Counter(word for pair in pairs for word in continuations(fold(pair.text), typed))
    words = [word for word in counts if is_popular(word, counts)]
    return sorted(words, key=lambda word: (-counts[word], -len(word), word))


def continuations(heading: str, typed: str) -> set[str]:
    start = heading.find(typed)
    longer = [heading[start : start + n] for n in range(len(typed) + 1, LONGEST_WORD + 1)] if start >= 0 else []
    return {word for word in longer if len(word) > len(typed) and all(map(is_unspaced, word))}


def is_popular(word: str, counts: Counter[str]) -> bool:
    if counts[word] < POPULAR or word[-1] in FORM_CHARACTERS:
        return False
    longest = max((counts[other] for other in counts if other.startswith(word) and other != word), default=0)
    return longest < BELONGS * counts[word]


def suggest_word(word: str) -> Suggestion:
    return Suggestion("word", word, f"{reverse('articles:search')}?{urlencode({'q': word})}", _("search"))
