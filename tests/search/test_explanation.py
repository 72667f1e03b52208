"""Why a query finds what it finds: the explanation speaks of the same terms, pairs and scores as the search."""

import pytest

from articles.models import QAPair
from articles.search.engine import search
from articles.search.explanation import explain
from articles.search.query import parse_query
from tests.factories import make_article, make_topic

pytestmark = pytest.mark.django_db

PAIRS = [
    {"heading": "第一次带团队", "question": "刚升主管，手下五个人。", "answer": "先和每个人聊一次。"},
    {"heading": "团队里有人不服管", "question": "当面顶我。", "answer": "先听，再定规矩，团队才带得动。"},
    {"heading": "周报写给谁看", "question": "写了没人看。", "answer": "写给拍板的人。"},
    {"heading": "佣金从哪来", "question": "", "answer": "商家给。", "topics": ["淘宝客"]},
]


@pytest.fixture
def site():
    topic = make_topic("淘宝客", slug="taobaoke")
    make_article(slug="notes", pairs=[pair | {"topics": [topic] if "topics" in pair else ()} for pair in PAIRS])


def headings(hits) -> list[tuple[str, bool]]:
    pairs = QAPair.objects.in_bulk()
    return [(pairs[hit.pair_id].heading, hit.is_whole) for hit in hits]


def test_terms_are_counted_and_the_heaviest_comes_first(site):
    explanation = explain("带团伙")
    assert explanation.query == parse_query("带团伙")
    assert {term.text: term.df for term in explanation.weights} == {"带": 2, "团": 2, "带团": 1}
    assert next(iter(explanation.weights)).text == "带团"
    assert explanation.unknown == ["伙", "团伙"]


def test_every_hit_is_scored_in_the_order_of_the_search(site):
    explanation = explain("怎么带团队")
    assert [hit.pair_id for hit in explanation.hits] == list(search(parse_query("怎么带团队")).pair_ids)
    assert headings(explanation.hits) == [("第一次带团队", False), ("团队里有人不服管", False)]
    for hit in explanation.hits:
        assert sum(hit.parts.values()) == pytest.approx(hit.score)
    assert explanation.hits[0].score > explanation.hits[1].score


def test_a_pair_that_holds_everything_is_told_from_one_that_comes_near(site):
    assert headings(explain("带团队").hits) == [("第一次带团队", True), ("团队里有人不服管", False)]
    assert headings(explain('团队 "带得动"').hits) == [("团队里有人不服管", True)]


def test_without_a_word_nothing_is_scored(site):
    explanation = explain("topic:淘宝客")
    assert (explanation.weights, explanation.unknown) == ({}, [])
    assert [(hit.is_whole, hit.score, hit.parts) for hit in explanation.hits] == [(True, 0, {})]


@pytest.mark.parametrize("limit, hits", [(0, 0), (1, 1), (10, 2)])
def test_as_many_hits_as_asked_for(limit, hits, site):
    explanation = explain("团队", limit)
    assert (len(explanation.hits), explanation.results.total) == (hits, 2)


@pytest.mark.parametrize("text", ["", "？！", "-团队", "量子纠缠", "topic:没有"])
def test_nothing_is_found_and_nothing_fails(text, site):
    assert explain(text).hits == []
