"""The list of pairs whose derived data has to be made anew."""

from django.db import models


class StalePair(models.Model):
    """A note, written by a database trigger, that a pair changed; worked off right after the commit.

    A pair may be noted several times. Each note is a row of its own, so that one written while
    others are being worked off cannot be deleted with them.
    """

    pair_id = models.BigIntegerField()

    class Meta:
        verbose_name = "stale pair"
        verbose_name_plural = "stale pairs"

    def __str__(self) -> str:
        return str(self.pair_id)
