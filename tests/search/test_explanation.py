"""Why a query finds what it finds: the explanation speaks of the same terms, pairs and scores as the search."""

import pytest

from articles.models import QAPair
from articles.search.engine import search
from articles.search.explanation import explain
from articles.search.query import parse_query
from tests.factories import make_article, make_synonyms, make_topic

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


def hits_of(text, *limit):
    (reading,) = explain(text, *limit).readings
    return reading.hits


def test_terms_are_counted_and_the_heaviest_comes_first(site):
    explanation = explain("带团伙")
    (reading,) = explanation.readings
    assert explanation.query == reading.query == parse_query("带团伙")
    assert {term.text: term.df for term in reading.weights} == {"带": 2, "团": 2, "带团": 1}
    assert next(iter(reading.weights)).text == "带团"
    assert reading.unknown == ["伙", "团伙"]


def test_every_hit_is_scored_in_the_order_of_the_search(site):
    hits = hits_of("怎么带团队")
    assert [hit.pair_id for hit in hits] == list(search(parse_query("怎么带团队")).pair_ids)
    assert headings(hits) == [("第一次带团队", False), ("团队里有人不服管", False)]
    for hit in hits:
        assert sum(hit.parts.values()) == pytest.approx(hit.score)
    assert hits[0].score > hits[1].score


def test_each_wording_of_a_synonym_ranks_for_itself(site):
    make_synonyms("队伍、团队")
    explanation = explain("带队伍")
    assert [reading.query.terms for reading in explanation.readings] == [("带队伍",), ("带团队",)]
    typed, other = explanation.readings
    assert headings(typed.hits) == [("第一次带团队", False), ("团队里有人不服管", False)]
    assert headings(other.hits) == [("第一次带团队", True), ("团队里有人不服管", False)]
    assert other.hits[0].score > typed.hits[0].score


def test_a_pair_that_holds_everything_is_told_from_one_that_comes_near(site):
    assert headings(hits_of("带团队")) == [("第一次带团队", True), ("团队里有人不服管", False)]
    assert headings(hits_of('团队 "带得动"')) == [("团队里有人不服管", True)]


def test_without_a_word_nothing_is_scored(site):
    (reading,) = explain("topic:淘宝客").readings
    assert (reading.weights, reading.unknown) == ({}, [])
    assert [(hit.is_whole, hit.score, hit.parts) for hit in reading.hits] == [(True, 0, {})]


@pytest.mark.parametrize("limit, hits", [(0, 0), (1, 1), (10, 2)])
def test_as_many_hits_as_asked_for(limit, hits, site):
    assert len(hits_of("团队", limit)) == hits
    assert explain("团队", limit).results.total == 2


@pytest.mark.parametrize("text", ["", "？！", "-团队", "量子纠缠", "topic:没有"])
def test_nothing_is_found_and_nothing_fails(text, site):
    assert hits_of(text) == []
