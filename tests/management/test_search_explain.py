import re
from io import StringIO

import pytest
from django.core.management import call_command
from django.utils import translation

from articles.management.commands.search_explain import MEANINGS
from articles.search.explanation import explain
from tests.factories import make_article, make_synonyms, make_topic

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


@pytest.fixture
def site():
    topic = make_topic("管理", slug="guanli")
    pairs = [
        {"heading": "第一次带团队", "question": "刚升主管。", "answer": "先聊一次。", "topics": [topic]},
        {"heading": "团队里有人不服管", "question": "当面顶我。", "answer": "先听。"},
    ]
    make_article(slug="notes", pairs=pairs)


def run(*arguments):
    out = StringIO()
    call_command("search_explain", *arguments, stdout=out)
    return out.getvalue().splitlines()


def test_what_was_understood(site):
    assert run('团队 ＫＰＩ "带团队" -不服 topic:管理')[:5] == [
        "words     团队 | kpi",
        "phrases   带团队",
        "left out  不服",
        "topics    管理",
        "1 pair is found. None holds all of it: these come near.",
    ]


@pytest.mark.parametrize(
    "query, lines",
    [
        ("？", ["Nothing to look for."]),
        ("-团队", ["Nothing to look for."]),
        ("葡萄", ["words  葡萄", "No pair is found.", "In no pair: 葡 萄 葡萄"]),
        ("topic:管理", ["topics  管理", "1 pair is found. Newest first.", "", "1  notes#q1 第一次带团队"]),
    ],
)
def test_without_scores(query, lines, site):
    assert run("--", query) == lines


def test_each_score_is_the_sum_of_what_is_shown_before_the_pair(site):
    lines = run("带团队")
    assert lines[:2] == ["words  带团队", "2 pairs are found."]
    start = next(number for number, line in enumerate(lines) if line.lstrip().startswith("holds"))
    letters = lines[start].split()[2:]
    rows = [line.split(maxsplit=3 + len(letters)) for line in lines[start + 1 : start + 3]]
    assert [(row[0], row[1], row[-1]) for row in rows] == [
        ("1", "all", "notes#q1 第一次带团队"),
        ("2", "some", "notes#q2 团队里有人不服管"),
    ]
    for _place, _tier, score, *parts, _name in rows:
        assert sum(map(float, parts)) == pytest.approx(float(score), abs=0.001 * len(letters))


def test_terms_say_in_how_many_pairs_they_stand(site):
    lines = run("带团队")
    rows = [re.split(r" {2,}", line) for line in lines[lines.index("") + 1 :]]
    assert rows[0] == ["term", "in pairs", "weight"]
    assert {row[0]: row[1] for row in rows[1:6]} == {"带": "1", "带团": "1", "团": "2", "队": "2", "团队": "2"}


def test_synonyms_are_read_in_turn(site):
    make_synonyms("队伍、团队")
    lines = run("带队伍")
    assert lines[:3] == ["words     带队伍", "synonyms  队伍 = 团队", "2 pairs are found."]
    assert [line for line in lines if line.startswith("By ")] == ["By “带队伍”:", "By “带团队”:"]
    assert sum("notes#q1" in line for line in lines) == 2


def test_words_need_no_quotes_of_the_shell(site):
    assert run("团队", "topic:管理") == run("团队 topic:管理")


def test_limit(site):
    def shown(*arguments):
        return [line for line in run("团队", *arguments) if "notes#q" in line]

    assert [len(shown()), len(shown("--limit", "1")), len(shown("--limit", "-1"))] == [2, 1, 0]


def test_every_letter_has_its_meaning(site):
    make_article(pairs=[{"heading": "", "question": "", "answer": "先带团队。"}])
    letters = {letter for hit in explain("带团队").readings[0].hits for letter in hit.parts}
    assert letters == set(MEANINGS)
    assert run("带团队")[-len(MEANINGS) :] == [f"{letter}  {meaning}" for letter, meaning in MEANINGS.items()]
