"""Every reusable filter on the content: a chain of these reads as a sentence."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import connection, models
from django.db.models import Count, Exists, F, Max, OuterRef, Prefetch, Q, Subquery
from django.db.models.expressions import RawSQL
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.choices import Origin, Status
from articles.imaging import Prepared
from articles.moments import moment_of
from articles.topics import clean_name, fold_name

# A reprint that names no source.
UNSOURCED = Q(origin=Origin.REPRINT, source_name="", source_url="")
# A live article with a revision that somebody who publishes has to look at.
WAITING = Q(status=Status.PUBLISHED, pending_revision__isnull=False, pending_revision__returned_at__isnull=True)


def published_q(prefix: str = "", at: datetime | None = None) -> Q:
    """Return the one rule of what readers may see, for a model that reaches the article by the prefix.

    A scheduled article is one whose time is still to come, so no worker has to publish it, nor take it back at its end.
    """
    now = at or timezone.now()
    lasts = Q(**{f"{prefix}expires_at": None}) | Q(**{f"{prefix}expires_at__gt": now})
    return Q(**{f"{prefix}status": Status.PUBLISHED, f"{prefix}published_at__lte": now}) & lasts


def tally(counted: str, kind: str, key: str) -> RawSQL:
    """Return the tally of a row that an outer query names by the key; it is kept when content is written."""
    sql = f"COALESCE((SELECT {counted} FROM articles_tally WHERE kind = '{kind}' AND key = {key} AND month = 0), 0)"
    return RawSQL(sql, (), output_field=models.BigIntegerField())


class NaturalKeyManager(models.Manager):
    """A manager for tables whose rows are named by their slug in fixtures."""

    def get_by_natural_key(self, slug: str):
        return self.get(slug=slug)


class ArticleQuerySet(models.QuerySet):
    def published(self, at: datetime | None = None) -> Self:
        """Keep what readers may see at the time, without one now."""
        return self.filter(published_q(at=at))

    def kept(self) -> Self:
        """Leave out what lies in the trash."""
        return self.exclude(status=Status.TRASHED)

    def due(self, day: date) -> Self:
        """Keep what is published and was to be checked again by the day."""
        return self.filter(status=Status.PUBLISHED, review_by__lte=day)

    def unsourced(self) -> Self:
        """Keep the reprints that name no source."""
        return self.filter(UNSOURCED)

    def partly_untagged(self) -> Self:
        """Keep what has a question without a topic."""
        pairs = self.model._meta.get_field("pairs").related_model.objects
        return self.filter(pk__in=pairs.filter(tagged=None).order_by().values("article"))

    def with_headings(self) -> Self:
        """Bring what names an article to editors: its column, and its questions in order without their texts."""
        pairs = self.model._meta.get_field("pairs").related_model.objects
        named = pairs.only("article_id", "heading").order_by("position", "number")
        return self.select_related("column").defer("source_text").prefetch_related(Prefetch("pairs", named))

    def for_listing(self) -> Self:
        """Bring what a list entry shows in a constant number of queries."""
        pairs = self.model._meta.get_field("pairs").related_model.objects
        return self.select_related("column__author").prefetch_related(Prefetch("pairs", pairs.with_topics()))

    def newest_first(self) -> Self:
        return self.order_by("-published_at", "-pk")

    def in_year(self, year: int) -> Self:
        return self.filter(year_q(year))

    def in_month(self, year: int, month: int) -> Self:
        first_of_next = day_start(year + month // 12, month % 12 + 1, 1)
        return self.filter(published_at__gte=day_start(year, month, 1), published_at__lt=first_of_next)

    def before(self, article) -> Self:
        """Articles older than the given one; equal times are told apart by key.

        In this form both databases begin at the article's place in an index.
        """
        earlier = Q(published_at__lt=article.published_at) | Q(pk__lt=article.pk)
        return self.filter(earlier, published_at__lte=article.published_at).newest_first()

    def after(self, article) -> Self:
        later = Q(published_at__gt=article.published_at) | Q(pk__gt=article.pk)
        return self.filter(later, published_at__gte=article.published_at).order_by("published_at", "pk")

    def on_this_day(self, day: datetime) -> Self:
        """Articles of the same month and day in other years, newest first; 29 February joins 28 February.

        One range a year, asked for by key: beside an order and a limit, SQLite would read all articles in that order.
        """
        first, last = self.first_and_last()
        if first is None:
            return self.none()
        local = timezone.localtime(day)
        years = range(timezone.localtime(first).year, timezone.localtime(last).year + 1)
        ranges = [same_day(year, local) for year in years if year != local.year]
        if not ranges:
            return self.none()
        within = Q()
        for start, end in ranges:
            within |= Q(published_at__gte=start, published_at__lt=end)
        return self.filter(pk__in=self.filter(within).order_by().values("pk")).newest_first()

    def first_and_last(self) -> tuple[datetime | None, datetime | None]:
        """Return the first and the last time of publication; an aggregate of both would read every row."""
        ends = [
            self.order_by(order).values("published_at")[:1].query.sql_with_params()
            for order in ("published_at", "-published_at")
        ]
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT ({ends[0][0]}), ({ends[1][0]})", [*ends[0][1], *ends[1][1]])
            first, last = cursor.fetchone()
        return (moment_of(first), moment_of(last)) if first else (None, None)


def year_q(year: int) -> Q:
    return Q(published_at__gte=day_start(year, 1, 1), published_at__lt=day_start(year + 1, 1, 1))


def day_start(year: int, month: int, day: int) -> datetime:
    return timezone.make_aware(datetime(year, month, day))


def same_day(year: int, local: datetime) -> tuple[datetime, datetime]:
    """Return the first moment of that day in the year, and of the day after its last."""
    day = 28 if (local.month, local.day) == (2, 29) else local.day
    start = day_start(year, local.month, day)
    is_leap_pair = (local.month, day) == (2, 28) and (start + timedelta(days=1)).month == 2
    return start, start + timedelta(days=2 if is_leap_pair else 1)


class QAPairQuerySet(models.QuerySet):
    def published(self) -> Self:
        return self.filter(published_q("article__"))

    def of(self, articles: models.QuerySet) -> Self:
        """Keep the pairs of the given articles, for a query that begins at the pairs.

        Asked of each pair by the key of its article: a join would let SQLite's planner begin at the
        articles and try every pair that is looked for with each of them.
        """
        return self.filter(Exists(articles.order_by().filter(pk=OuterRef("article_id"))))

    def with_topics(self) -> Self:
        return self.prefetch_related("topics").order_by("position", "number")

    def for_listing(self) -> Self:
        return self.select_related("article__column__author").prefetch_related("topics")

    def newest_first(self) -> Self:
        return self.order_by("-article__published_at", "-article_id", "position")


class QAPairManager(models.Manager.from_queryset(QAPairQuerySet)):
    def get_by_natural_key(self, slug: str, number: int):
        return self.get(article__slug=slug, number=number)


class FormerPlaceManager(models.Manager):
    def get_by_natural_key(self, slug: str, number: int):
        return self.get(article__slug=slug, number=number)

    def readable_in(self, article) -> models.QuerySet:
        """Return the places in an article of pairs that readers find elsewhere now."""
        moved = self.filter(published_q("pair__article__"), article=article)
        return moved.select_related("pair__article").order_by("number")


class TaggedPairManager(models.Manager):
    def get_by_natural_key(self, slug: str, number: int, topic: str):
        return self.get(content_object__article__slug=slug, content_object__number=number, tag__slug=topic)


class TopicAliasManager(models.Manager):
    def get_by_natural_key(self, name: str):
        return self.get(name=name)


class TopicQuerySet(models.QuerySet):
    def with_counts(self) -> Self:
        """Annotate pair_count: the published pairs of each topic."""
        return self.annotate(pair_count=tally("pairs", "topic", "articles_topic.id"))

    def with_usage(self) -> Self:
        """Annotate pair_count, pairs_in_all and last_used, the latest publication; by subqueries, so that a page of
        a long list counts its own rows only."""
        tagged = self.model._meta.get_field("tagged").related_model.objects
        own = tagged.filter(tag=OuterRef("pk")).order_by().values("tag")
        visible = own.filter(published_q("content_object__article__"))
        return self.annotate(
            pair_count=Coalesce(Subquery(visible.annotate(n=Count("pk")).values("n")), 0),
            pairs_in_all=Coalesce(Subquery(own.annotate(n=Count("pk")).values("n")), 0),
            last_used=Subquery(visible.annotate(last=Max("content_object__article__published_at")).values("last")),
        )

    def unused(self) -> Self:
        """Topics of no pair at all, not even of a draft."""
        return self.filter(tagged=None)

    def in_use(self) -> Self:
        """Topics that readers can find a pair under, most used first."""
        return self.with_counts().filter(pair_count__gt=0).order_by("-pair_count", "name")

    def resolve(self, names: Iterable[str]) -> dict[str, models.Model]:
        """Map each name that is a topic's name or alias, however written, to its topic."""
        wanted = {name: fold_name(name) for name in names}
        known = {}
        for name, folded in wanted.items():
            spelled = Q(name__iexact=clean_name(name)) | Q(aliases__name__iexact=clean_name(name))
            topic = self.filter(spelled).order_by("pk").first() if folded else None
            if topic is not None:
                known[name] = topic
        return known

    def refuse_new(self, names: Iterable[str]) -> None:
        """Raise ValidationError with the names that are no topic's, where the site's vocabulary is controlled: there
        topics are made on their own page only. Asks the database nothing where it is free."""
        if not settings.CONTROLLED_TOPICS:
            return
        names = list(names)
        known = self.resolve(names)
        if unknown := [name for name in names if name not in known]:
            text = _("No such topic: %(names)s. Topics are added on their own page.")
            raise ValidationError(text, "unknown_topic", {"names": "、".join(unknown)})


class ColumnQuerySet(models.QuerySet):
    def with_counts(self) -> Self:
        """Annotate article_count, pair_count and latest: what readers find in each column."""
        articles = self.model._meta.get_field("articles").related_model.objects
        newest = articles.published().filter(column=OuterRef("pk")).newest_first()
        return self.annotate(
            article_count=tally("articles", "column", "articles_column.id"),
            pair_count=tally("pairs", "column", "articles_column.id"),
            latest=Subquery(newest.values("published_at")[:1]),
        )

    def in_use(self) -> Self:
        return self.with_counts().filter(article_count__gt=0).order_by(F("latest").desc(), "pk")


class FormerSlugManager(models.Manager):
    def get_by_natural_key(self, slug: str):
        return self.get(slug=slug)


class OldAddressManager(models.Manager):
    def get_by_natural_key(self, address: str):
        return self.get(address=address)


class PictureManager(models.Manager):
    def get_by_natural_key(self, name: str):
        return self.get(name=name)

    def keep(self, prepared: Prepared):
        """Store the picture, unless it is here already, and return it."""
        values = {"data": prepared.data, "width": prepared.width, "height": prepared.height}
        return self.get_or_create(name=prepared.name, defaults=values)[0]
