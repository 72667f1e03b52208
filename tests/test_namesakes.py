import pytest

from articles.likeness import Reason
from articles.models import DistinctNames, TopicAlias
from articles.namesakes import call_distinct, load, suspicions
from tests.factories import make_article, make_topic

pytestmark = pytest.mark.django_db


def seen() -> list[tuple]:
    return [(row.name, row.other_name, row.reason) for row in suspicions()]


def test_couples_come_by_reason(django_assert_num_queries):
    for name in ("团队管理", "团队", "淘宝客", "淘宝课", "新媒体", "自媒体", "Node.js", "NodeJS", "留存"):
        make_topic(name)
    with django_assert_num_queries(3):
        found = seen()
    assert {tuple(sorted(names)): reason for *names, reason in found} == {
        ("Node.js", "NodeJS"): Reason.SPELLING,
        ("淘宝客", "淘宝课"): Reason.SOUND,
        ("团队", "团队管理"): Reason.SUFFIX,
        ("新媒体", "自媒体"): Reason.LETTER,
    }
    assert [reason for *_names, reason in found] == list(Reason)


def test_an_alias_is_looked_at_too_but_not_beside_its_own_topic():
    make_topic("绩效", aliases=["绩效管理"])
    other = make_topic("KPI", aliases=["KPI指标"])
    assert seen() == []
    other.aliases.create(name="绩 效")
    (row,) = suspicions()
    assert {row.name, row.other_name} == {"绩 效", "绩效"}


def test_a_name_that_means_two_topics_comes_first():
    make_topic("团队管理")
    make_topic("团队", aliases=["带队的人"])
    make_topic("管人", aliases=["团队管理"])
    assert seen()[0] == ("团队管理", "团队管理", Reason.SPELLING)
    assert [reason for *_names, reason in seen()] == [Reason.SPELLING, Reason.SUFFIX]


def test_two_topics_are_one_couple_however_many_names_are_alike():
    make_topic("绩效", aliases=["考核表"])
    make_topic("绩校", aliases=["考核标"])
    assert len(suspicions()) == 1


def test_what_an_editor_called_two_stays_so_whatever_becomes_of_the_rows():
    one, other = make_topic("新媒体"), make_topic("自媒体")
    assert [call_distinct(other, one), call_distinct(one, other)] == [True, False]
    assert (seen(), DistinctNames.objects.count()) == ([], 1)
    one.delete()
    one = make_topic("新媒体")
    assert seen() == []
    one.name = "新媒提"
    one.save()
    TopicAlias.objects.create(topic=one, name="自媒提")
    assert len(seen()) == 1


def test_couples_are_loaded_with_their_use(django_assert_num_queries):
    for number in range(3):
        make_topic(f"团{number}队")
        make_topic(f"团{number}队管理")
    make_article(topics=["团0队"])
    rows = suspicions()
    with django_assert_num_queries(2):
        couples = load(rows)
    assert [couple.topic.pairs_in_all + couple.other.pairs_in_all for couple in couples] == [1, 0, 0]
    assert (couples[0].topic.name, couples[0].other.name) == (rows[0].name, rows[0].other_name)
