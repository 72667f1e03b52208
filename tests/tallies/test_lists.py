import pytest
from django.core.paginator import Paginator

from articles.choices import Status
from articles.models import Article, QAPair, Topic
from articles.tallies.lists import (
    articles_of_columns,
    articles_of_site,
    load_for_sitemap,
    most_used_topics,
    pairs_of_topic,
    topics_beside,
)
from articles.tallies.reading import years
from tests.factories import at, make_article, make_column, make_topic, tomorrow

pytestmark = pytest.mark.django_db


@pytest.fixture
def columns():
    """Two columns with articles of several months, some of them at the same time."""
    found = [make_column(), make_column()]
    for number in range(23):
        when = at(2017, 1 + number // 5, 1 + number % 3, 8)
        make_article(column=found[number % 2], pairs=2, topics=["KPI"], published_at=when)
    make_article(column=found[0], topics=["KPI"], status=Status.DRAFT)
    make_article(column=found[0], topics=["KPI"], published_at=tomorrow())
    return found


def pages(rows, size: int) -> list:
    """All pages of a list, put together."""
    return [row for page in Paginator(rows, size) for row in page]


@pytest.mark.parametrize("size", [1, 4, 50])
def test_pages_of_any_size_give_the_whole_list_in_order(columns, size):
    site = Article.objects.published().newest_first()
    assert pages(articles_of_site(), size) == list(site)
    assert pages(articles_of_site(2017), size) == list(site)
    assert pages(articles_of_site(2017, 3), size) == list(site.in_month(2017, 3))
    assert pages(articles_of_columns([columns[1].pk]), size) == list(site.filter(column=columns[1]))
    assert pages(articles_of_columns([column.pk for column in columns]), size) == list(site)
    pairs = QAPair.objects.published().newest_first()
    assert pages(pairs_of_topic(Topic.objects.get().pk), size) == list(pairs)


def test_what_is_empty_has_one_empty_page():
    for rows in (articles_of_site(), articles_of_site(2016), articles_of_columns([]), pairs_of_topic(1)):
        assert (rows.count(), pages(rows, 20)) == (0, [])


def test_what_is_withdrawn_stands_in_no_list_though_nothing_is_counted_anew(columns):
    Article.objects.update(status=Status.DRAFT)
    for rows in (articles_of_site(), articles_of_columns([columns[0].pk]), pairs_of_topic(Topic.objects.get().pk)):
        assert rows.count() > 0
        assert rows[0:20] == []


def test_a_sitemap_reads_no_texts(columns, django_assert_num_queries):
    rows = articles_of_site(load=load_for_sitemap)
    with django_assert_num_queries(2):
        assert len([row.get_absolute_url() for row in rows[0:50]]) == 23


def test_years_are_told_in_local_time():
    make_article(published_at=at(2017, 12, 31, 23, 59))
    make_article(published_at=at(2018, 1, 1, 0, 0))
    make_article(published_at=at(2018, 5, 1))
    assert years() == [(2018, 2), (2017, 1)]


def test_topics_beside_count_shared_pairs():
    make_article(pairs=2, topics=["KPI", "团队管理"])
    make_article(topics=["KPI", "拉新"])
    make_article(topics=["团队管理"])
    make_article(topics=["KPI", "私域"], status=Status.DRAFT)
    kpi = Topic.objects.get(name="KPI")
    found = [(topic.name, topic.pair_count) for topic in topics_beside(kpi.pk, 8)]
    assert found == [("团队管理", 2), ("拉新", 1)]


def test_topics_come_with_the_most_used_first():
    make_topic("没人用")
    make_article(pairs=3, topics=["KPI"])
    make_article(topics=["拉新"], pairs=2)
    make_article(topics=["私域"])
    assert [(topic.name, topic.pair_count) for topic in most_used_topics(2)] == [("KPI", 3), ("拉新", 2)]
    assert len(most_used_topics()) == 3
