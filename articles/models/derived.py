"""The lists of pairs whose derived data has to be made anew."""

from django.db import models


class PairNote(models.Model):
    """A note, written by a database trigger, that a pair changed; worked off right after the commit.

    A pair may be noted several times. Each note is a row of its own, so that one written while
    others are being worked off cannot be deleted with them.
    """

    pair_id = models.BigIntegerField()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return str(self.pair_id)


class StalePair(PairNote):
    """The pair's HTML or its index entry may be out of date."""

    class Meta:
        verbose_name = "stale pair"
        verbose_name_plural = "stale pairs"


class UnrelatedPair(PairNote):
    """The pair's links to related pairs may be out of date; they follow once the index has."""

    class Meta:
        verbose_name = "unrelated pair"
        verbose_name_plural = "unrelated pairs"
