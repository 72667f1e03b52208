"""Moves a pair to another article, so that links to its old place still lead to it."""

from datetime import datetime

from django.db import transaction
from django.db.models import Max

from articles.choices import Status
from articles.models import Article, FormerPlace, QAPair
from articles.publishing import complete, date_change


class NotMoved(Exception):
    """The pair stays where it is; the only argument is one of the reasons."""

    LAST = "last"
    SAME = "same"
    INCOMPLETE = "incomplete"


@transaction.atomic
def move_pair(pair: QAPair, target: Article, *, now: datetime) -> int:
    """Put the pair at the end of the article, and return its number there; raise NotMoved where an article would break.

    Readers may see an article only whole: a published one keeps a pair, and takes none with a gap.
    """
    source = pair.article
    if source.pk == target.pk:
        raise NotMoved(NotMoved.SAME)
    list(Article.objects.select_for_update().filter(pk__in=[source.pk, target.pk]).order_by("pk"))
    old, number = pair.number, number_in(pair, target)
    last = target.pairs.aggregate(last=Max("position"))["last"] or 0
    QAPair.objects.filter(pk=pair.pk).update(article=target, number=number, position=last + 1)
    FormerPlace.objects.create(article=source, number=old, pair=pair)
    for article, reason in ((source, NotMoved.LAST), (target, NotMoved.INCOMPLETE)):
        rows = Article.objects.filter(pk=article.pk)
        if rows.filter(status=Status.PUBLISHED).exists() and not complete(rows).exists():
            raise NotMoved(reason)
        date_change(rows, now=now)
    return number


def number_in(pair: QAPair, target: Article) -> int:
    """Return the number that the pair once had in the article, or the next that none ever had."""
    former = FormerPlace.objects.filter(article=target, pair=pair).order_by("number").first()
    if former is None:
        return Article.objects.values_list("last_number", flat=True).get(pk=target.pk) + 1
    former.delete()
    return former.number
