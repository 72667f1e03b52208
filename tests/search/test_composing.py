import pytest

from articles.search.composing import compose_query, fields_of
from articles.search.query import Query, parse_query


@pytest.mark.parametrize(
    "fields, expected",
    [
        ({}, ""),
        ({"words": " 淘宝客  怎么做 "}, "淘宝客 怎么做"),
        ({"phrase": "怎么“定”KPI"}, '"怎么 定 KPI"'),
        ({"words": "淘宝客", "without": "微商 代购"}, "淘宝客 -微商 -代购"),
        ({"words": "考核", "topic": "KPI", "column": "带人 这件事"}, '考核 topic:"KPI" column:"带人 这件事"'),
        ({"phrase": '"', "without": "“”"}, ""),
    ],
)
def test_compose_query(fields, expected):
    assert compose_query(**fields) == expected


def test_what_is_composed_is_read_as_it_was_meant():
    text = compose_query(words="考核", phrase="定 指标", without="微商", topic="团队 管理", column="信箱")
    assert parse_query(text) == Query(
        text=text,
        terms=("考核",),
        phrases=("定 指标",),
        excluded=("微商",),
        topics=("团队 管理",),
        columns=("信箱",),
    )


@pytest.mark.parametrize(
    "text", ["", "KPI 考核", '考核 "定 指标" -微商 topic:"团队 管理" column:"信箱"', "-微商", 'topic:"KPI"', '"怎么定"']
)
def test_the_fields_of_a_query_write_it_again(text):
    composed = parse_query(compose_query(**fields_of(parse_query(text))))
    again = parse_query(text)
    assert (composed.terms, composed.phrases, composed.excluded) == (again.terms, again.phrases, again.excluded)
    assert (composed.topics, composed.columns) == (again.topics, again.columns)
