"""What judged cases say of the search, counted by hand."""

import pytest
from django.utils import translation

from articles.models import QAPair
from articles.search.cases import Case, CasesRefused, PairAddress
from articles.search.evaluation import Outcome, evaluate, measure, measure_kinds
from tests.factories import make_article, tomorrow

CASE = Case(2, "团队", (PairAddress("notes", 1),))
FIRST = Outcome(CASE, (7,), (7, 8), 0.001)
SECOND = Outcome(CASE, (7, 9), (8, 9, 7), 0.004)
SIXTH = Outcome(CASE, (7,), (1, 2, 3, 4, 5, 7), 0.002)
MISSED = Outcome(CASE, (7,), (8,), 0.003)
EMPTY = Outcome(CASE, (7,), (), 0.002)
LED_ON = Outcome(CASE, (7,), (), 0.002, "团队", (7, 8))
LED_ASTRAY = Outcome(CASE, (7,), (8,), 0.002, "团队", (8, 7))


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


@pytest.mark.parametrize("outcome, place", [(FIRST, 1), (SECOND, 2), (SIXTH, 6), (MISSED, None), (EMPTY, None)])
def test_the_nearest_expected_pair_counts(outcome, place):
    assert outcome.place == place


@pytest.mark.parametrize(
    "outcome, is_served", [(FIRST, True), (SECOND, False), (EMPTY, False), (LED_ON, True), (LED_ASTRAY, False)]
)
def test_the_first_pair_counts_at_once_or_by_the_offer(outcome, is_served):
    assert outcome.is_served is is_served


def test_measure():
    figures = measure([FIRST, SECOND, SIXTH, MISSED, LED_ON])
    assert (figures.cases, figures.hit_at_1, figures.served, figures.hit_at_5, figures.zero) == (5, 0.2, 0.4, 0.4, 0.2)
    assert figures.mrr == pytest.approx((1 + 1 / 2 + 1 / 6) / 5)
    assert figures.slowest is SECOND


def test_kinds_come_in_the_order_of_the_file():
    def outcome(kind, found):
        return Outcome(Case(2, "团队", (), kind), (7,), found, 0.001)

    kinds = measure_kinds([outcome("词", (7,)), outcome("", ()), outcome("句", ()), outcome("词", ())])
    assert [(kind, figures.cases, figures.hit_at_1) for kind, figures in kinds.items()] == [
        ("词", 2, 0.5),
        ("句", 1, 0),
    ]


def case(query, *addresses, row=2):
    return Case(row, query, tuple(PairAddress(slug, number) for slug, number in addresses))


@pytest.mark.django_db
def test_evaluate_asks_the_sites_own_search():
    make_article(slug="notes", pairs=[{"heading": "第一次带团队"}, {"heading": "周报写给谁看"}])
    first, second = QAPair.objects.order_by("number").values_list("pk", flat=True)
    cases = [case("團隊", ("notes", 1)), case("周报", ("notes", 1), ("notes", 2)), case("葡萄", ("notes", 2))]
    outcomes = list(evaluate(cases))
    assert [(outcome.case, outcome.expected, outcome.found, outcome.place) for outcome in outcomes] == [
        (cases[0], (first,), (first,), 1),
        (cases[1], (first, second), (second,), 1),
        (cases[2], (second,), (), None),
    ]
    assert all(outcome.seconds > 0 for outcome in outcomes)


@pytest.mark.django_db
def test_the_offer_is_followed_where_the_expected_pair_is_not_first():
    make_article(slug="notes", pairs=[{"heading": "第一次做marketing"}, {"heading": "周报写给谁看"}])
    first, second = QAPair.objects.order_by("number").values_list("pk", flat=True)
    slip, clean = evaluate([case("marketng", ("notes", 1)), case("周报", ("notes", 2))])
    assert (slip.found, slip.offer, slip.offered, slip.is_served) == ((), "marketing", (first,), True)
    assert (clean.found, clean.offer, clean.offered, clean.is_served) == ((second,), "", (), True)


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["notes#q3", "draft#q1", "later#q1", "nowhere#q1", "notes#q99999"])
def test_a_pair_that_no_reader_can_find_is_refused(address):
    make_article(slug="notes", pairs=2)
    make_article(slug="draft", status="draft")
    make_article(slug="later", published_at=tomorrow())
    slug, number = address.split("#q")
    with pytest.raises(CasesRefused) as error:
        evaluate([case("团队", ("notes", 2)), case("周报", ("notes", 1), (slug, int(number)), row=5)])
    assert str(error.value) == f"row 5, expected: No published pair has the address {address}."
