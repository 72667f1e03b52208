import pytest

from articles.numbering import number_lists


@pytest.mark.parametrize(
    "text, expected",
    [
        ("1、拉新\n2、留存", "1. 拉新\n2. 留存"),
        ("\uff11、拉新\n\uff12、留存", "1. 拉新\n2. 留存"),
        ("1.拉新\n2．留存", "1. 拉新\n2. 留存"),
        ("1）拉新\n2)留存", "1) 拉新\n2) 留存"),
        ("（1）拉新\n(2) 留存", "1) 拉新\n2) 留存"),
        ("9、甲\n10、乙", "9. 甲\n10. 乙"),
        ("1、2018年的事\n2、2019年的事", "1. 2018年的事\n2. 2019年的事"),
        ("1、甲\n\n这一条要细说。\n\n2、乙", "1. 甲\n\n这一条要细说。\n\n2. 乙"),
        ("> 1、甲\n> 2、乙", "> 1. 甲\n> 2. 乙"),
        ("- 头一件\n  1、甲\n  2、乙", "- 头一件\n  1. 甲\n  2. 乙"),
    ],
    ids=lambda text: text.replace("\n", " "),
)
def test_numbered_lines_become_items(text, expected):
    assert number_lists(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "没有编号的一段。",
        "1、只有一条，不成列表。",
        "3、4月份的数据先放一边。",
        "1、甲\n3、丙",
        "2、乙\n1、甲",
        "1、甲\n（2）乙",
        "1.5 倍\n2.5 倍",
        "1、\n2、",
        "2019、2020 两年\n2020、2021 两年",
        "1. one\n1. two",
        "1. one\n2. two",
        "```\n1、甲\n2、乙\n```",
        "~~~~\n1、甲\n~~~\n2、乙\n~~~~",
        "> ```\n> 1、甲\n> 2、乙\n> ```",
        "```\n1、没有合上的代码\n2、到文末为止",
    ],
)
def test_other_lines_stay(text):
    assert number_lists(text) == text


def test_lines_after_a_fence_count_again():
    assert number_lists("```\n1、甲\n```\n1、甲\n2、乙") == "```\n1、甲\n```\n1. 甲\n2. 乙"


def test_list_that_does_not_begin_at_one_is_parted_from_the_paragraph_before():
    assert number_lists("接上一封信：\n3、丙\n4、丁") == "接上一封信：\n\n3. 丙\n4. 丁"
    assert number_lists("> 接上一封信：\n> 3、丙\n> 4、丁") == "> 接上一封信：\n>\n> 3. 丙\n> 4. 丁"


def test_another_manner_inside_a_list_is_indented_under_its_item():
    text = "1、甲\n（1）甲一\n（2）甲二\n2、乙\n（1）乙一\n（2）乙二"
    assert number_lists(text) == "1. 甲\n   1) 甲一\n   2) 甲二\n2. 乙\n   1) 乙一\n   2) 乙二"


def test_indentation_follows_the_width_of_the_number_and_the_author():
    assert number_lists("9、甲\n10、乙\n1）乙一\n2）乙二") == "9. 甲\n10. 乙\n    1) 乙一\n    2) 乙二"
    assert number_lists("1、甲\n     （1）甲一\n     （2）甲二\n2、乙") == "1. 甲\n     1) 甲一\n     2) 甲二\n2. 乙"


def test_a_paragraph_ends_the_outline():
    text = "1、甲\n2、乙\n\n换个角度。\n\n（1）丙\n（2）丁"
    assert number_lists(text) == "1. 甲\n2. 乙\n\n换个角度。\n\n1) 丙\n2) 丁"


def test_a_manner_that_goes_on_elsewhere_is_no_inner_list():
    text = "（1）甲\n（2）乙\n\n换个角度。\n\n1、丙\n2、丁\n（3）戊"
    assert number_lists(text) == "1) 甲\n2) 乙\n\n换个角度。\n\n1. 丙\n2. 丁\n3) 戊"
