"""Topics offered while an editor types one."""

import re

from django.db.models import BooleanField, Case, Count, Q, Value, When
from django.db.models.functions import Length, Replace
from django.utils.translation import ngettext

from articles.models import Topic
from articles.topics import clean_name, fold_name

MOST = 8


def suggest_topics(text: str) -> list[dict[str, str]]:
    """Return name and hint of the topics that match by name, alias or pinyin; costs two queries."""
    name = clean_name(text.replace("\x00", ""))[:100]
    return [
        {"name": topic.name, "hint": hint(topic, name)}
        for topic in matching_topics(name).prefetch_related("aliases")[:MOST]
    ]


def matching_topics(name: str):
    """The topic named exactly so comes first, then the most used, then the shortest."""
    exact = Q(name__iexact=name) | Q(aliases__name__iexact=name)
    topics = Topic.objects.annotate(
        pinyin=Replace("slug", Value("-"), Value("")),
        uses=Count("tagged", distinct=True),
        is_exact=Count("pk", filter=exact),
    )
    if name:
        matches = Q(name__icontains=name) | Q(aliases__name__icontains=name)
        latin = re.sub("[^a-z0-9]", "", name.lower())
        topics = topics.filter(matches | Q(pinyin__startswith=latin) if latin else matches)
    exact_first = Case(When(is_exact__gt=0, then=Value(True)), default=Value(False), output_field=BooleanField())
    return topics.order_by(exact_first.desc(), "-uses", Length("name"), "name")


def hint(topic: Topic, name: str) -> str:
    """Say which alias matched, and how many pairs have the topic."""
    uses = ngettext("%(count)d question", "%(count)d questions", topic.uses) % {"count": topic.uses}
    if fold_name(name) in fold_name(topic.name):
        return uses
    alias = next((alias.name for alias in topic.aliases.all() if fold_name(name) in fold_name(alias.name)), "")
    return f"{alias} · {uses}" if alias else uses
