"""What editors did about topics that seem to be one: merged them, or said that they are two."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

MOST_SHOWN = 5


class TopicMerge(models.Model):
    """One merge: who, when, and all that it takes to undo it.

    The record names rows by key, which no later row is ever given: {"into": topic, "description": taken over
    from a merged topic, "topics": [{"id", "name", "slug", "description", "aliases", "former_slugs",
    "moved": pairs that got the topic that stayed, "shared": pairs that had both}]}.
    """

    name = models.CharField(_("topic that stayed"), max_length=100)
    merged_at = models.DateTimeField(_("merged at"), default=timezone.now)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("merged by")
    )
    record = models.JSONField()
    undone_at = models.DateTimeField(_("undone at"), null=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("undone by")
    )

    class Meta:
        verbose_name = _("merge of topics")
        verbose_name_plural = _("merges of topics")
        ordering = ["-merged_at", "-pk"]

    def __str__(self) -> str:
        names = [entry["name"] for entry in self.record["topics"]]
        shown = "、".join(names[:MOST_SHOWN]) + ("…" if len(names) > MOST_SHOWN else "")
        return f"{shown} → {self.name}"

    @property
    def moved_count(self) -> int:
        return sum(len(entry["moved"]) for entry in self.record["topics"])


class DistinctNamesManager(models.Manager):
    def get_by_natural_key(self, name: str, other: str):
        return self.get(name=name, other=other)


class DistinctNames(models.Model):
    """Two names of topics, folded, that look like one and, an editor says, are not.

    In the order of their characters. Names rather than topics: they are what looks alike, and they outlive a topic
    that is merged and restored.
    """

    # Folding makes some letters three.
    name = models.CharField(_("name"), max_length=300)
    other = models.CharField(_("other name"), max_length=300)

    objects = DistinctNamesManager()

    class Meta:
        verbose_name = _("distinct topics")
        verbose_name_plural = _("distinct topics")
        constraints = [
            models.UniqueConstraint(fields=["name", "other"], name="distinctnames_unique"),
            models.CheckConstraint(condition=~Q(name=F("other")), name="distinctnames_of_two"),
        ]

    def __str__(self) -> str:
        return f"{self.name} · {self.other}"

    def natural_key(self) -> tuple[str, str]:
        return (self.name, self.other)
