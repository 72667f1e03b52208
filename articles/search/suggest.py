"""What to offer while a reader types: topics by any of their names, words of headings, and headings."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _

from articles.models import TaggedPair, Topic, TopicAlias
from articles.querysets import published_q
from articles.search.headings import Heading, find_headings
from articles.search.pinyin import OTHER_SIGNS, readings, spellings
from articles.search.query import Query, parse_query
from articles.search.ranking import FORM_CHARACTERS
from articles.search.segmentation import fold, is_unspaced

# Topics take at most half of the places, unless there are too few headings; words take no more than these.
MOST_TOPICS = 4
MOST_WORDS = 2
NO_FIT = 5
# A popular word stands in so many headings at least, and is that long at most.
POPULAR = 3
LONGEST_WORD = 4
# What follows a word in this share of its headings is a part of it.
BELONGS = 0.7
LONGEST_LETTERS = 30


@dataclass(frozen=True)
class Suggestion:
    """One line of the list: a topic, a word or a pair, where it leads, and a word about it."""

    kind: str
    text: str
    url: str
    hint: str


def suggest(text: str, limit: int = 8) -> list[Suggestion]:
    """Return published topics, popular words and headings that fit what was typed so far; at most seven queries."""
    query = parse_query(text)
    if not query.terms:
        return []
    topics, pairs = fitting_topics(fold(query.text)), fitting_pairs(query)
    known = {fold(topic.text) for topic in topics}
    words = [word for word in popular_words(query.terms[-1], pairs) if word not in known][:MOST_WORDS]
    places = max(MOST_TOPICS, limit - len(pairs) - len(words))
    return [*topics[:places], *map(suggest_word, words), *map(suggest_pair, pairs[:limit])][:limit]


# Topics


def fitting_topics(typed: str) -> list[Suggestion]:
    """Return the topics that fit, the best fit first, then short names."""
    fits = {pk: rank_of(names, typed) for pk, names in topic_names().items()}
    public = TaggedPair.objects.filter(published_q("content_object__article__"), tag=OuterRef("pk"))
    topics = Topic.objects.filter(Exists(public), pk__in=[pk for pk in fits if fits[pk] < NO_FIT])
    return [suggest_topic(topic) for topic in sorted(topics, key=lambda t: (fits[t.pk], len(t.name), t.name))]


def topic_names() -> dict[int, list[str]]:
    """Return the folded names of every topic, its own first."""
    names = defaultdict(list)
    for rows in (Topic.objects.values_list("pk", "name"), TopicAlias.objects.values_list("topic_id", "name")):
        for pk, name in rows.order_by():
            names[pk].append(fold(name))
    return names


def suggest_topic(topic: Topic) -> Suggestion:
    return Suggestion("topic", topic.name, topic.get_absolute_url(), _("topic"))


def rank_of(names: Sequence[str], typed: str) -> int:
    """Return how well a topic fits, 0 best: the name, an alias, a beginning, a spelling, a part of a name."""
    letters = letters_of(typed)
    fits = (
        typed in names,
        names[0].startswith(typed),
        any(name.startswith(typed) for name in names),
        bool(letters) and any(spelling.startswith(letters) for name in names for spelling in spellings(name)),
        any(typed in name for name in names),
    )
    return fits.index(True) if any(fits) else NO_FIT


def letters_of(typed: str) -> str:
    """Return the letters and digits of what may be pinyin, typed with or without blanks."""
    return OTHER_SIGNS.sub("", typed)[:LONGEST_LETTERS] if typed.isascii() else ""


# Headings


def fitting_pairs(query: Query) -> list[Heading]:
    """Return published pairs whose heading holds every term; then those that sound like the letters typed."""
    found = find_headings(query.terms) if len("".join(query.terms)) > 1 or is_unspaced(query.terms[0]) else []
    letters = letters_of(query.text)
    if len(letters) > 1 and len(found) < POPULAR:
        found += [pair for reading in readings(letters)[:1] for pair in find_headings([f" {' '.join(reading)}"])]
    return list(dict.fromkeys(found))


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
    longest = max((counts[other] for other in counts if other.startswith(word) and other != word), default=0)
    return counts[word] >= POPULAR and longest < BELONGS * counts[word] and word[-1] not in FORM_CHARACTERS


def suggest_word(word: str) -> Suggestion:
    return Suggestion("word", word, f"{reverse('articles:search')}?{urlencode({'q': word})}", _("search"))
