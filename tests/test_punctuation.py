import time

import pytest

from articles.punctuation import drop_invisible, to_full_width

CASES = [
    ("张三:读者信箱", "张三：读者信箱"),
    ("你好,世界!真的吗?", "你好，世界！真的吗？"),
    ("不会吧?!算了", "不会吧？！算了"),
    ("不会吧？!", "不会吧？！"),
    ("先看数据;再看人", "先看数据；再看人"),
    ("我用KPI,他用OKR", "我用KPI，他用OKR"),
    ("a, b; c: d! e? (f)", "a, b; c: d! e? (f)"),
    ("上午11:29,共1,000元", "上午11:29，共1,000元"),
    ("指标(KPI)很多", "指标（KPI）很多"),
    ("KPI(关键绩效指标)", "KPI（关键绩效指标）"),
    ("(1)先看目标", "（1）先看目标"),
    ("1)先看目标", "1)先看目标"),
    ("半开（一半)的括号", "半开（一半）的括号"),
    ("调用foo(x)的时候", "调用foo(x)的时候"),
    ("没有合上(的括号", "没有合上(的括号"),
    ("(跨行\n括号)的", "(跨行\n括号)的"),
    ("《增长手册》,值得读", "《增长手册》，值得读"),
    ("你好, 世界", "你好，世界"),
    ("行尾要换行,  \n下一行", "行尾要换行，  \n下一行"),
    ("见https://example.com/a?b=1:2,然后再说", "见https://example.com/a?b=1:2，然后再说"),
    ("看[文字](https://example.com/路,径),好", "看[文字](https://example.com/路,径)，好"),
    ("看图![图](/a.png)", "看图![图](/a.png)"),
    ("代码`运营,a`不动,别的动", "代码`运营,a`不动，别的动"),
    ("```\n运营,a\n```\n运营,a", "```\n运营,a\n```\n运营，a"),
    ("实体&nbsp;中文", "实体&nbsp;中文"),
    ("好的:)", "好的:)"),
    ("如下:(先看目标)", "如下：（先看目标）"),
    ("", ""),
]


@pytest.mark.parametrize("text, expected", CASES)
def test_marks_beside_han_become_full_width(text, expected):
    assert to_full_width(text) == expected


@pytest.mark.parametrize("text", [text for text, _ in CASES])
def test_a_second_pass_changes_nothing(text):
    once = to_full_width(text)
    assert to_full_width(once) == once


@pytest.mark.parametrize("piece", ["(", "好,", "`", "](", "a://", ",", "]((", "&a", "[!", "好:(", ")("])
def test_endless_repetition_is_answered_at_once(piece):
    started = time.perf_counter()
    to_full_width(piece * 30_000 + "好")
    assert time.perf_counter() - started < 2


@pytest.mark.parametrize(
    "text, expected",
    [
        ("\ufeff运\u200b营\u2060", "运营"),
        ("soft\u00adhyphen", "softhyphen"),
        ("\u202e反向\u202c", "反向"),
        ("\U0001f469\u200d\U0001f4bb在家办公", "\U0001f469\u200d\U0001f4bb在家办公"),
        ("运\u200d营", "运营"),
    ],
)
def test_invisible_characters_are_dropped(text, expected):
    assert drop_invisible(text) == expected
