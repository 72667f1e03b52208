import pytest

from articles.models import SynonymGroup
from articles.search.synonyms import equivalents, widenings
from tests.factories import make_synonyms

pytestmark = pytest.mark.django_db


def test_the_groups_of_the_site_widen_a_query():
    make_synonyms("淘宝客、淘客")
    make_synonyms("ＫＰＩ，绩效")
    assert equivalents(["淘客", "绩效考核"]) == {"淘客": ("淘宝客",), "绩效": ("kpi",)}
    assert [(found.phrase, [other.text for other in found.others]) for found in widenings(["绩效"])] == [
        ("绩效", ["KPI"])
    ]


def test_a_changed_group_counts_at_once():
    group = make_synonyms("淘宝客、淘客")
    assert equivalents(["淘客"]) == {"淘客": ("淘宝客",)}
    SynonymGroup.objects.update(words="淘客、淘宝联盟")
    assert equivalents(["淘客"]) == {"淘客": ("淘宝联盟",)}
    group.delete()
    assert equivalents(["淘客"]) == {}


@pytest.mark.parametrize("groups", [1, 3])
def test_one_query_whatever_the_number_of_groups(groups, django_assert_num_queries):
    for number in range(groups):
        make_synonyms(f"词语{number}、说法{number}")
    with django_assert_num_queries(1):
        widenings(["说法0"])
    with django_assert_num_queries(0):
        widenings([])
