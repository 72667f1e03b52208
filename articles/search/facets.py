"""Narrowing a set of pairs by topic, column and year, and counting what each choice would leave."""

from dataclasses import dataclass, replace
from typing import NamedTuple

from django.db.models import Count, QuerySet
from django.db.models.functions import ExtractYear

from articles.models import Article, TaggedPair

# Years outside are no years of articles; the ends of the calendar cannot be turned into local time.
YEARS = range(1000, 3000)


@dataclass(frozen=True)
class Filters:
    """What a reader narrowed the results down to, by slug and year."""

    topic: str = ""
    year: int | None = None
    column: str = ""

    @property
    def is_set(self) -> bool:
        return bool(self.topic or self.year or self.column)


class Facet(NamedTuple):
    """One choice to narrow results down by, with the number of pairs it would leave."""

    value: str | int
    label: str
    count: int


@dataclass(frozen=True)
class Facets:
    """The choices of each kind, counted under the filters of the other kinds and not under their own."""

    topics: tuple[Facet, ...] = ()
    columns: tuple[Facet, ...] = ()
    years: tuple[Facet, ...] = ()


def narrow(pairs: QuerySet, filters: Filters) -> QuerySet:
    if filters.topic:
        # A subquery, so that counting the other topics of these pairs joins the table anew.
        pairs = pairs.filter(pk__in=TaggedPair.objects.filter(tag__slug=filters.topic).values("content_object"))
    if filters.column:
        pairs = pairs.of(Article.objects.filter(column__slug=filters.column))
    if filters.year is not None:
        pairs = pairs.of(articles_of(filters.year))
    return pairs


def articles_of(year: int) -> QuerySet:
    return Article.objects.in_year(year) if year in YEARS else Article.objects.none()


def count_facets(pairs: QuerySet, filters: Filters) -> Facets:
    return Facets(
        topics=topic_facets(narrow(pairs, replace(filters, topic=""))),
        columns=column_facets(narrow(pairs, replace(filters, column=""))),
        years=year_facets(narrow(pairs, replace(filters, year=None))),
    )


def topic_facets(pairs: QuerySet) -> tuple[Facet, ...]:
    tagged = TaggedPair.objects.filter(content_object__in=pairs.order_by().values("pk"))
    return by_count(tagged.values_list("tag__slug", "tag__name").annotate(Count("pk")))


def column_facets(pairs: QuerySet) -> tuple[Facet, ...]:
    column = ("article__column__slug", "article__column__title")
    return by_count(pairs.order_by().values_list(*column).annotate(Count("pk")))


def year_facets(pairs: QuerySet) -> tuple[Facet, ...]:
    """Return the years, newest first; a draft without a time counts nowhere."""
    dated = pairs.order_by().filter(article__published_at__isnull=False)
    rows = dated.annotate(year=ExtractYear("article__published_at")).values_list("year").annotate(Count("pk"))
    return tuple(Facet(year, str(year), count) for year, count in sorted(rows, reverse=True))


def by_count(rows) -> tuple[Facet, ...]:
    """Return the facets, most pairs first, ties by slug: in Python, as databases sort text differently."""
    return tuple(sorted((Facet(*row) for row in rows), key=lambda facet: (-facet.count, facet.value)))
