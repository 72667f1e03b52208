import pytest

from articles.search.query import parse_query
from articles.search.rewording import MOST, rewordings
from articles.search.thesaurus import Thesaurus

THESAURUS = Thesaurus(("淘客、淘宝客、淘宝联盟", "KPI、绩效"))


@pytest.mark.parametrize(
    "text, expected",
    [
        ("淘客", [("淘宝客",), ("淘宝联盟",)]),
        ("绩效考核", [("kpi", "考核")]),
        ("kpi考核", [("绩效", "考核")]),
        ("做淘客的", [("做淘宝客的",), ("做淘宝联盟的",)]),
        ("淘客 绩效", [("淘客", "kpi"), ("淘宝客", "绩效"), ("淘宝客", "kpi")]),
        ("社群", []),
    ],
)
def test_a_query_in_other_words(text, expected):
    query = parse_query(text)
    assert [reworded.terms for reworded in rewordings(query, THESAURUS.widen(query.terms))] == expected


def test_no_more_searches_than_bearable():
    query = parse_query("淘客 绩效 -新手 topic:社群")
    found = rewordings(query, THESAURUS.widen(query.terms))
    assert len(found) == MOST
    assert {(reworded.excluded, reworded.topics) for reworded in found} == {(("新手",), ("社群",))}
