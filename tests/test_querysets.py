from datetime import timedelta

import pytest
from django.utils import timezone

from articles.choices import Status
from articles.models import Article, Column, QAPair, Topic
from tests.factories import at, make_article, make_column, make_topic, tomorrow

pytestmark = pytest.mark.django_db


def titles(articles):
    return [article.title for article in articles]


def test_on_this_day_finds_the_same_day_of_other_years_newest_first():
    for year in (2015, 2017, 2021):
        make_article(pairs=0, title=str(year), published_at=at(year, 3, 27, 0, 0))
    make_article(pairs=0, title="前一天", published_at=at(2016, 3, 26, 23, 59))
    make_article(pairs=0, title="后一天", published_at=at(2016, 3, 28, 0, 0))
    assert titles(Article.objects.published().on_this_day(at(2017, 3, 27, 11, 29))) == ["2021", "2015"]


def test_the_leap_day_joins_the_day_before_it():
    make_article(pairs=0, title="闰日", published_at=at(2016, 2, 29, 9))
    make_article(pairs=0, title="二十八", published_at=at(2017, 2, 28, 9))
    make_article(pairs=0, title="三月", published_at=at(2018, 3, 1, 0))
    assert titles(Article.objects.on_this_day(at(2019, 2, 28, 9))) == ["二十八", "闰日"]
    assert titles(Article.objects.on_this_day(at(2020, 2, 29, 9))) == ["二十八", "闰日"]


def test_on_this_day_is_empty_without_articles():
    assert list(Article.objects.on_this_day(timezone.now())) == []


def test_neighbours_in_time_are_told_apart_by_key_where_times_are_equal():
    first, second, third = (make_article(pairs=0, title=title, published_at=at(2017, 3, 27)) for title in "甲乙丙")
    assert titles(Article.objects.before(second)) == ["甲"]
    assert titles(Article.objects.after(second)) == ["丙"]
    assert titles(Article.objects.before(third)) == ["乙", "甲"]
    assert titles(Article.objects.after(first)) == ["乙", "丙"]


def test_a_month_ends_in_local_time():
    make_article(pairs=0, title="年末", published_at=at(2017, 12, 31, 23, 59))
    make_article(pairs=0, title="新年", published_at=at(2018, 1, 1, 0, 0))
    assert titles(Article.objects.in_month(2017, 12)) == ["年末"]
    assert titles(Article.objects.in_year(2018)) == ["新年"]


def test_topic_counts_leave_out_what_readers_cannot_see():
    make_topic("KPI")
    make_article(pairs=2, topics=["KPI"])
    make_article(topics=["KPI"], status=Status.DRAFT)
    make_article(topics=["KPI", "私域"], published_at=tomorrow())
    assert [(topic.name, topic.pair_count) for topic in Topic.objects.in_use()] == [("KPI", 2)]


def test_column_counts_and_order():
    old, new, hidden = make_column(title="旧"), make_column(title="新"), make_column(title="藏")
    make_article(pairs=3, column=old, published_at=timezone.now() - timedelta(days=9))
    make_article(pairs=1, column=new, published_at=timezone.now() - timedelta(days=1))
    make_article(column=hidden, status=Status.DRAFT)
    counted = [(column.title, column.article_count, column.pair_count) for column in Column.objects.in_use()]
    assert counted == [("新", 1, 1), ("旧", 1, 3)]


def test_pairs_are_listed_newest_first_and_in_order_within_an_article():
    make_article(pairs=[{"heading": "甲一"}, {"heading": "甲二"}], published_at=at(2016, 1, 1))
    make_article(pairs=[{"heading": "乙"}], published_at=at(2017, 1, 1))
    make_article(pairs=[{"heading": "稿"}], status=Status.DRAFT)
    assert [pair.heading for pair in QAPair.objects.published().newest_first()] == ["乙", "甲一", "甲二"]
