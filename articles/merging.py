"""Topics that are one: merged into the one that stays, with a record by which the merge is undone."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles.models import TaggedPair, Topic, TopicAlias, TopicFormerSlug, TopicMerge
from articles.search.postings import chunks
from articles.slugs import free_slug
from articles.topics import fold_name


class MergeRefused(Exception):
    """Nothing was merged or undone; the text says why in one sentence."""


@dataclass(frozen=True)
class Share:
    """What a topic brings into a merge: pairs that get the topic that stays, and pairs that have it already."""

    topic: Topic
    moved: list[int]
    shared: list[int]


def plan_merge(into: Topic, others: Sequence[Topic]) -> list[Share]:
    """Tell what merging would do, topic by topic: a pair moves with the first that has it. Costs one query."""
    pairs = pairs_by_topic([into, *others])
    having, shares = set(pairs[into.pk]), []
    for topic in others:
        moved = [pk for pk in pairs[topic.pk] if pk not in having]
        shares.append(Share(topic, moved, [pk for pk in pairs[topic.pk] if pk in having]))
        having.update(moved)
    return shares


def pairs_by_topic(topics: Collection[Topic]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = defaultdict(list)
    rows = TaggedPair.objects.filter(tag__in=topics).order_by("content_object_id")
    for topic_id, pair_id in rows.values_list("tag_id", "content_object_id"):
        found[topic_id].append(pair_id)
    return found


@transaction.atomic
def merge_topics(into: Topic, others: Collection[Topic], *, by: AbstractBaseUser | None) -> TopicMerge:
    """Make the others one with the topic that stays; their names become its aliases, their addresses lead to it.

    Raises MergeRefused where one of them is gone, or is the one that stays.
    """
    keys = dict.fromkeys(topic.pk for topic in others)
    # Locked, so that nothing is tagged with a topic between the plan and its end.
    topics = Topic.objects.select_for_update().order_by("pk").in_bulk([into.pk, *keys])
    if not keys or into.pk in keys or len(topics) != len(keys) + 1:
        raise MergeRefused(_("One of these topics is gone, or stands on both sides. Please choose again."))
    into = topics[into.pk]
    shares = plan_merge(into, [topics[key] for key in keys])
    record = {
        "into": into.pk,
        "description": take_description(into, shares),
        "topics": [entry_of(share) for share in shares],
    }
    for share in shares:
        absorb(into, share)
    return TopicMerge.objects.create(name=into.name, by=by, record=record)


def inherited_description(into: Topic, others: Collection[Topic]) -> str:
    """Return the definition that the topic that stays gets from the others: none if it has one."""
    return "" if into.description else next((topic.description for topic in others if topic.description), "")


def take_description(into: Topic, shares: Collection[Share]) -> str:
    description = inherited_description(into, [share.topic for share in shares])
    if description:
        into.description = description
        into.save(update_fields=["description"])
    return description


def entry_of(share: Share) -> dict[str, Any]:
    topic = share.topic
    return {
        "id": topic.pk,
        "name": topic.name,
        "slug": topic.slug,
        "description": topic.description,
        "aliases": list(topic.aliases.values_list("name", flat=True)),
        "former_slugs": list(topic.former_slugs.values_list("slug", flat=True)),
        "moved": share.moved,
        "shared": share.shared,
    }


def absorb(into: Topic, share: Share) -> None:
    """Give all that a topic has to the one that stays, and delete the topic."""
    topic = share.topic
    for part in chunks(share.moved):
        TaggedPair.objects.filter(tag=topic, content_object__in=part).update(tag=into)
    topic.aliases.update(topic=into)
    topic.former_slugs.update(target=into)
    Topic.objects.filter(pk=topic.pk).delete()
    TopicFormerSlug.objects.update_or_create(slug=topic.slug, defaults={"target": into})
    is_alias = TopicAlias.objects.filter(name__iexact=topic.name).exists()
    if not is_alias and fold_name(topic.name) != fold_name(into.name):
        into.aliases.create(name=topic.name)


@dataclass(frozen=True)
class Comeback:
    """A merged topic as it would come back, and sentences on what differs from how it was."""

    entry: dict[str, Any]
    slug: str
    pairs: list[int]
    aliases: list[str]
    losses: list[str]


@dataclass(frozen=True)
class UndoPlan:
    """What undoing a merge brings back, and sentences on what it cannot."""

    into: Topic
    comebacks: list[Comeback]
    left: list[dict[str, Any]]
    losses: list[str]


def plan_undo(merge: TopicMerge) -> UndoPlan:
    """Tell what undoing would do as things stand now. Raises MergeRefused where there is nothing to be undone."""
    if merge.undone_at:
        raise MergeRefused(_("This merge was undone before."))
    into = Topic.objects.filter(pk=merge.record["into"]).first()
    if into is None:
        raise MergeRefused(
            _("The topic “%(name)s” is gone. If it was merged in its turn, undo that first.") % {"name": merge.name}
        )
    having = set(pairs_by_topic([into])[into.pk])
    comebacks, left, losses = [], [], []
    for entry in merge.record["topics"]:
        owner = owner_of(entry["name"], into)
        if owner is None:
            comebacks.append(plan_comeback(entry, into, having))
        else:
            left.append(entry)
            said = _("“%(name)s” cannot come back: the name means the topic “%(topic)s” now.")
            losses.append(said % {"name": entry["name"], "topic": owner})
    if not comebacks:
        raise MergeRefused(" ".join(losses))
    return UndoPlan(into, comebacks, left, losses)


def owner_of(name: str, into: Topic) -> Topic | None:
    """Return the topic that keeps a merged name from coming back; an alias of the topic that stayed does not."""
    owner = Topic.objects.resolve([name]).get(name)
    is_given_back = owner == into and fold_name(into.name) != fold_name(name)
    return None if is_given_back else owner


def plan_comeback(entry: dict[str, Any], into: Topic, having: Collection[int]) -> Comeback:
    slug, losses = entry["slug"], []
    if is_slug_taken(slug):
        slug = free_slug(entry["name"], is_slug_taken)
        said = _("“%(name)s” comes back at the address %(slug)s: another topic has %(taken)s now.")
        losses.append(said % {"name": entry["name"], "slug": slug, "taken": entry["slug"]})
    owners = {alias: owner for alias in entry["aliases"] if (owner := owner_of(alias, into))}
    for alias, owner in owners.items():
        losses.append(_("The name “%(alias)s” stays with the topic “%(topic)s”.") % {"alias": alias, "topic": owner})
    tagged = [*entry["moved"], *entry["shared"]]
    pairs = [pk for pk in tagged if pk in having]
    if lost := len(tagged) - len(pairs):
        said = ngettext(
            "%(count)d question is left as it is: it lost “%(name)s” since, or was deleted.",
            "%(count)d questions are left as they are: they lost “%(name)s” since, or were deleted.",
            lost,
        )
        losses.append(said % {"count": lost, "name": into.name})
    return Comeback(entry, slug, pairs, [alias for alias in entry["aliases"] if alias not in owners], losses)


def is_slug_taken(slug: str) -> bool:
    return Topic.objects.filter(slug=slug).exists()


@transaction.atomic
def undo_merge(merge: TopicMerge, *, by: AbstractBaseUser | None) -> UndoPlan:
    """Bring the merged topics back with their pairs, and return what was done. Raises MergeRefused."""
    merge = TopicMerge.objects.select_for_update().get(pk=merge.pk)
    plan = plan_undo(merge)
    # Pairs that a topic had that does not come back keep the one that stayed.
    kept = {pk for entry in plan.left for pk in (*entry["moved"], *entry["shared"])}
    for comeback in plan.comebacks:
        tag_again(comeback, restore(comeback, plan.into), plan.into, kept)
    if merge.record["description"] and plan.into.description == merge.record["description"]:
        plan.into.description = ""
        plan.into.save(update_fields=["description"])
    merge.undone_at, merge.undone_by = timezone.now(), by
    merge.save(update_fields=["undone_at", "undone_by"])
    return plan


def restore(comeback: Comeback, into: Topic) -> Topic:
    """Make the topic anew under its old key, which the histories of the admin name it by, with all its names."""
    entry = comeback.entry
    key = None if Topic.objects.filter(pk=entry["id"]).exists() else entry["id"]
    into.aliases.filter(name__iexact=entry["name"]).delete()
    topic = Topic(pk=key, name=entry["name"], slug=comeback.slug, description=entry["description"])
    topic.save(force_insert=True)
    into.aliases.filter(name__in=comeback.aliases).update(topic=topic)
    kept = set(topic.aliases.values_list("name", flat=True))
    for name in comeback.aliases:
        if name not in kept:
            topic.aliases.create(name=name)
    if comeback.slug == entry["slug"]:
        into.former_slugs.filter(slug=entry["slug"]).delete()
    into.former_slugs.filter(slug__in=entry["former_slugs"]).update(target=topic)
    return topic


def tag_again(comeback: Comeback, topic: Topic, into: Topic, kept: Collection[int]) -> None:
    """Give the pairs their topic back: in the place of the one that stayed, or beside it where it was before."""
    moved = set(comeback.entry["moved"]) - set(kept)
    for part in chunks(pk for pk in comeback.pairs if pk in moved):
        TaggedPair.objects.filter(tag=into, content_object__in=part).update(tag=topic)
    for part in chunks(pk for pk in comeback.pairs if pk not in moved):
        TaggedPair.objects.bulk_create(TaggedPair(content_object_id=pk, tag=topic) for pk in part)
