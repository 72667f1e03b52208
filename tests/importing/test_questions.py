import pytest

from articles.importing.questions import MAX_HEADING, is_asking, is_question, make_heading


@pytest.mark.parametrize(
    "question, heading",
    [
        ("什么是拉新？", "什么是拉新？"),
        ("预算只有五千，渠道怎么选？", "预算只有五千，渠道怎么选？"),
        ("你好，我想请教一下，周报要不要写数据？", "周报要不要写数据？"),
        ("我做了三年活动，最近转岗了。其实我不知道怎么带团队呢，很慌。", "最近转岗了，怎么带团队？"),
        ("我上个月接手了公众号，每天发三条，粉丝就是不涨。老板很急。\n\n我该怎么办？", "粉丝就是不涨，我该怎么办？"),
        ("方案被退回三次了。我应该找他谈一谈，还是当作没发生过？", "我应该找他谈一谈，还是当作没发生过？"),
        ("面试总问“你会不会数据”，我答不上来", "面试总问“你会不会数据”，我答不上来"),
        ("我在小公司上班 什么都要干 每天到十二点才能走 这样下去值不值得", "这样下去值不值得？"),
        ("看[这里](https://example.com)写的**留存**怎么算？", "看这里写的留存怎么算？"),
    ],
)
def test_heading_made_from_a_question(question, heading):
    assert make_heading(question) == heading


def test_salutation_is_no_part_of_the_heading():
    assert make_heading("三哥你好，请问怎么带实习生？", "三哥") == "怎么带实习生？"


@pytest.mark.parametrize("question", ["好" * 100, "，" * 50, "你好，", "？", "怎么" * 40, "a b " * 40])
def test_heading_is_short_and_never_empty(question):
    assert 0 < len(make_heading(question)) <= MAX_HEADING


@pytest.mark.parametrize("text", ["怎么做？", "可以退吗", "这样好不好呢", "“真的吗？”"])
def test_question(text):
    assert is_question(text)


@pytest.mark.parametrize("text", ["怎么做都行。", "做法", "我呢。", ""])
def test_no_question(text):
    assert not is_question(text)


@pytest.mark.parametrize("text, expected", [("先请您介绍一下自己。", True), ("很困惑。", True), ("原来如此。", False)])
def test_a_turn_that_wants_an_answer(text, expected):
    assert is_asking(text) is expected
