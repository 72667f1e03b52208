import pytest
from django.db import IntegrityError

from articles.models import Topic
from tests.factories import make_article, make_pair, make_topic

pytestmark = pytest.mark.django_db


def names(pair):
    return [topic.name for topic in pair.topics.all()]


def test_a_name_in_another_width_or_case_is_the_same_topic():
    make_topic("KPI")
    pair = make_article(topics=["ＫＰＩ"]).pairs.get()
    pair.topics.add("kpi")
    assert names(pair) == ["KPI"]
    assert Topic.objects.count() == 1


def test_an_alias_stands_for_its_topic():
    make_topic("淘宝客", aliases=["淘客"])
    assert names(make_article(topics=["淘客"]).pairs.get()) == ["淘宝客"]


def test_topics_keep_the_order_in_which_they_were_given():
    assert names(make_article(topics=["留存", "KPI", "拉新"]).pairs.get()) == ["留存", "KPI", "拉新"]


def test_a_new_topic_gets_a_readable_slug_that_is_never_empty():
    assert make_topic("淘宝客").slug == "tao-bao-ke"
    assert make_topic("C++").slug == "c-plus-plus"
    assert make_topic("！！").slug.startswith("x-")


def test_equal_slugs_are_told_apart():
    assert [make_topic("拉新").slug, make_topic("辣心").slug] == ["la-xin", "la-xin-2"]


def test_the_database_refuses_a_second_topic_of_the_same_name():
    make_topic("KPI")
    with pytest.raises(IntegrityError):
        Topic.objects.bulk_create([Topic(name="kpi", slug="other")])


def test_a_pair_holds_a_topic_once():
    topic = make_topic("KPI")
    pair = make_pair(make_article(pairs=0), topics=[topic])
    with pytest.raises(IntegrityError):
        pair.tagged.create(tag=topic)


def test_resolve_knows_names_and_aliases_and_nothing_else():
    topic = make_topic("淘宝客", aliases=["淘客"])
    assert Topic.objects.resolve(["淘宝客", "淘客", "私域", ""]) == {"淘宝客": topic, "淘客": topic}
