"""Lists of any length, newest first, cut into pages in the time that a short one takes.

Where a late page begins follows from the tallies: the months before it are counted, and only what stands before it in
its own month is passed over.
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import datetime

from django.db.models import QuerySet
from django.utils import timezone

from articles.models import Article, QAPair, Topic
from articles.moments import adapted
from articles.querysets import ArticleQuerySet, day_start
from articles.search.postings import select
from articles.search.visibility import public_article
from articles.tallies.reading import column_months, site_months, topic_months, used_topics

# Of so many pairs of a topic, the other topics are counted.
NEIGHBOURHOOD = 500
# Given a time, how many to pass over and how many are wanted: the newest before that time.
Cut = Callable[[datetime, int, int], list]


# Given times and keys of articles, the articles in that order.
Load = Callable[[Iterable[tuple[datetime, int]]], list[Article]]


def load_for_listing(keys: Iterable[tuple[datetime, int]]) -> list[Article]:
    return in_order(Article.objects.for_listing(), keys)


def load_for_sitemap(keys: Iterable[tuple[datetime, int]]) -> list[Article]:
    return in_order(Article.objects.only("slug", "published_at", "content_updated_at"), keys)


def in_order(articles: ArticleQuerySet, keys: Iterable[tuple[datetime, int]]) -> list[Article]:
    ids = [pk for _time, pk in keys]
    found = articles.order_by().in_bulk(ids)
    return [found[pk] for pk in ids if pk in found]


class LongList:
    """What a paginator takes for a list; months are (year times 100 and month, number of rows), newest first."""

    def __init__(self, months: Sequence[tuple[int, int]], cut: Cut) -> None:
        self.months = [month for month in months if month[1]]
        self.cut = cut

    def count(self) -> int:
        return sum(rows for _month, rows in self.months)

    def __getitem__(self, part: slice) -> list:
        skipped = part.start or 0
        size = part.stop - skipped
        for month, rows in self.months:
            if skipped < rows:
                return self.cut(end_of(month), skipped, size)
            skipped -= rows
        return []


def end_of(month: int) -> datetime:
    year, number = divmod(month, 100)
    return day_start(year + number // 12, number % 12 + 1, 1)


def articles_of_site(year: int | None = None, month: int | None = None, load: Load = load_for_listing) -> LongList:
    """Return the articles of the site, or of a year, or of one of its months."""
    wanted = [row for row in site_months() if is_within(row.month, year, month)]
    rows = Article.objects.published()
    if wanted and month:
        rows = rows.in_month(year, month)
    elif wanted and year:
        rows = rows.in_year(year)
    return LongList([(row.month, row.articles) for row in wanted], lambda *place: load(newest(rows, *place)))


def is_within(month: int, year: int | None, number: int | None) -> bool:
    return (year is None or month // 100 == year) and (number is None or month % 100 == number)


def articles_of_columns(column_ids: Collection[int]) -> LongList:
    """Return the articles of the columns together."""
    columns = [Article.objects.published().filter(column=pk) for pk in column_ids]

    def cut(before: datetime, skipped: int, size: int) -> list[Article]:
        if len(columns) == 1:
            return load_for_listing(newest(columns[0], before, skipped, size))
        return load_for_listing(newest_of_all(columns, before, skipped + size)[skipped:])

    return LongList([(row.month, row.articles) for row in column_months(column_ids)], cut)


def newest_of_all(parts: Sequence[ArticleQuerySet], before: datetime, size: int) -> list[tuple[datetime, int]]:
    """Return time and key of the newest of all parts; each is read by itself, in the order of an index."""
    heads = [newest_keys(rows, before)[:size].query.sql_with_params() for rows in parts]
    sql = " UNION ALL ".join(f"SELECT * FROM ({head}) AS head" for head, _params in heads)
    rows = select(sql, [param for _head, params in heads for param in params])
    return sorted(rows, reverse=True)[:size]


def newest(rows: ArticleQuerySet, before: datetime, skipped: int, size: int) -> list[tuple[datetime, int]]:
    """Return time and key of the newest; no more is read of those that are passed over."""
    return list(newest_keys(rows, before)[skipped : skipped + size])


def newest_keys(rows: ArticleQuerySet, before: datetime) -> QuerySet:
    return rows.filter(published_at__lt=before).newest_first().values_list("published_at", "pk")


def pairs_of_topic(topic_id: int) -> LongList:
    """Return the pairs of a topic in the order of its page."""

    def cut(before: datetime, skipped: int, size: int) -> list[QAPair]:
        ids = newest_pairs(topic_id, before, skipped, size)
        found = QAPair.objects.for_listing().order_by().in_bulk(ids)
        return [found[pk] for pk in ids if pk in found]

    return LongList([(row.month, row.pairs) for row in topic_months(topic_id)], cut)


def newest_pairs(topic_id: int, before: datetime, skipped: int, size: int) -> list[int]:
    public = public_article("shelf.article_id")
    sql = (
        "SELECT shelf.pair_id FROM articles_topicshelf shelf WHERE shelf.topic_id = %s AND shelf.published_at < %s "
        f"AND shelf.published_at <= %s AND {public.sql} "
        "ORDER BY shelf.published_at DESC, shelf.article_id DESC, shelf.position, shelf.pair_id LIMIT %s OFFSET %s"
    )
    params = [topic_id, *adapted(before, timezone.now()), *public.params, size, skipped]
    return [pair_id for (pair_id,) in select(sql, params)]


def most_used_topics(limit: int | None = None) -> list[Topic]:
    """Return the topics that readers find something under, most used first, with pair_count."""
    return with_counts(used_topics(limit))


def topics_beside(topic_id: int, limit: int) -> list[Topic]:
    """Return the topics that the newest pairs of a topic have besides, with pair_count: how many of those have them."""
    public = public_article("shelf.article_id")
    sql = (
        "SELECT t.tag_id, COUNT(*) AS shared FROM (SELECT shelf.pair_id FROM articles_topicshelf shelf "
        f"WHERE shelf.topic_id = %s AND shelf.published_at <= %s AND {public.sql} "
        f"ORDER BY shelf.published_at DESC, shelf.article_id DESC, shelf.position, shelf.pair_id LIMIT {NEIGHBOURHOOD}) near "
        "JOIN articles_taggedpair t ON t.content_object_id = near.pair_id WHERE t.tag_id <> %s "
        "GROUP BY t.tag_id ORDER BY shared DESC, t.tag_id LIMIT %s"
    )
    return with_counts(dict(select(sql, [topic_id, *adapted(timezone.now()), *public.params, topic_id, limit])))


def with_counts(counts: dict[int, int]) -> list[Topic]:
    """Return the topics of the keys in their order, each with its count as pair_count."""
    found = Topic.objects.order_by().in_bulk(list(counts))
    topics = [found[pk] for pk in counts if pk in found]
    for topic in topics:
        topic.pair_count = counts[topic.pk]
    return topics
