"""Who answers, and the series they answer in."""

import re

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from articles.models.bases import FormerSlug, LongTextField, Slugged
from articles.querysets import ColumnQuerySet, NaturalKeyManager


class Author(Slugged):
    """A person or an editorial desk that answers letters."""

    name = models.CharField(_("name"), max_length=60)
    role = models.CharField(_("role"), max_length=100, blank=True)
    bio = LongTextField(_("about"), blank=True)

    objects = NaturalKeyManager()

    class Meta(Slugged.Meta):
        abstract = False
        verbose_name = _("author")
        verbose_name_plural = _("authors")
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("articles:author", args=[self.slug])


class Column(Slugged):
    """A series such as 《一入运营深似海》, read like a book."""

    title = models.CharField(_("title"), max_length=100)
    author = models.ForeignKey(Author, models.PROTECT, related_name="columns", verbose_name=_("author"))
    motto = models.CharField(_("motto"), max_length=100, blank=True, help_text=_("One line under the title."))
    description = LongTextField(_("description"), blank=True)
    salutations = models.CharField(
        _("salutations"),
        max_length=200,
        blank=True,
        help_text=_("How letters begin, separated by 、; imported pages are split by them."),
    )

    objects = NaturalKeyManager.from_queryset(ColumnQuerySet)()

    class Meta(Slugged.Meta):
        abstract = False
        verbose_name = _("column")
        verbose_name_plural = _("columns")
        ordering = ["title", "pk"]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("articles:column", args=[self.slug])

    @property
    def salutation_list(self) -> list[str]:
        return [word for word in re.split(r"[\s,，、;；]+", self.salutations) if word]


class AuthorFormerSlug(FormerSlug):
    target = models.ForeignKey(Author, models.CASCADE, related_name="former_slugs", verbose_name=_("author"))

    class Meta:
        verbose_name = _("former slug of an author")
        verbose_name_plural = _("former slugs of authors")


class ColumnFormerSlug(FormerSlug):
    target = models.ForeignKey(Column, models.CASCADE, related_name="former_slugs", verbose_name=_("column"))

    class Meta:
        verbose_name = _("former slug of a column")
        verbose_name_plural = _("former slugs of columns")
