import pytest

from articles.search.query import parse_query
from articles.search.readings import read_letters
from tests.factories import make_article, make_topic, tomorrow

pytestmark = pytest.mark.django_db


def read(text):
    letters, readings = read_letters(parse_query(text))
    return letters, [tuple(reading) for reading in readings]


@pytest.fixture
def site():
    make_topic("淘宝客")
    headings = ["淘宝客还能做多久", "第一次带团队", "團購群没人看"]
    make_article(pairs=[{"heading": heading, "topics": ["淘宝客"]} for heading in headings])


@pytest.mark.parametrize(
    "typed, letters, words",
    [
        ("tbk", "tbk", [("淘宝客", "淘宝客")]),
        ("ＴＢＫ", "ＴＢＫ", [("淘宝客", "淘宝客")]),
        ("taobaoke", "taobaoke", [("淘宝客", "淘宝客")]),
        ("tuandui", "tuandui", [("团队", "团队")]),
        ("dai tuan dui", "dai tuan dui", [("带团队", "带团队")]),
        ("tgq", "tgq", [("团购群", "团购群")]),
        ("怎么做tbk", "tbk", [("淘宝客", "怎么做淘宝客")]),
        ("kpi", "", []),
        ("淘宝客", "", []),
        ("t", "", []),
        ("2017", "", []),
        ('"tbk"', "", []),
        ("-tbk", "", []),
        ("", "", []),
        ("\x00%_\\'\"", "", []),
        ("a" * 100, "", []),
    ],
)
def test_read_letters(typed, letters, words, site):
    assert read(typed) == (letters, words)


@pytest.mark.parametrize("fields", [{"status": "draft"}, {"published_at": tomorrow()}])
def test_hidden_headings_are_not_read(fields):
    make_article(pairs=[{"heading": "机密计划", "topics": [make_topic("鸡毛信")]}], **fields)
    assert [read(typed) for typed in ("jimi", "jmjh", "jmx")] == [("", [])] * 3


def test_the_words_of_most_headings_come_first():
    make_article(pairs=[{"heading": "团对"}, {"heading": "带团队"}, {"heading": "建团队"}])
    assert [word for word, _ in read("tuandui")[1]] == ["团队", "团对"]
