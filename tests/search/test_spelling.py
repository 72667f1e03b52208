import pytest

from articles.search.engine import search
from articles.search.query import parse_query
from articles.search.spelling import corrections
from tests.factories import make_article, make_topic, tomorrow

pytestmark = pytest.mark.django_db


@pytest.fixture
def site():
    make_topic("社群运营")
    letters = [
        {"heading": f"淘宝客第{number}步怎么走", "answer": "做淘宝客先选品，再谈团队管理，最后看 KPI 和转化。"}
        for number in "一二三四五六"
    ]
    make_article(pairs=[*letters, {"heading": "拉新之后", "topics": ["社群运营"], "answer": "先看数据。"}])


def offers(text):
    query = parse_query(text)
    return corrections(query, search(query).pair_ids)


@pytest.mark.parametrize(
    "typed, expected",
    [
        ("淘宝课", ["淘宝客"]),
        ("淘宝课怎么走", ["淘宝客怎么走"]),
        ("淘寶課", ["淘寶客"]),
        ("团对管理", ["团队管理"]),
        ("团队管里", ["团队管理"]),
        ("淘宝容", ["淘宝客"]),
        ("逃宝客怎么走", ["淘宝客怎么走"]),
        ("拉心", ["拉新"]),
        ("kip", ["kpi"]),
        ("KIP 先看转化", ["kpi 先看转化"]),
        ("kpi考核", []),
        ("社群运作", ["社群运营"]),
        ("群社运营", ["社群运营"]),
        ("社群运营的", []),
        ("淘宝客", []),
        ("先看数据", []),
        ("淘宝课 -转化", ["淘宝客 -转化"]),
        ('"淘宝课"', []),
        ("-淘宝课", []),
        ("topic:淘宝课", []),
        ("量子引力", []),
        ("2016", []),
        ("？", []),
        ("", []),
        ("\x00%_\\'\"", []),
        ("客", []),
    ],
)
def test_corrections(typed, expected, site):
    assert offers(typed) == expected


@pytest.mark.parametrize("fields", [{"status": "draft"}, {"published_at": tomorrow()}])
def test_hidden_words_are_never_offered(fields):
    make_article(pairs=[{"heading": f"机密计划 zebra 第{n}版", "topics": ["机密计划"]} for n in "一二三"], **fields)
    typed = ["鸡密计划", "几密", "zebar", "机密计算", "机密计花"]
    assert [offers(text) for text in typed] == [[]] * 5
    make_article(pairs=[{"heading": "机密文件怎么管"}])
    assert [offers(text) for text in typed[1:]] == [["机密"], [], [], []]


def test_where_nothing_was_found_an_offer_is_held_as_a_whole():
    make_article(pairs=[{"heading": f"客户一来就缠着第{n}个人问价怎么办"} for n in "一二三"])
    assert not search(parse_query("量子纠缠")).pair_ids
    assert offers("量子纠缠") == []


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize("typed, queries", [("淘宝客怎么走", 1), ("淘宝课", 10)])
def test_query_count_does_not_grow(typed, queries, rows, django_assert_num_queries):
    make_article(pairs=40)
    make_article(pairs=[{"heading": f"淘宝客怎么走 {n}"} for n in range(4 * rows)])
    query = parse_query(typed)
    near = search(query).pair_ids
    with django_assert_num_queries(queries):
        corrections(query, near)
