"""Rows become articles; every row that cannot is named with its number, column and reason."""

import pytest
from django.utils import translation

from articles.importing.copies import FIELDS
from articles.importing.table import Table, guess_mapping, mapping_problems, read_articles
from tests.factories import at


def read(*rows, header=("专栏", "文章", "问", "答", "标签")):
    return read_articles(Table(header, rows, guess_mapping(header)))


def problems(articles) -> list[str]:
    return [str(problem) for article in articles for problem in article.problems]


@pytest.mark.parametrize(
    "header, mapping",
    [
        (["标准问", "答案"], ["heading", "answer"]),
        (["问题", "回答", "话题"], ["question", "answer", "topics"]),
        (["Question", "ANSWER", "Tags", "Published_At"], ["question", "answer", "topics", "published_at"]),
        (["标题", "答"], ["heading", "answer"]),
        (["标题", "问", "答"], ["title", "question", "answer"]),
        (["问题（必填）", " 回 答 ", "备注", ""], ["question", "answer", "", ""]),
        (["问", "问题"], ["question", ""]),
        (["source name", "source_url", "slug"], ["source_name", "source_url", "slug"]),
    ],
)
def test_columns_are_known_by_their_headings(header, mapping):
    assert guess_mapping(header) == mapping


@pytest.mark.parametrize("written", ["en", "zh-hans"])
@pytest.mark.parametrize("read", ["en", "zh-hans"])
def test_the_headings_of_an_export_are_known_in_every_language(written, read):
    with translation.override(written):
        header = [str(kind.label) for kind in FIELDS]
    with translation.override(read):
        assert guess_mapping(header) == [kind.name for kind in FIELDS]


def test_a_table_without_questions_or_with_doubles_is_not_read(english):
    assert mapping_problems(["title", "", "answer"]) == ["No column is the question."]
    assert mapping_problems(["question", "answer", "answer"]) == ["“answer” is given to two columns."]
    assert mapping_problems(["heading", ""]) == []


def test_rows_of_one_title_are_one_article_in_order():
    first, second = read(
        ["信箱", "甲", "问一", "答一", "KPI，拉新"], ["信箱", "乙", "问二", "", ""], ["信箱", "甲", "问三", "答三", ""]
    )
    assert first.values == {"column": "信箱", "title": "甲"}
    assert [pair.values for pair in first.pairs] == [
        {"question": "问一", "answer": "答一", "topics": ("KPI", "拉新")},
        {"question": "问三", "answer": "答三", "topics": ()},
    ]
    assert [second.title, second.pairs[0].values["answer"]] == ["乙", ""]


def test_a_row_without_title_goes_on_with_the_article_above():
    (article,) = read(["信箱", "甲", "问一", "答", ""], ["", "", "问二", "答", ""], ["", "", "", "", ""])
    assert [pair.values["question"] for pair in article.pairs] == ["问一", "问二"]


def test_without_titles_each_row_is_an_article():
    articles = read(["问一", "答"], ["问二", "答"], header=("问", "答"))
    assert [len(article.pairs) for article in articles] == [1, 1]


def test_every_bad_cell_is_named(english):
    header = ("文章", "发布时间", "编号", "状态", "网址名", "问")
    rows = [["甲", "上个月", "两", "删了", "a", "问"], ["乙", "2024-02-30", "0", "", "", "问"]]
    assert problems(read(*rows, header=header)) == [
        "row 2：发布时间：A date such as 2017-03-27 11:29 is wanted here.",
        "row 2：编号：A whole number from 1 on is wanted here.",
        "row 2：状态：This is none of: draft、in review、published.",
        "row 3：发布时间：A date such as 2017-03-27 11:29 is wanted here.",
        "row 3：编号：A whole number from 1 on is wanted here.",
    ]


def test_rows_that_contradict_each_other_are_named(english):
    header = ("网址名", "文章", "编号", "问")
    rows = [["a", "甲", "1", "问一"], ["a", "乙", "1", "问二"]]
    assert problems(read(*rows, header=header)) == [
        "row 3：文章：This differs from row 2 of the same article.",
        "row 3：编号：row 2 has this number already.",
    ]


@pytest.mark.parametrize(
    "text, moment",
    [
        ("2017-03-27 11:29:05", at(2017, 3, 27, 11, 29, 5)),
        ("2017/3/27 11:29", at(2017, 3, 27, 11, 29)),
        ("2017年3月27日", at(2017, 3, 27)),
        ("2017-03-27T03:29:00Z", at(2017, 3, 27, 11, 29)),
    ],
)
def test_dates_are_read_as_people_write_them(text, moment):
    (article,) = read(["甲", text, "问"], header=("文章", "日期", "问"))
    assert article.values["published_at"] == moment
