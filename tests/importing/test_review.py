import pytest

from articles.importing.page import decode_page
from articles.importing.parser import parse_page
from articles.importing.records import PageRefused, ParsedPair
from articles.importing.review import Head, Part, Row, make_groups, review_page
from tests.importing.reading import PAGES, REFUSED
from tests.importing.test_parser import LETTERS

Q, A, H, D = Part.QUESTION, Part.ANSWER, Part.HEADING, Part.DROPPED


def pairs_of(rows, topics=None) -> list[ParsedPair]:
    return [group.pair for group in make_groups(rows, topics) if group.pair]


def brief(rows) -> list[tuple]:
    return [(str(row.part)[0], row.head is not None, row.text[:8]) for row in rows]


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_rows_that_nobody_touched_make_the_pairs_of_the_parser(path):
    text = decode_page(path.read_bytes())
    assert pairs_of(review_page(text).rows) == list(parse_page(text).pairs)


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_working_the_rows_out_again_changes_nothing(path):
    groups = make_groups(review_page(decode_page(path.read_bytes())).rows)
    rows = [row for group in groups for row in group.rows]
    assert make_groups(rows) == groups


def test_every_paragraph_has_its_row_in_the_order_of_the_page():
    assert brief(review_page(LETTERS).rows) == [
        ("d", False, "李四：夜班来信"),
        ("q", True, "四哥,我们组最近"),
        ("q", False, "四哥,还有一个问"),
        ("h", False, "请假不丢人"),
        ("a", False, "这两个问题,先说"),
        ("a", False, "直接请:"),
        ("a", False, "1、写清楚哪几天"),
        ("a", False, "2、写清楚谁顶上"),
        ("a", False, "怕显得不合群?合"),
        ("q", True, "四哥好,第一次带"),
        ("a", False, "教他怎么问问题。"),
        ("a", False, "共勉。"),
        ("d", False, "去年今日"),
        ("d", False, "  1. 202"),
        ("d", False, "  2. 202"),
        ("d", False, "原创文章,作者:"),
        ("d", False, "(0)"),
        ("d", False, "夜班站的头像夜班"),
        ("d", False, "上一篇 2018"),
        ("d", False, "下一篇 2018"),
        ("d", False, "推荐资讯"),
        ("d", False, "分享本页"),
        ("d", False, "返回顶部"),
    ]


def test_the_head_of_a_pair_has_what_is_no_paragraph():
    text = "编辑你好：\n\n我该走吗？\n\n小鱼\n\n小鱼：\n\n先谈一次KPI。"
    first = next(row for row in review_page(text, topics={"KPI": "KPI"}).rows if row.head)
    assert first.head == Head("我该走吗？", "小鱼", ("KPI",))


@pytest.mark.parametrize("path", REFUSED, ids=lambda path: path.name)
def test_a_page_without_questions_is_all_answer_and_makes_no_pair(path):
    review = review_page(decode_page(path.read_bytes()))
    assert review.page.pairs == ()
    assert {row.part for row in review.rows} - {D} == {A}
    assert pairs_of(review.rows) == []


def test_an_empty_page_is_refused():
    with pytest.raises(PageRefused):
        review_page(" \n")


def test_a_paragraph_is_a_list_or_a_block_of_code_as_a_whole():
    text = "问：怎么写？\n\n答：照着写。\n\n- 甲\n- 乙\n\n```\n一\n\n二\n```\n"
    assert [row.text for row in review_page(text).rows] == ["怎么写？", "照着写。", "- 甲\n- 乙", "```\n一\n\n二\n```"]


ROWS = [Row("序言", A), Row("怎么写？", Q), Row("先写,再改。", A), Row("还有呢？", Q), Row("没有了", A)]


def test_a_question_before_any_pair_begins_one():
    groups = make_groups(ROWS)
    assert [len(group.rows) for group in groups] == [1, 4]
    assert pairs_of(ROWS) == [ParsedPair("怎么写？", "怎么写？\n\n还有呢？", "先写，再改。\n\n没有了")]


def test_a_head_begins_the_next_pair_and_heading_and_topics_are_filled_in():
    rows = [*ROWS[:3], Row("还有呢？", Q, Head()), Row("写KPI", A)]
    last = make_groups(rows, {"kpi": "KPI"})[-1]
    assert last.pair == ParsedPair("还有呢？", "还有呢？", "写KPI", topics=("KPI",))
    assert last.rows[0].head == Head("还有呢？", "", ("KPI",))


def test_topics_that_an_editor_took_away_stay_away():
    rows = [Row("KPI 怎么定？", Q, Head(topics=())), Row("看去年。", A)]
    assert pairs_of(rows, {"KPI": "KPI"})[0].topics == ()


def test_a_heading_line_goes_before_the_heading_of_the_head():
    rows = [Row("怎么写？", Q, Head("旧", "小鱼")), Row("## 先写再改", H), Row("写。", A)]
    (pair,) = pairs_of(rows)
    assert (pair.heading, pair.signature) == ("先写再改", "小鱼")
    assert make_groups(rows)[0].rows[0].head.heading == ""


def test_dropped_rows_are_no_pair_and_a_pair_may_lack_a_part():
    rows = [Row("怎么写？", Q, Head()), Row("广告", D, Head()), Row("写。", A, Head())]
    assert [(pair.question, pair.answer) for pair in pairs_of(rows)] == [("怎么写？", ""), ("", "写。")]


def test_a_dropped_row_that_is_brought_back_is_saved():
    rows = [Row(row.text, A, row.head) if row.text == "返回顶部" else row for row in review_page(LETTERS).rows]
    assert pairs_of(rows)[-1].answer == "教他怎么问问题。\n\n共勉。\n\n返回顶部"
