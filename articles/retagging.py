"""Topics of many articles at once: given to all their questions, taken from them, or put in the place of others."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction

from articles.models import Article, QAPair, TaggedPair, Topic
from articles.publishing import date_change
from articles.search.postings import chunks


@dataclass(frozen=True)
class Retagging:
    """What happens to the topics of each pair.

    Topics are given by any of their names; a name that is none yet becomes a topic when it is done. Without taken
    topics named (None) a pair loses all it has. In place: only pairs that lose a topic get the given ones.
    """

    given: tuple[str, ...] = ()
    taken: frozenset[int] | None = frozenset()
    in_place: bool = False


@dataclass
class Changes:
    """Taggings to be deleted, and (pair, topic) to be made; which pairs and articles that touches."""

    gone: list[int] = field(default_factory=list)
    new: list[tuple[int, int]] = field(default_factory=list)
    pairs: set[int] = field(default_factory=set)
    articles: set[int] = field(default_factory=set)


def find_changes(articles: Iterable[Article], act: Retagging) -> Changes:
    """Tell what the act would change; costs two queries, and one for each name that is given."""
    keys = [article.pk for article in articles]
    known = Topic.objects.resolve(act.given)
    given = {topic.pk for topic in known.values()}
    has_new_names = len(known) < len(act.given)
    tagged = taggings(keys)
    found = Changes()
    for pair, article in QAPair.objects.filter(article__in=keys).order_by("pk").values_list("pk", "article_id"):
        has = tagged.get(pair, {})
        is_meant = not act.in_place or not act.taken.isdisjoint(has)
        gone = [row for topic, row in has.items() if topic not in given and (act.taken is None or topic in act.taken)]
        new = [(pair, topic) for topic in sorted(given - has.keys()) if is_meant]
        if gone or new or (has_new_names and is_meant):
            found.gone += gone
            found.new += new
            found.pairs.add(pair)
            found.articles.add(article)
    return found


def taggings(articles: list[int]) -> dict[int, dict[int, int]]:
    """Return pair → topic → tagging, of the pairs of the articles."""
    rows = TaggedPair.objects.filter(content_object__article__in=articles).order_by()
    found: dict[int, dict[int, int]] = {}
    for key, pair, topic in rows.values_list("pk", "content_object_id", "tag_id"):
        found.setdefault(pair, {})[topic] = key
    return found


@transaction.atomic
def retag(articles: Iterable[Article], act: Retagging, *, now: datetime) -> Changes:
    """Carry the act out and return what it changed."""
    known = Topic.objects.resolve(act.given)
    for name in act.given:
        if name not in known:
            Topic.objects.get_or_create(name=name)
    changes = find_changes(articles, act)
    for part in chunks(changes.gone):
        TaggedPair.objects.filter(pk__in=part).delete()
    rows = [TaggedPair(content_object_id=pair, tag_id=topic) for pair, topic in changes.new]
    TaggedPair.objects.bulk_create(rows, batch_size=1000)
    date_change(Article.objects.filter(pk__in=changes.articles), now=now)
    return changes
