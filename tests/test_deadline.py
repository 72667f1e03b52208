"""A query of a page for readers that runs too long is stopped, and the page says so kindly."""

import pytest
from django.db import OperationalError, connection
from django.http import HttpResponse
from django.test import Client
from django.urls import path

from opsqa import urls as site
from opsqa.deadline import is_cut_short
from tests.reading import main_text

pytestmark = pytest.mark.django_db(transaction=True)

LONG = {
    "sqlite": "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %s) SELECT count(*) FROM n",
    "postgresql": "SELECT count(*) FROM generate_series(1, %s)",
}
ROWS = 2_000_000


def count(rows: int) -> HttpResponse:
    with connection.cursor() as cursor:
        cursor.execute(LONG[connection.vendor], [rows])
        return HttpResponse(str(cursor.fetchone()[0]))


def long(request):
    return count(ROWS)


def short(request):
    return count(1000)


def broken(request):
    raise OperationalError("disk I/O error")


urlpatterns = [
    path("long/", long),
    path("short/", short),
    path("broken/", broken),
    path("admin/long/", long),
    *site.urlpatterns,
]
handler500 = site.handler500


@pytest.fixture
def visitor(settings):
    settings.ROOT_URLCONF = __name__
    settings.QUERY_SECONDS = 0.05
    return Client(raise_request_exception=False)


def test_a_long_query_for_a_reader_is_stopped(visitor):
    response = visitor.get("/long/")
    assert (response.status_code, response["Retry-After"]) == (503, "60")
    assert "眼下太忙" in main_text(response)


def test_the_connection_serves_on(visitor):
    answers = [visitor.get(address).status_code for address in ("/long/", "/short/", "/long/", "/short/")]
    assert answers == [503, 200, 503, 200]


def test_a_cookie_buys_no_more_time(visitor):
    visitor.cookies["sessionid"] = "made up"
    assert visitor.get("/long/").status_code == 503


def test_editors_have_the_time_they_need(visitor):
    visitor.get("/long/")
    assert visitor.get("/admin/long/").content.decode() == str(ROWS)


def test_another_fault_of_the_database_stays_what_it_is(visitor):
    assert visitor.get("/broken/").status_code == 500


@pytest.mark.parametrize("exception", [None, ValueError("interrupted"), OperationalError("database is locked")])
def test_only_a_query_out_of_time_counts(exception):
    assert not is_cut_short(exception)
