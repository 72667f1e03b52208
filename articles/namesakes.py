"""Topics that seem to be one, for editors to merge or to call two."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import NamedTuple

from articles.likeness import Reason, find_alike
from articles.models import DistinctNames, Topic, TopicAlias
from articles.topics import fold_name


class Suspicion(NamedTuple):
    """Two topics by key, the names of theirs that nearly are one, and why."""

    topic_id: int
    other_id: int
    name: str
    other_name: str
    reason: Reason


@dataclass(frozen=True)
class Namesakes:
    topic: Topic
    other: Topic
    suspicion: Suspicion


def suspicions() -> list[Suspicion]:
    """Return each couple of topics that seem one and that no editor called two, the surest first. Three queries."""
    topics = dict(Topic.objects.order_by("name", "pk").values_list("name", "pk"))
    aliases = dict(TopicAlias.objects.order_by("name").values_list("name", "topic_id"))
    names = aliases | topics
    # A fixture may bring an alias that is another topic's name.
    twice = [Suspicion(topics[name], aliases[name], name, name, Reason.SPELLING) for name in topics if name in aliases]
    alike = [Suspicion(names[name], names[other], name, other, reason) for name, other, reason in find_alike(names)]
    told = {frozenset(couple) for couple in DistinctNames.objects.values_list("name", "other")}
    own = {pk: fold_name(name) for name, pk in topics.items()}
    found: dict[frozenset[int], Suspicion] = {}
    for row in [*twice, *alike]:
        if row.topic_id != row.other_id and frozenset((own[row.topic_id], own[row.other_id])) not in told:
            found.setdefault(frozenset((row.topic_id, row.other_id)), row)
    return list(found.values())


def load(rows: Collection[Suspicion]) -> list[Namesakes]:
    """Return the couples with their topics and how these are used. Two queries."""
    keys = {pk for row in rows for pk in (row.topic_id, row.other_id)}
    topics = Topic.objects.with_usage().prefetch_related("aliases").in_bulk(keys)
    return [Namesakes(topics[row.topic_id], topics[row.other_id], row) for row in rows]


def call_distinct(topic: Topic, other: Topic) -> bool:
    """Store that the names of the two mean two things; return False where that was said before."""
    name, other_name = sorted((fold_name(topic.name), fold_name(other.name)))
    return DistinctNames.objects.get_or_create(name=name, other=other_name)[1]
