"""What several tables share: addresses by slug, and the slugs a row had before."""

from django.core.validators import MaxLengthValidator, ProhibitNullCharactersValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from articles.querysets import FormerSlugManager

# A long letter has 3,000 characters; this bound keeps a paste of a whole book from stalling the renderer.
TEXT_LIMIT = 50_000


class LongTextField(models.TextField):
    """Text of an author or reader: bounded, and free of the NUL that PostgreSQL cannot store."""

    default_validators = [ProhibitNullCharactersValidator(), MaxLengthValidator(TEXT_LIMIT)]


class Slugged(models.Model):
    """A row that readers reach by its slug and fixtures name by it."""

    slug = models.SlugField(
        _("slug"),
        max_length=100,
        unique=True,
        blank=True,
        help_text=_("Part of the address; made from the name when left empty. A changed slug keeps answering."),
    )

    class Meta:
        abstract = True
        constraints = [models.CheckConstraint(name="%(class)s_slug_not_empty", condition=~models.Q(slug=""))]

    def natural_key(self) -> tuple[str]:
        return (self.slug,)


class FormerSlug(models.Model):
    """A slug that a row had before; its address answers with a permanent redirect.

    A database trigger writes these, so that no way of writing can lose a shared link.
    """

    slug = models.SlugField(_("slug"), max_length=100, unique=True)

    objects = FormerSlugManager()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.slug

    def natural_key(self) -> tuple[str]:
        return (self.slug,)
