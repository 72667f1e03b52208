"""What is near the pairs of one article, read from the stored links, each with its reason."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from articles.models import QAPair
from articles.related import store
from articles.related.lists import MOST_OF_ONE_ARTICLE
from articles.related.store import Link
from articles.search.matching import Fragment

# From this likeness on, readers are told that two questions are alike; below, that the texts are.
ALIKE_TO_READERS = 35


@dataclass(frozen=True)
class Reason:
    """Why a pair is shown: an editor's word, the topics that both have, or what their texts share."""

    topics: tuple[str, ...] = ()
    is_alike: bool = False
    is_pinned: bool = False

    def __str__(self) -> str:
        if self.is_pinned:
            return _("Editors' choice")
        parts = []
        if self.topics:
            parts.append(_("Same topic: %(names)s") % {"names": "、".join(self.topics)})
        if self.is_alike:
            parts.append(_("Similar question"))
        return " · ".join(parts) or _("Similar text")


@dataclass(frozen=True)
class Related:
    pair: QAPair
    reason: Reason


def related_pairs(pairs: Sequence[QAPair], limit: int = 4) -> list[Related]:
    """Return published pairs of other articles that are near one of the given pairs, nearest first.

    At most two of one article, and none where nothing is near. Two queries when the pairs bring their topics.
    """
    links = store.read_links_to([pair.pk for pair in pairs], visible_pairs())
    chosen = choose(pairs, links, limit)
    found = QAPair.objects.select_related("article__column__author").in_bulk([link.other_id for link in chosen])
    names = {topic.pk: topic.name for pair in pairs for topic in pair.topics.all()} if chosen else {}
    return [Related(found[link.other_id], give_reason(link, names)) for link in chosen if link.other_id in found]


def visible_pairs() -> Fragment:
    """Select id and article_id of what readers may see."""
    return Fragment(*QAPair.objects.published().order_by().values("id", "article_id").query.sql_with_params())


def choose(pairs: Sequence[QAPair], links: Iterable[tuple[int, Link]], limit: int) -> list[Link]:
    """Return the best links of all the pairs together, each to a pair of its own, few to one article."""
    own = {pair.article_id for pair in pairs}
    used: Counter[int] = Counter()
    chosen: dict[int, Link] = {}
    for article_id, link in sorted(links, key=lambda found: found[1].rank()):
        is_full = used[article_id] == MOST_OF_ONE_ARTICLE and not link.is_pinned
        if article_id in own or link.other_id in chosen or is_full:
            continue
        chosen[link.other_id] = link
        used[article_id] += 1
    return list(chosen.values())[:limit]


def give_reason(link: Link, names: Mapping[int, str]) -> Reason:
    """Say why the link is shown; a topic goes by the name it has now."""
    topics = tuple(names[topic] for topic in link.topics if topic in names)
    return Reason(topics, link.likeness >= ALIKE_TO_READERS, link.is_pinned)
