import pytest

from articles.search import blocks, gathering, matching, postings, writing
from articles.search.fields import VERSION, Fields, Posting
from articles.search.lexicon import Lexicon
from articles.search.matching import (
    NO_DEMANDS,
    Demands,
    Fragment,
    Group,
    Holding,
    best_pairs,
    find_pairs,
    keep_pairs,
    score_pairs,
)
from articles.search.postings import Change, Entry, Size, read_terms
from articles.search.query import parse_query
from tests.search.tables import posting_rows

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


@pytest.mark.parametrize(
    "text, pair_ids",
    [
        ("团", [3, 2, 1]),
        ("团队", [3, 2, 1]),
        ("团队管理", [1]),
        ("团队 管理", [2, 1]),
        ("管理团", [2]),
        ("定考核", [1]),
        ("队团", []),
        ("kpi", [4, 3]),
        ("kp", [4, 3]),
        ("KPI 团队", [3]),
        ("pi", [4, 3]),
        ("pis", [4]),
        ("k", [4, 3]),
        ("没有", []),
        ("团队 没有", []),
        ("a_b", [4]),
        ("a%b", [4]),
    ],
)
def test_pairs_that_hold_every_term(text, pair_ids):
    query = parse_query(text)
    assert find_pairs(Lexicon.of(query).holding(query.terms), NO_DEMANDS, 10) == (pair_ids, None)


@pytest.mark.parametrize(
    "text, pair_ids",
    [
        ('"团队管理"', [1]),
        ('"kpi 与团队"', [3]),
        ('"kpi 团队"', []),
        ('"与团队 kpi"', []),
        ('"kp"', []),
        ('"团 队"', [3]),
        ('"100%的kpis"', [4]),
        ('"的 100"', []),
    ],
)
def test_pairs_that_hold_a_phrase(text, pair_ids):
    query = parse_query(text)
    assert find_pairs(Lexicon.of(query).holding((), query.phrases), NO_DEMANDS, 10) == (pair_ids, None)


def weights(*texts):
    return dict.fromkeys(read_terms(texts), 100)


def test_best_pairs_are_scored_in_whole_numbers():
    """Pair 1 (length 19) holds 管理 in its heading and 人 in its answer, pair 2 (length 7) 管理 alone."""
    management, person = 4 * 25_500 // (400 + 30 + 171), 25_500 // (100 + 30 + 171)
    assert best_pairs(weights("管理", "人"), Size(10, 10), 10) == [
        (1, 100 * (management + person)),
        (2, 100 * (4 * 25_500 // (400 + 30 + 63))),
    ]


def test_pairs_are_scored_one_by_one_as_among_all():
    terms = weights("团队", "考核")
    among_all = dict(best_pairs(terms, Size(10, 10), 10))
    assert dict(score_pairs(terms, Size(10, 10), [1, 3, 4])) == {1: among_all[1], 3: among_all[3], 4: 0}


def test_the_best_are_asked_before_further_ones(monkeypatch):
    asked = []

    def keep_but_first(pair_ids):
        asked.append(list(pair_ids))
        return [pair_id for pair_id in asked[-1] if pair_id != first]

    terms = weights("团队")
    (first, _), *others = best_pairs(terms, Size(10, 10), 10)
    assert best_pairs(terms, Size(10, 10), 1, keep_but_first) == others[:1]
    assert asked == [[first], [pair_id for pair_id, _ in others]]


def test_no_more_pairs_than_asked_for():
    assert len(best_pairs(weights("团队"), Size(10, 10), 2)) == 2


def test_the_rarer_terms_alone_rank_where_there_are_too_many_postings(monkeypatch):
    monkeypatch.setattr(matching, "BUDGET", 3)
    assert best_pairs(weights("考核", "团队", "团"), Size(10, 10), 10) == best_pairs(weights("考核"), Size(10, 10), 10)
    assert score_pairs(weights("考核", "团队"), Size(10, 10), [2, 1])[0] == (2, 0)


@pytest.mark.parametrize("pairs, postings", [(0, 8_000), (100_000, 20_000), (10_000_000, 100_000)])
def test_more_postings_are_read_on_a_larger_site(pairs, postings):
    assert matching.budget_of(pairs) == postings


def test_the_rarest_group_leads():
    common, rare = Group(read_terms(["团"])), Group(read_terms(["考核"]))
    assert Holding([common, rare]).lead == rare


@pytest.mark.parametrize("text", ["k 团队", "团队 k", "pi 与"])
def test_of_many_words_that_hold_a_piece_the_text_is_read(text, monkeypatch):
    """The same pairs are found as by asking for each word."""
    query = parse_query(text)
    monkeypatch.setattr(matching, "MOST_ASKED", 0)
    assert find_pairs(Lexicon.of(query).holding(query.terms), NO_DEMANDS, 10).ids == [3]


NOT_THE_SECOND = Demands([Fragment("held.pair_id <> %s", [2])])


def test_demands_are_asked_of_each_pair():
    team = Lexicon.of(parse_query("团队")).holding(["团队"])
    assert find_pairs(team, NOT_THE_SECOND, 10).ids == [3, 1]
    assert keep_pairs([4, 3, 2, 1], NOT_THE_SECOND) == [4, 3, 1]
    assert keep_pairs([2, 1, 7, 3], NOT_THE_SECOND) == [1, 7, 3]
    assert keep_pairs([2, 1], NO_DEMANDS) == [2, 1]


@pytest.mark.parametrize("few", [0, 500])
def test_what_must_not_be_held(few, monkeypatch):
    """The same from posting lists as from texts."""
    monkeypatch.setattr(matching, "FEW", few)
    management = Lexicon.of(parse_query('"团队管理"')).holding((), ["团队管理"])
    assert keep_pairs([4, 3, 2, 1], Demands((), [management])) == [4, 3, 2]


def test_the_newest_pairs_come_first_and_no_more_than_asked_for():
    assert find_pairs(Lexicon.of(parse_query("团")).holding(["团"]), NO_DEMANDS, 2) == ([3, 2], 2)


def test_no_more_pairs_are_asked_than_a_query_may_cost(monkeypatch):
    team = Lexicon.of(parse_query("团队")).holding(["团队"])
    monkeypatch.setattr(matching, "MOST_SCANNED", 2)
    assert find_pairs(team, NOT_THE_SECOND, 10) == ([3], 2)
    monkeypatch.setattr(matching, "MOST_SCANNED", 3)
    assert find_pairs(team, NOT_THE_SECOND, 10) == ([3, 1], None)


@pytest.fixture
def narrow_blocks(monkeypatch):
    """Give each pair a block of its own."""
    for module in (blocks, gathering, matching):
        for name, value in {"BITS": 0, "WIDTH": 1}.items():
            if hasattr(module, name):
                monkeypatch.setattr(module, name, value)
    rows = posting_rows()
    postings.execute("DELETE FROM articles_postingblock")
    ids = postings.read_term_ids({text for text, *_ in rows})
    writing.write_postings((ids[text], pair_id, Posting(*numbers)) for text, pair_id, *numbers in rows)


@pytest.mark.usefixtures("narrow_blocks")
class TestManyBlocks:
    @pytest.mark.parametrize("text, pair_ids", [("团", [3, 2, 1]), ("团队管理", [1]), ("k 团队", [3]), ("团队 k", [3])])
    @pytest.mark.parametrize("span", [1, 3, 400_000])
    def test_the_same_pairs_are_found(self, text, pair_ids, span, monkeypatch):
        monkeypatch.setattr(matching, "SPAN", span)
        query = parse_query(text)
        assert find_pairs(Lexicon.of(query).holding(query.terms), NO_DEMANDS, 10) == (pair_ids, None)

    def test_no_more_parts_are_read_than_a_query_may_cost(self, monkeypatch):
        monkeypatch.setattr(matching, "SPAN", 1)
        monkeypatch.setattr(matching, "MOST_SPANS", 2)
        team = Lexicon.of(parse_query("团队")).holding(["团队"])
        # Pair 4 lacks it; of the block of the first pair nothing is known.
        assert find_pairs(team, NO_DEMANDS, 10) == ([3], 3)

    def test_of_a_term_that_very_many_hold_the_newest_are_looked_at(self, monkeypatch):
        monkeypatch.setattr(matching, "BUDGET", 2)
        assert [pair_id for pair_id, _ in best_pairs(weights("团"), Size(10, 10), 10)] == [3]

    def test_scores_are_the_same(self):
        terms = weights("团队", "考核")
        assert [pair_id for pair_id, _ in best_pairs(terms, Size(10, 10), 2)] == [1, 2]
        assert score_pairs(terms, Size(10, 10), [9, 2])[0] == (9, 0)
