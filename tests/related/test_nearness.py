from collections import Counter

import pytest

from articles.related.nearness import (
    LONE,
    MOST_TERMS,
    WHOLE,
    Question,
    Rarities,
    cosine,
    leading_terms,
    least_nearness,
    make_vector,
    rarity,
    text_terms,
)
from articles.related.relating import ALIKE
from articles.search.fields import Fields
from articles.search.ranking import Statistics


def vector(text: str, *, pairs: int = 100, **df: int) -> dict[str, int]:
    counts = text_terms(Fields.of(answer=text))
    return make_vector(counts, Rarities(Statistics(pairs, dict.fromkeys(counts, 2) | df)))


def question(heading: str, letter: str = "") -> Question:
    fields = Fields.of(heading=heading, question=letter)
    return Question.of(fields.heading, fields.question)


def test_a_text_is_what_is_asked_and_answered_without_topics_and_title():
    fields = Fields.of(heading="甲", question="乙", topics="丙", title="丁", answer="戊")
    assert text_terms(fields) == Counter("甲乙戊")


def test_a_vector_has_the_same_length_for_every_text():
    for text in ("拉新", "淘宝客佣金一降再降", "kpi"):
        assert sum(weight**2 for weight in vector(text).values()) == pytest.approx(WHOLE**2, rel=0.01)


def test_a_vector_holds_the_heaviest_terms_of_a_long_text():
    counts = Counter({f"w{n:04}": 1 for n in range(2 * MOST_TERMS)} | {"often": 5})
    kept = make_vector(counts, Rarities(Statistics(100, {"w0300": 1, **{f"w{n:04}": 3 for n in range(200, 300)}})))
    assert len(kept) == MOST_TERMS
    assert next(iter(kept)) == "often"


def test_common_terms_weigh_less_and_those_of_one_pair_alone_little():
    weights = make_vector(
        Counter(["rare", "common", "alone"]), Rarities(Statistics(100, {"rare": 2, "common": 50, "alone": 1}))
    )
    assert weights["rare"] > weights["common"]
    assert weights["alone"] < WHOLE * LONE * 2
    assert rarity(99, 99) < 0.02


def test_an_empty_text_is_near_nothing():
    assert vector("？！") == {}
    assert cosine({}, vector("拉新")) == 0


@pytest.mark.parametrize("one, other, expected", [("淘宝客佣金", "淘宝客佣金", 1000), ("淘宝客佣金", "写周报", 0)])
def test_cosine_of_same_and_of_different_texts(one, other, expected):
    assert cosine(vector(one), vector(other)) == pytest.approx(expected, abs=3)


def test_cosine_is_the_same_both_ways():
    one, other = vector("淘宝客佣金越来越低"), vector("淘宝客的佣金还会低吗")
    assert 0 < cosine(one, other) == cosine(other, one) < 1000


def test_texts_are_looked_for_by_bigrams_and_words_that_name_something():
    assert set(leading_terms(vector("我的kpi和佣金"))) == {"kpi", "和佣", "佣金"}
    assert leading_terms(vector("的")) == ["的"]


@pytest.mark.parametrize("pairs, least", [(0, 160), (10, 160), (77, 120), (10_000, 30)])
def test_in_a_larger_site_less_is_near(pairs, least):
    assert least_nearness(pairs) == least


@pytest.mark.parametrize(
    "one, other",
    [
        (("KPI怎么定", "团队三个人"), ("kpi怎么定", "团队三个人")),
        (("團隊怎麼帶", ""), ("团队怎么带", "")),
        (("怎么涨粉？", "想一周涨粉！"), ("怎么涨粉", "想一周涨粉")),
    ],
)
def test_the_same_words_are_wholly_alike(one, other):
    assert question(*one).likeness(question(*other)) == 100


def test_where_nothing_is_asked_nothing_is_alike():
    assert question("").likeness(question("")) == question("").likeness(question("怎么涨粉")) == 0


# What editors should hear of, and what they should not: from how many per cent on is settled by these.
SAME = [
    ("公众号粉丝一直掉，每天发文还是取关，怎么才能留住读者？", "公众号的粉丝一直在掉，天天发文还是被取关，怎么才能留住读者？"),
    ("第一次带团队，手下五个人都比我大，怎么开展工作？", "第一次带团队，五个手下都比我年纪大，工作该怎么开展？"),
    ("社群运营的KPI怎么定才合理，老板只看销售额", "社群运营KPI怎么定才合理？老板只看销售额。"),
    ("活动复盘报告怎么写，领导说我写的是流水账", "领导说我写的活动复盘是流水账，复盘报告该怎么写"),
]  # fmt: skip
DIFFERENT = [
    ("公众号粉丝一直掉，怎么才能留住读者？", "公众号粉丝不看文章，怎么才能提高打开率？"),
    ("第一次带团队，手下五个人都比我大", "第一次做直播，手下五个人都不会说话"),
    ("社群运营的KPI怎么定才合理", "内容运营的周报怎么写才清楚"),
    ("活动复盘怎么写才不像流水账", "年终总结怎么写才不是流水账"),
]


@pytest.mark.parametrize("one, other", SAME)
def test_one_question_in_two_wordings_is_alike(one, other):
    assert ALIKE <= question("", one).likeness(question("", other)) < 100


@pytest.mark.parametrize("one, other", DIFFERENT)
def test_two_questions_about_one_matter_are_not_alike(one, other):
    assert question("", one).likeness(question("", other)) < ALIKE


def test_likeness_is_the_same_both_ways():
    one, other = (question("", text) for text in SAME[0])
    assert one.likeness(other) == other.likeness(one)
