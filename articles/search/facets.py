"""Narrowing a set of pairs by topic, column and year, and counting what each choice would leave."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple, Self

from django.db.models import QuerySet
from django.db.models.expressions import RawSQL
from django.utils import timezone

from articles.models import Article, Column, QAPair, TaggedPair, Topic

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


NO_FILTERS = Filters()


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
    is_estimate: bool = False

    def scaled(self, factor: float) -> Self:
        """Return the counts of a sample as estimates for the whole."""
        kinds = (self.topics, self.columns, self.years)
        scaled = (tuple(f._replace(count=rounded(f.count * factor)) for f in facets) for facets in kinds)
        return Facets(*scaled, is_estimate=True)


class Facts(NamedTuple):
    """What of a pair is counted; a draft without a time has no year."""

    column: int
    year: int | None
    topics: frozenset[int]


def rounded(estimate: float) -> int:
    """Round to two digits: an estimate must not look like a count."""
    return int(float(f"{estimate:.2g}"))


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


def count_facets(pair_ids: Sequence[int], filters: Filters) -> Facets:
    """Count the choices among the pairs; four queries, none without pairs."""
    if not pair_ids:
        return Facets()
    facts = read_facts(pair_ids)
    columns = Column.objects.in_bulk({fact.column for fact in facts})
    topics = Topic.objects.in_bulk({topic for fact in facts for topic in fact.topics})
    by_topic, by_column, by_year = (
        lambda fact: not filters.topic or any(topics[topic].slug == filters.topic for topic in fact.topics),
        lambda fact: not filters.column or columns[fact.column].slug == filters.column,
        lambda fact: filters.year is None or fact.year == filters.year,
    )
    topic_counts = Counter(topic for fact in facts if by_column(fact) and by_year(fact) for topic in fact.topics)
    column_counts = Counter(fact.column for fact in facts if by_topic(fact) and by_year(fact))
    year_counts = Counter(fact.year for fact in facts if fact.year and by_topic(fact) and by_column(fact))
    return Facets(
        topics=by_count(Facet(topics[pk].slug, topics[pk].name, count) for pk, count in topic_counts.items()),
        columns=by_count(Facet(columns[pk].slug, columns[pk].title, count) for pk, count in column_counts.items()),
        years=tuple(Facet(year, str(year), count) for year, count in sorted(year_counts.items(), reverse=True)),
    )


def read_facts(pair_ids: Sequence[int]) -> list[Facts]:
    # A list of ten thousand keys as parameters of their own would take Django longer than the database.
    these = RawSQL(f"VALUES {', '.join(['(%s)'] * len(pair_ids))}", pair_ids)
    topics: dict[int, set[int]] = defaultdict(set)
    for pair_id, topic in TaggedPair.objects.filter(content_object__in=these).values_list("content_object", "tag"):
        topics[pair_id].add(topic)
    rows = QAPair.objects.filter(pk__in=these).order_by()
    zone = timezone.get_current_timezone()
    return [
        Facts(column, time.astimezone(zone).year if time else None, frozenset(topics[pair_id]))
        for pair_id, column, time in rows.values_list("pk", "article__column", "article__published_at")
    ]


def by_count(facets: Iterable[Facet]) -> tuple[Facet, ...]:
    """Return the facets, most pairs first, ties by slug: in Python, as databases sort text differently."""
    return tuple(sorted(facets, key=lambda facet: (-facet.count, facet.value)))
