"""What editors say of two pairs: show one beside the other, never do so, or: these are two questions, not one."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from articles.choices import LinkKind
from articles.models.articles import QAPair


class CoupleManager(models.Manager):
    def get_by_natural_key(self, slug: str, number: int, other_slug: str, other_number: int):
        return self.get(
            pair__article__slug=slug,
            pair__number=number,
            other__article__slug=other_slug,
            other__number=other_number,
        )


class Couple(models.Model):
    """Two different pairs, named in fixtures by their natural keys."""

    pair = models.ForeignKey(QAPair, models.CASCADE, related_name="%(class)ss", verbose_name=_("pair"))
    other = models.ForeignKey(QAPair, models.CASCADE, related_name="+", verbose_name=_("other pair"))

    objects = CoupleManager()

    class Meta:
        abstract = True
        constraints = [
            models.UniqueConstraint(fields=["pair", "other"], name="%(class)s_unique"),
            models.CheckConstraint(condition=~Q(pair=F("other")), name="%(class)s_of_two"),
        ]

    def __str__(self) -> str:
        return f"{self.pair} · {self.other}"

    def natural_key(self) -> tuple[str, int, str, int]:
        return (*self.pair.natural_key(), *self.other.natural_key())

    natural_key.dependencies = ["articles.qapair"]


class PairLink(Couple):
    """An editor's word on what is shown beside a pair: this one first, or never."""

    kind = models.CharField(_("kind"), max_length=8, choices=LinkKind)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta(Couple.Meta):
        verbose_name = _("editors' link")
        verbose_name_plural = _("editors' links")
        ordering = ["pair", "position", "pk"]


class DistinctCouple(Couple):
    """Two pairs that look like one question and, an editor says, are not; the order says nothing."""

    class Meta(Couple.Meta):
        verbose_name = _("distinct questions")
        verbose_name_plural = _("distinct questions")
