import pytest
from django.utils import timezone

from articles.derived import refresh_derived
from articles.models import Article, StalePair, Topic
from articles.retagging import Retagging, find_changes, retag
from tests.factories import make_article, make_topic

pytestmark = pytest.mark.django_db
NOW = timezone.now()


def topics(article) -> list[set[str]]:
    return [{topic.name for topic in pair.topics.all()} for pair in article.pairs.with_topics()]


def key(name: str) -> frozenset[int]:
    return frozenset({Topic.objects.get(name=name).pk})


@pytest.fixture
def article():
    make_topic("管理", aliases=["带人"])
    return make_article(pairs=[{"topics": ["KPI"]}, {"topics": ["KPI", "留存"]}, {}])


def test_topics_are_added_to_every_pair_once_by_any_of_their_names(article):
    changes = retag([article], Retagging(given=("带人", "KPI")), now=NOW)
    assert topics(article) == [{"KPI", "管理"}, {"KPI", "留存", "管理"}, {"KPI", "管理"}]
    assert len(changes.pairs) == 3
    assert find_changes([article], Retagging(given=("管理", "KPI"))).pairs == set()


def test_a_new_name_becomes_a_topic_when_it_is_done(article):
    act = Retagging(given=("新话题",))
    assert find_changes([article], act).articles == {article.pk}
    assert not Topic.objects.filter(name="新话题").exists()
    retag([article], act, now=NOW)
    assert topics(article) == [{"KPI", "新话题"}, {"KPI", "留存", "新话题"}, {"新话题"}]


def test_topics_are_removed_where_they_are(article):
    assert find_changes([article], Retagging(taken=key("留存"))).articles == {article.pk}
    retag([article], Retagging(taken=key("KPI")), now=NOW)
    assert topics(article) == [set(), {"留存"}, set()]


def test_topics_are_replaced_where_they_are_only(article):
    retag([article], Retagging(given=("管理",), taken=key("留存"), in_place=True), now=NOW)
    assert topics(article) == [{"KPI"}, {"KPI", "管理"}, set()]


def test_a_topic_replaced_by_itself_and_another_stays(article):
    retag([article], Retagging(given=("管理", "KPI"), taken=key("KPI"), in_place=True), now=NOW)
    assert topics(article) == [{"KPI", "管理"}, {"KPI", "留存", "管理"}, set()]


def test_all_topics_are_replaced_on_every_pair(article):
    retag([article], Retagging(given=("管理",), taken=None), now=NOW)
    assert topics(article) == [{"管理"}] * 3


def test_only_what_readers_see_differently_is_dated(article):
    draft = make_article(status="draft", published_at=None)
    same = make_article(topics=["管理"])
    retag([article, draft, same], Retagging(given=("管理",)), now=NOW)
    dated = Article.objects.filter(content_updated_at=None)
    assert set(dated) == {draft, same}


def test_derived_data_is_told_of_every_pair_that_changed(article):
    refresh_derived()
    retag([article], Retagging(given=("管理",)), now=NOW)
    assert set(StalePair.objects.values_list("pair_id", flat=True)) == set(article.pairs.values_list("pk", flat=True))


@pytest.mark.parametrize("rows", [1, 3])
def test_it_costs_the_same_for_any_number_of_articles(django_assert_num_queries, article, rows):
    articles = [make_article(topics=["KPI"]) for _ in range(rows)]
    with django_assert_num_queries(10):
        retag(articles, Retagging(given=("管理",), taken=key("KPI"), in_place=True), now=NOW)
