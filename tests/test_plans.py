"""No page of readers reads a whole table of content, or sorts more than it shows: the plans of its queries tell."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.models import Article
from tests.factories import at, make_article, make_column, make_topic

pytestmark = pytest.mark.django_db

# Tables that grow with the content, and what they are called in statements.
CONTENT = (
    r"(articles_(article|qapair|taggedpair|topicshelf|tally|indexedpair|postingblock|relatedpair|picture)"
    r"|shelf|pair|article|held|a|p|t)\b"
)
WHOLE_TABLE = {"sqlite": re.compile(f"SCAN {CONTENT}"), "postgresql": re.compile(f"Seq Scan on {CONTENT}")}
SORT = {"sqlite": re.compile("TEMP B-TREE FOR ORDER BY"), "postgresql": re.compile(r"^\s*(->\s*)?Sort\b")}
# What is sorted is few: rows named by their keys, a bounded part of the content, or columns, authors and topics.
FEW = re.compile(
    r' IN \(\d| = ANY|VALUES \(| LIMIT 500\)|^SELECT (DISTINCT )?"articles_(column|author|topic|topicalias)"'
)
ADDRESSES = [
    "/",
    "/articles/",
    "/articles/?page=2",
    "/articles/a1/",
    "/articles/a1/qr.svg",
    "/columns/",
    "/columns/c/",
    "/columns/c/?page=2",
    "/columns/c/feed/",
    "/authors/a/",
    "/topics/",
    "/topics/t/",
    "/topics/t/?page=2",
    "/topics/t/feed/",
    "/archive/",
    "/archive/2017/",
    "/archive/2017/3/",
    "/feed/",
    "/sitemap.xml",
    "/sitemap.xml?p=1",
]


@pytest.fixture
def content():
    make_topic("话题", slug="t")
    column = make_column(slug="c")
    column.author.slug = "a"
    column.author.save()
    second = make_column(author=column.author)
    for number in range(25):
        make_article(
            slug=f"a{number}", column=column, pairs=2, topics=["话题", "别的"], published_at=at(2017, 3, 1 + number)
        )
    make_article(column=second, published_at=at(2016, 3, 3))


def plan_of(sql: str) -> list[str]:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            # On a few rows it would read whole tables; so it does only where nothing else is possible.
            cursor.execute(
                "SET LOCAL enable_seqscan = off; SET LOCAL enable_sort = off; SET LOCAL enable_bitmapscan = off"
            )
            cursor.execute("EXPLAIN " + sql.replace("%", "%%"), ())
            return [row[0] for row in cursor.fetchall()]
        return [row[3] for row in cursor.connection.execute(f"EXPLAIN QUERY PLAN {sql}").fetchall()]


def has(steps: dict[str, re.Pattern], plan: list[str]) -> bool:
    return any(steps[connection.vendor].search(step) for step in plan)


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_page_reads_only_what_it_shows(client, content, address):
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    for query in queries.captured_queries:
        plan = plan_of(query["sql"])
        assert not has(WHOLE_TABLE, plan), (query["sql"], plan)
        assert not has(SORT, plan) or FEW.search(query["sql"]), (query["sql"], plan)


def test_the_check_sees_a_whole_table_and_a_sort():
    plan = plan_of(str(Article.objects.order_by("title").values("title").query))
    assert has(WHOLE_TABLE, plan)
    assert has(SORT, plan)
