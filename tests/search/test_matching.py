import pytest

from articles.search import matching, postings, writing
from articles.search.fields import VERSION, Fields
from articles.search.lexicon import Lexicon
from articles.search.matching import Fragment, best_pairs, holding
from articles.search.postings import Change, Entry, read_terms
from articles.search.query import parse_query

pytestmark = pytest.mark.django_db

TEXTS = {
    1: {"heading": "团队管理", "answer": "带人要先定考核"},
    2: {"heading": "管理团队"},
    3: {"heading": "团 队", "answer": "kpi与团队"},
    4: {"heading": "100%的kpis", "topics": "KPI a_b"},
}


@pytest.fixture(autouse=True)
def index():
    changes = []
    for pair_id, texts in TEXTS.items():
        fields = Fields.of(**texts)
        changes.append(Change(pair_id, None, Entry(VERSION, fields.length(), fields.pack())))
    writing.write(changes)


def rows(fragment):
    return sorted({pair_id for (pair_id,) in postings.select(*fragment)}) if fragment else None


@pytest.mark.parametrize(
    "text, pair_ids",
    [
        ("团", [1, 2, 3]),
        ("团队", [1, 2, 3]),
        ("团队管理", [1]),
        ("团队 管理", [1, 2]),
        ("管理团", [2]),
        ("定考核", [1]),
        ("队团", None),
        ("kpi", [3, 4]),
        ("kp", [3, 4]),
        ("KPI 团队", [3]),
        ("pi", [3, 4]),
        ("pis", [4]),
        ("k", [3, 4]),
        ("没有", None),
        ("团队 没有", None),
        ("a_b", [4]),
        ("a%b", [4]),
    ],
)
def test_pairs_that_hold_every_term(text, pair_ids):
    query = parse_query(text)
    assert rows(Lexicon.of(query).pairs_with(query.terms, ())) == pair_ids


@pytest.mark.parametrize(
    "text, pair_ids",
    [
        ('"团队管理"', [1]),
        ('"kpi 与团队"', [3]),
        ('"kpi 团队"', []),
        ('"与团队 kpi"', []),
        ('"kp"', None),
        ('"团 队"', [3]),
        ('"100%的kpis"', [4]),
        ('"的 100"', []),
    ],
)
def test_pairs_that_hold_a_phrase(text, pair_ids):
    query = parse_query(text)
    assert rows(Lexicon.of(query).pairs_with((), query.phrases)) == pair_ids


def weights(*texts):
    return dict.fromkeys(read_terms(texts), 100)


def test_best_pairs_are_scored_in_whole_numbers():
    """Pair 1 (length 19) holds 管理 in its heading and 人 in its answer, pair 2 (length 7) 管理 alone."""
    management, person = 4 * 25_500 // (400 + 30 + 171), 25_500 // (100 + 30 + 171)
    assert best_pairs(weights("管理", "人"), 10, 10) == [
        (1, 100 * (management + person)),
        (2, 100 * (4 * 25_500 // (400 + 30 + 63))),
    ]


def test_a_pair_that_is_not_within_is_not_scored():
    within = Fragment("SELECT pair_id FROM articles_indexedpair WHERE pair_id <> %s", [2])
    assert [pair_id for pair_id, _ in best_pairs(weights("团队"), 10, 10, within)] == [1, 3]


def test_no_more_pairs_than_asked_for():
    assert len(best_pairs(weights("团队"), 10, 2)) == 2


def test_common_terms_only_complete_the_best_pairs(monkeypatch):
    full = best_pairs(weights("考核", "团队", "团"), 10, 10)
    monkeypatch.setattr(matching, "BUDGET", 1)
    frugal = best_pairs(weights("考核", "团队", "团"), 10, 10)
    assert frugal == [row for row in full if row[0] == 1]


def test_the_rarest_group_leads():
    common, rare = read_terms(["团"]), read_terms(["考核"])
    assert holding([common, rare], []).params == [rare[0].id, common[0].id]
