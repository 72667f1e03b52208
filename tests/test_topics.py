import pytest

from articles.topics import fold_name, join_topics, parse_topics
from tests.factories import make_topic


@pytest.mark.parametrize(
    "text, names",
    [
        ("淘宝客，KPI、团队管理", ["淘宝客", "KPI", "团队管理"]),
        ("淘宝客；KPI;拉新,留存\n私域", ["淘宝客", "KPI", "拉新", "留存", "私域"]),
        ("#淘宝客##KPI# 团队", ["淘宝客", "KPI", "团队"]),
        ("＃淘宝客＃", ["淘宝客"]),
        ("团队 管理", ["团队 管理"]),
        ("KPI、ＫＰＩ、kpi", ["KPI"]),
        ("  、，；  ", []),
        ("", []),
        ("C++、C#", ["C++", "C"]),
    ],
)
def test_parse_topics(text, names):
    assert parse_topics(text) == names


def test_width_and_case_make_no_difference_between_names():
    assert fold_name(" ＫＰＩ ") == fold_name("kpi") == "kpi"


@pytest.mark.django_db
def test_names_joined_for_a_form_are_read_back_the_same():
    topics = [make_topic("团队 管理"), make_topic("KPI")]
    assert parse_topics(join_topics(topics)) == ["团队 管理", "KPI"]
