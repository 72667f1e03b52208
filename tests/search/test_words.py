import math

import pytest

from articles.search.words import ALONE, RARE_PHRASE, RAREST, TABLE, Wording, cost_of_word, costs_of_words


def test_common_words_cost_less_than_rare_ones():
    assert cost_of_word("我们") < cost_of_word("运营") < cost_of_word("一鼓作气")


@pytest.mark.parametrize(
    "word, expected",
    [
        ("銀", RAREST + ALONE),
        ("鸟尽弓藏", RARE_PHRASE),
        ("淘宝课", math.inf),
        ("kpi", math.inf),
    ],
)
def test_what_the_table_lacks(word, expected):
    assert word not in costs_of_words()
    assert cost_of_word(word) == expected


def test_the_table_names_its_source_and_licence():
    head = TABLE.read_text("utf-8").partition("\n4.")[0]
    assert "jieba 0.42.1" in head
    assert "The MIT License (MIT)" in head


def cheapest(run):
    """Try every way to cut the run into words."""
    costs = [cost_of_word(run[:end]) + cheapest(run[end:]) for end in range(1, min(len(run), 4) + 1)]
    return min(costs, default=0.0)


@pytest.mark.parametrize("run", ["带", "怎么带团队", "淘宝课程怎么做", "銀行kpi"])
def test_a_run_costs_its_likeliest_words(run):
    wording = Wording(run)
    assert wording.before[-1] == pytest.approx(cheapest(run))
    assert [wording.cost_with(at, "么") for at in range(len(run))] == pytest.approx(
        [cheapest(f"{run[:at]}么{run[at + 1 :]}") for at in range(len(run))]
    )


@pytest.mark.parametrize(
    "run, at, character, is_better",
    [("绝得不错", 0, "觉", True), ("觉得不错", 0, "绝", False), ("讲课", 1, "课", False)],
)
def test_what_another_character_gains(run, at, character, is_better):
    assert (Wording(run).gain(at, character) > 0) is is_better


@pytest.mark.parametrize(
    "run, expected", [("我觉得好", [False, True, True, False]), ("课", [False]), ("问题课", [True, True, False])]
)
def test_what_is_in_a_word(run, expected):
    assert [Wording(run).is_in_word(at) for at in range(len(run))] == expected
