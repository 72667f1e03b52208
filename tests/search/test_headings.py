import pytest

from articles.search import headings
from articles.search.headings import find_headings, words_of_letters
from articles.search.pieces import Stretch
from tests.factories import make_article

pytestmark = pytest.mark.django_db


def found(*runs, **options):
    return [row.text for row in find_headings([[Stretch.of_run(run) for run in runs]], **options)]


def test_early_ones_come_first_then_short_ones_then_new_ones():
    texts = ["新老客户流失", "客户流失严重", "客户流失", "老客户", "客户留存"]
    make_article(pairs=[{"heading": text} for text in texts])
    assert found("客户") == ["客户留存", "客户流失", "客户流失严重", "老客户", "新老客户流失"]
    assert found("客户", size=2) == ["客户留存", "客户流失"]
    assert found("流失", "客") == ["客户流失", "客户流失严重", "新老客户流失"]
    assert found("流失", "预算") == []


def test_characters_stand_side_by_side():
    make_article(pairs=[{"heading": text} for text in ("数据分，再分析", "怎么做数据分析", "先看数据，分析")])
    assert found("数据分析") == ["先看数据，分析", "怎么做数据分析"]


def test_drafts_take_no_place_from_what_is_published(monkeypatch):
    monkeypatch.setattr(headings, "MOST_READ", 2)
    make_article(pairs=[{"heading": "一个很长的题目说到预算"}])
    make_article(status="draft", pairs=[{"heading": "预算"}] * 3)
    assert found("预算") == found("算") == ["一个很长的题目说到预算"]


def test_of_very_many_the_newest_are_looked_at(monkeypatch):
    monkeypatch.setattr(headings, "MOST_HOLDERS", 2)
    make_article(pairs=[{"heading": text} for text in ("预算", "定预算", "明年的预算")])
    assert found("预算", size=3) == ["定预算", "明年的预算"]


def test_of_very_many_after_one_character_those_with_its_commonest_neighbours_are_looked_at(monkeypatch):
    monkeypatch.setattr(headings, "MOST_HOLDERS", 4)
    monkeypatch.setattr(headings, "MOST_COMMON", 2)
    make_article(pairs=[{"heading": text} for text in ("客单", "客户甲", "客户乙", "客户丙", "客服甲", "客服乙")])
    assert found("客") == ["客服乙", "客服甲", "客户丙", "客户乙"]


def test_where_a_character_has_too_many_neighbours_headings_tell(monkeypatch):
    monkeypatch.setattr(headings, "MOST_ENDS", 2)
    make_article(pairs=[{"heading": f"{word}，留存"} for word in ("客户", "客群", "客单", "客服", "用户")])
    assert sorted(found("留存", "客")) == ["客单，留存", "客户，留存", "客服，留存", "客群，留存"]
    assert found("留存", "k") == found("留存", "客")


def test_a_further_way_is_tried_while_there_is_not_enough():
    make_article(pairs=[{"heading": text} for text in ("App 拉新", "阿婆拉新", "阿婆")])
    written, spoken = [Stretch.of_run("app")], [Stretch.of_syllables(("a", "po"), is_half_typed=True)]
    assert [row.text for row in find_headings([written, spoken], enough=1)] == ["App 拉新"]
    assert [row.text for row in find_headings([written, spoken])] == ["App 拉新", "阿婆", "阿婆拉新"]
    assert [row.text for row in find_headings([spoken, written], enough=3)] == ["阿婆", "阿婆拉新", "App 拉新"]


@pytest.mark.parametrize(
    "letters, words",
    [
        ("tuandui", ["团队", "团对"]),
        ("daituandui", ["带团队"]),
        ("dtd", ["带团队"]),
        ("tuan", []),
        ("td", []),
        ("duijian", []),
        ("xian", ["西安"]),
        ("", []),
    ],
)
def test_words_of_letters(letters, words):
    make_article(pairs=[{"heading": text} for text in ("带团队，建团队", "一个团队", "团对", "去西安")])
    assert words_of_letters(letters) == words
