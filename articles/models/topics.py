"""What pairs are about: topics, their other names, and the tagging of pairs."""

from django.db import models
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from taggit.managers import _TaggableManager
from taggit.models import ItemBase, TagBase

from articles.models.bases import FormerSlug, LongTextField
from articles.querysets import NaturalKeyManager, TaggedPairManager, TopicAliasManager, TopicQuerySet
from articles.slugs import make_slug


def unique_name(constraint: str) -> models.UniqueConstraint:
    """KPI and kpi are one name."""
    message = _("This name is taken; capital letters make no difference.")
    return models.UniqueConstraint(Lower("name"), name=constraint, violation_error_message=message)


class Topic(TagBase):
    """A tag of pairs with a page of its own."""

    slug = models.SlugField(
        _("slug"), max_length=100, unique=True, blank=True, help_text=_("Part of the address; made from the name.")
    )
    description = LongTextField(_("definition"), blank=True, help_text=_("One or two sentences in plain words."))

    objects = NaturalKeyManager.from_queryset(TopicQuerySet)()
    natural_key_fields = ["slug"]

    class Meta:
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
        ordering = ["name"]
        constraints = [unique_name("topic_name_unique_without_case")]

    def get_absolute_url(self) -> str:
        return reverse("articles:topic", args=[self.slug])

    def slugify(self, tag: str, i: int | None = None) -> str:
        """Replace taggit's slugs, which are empty or cut short for names such as C++."""
        return make_slug(tag) if i is None else f"{make_slug(tag)}-{i + 1}"


class TopicAlias(models.Model):
    """Another name of a topic: typed by an editor or a reader, it means the topic."""

    topic = models.ForeignKey(Topic, models.CASCADE, related_name="aliases", verbose_name=_("topic"))
    name = models.CharField(_("name"), max_length=100, unique=True)

    objects = TopicAliasManager()

    class Meta:
        verbose_name = _("alias")
        verbose_name_plural = _("aliases")
        ordering = ["name"]
        constraints = [unique_name("topicalias_name_unique_without_case")]

    def __str__(self) -> str:
        return self.name

    def natural_key(self) -> tuple[str]:
        return (self.name,)


class TaggedPair(ItemBase):
    """One topic of one pair, by real foreign keys: fixtures keep it and deletion cleans it up."""

    content_object = models.ForeignKey("QAPair", models.CASCADE, related_name="tagged", verbose_name=_("pair"))
    tag = models.ForeignKey(Topic, models.CASCADE, related_name="tagged", verbose_name=_("topic"))

    objects = TaggedPairManager()

    class Meta:
        verbose_name = _("tagged pair")
        verbose_name_plural = _("tagged pairs")
        constraints = [
            models.UniqueConstraint(fields=["content_object", "tag"], name="taggedpair_unique"),
        ]

    def natural_key(self) -> tuple[str, int, str]:
        return (*self.content_object.natural_key(), *self.tag.natural_key())

    natural_key.dependencies = ["articles.qapair", "articles.topic"]


class TopicsManager(_TaggableManager):
    """Tags pairs by any name a topic goes under: its own in any width and case, or an alias.

    New names become topics, unless the vocabulary is controlled.
    """

    def _to_tag_model_instances(self, tags, tag_kwargs):
        names = [tag for tag in tags if isinstance(tag, str)]
        Topic.objects.refuse_new(names)
        known = Topic.objects.resolve(names)
        return super()._to_tag_model_instances([known.get(tag, tag) for tag in tags], tag_kwargs)


class TopicFormerSlug(FormerSlug):
    target = models.ForeignKey(Topic, models.CASCADE, related_name="former_slugs", verbose_name=_("topic"))

    class Meta:
        verbose_name = _("former slug of a topic")
        verbose_name_plural = _("former slugs of topics")
