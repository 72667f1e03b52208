import pytest

from articles.importing.labels import Label, Role, Trust, read_label, reader_name

ASKS, ANSWERS, UNKNOWN = Role.ASKS, Role.ANSWERS, Role.UNKNOWN
PLAIN, PART, NAME = Trust.PLAIN, Trust.PART, Trust.NAME


@pytest.mark.parametrize(
    "text, expected",
    [
        ("问：怎么办", Label(ASKS, PLAIN, "", "怎么办")),
        ("【问】怎么办", Label(ASKS, PLAIN, "", "怎么办")),
        ("1、问:怎么办", Label(ASKS, PLAIN, "", "怎么办")),
        ("Q1：怎么办", Label(ASKS, PLAIN, "", "怎么办", is_numbered=True)),
        ("Q1 怎么办", Label(ASKS, PLAIN, "", "怎么办", is_numbered=True)),
        ("Q 怎么办", Label(ASKS, PLAIN, "", "怎么办", is_bare=True)),
        ("问题一：怎么办", Label(ASKS, PLAIN, "", "怎么办", is_numbered=True)),
        ("第一个问题：怎么办", Label(ASKS, PLAIN, "", "怎么办", is_numbered=True)),
        ("提问二", Label(ASKS, PLAIN, "", "", is_numbered=True)),
        ("Question 3: 怎么办", Label(ASKS, PLAIN, "", "怎么办", is_numbered=True)),
        ("读者问题一：怎么办", Label(ASKS, PLAIN, "", "怎么办", is_numbered=True)),
        ("答：先看", Label(ANSWERS, PLAIN, "", "先看")),
        ("A2、先看", Label(ANSWERS, PLAIN, "", "先看", is_numbered=True)),
        ("最佳答案", Label(ANSWERS, PLAIN, "", "")),
        ("读者小鱼：我想问", Label(ASKS, PART, "读者小鱼", "我想问")),
        ("小林 问：贵吗", Label(ASKS, PART, "小林", "贵吗")),
        ("张三答：不贵", Label(ANSWERS, PART, "张三", "不贵")),
        ("编辑：先看", Label(ANSWERS, PART, "编辑", "先看")),
        ("记者：您好", Label(ASKS, PART, "记者", "您好")),
        ("张三：你好", Label(UNKNOWN, NAME, "张三", "你好")),
        ("《某周刊》：您好", Label(UNKNOWN, NAME, "《某周刊》", "您好")),
    ],
)
def test_label_of_a_line(text, expected):
    assert read_label(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "问题来了：怎么办",
        "A轮融资之后",
        "API 怎么用",
        "有人问：怎么办",
        "答网友问：怎么办",
        "你可以这样说：好的",
        "注意：先看",
        "2017年：开店",
        "https://example.com",
        "编辑你好：",
        "编辑同志：",
        "先看目标，再看人：顺序不能反",
    ],
)
def test_lines_without_a_label(text):
    assert read_label(text) is None


@pytest.mark.parametrize(
    "name, expected",
    [
        ("读者小鱼", "读者小鱼"),
        ("读者@小鱼", "@小鱼"),
        ("读者", ""),
        ("记者", ""),
        ("主持人 李四", ""),
        ("小林", "小林"),
    ],
)
def test_who_signs_by_a_label(name, expected):
    assert reader_name(name) == expected
