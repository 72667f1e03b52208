"""Filters of the editors' list that somebody keeps under a name."""

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

MOST_POSITION = 999


class SavedViewQuerySet(models.QuerySet):
    def for_user(self, user) -> models.QuerySet:
        """Keep the user's own and what others share, the own ones first."""
        is_others = models.Case(models.When(user=user, then=0), default=1)
        return self.filter(Q(user=user) | Q(is_shared=True)).order_by(is_others, "position", "pk")


class SavedView(models.Model):
    """The query string of the list of articles, under a name."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("user"))
    name = models.CharField(_("name"), max_length=40)
    query = models.CharField(_("filters"), max_length=500)
    position = models.PositiveSmallIntegerField(_("position"), default=0, validators=[MaxValueValidator(MOST_POSITION)])
    is_shared = models.BooleanField(_("shown to everybody"), default=False)

    objects = SavedViewQuerySet.as_manager()

    class Meta:
        verbose_name = _("saved view")
        verbose_name_plural = _("saved views")
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.name
