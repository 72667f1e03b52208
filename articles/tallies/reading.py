"""What the tallies say, for pages."""

from collections import Counter
from collections.abc import Collection
from typing import NamedTuple

from articles.search.postings import literal_list, select
from articles.tallies.settling import ALL_MONTHS, SITE


class Tally(NamedTuple):
    """How many articles and pairs readers find; of a topic pairs only."""

    articles: int
    pairs: int


NOTHING = Tally(0, 0)


class MonthTally(NamedTuple):
    """How many of a month's articles and pairs readers find; the month is the year times 100 and the month."""

    month: int
    articles: int
    pairs: int


def site_tally() -> Tally:
    rows = select(
        "SELECT articles, pairs FROM articles_tally WHERE kind = 'site' AND key = %s AND month = %s", [SITE, ALL_MONTHS]
    )
    return Tally(*rows[0]) if rows else NOTHING


def site_months() -> list[MonthTally]:
    """Return the months in which something was published, newest first."""
    return months_of("site", [SITE])


def years() -> list[tuple[int, int]]:
    """Return (year, number of articles), newest year first."""
    counted: Counter[int] = Counter()
    for row in site_months():
        counted[row.month // 100] += row.articles
    return sorted(counted.items(), reverse=True)


def column_months(column_ids: Collection[int]) -> list[MonthTally]:
    """Return the months of all the columns together, newest first."""
    return months_of("column", column_ids)


def topic_months(topic_id: int) -> list[MonthTally]:
    return months_of("topic", [topic_id])


def months_of(kind: str, keys: Collection[int]) -> list[MonthTally]:
    if not keys:
        return []
    sql = (
        f"SELECT month, SUM(articles), SUM(pairs) FROM articles_tally WHERE kind = %s AND key IN ({literal_list(keys)}) "
        "AND month <> %s GROUP BY month"
    )
    return sorted((MonthTally(*map(int, row)) for row in select(sql, [kind, ALL_MONTHS])), reverse=True)


def used_topics(limit: int | None = None) -> dict[int, int]:
    """Return how many pairs readers find under each topic, the most used first; equal ones, the newest topic first."""
    sql = "SELECT key, pairs FROM articles_tally WHERE kind = 'topic' AND month = %s ORDER BY pairs DESC, key DESC"
    return dict(select(f"{sql} LIMIT {limit}" if limit else sql, [ALL_MONTHS]))


def count_topics() -> int:
    """Return how many topics readers find something under."""
    sql = "SELECT COUNT(*) FROM articles_tally WHERE kind = 'topic' AND month = %s"
    return select(sql, [ALL_MONTHS])[0][0]
