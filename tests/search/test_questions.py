import pytest

from articles.search.questions import ask_alike


@pytest.mark.parametrize(
    "one, other",
    [
        ("如何带团队", "怎么带团队"),
        ("为啥没人买", "为什么没人买"),
        ("啥叫拉新", "什么叫拉新"),
        ("什么时候涨价", "何时涨价"),
        ("能不能兼职", "可以兼职"),
        ("佣金多少钱", "佣金多少"),
    ],
)
def test_questions_in_other_words_ask_alike(one, other):
    assert ask_alike(one) == ask_alike(other)


@pytest.mark.parametrize(
    "one, other", [("什么叫拉新", "怎么拉新"), ("为什么涨价", "什么时候涨价"), ("谁带团队", "带团队")]
)
def test_other_questions_stay_apart(one, other):
    assert ask_alike(one) != ask_alike(other)
