from datetime import UTC, datetime

import pytest

from articles.models import QAPair
from articles.search.facets import Facet, Facets, Filters, count_facets, narrow, rounded
from tests.factories import at, make_article, make_column, make_topic

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def content():
    kpi, team = make_topic("KPI", slug="kpi"), make_topic("团队", slug="team")
    letters = make_column(slug="letters", title="信箱")
    ledger = make_column(slug="ledger", title="账本")
    make_article(
        column=letters,
        published_at=at(2020, 5, 1),
        pairs=[{"heading": "一", "topics": [kpi, team]}, {"heading": "二", "topics": [kpi]}],
    )
    make_article(column=letters, published_at=at(2021, 5, 1), pairs=[{"heading": "三", "topics": [team]}])
    make_article(column=ledger, published_at=at(2021, 1, 1), pairs=[{"heading": "四"}])


def all_pairs():
    return list(QAPair.objects.values_list("pk", flat=True))


def headings(filters):
    return sorted(pair.heading for pair in narrow(QAPair.objects.all(), filters))


@pytest.mark.parametrize(
    "filters, expected",
    [
        (Filters(), ["一", "三", "二", "四"]),
        (Filters(topic="kpi"), ["一", "二"]),
        (Filters(year=2021), ["三", "四"]),
        (Filters(column="letters", year=2021), ["三"]),
        (Filters(topic="team", year=2020), ["一"]),
        (Filters(topic="none"), []),
        (Filters(column="none"), []),
        (Filters(year=1999), []),
        (Filters(year=0), []),
        (Filters(year=99999), []),
    ],
)
def test_narrow(filters, expected):
    assert headings(filters) == expected


@pytest.mark.parametrize(
    "filters, is_set", [(Filters(), False), (Filters(topic="a"), True), (Filters(year=2020), True)]
)
def test_filters_know_whether_any_is_set(filters, is_set):
    assert filters.is_set is is_set


def test_facets_count_all_choices():
    facets = count_facets(all_pairs(), Filters())
    assert facets.topics == (Facet("kpi", "KPI", 2), Facet("team", "团队", 2))
    assert facets.columns == (Facet("letters", "信箱", 3), Facet("ledger", "账本", 1))
    assert facets.years == (Facet(2021, "2021", 2), Facet(2020, "2020", 2))


def test_each_facet_is_counted_under_the_other_filters_only():
    facets = count_facets(all_pairs(), Filters(topic="kpi", year=2020))
    assert facets.topics == (Facet("kpi", "KPI", 2), Facet("team", "团队", 1))
    assert facets.columns == (Facet("letters", "信箱", 2),)
    assert facets.years == (Facet(2020, "2020", 2),)


def test_a_year_begins_in_the_time_zone_of_the_site():
    make_article(published_at=datetime(2018, 12, 31, 17, tzinfo=UTC), pairs=[{"heading": "新年"}])
    assert headings(Filters(year=2019)) == ["新年"]
    assert Facet(2019, "2019", 1) in count_facets(all_pairs(), Filters()).years


def test_drafts_without_a_time_have_no_year():
    make_article(status="draft", published_at=None, pairs=[{"heading": "草稿"}])
    assert sum(facet.count for facet in count_facets(all_pairs(), Filters()).years) == 4


def test_a_sample_is_scaled():
    facets = count_facets(all_pairs(), Filters()).scaled(2.5)
    assert facets.columns == (Facet("letters", "信箱", 7), Facet("ledger", "账本", 2))
    assert facets.years == (Facet(2021, "2021", 5), Facet(2020, "2020", 5))
    assert facets.is_estimate


@pytest.mark.parametrize("estimate, expected", [(0.0, 0), (7.4, 7), (99.6, 100), (1234, 1200), (987654, 990000)])
def test_estimates_are_round(estimate, expected):
    assert rounded(estimate) == expected


def test_no_pairs_cost_no_query(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert count_facets([], Filters()) == Facets()
