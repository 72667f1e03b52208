import pytest

from articles.search.thesaurus import Thesaurus, Wording, parse_wordings, quoted

SITE = Thesaurus(("淘宝客、淘客、淘宝联盟", "KPI、绩效、绩效考核", "A/B测试、灰度测试", "growth hacker、增长黑客"))


def widened(*runs):
    return {phrase: [other.text for other in others] for phrase, others in SITE.widen(runs)}


@pytest.mark.parametrize(
    "text, expected",
    [
        ("淘宝客、淘客", (Wording("淘宝客", "淘宝客"), Wording("淘客", "淘客"))),
        ("ＫＰＩ，績效\n績效;kpi", (Wording("KPI", "kpi"), Wording("績效", "绩效"))),
        ("Growth  Hacker；A/B测试", (Wording("Growth Hacker", "growth hacker"), Wording("A/B测试", "a b 测试"))),
        ("、，", ()),
    ],
)
def test_parse_wordings(text, expected):
    assert parse_wordings(text) == expected


@pytest.mark.parametrize(
    "runs, expected",
    [
        (["淘客"], {"淘客": ["淘宝客", "淘宝联盟"]}),
        (["kpi"], {"kpi": ["绩效", "绩效考核"]}),
        (["绩效"], {"绩效": ["KPI"]}),
        (["绩效考核"], {"绩效考核": ["KPI", "绩效"]}),
        (["新人绩效怎么定"], {"绩效": ["KPI"]}),
        (["绩效", "考核"], {"绩效": ["KPI"]}),
        (["kpi", "考核"], {"kpi": ["绩效", "绩效考核"]}),
        (["skpi"], {}),
        (["kpis"], {}),
        (["淘宝", "客"], {}),
        (["a", "b", "测试"], {"a b 测试": ["灰度测试"]}),
        (["a", "b", "测试版"], {"a b 测试": ["灰度测试"]}),
        (["ha", "b", "测试"], {}),
        (["growth", "hackers"], {}),
        (["淘客", "还", "绩效考核", "淘客"], {"淘客": ["淘宝客", "淘宝联盟"], "绩效考核": ["KPI", "绩效"]}),
        (["拉新"], {}),
        ([], {}),
    ],
)
def test_widen(runs, expected):
    assert widened(*runs) == expected


def test_of_two_groups_with_the_same_wording_the_first_counts():
    site = Thesaurus(("拉新、获客", "获客、涨粉"))
    assert site.widen(["获客"]) == [("获客", (Wording("拉新", "拉新"),))]
    assert site.widen(["涨粉"]) == [("涨粉", (Wording("获客", "获客"),))]


def test_a_single_character_is_never_widened():
    assert Thesaurus(("群、社群",)).widen(["群"]) == []


def test_long_texts_are_widened_from_left_to_right():
    assert list(widened("淘客" * 500 + "绩效")) == ["淘客", "绩效"]


@pytest.mark.parametrize(
    "text, phrase, expected",
    [
        ("绩效", "绩效", '"绩效"'),
        ("新人績效怎么定", "绩效", '新人 "績效" 怎么定'),
        ("做A/B测试 -微商", "a b 测试", '做 "A/B测试" -微商'),
        ("淘宝客", "淘客", "淘宝客"),
    ],
)
def test_quoted(text, phrase, expected):
    assert quoted(text, phrase) == expected
