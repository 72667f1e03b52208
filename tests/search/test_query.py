import pytest

from articles.search.query import Query, parse_query


@pytest.mark.parametrize(
    "text, expected",
    [
        ("淘宝客 -微商", Query(text="淘宝客 -微商", terms=("淘宝客",), excluded=("微商",))),
        ("ＫＰＩ考核", Query(text="ＫＰＩ考核", terms=("kpi", "考核"))),
        ("團隊 团队", Query(text="團隊 团队", terms=("团队",))),
        ('"kpi 考核" 团队', Query(text='"kpi 考核" 团队', terms=("团队",), phrases=("kpi 考核",))),
        ("“私域流量”", Query(text="“私域流量”", phrases=("私域流量",))),
        ("什么是“私域”呢", Query(text="什么是“私域”呢", terms=("什么是", "私域", "呢"))),
        ('"没有合上', Query(text='"没有合上', terms=("没有合上",))),
        ('-"别的 词" 词', Query(text='-"别的 词" 词', terms=("词",), excluded=("别的 词",))),
        ("topic:KPI 带团队", Query(text="topic:KPI 带团队", terms=("带团队",), topics=("kpi",))),
        ("话题：“团队 管理”", Query(text="话题：“团队 管理”", topics=("团队 管理",))),
        ("Column:带人这件事", Query(text="Column:带人这件事", columns=("带人这件事",))),
        ("－微商", Query(text="－微商", excluded=("微商",))),
        ("-topic:kpi", Query(text="-topic:kpi", excluded=("kpi",))),
        ("topic:", Query(text="topic:", terms=("topic",))),
        ("wi-fi c++", Query(text="wi-fi c++", terms=("wi-fi", "c++"))),
        ("团\x00队\ud800", Query(text="团队", terms=("团队",))),
        ("  a \t\n b　c ", Query(text="a b c", terms=("a", "b", "c"))),
        ("？！", Query(text="？！")),
        ("-", Query(text="-")),
        ("", Query()),
    ],
)
def test_parse_query(text, expected):
    assert parse_query(text) == expected


def test_a_long_text_is_cut():
    assert parse_query("长" * 500) == Query(text="长" * 300, terms=("长" * 300,))


def test_many_terms_are_cut():
    text = " ".join(str(n) for n in range(100))
    assert len(parse_query(text).terms) == 64


@pytest.mark.parametrize(
    "text, finds",
    [("客", True), ('"客"', True), ("topic:客", True), ("column:客", True), ("-客", False), ("，", False)],
)
def test_a_query_is_true_when_there_is_something_to_find(text, finds):
    assert bool(parse_query(text)) is finds


@pytest.mark.parametrize(
    "text, is_sentence", [("第一次做经理怎么带团队", False), ("第一次做经理的人要怎么带团队", True)]
)
def test_a_long_query_is_a_sentence(text, is_sentence):
    assert parse_query(text).is_sentence is is_sentence


def test_runs_of_terms_and_phrases_rank():
    assert parse_query('团队 "kpi 考核" 考核 -微商').runs == ("团队", "考核", "kpi")
