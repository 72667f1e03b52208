import pytest
from django.db import connection

from articles.choices import Status
from tests.factories import at, make_article, make_author, make_column, make_topic

pytestmark = pytest.mark.django_db


def test_robots_points_to_the_sitemap(client):
    response = client.get("/robots.txt")
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert response.content.decode() == (
        "User-agent: *\nDisallow: /admin/\nDisallow: /search/\n\nSitemap: http://testserver/sitemap.xml\n"
    )


def test_health_is_ok_while_the_database_answers(client):
    response = client.get("/healthz")
    assert (response.status_code, response.content) == (200, b"ok\n")


def test_health_is_503_when_the_table_cannot_be_read(client):
    def refuse(execute, sql, params, many, context):
        return execute("SELECT 1 FROM there_is_no_such_table", params, many, context)

    with connection.execute_wrapper(refuse):
        assert client.get("/healthz").status_code == 503


def test_the_sitemap_holds_published_pages_with_their_last_change(client):
    make_topic("KPI", slug="kpi")
    column = make_column(slug="c", author=make_author(slug="a"))
    changed = at(2020, 1, 2, 3, 4)
    make_article(slug="pub", column=column, topics=["KPI"], published_at=at(2017, 3, 27), content_updated_at=changed)
    make_article(slug="draft", status=Status.DRAFT)
    xml = client.get("/sitemap.xml").content.decode()
    for path in ("/", "/articles/pub/", "/columns/c/", "/topics/kpi/", "/authors/a/", "/archive/"):
        assert f"<loc>http://testserver{path}</loc>" in xml
    assert "<loc>http://testserver/articles/pub/</loc><lastmod>2020-01-02</lastmod>" in xml.replace("\n", "")
    assert "draft" not in xml


def test_the_sitemap_follows_the_site_address(client, settings):
    settings.SITE_URL = "https://qa.example.com"
    make_article(slug="pub")
    assert "<loc>https://qa.example.com/articles/pub/</loc>" in client.get("/sitemap.xml").content.decode()


@pytest.mark.parametrize("method", ["post", "put", "delete", "trace", "patch"])
@pytest.mark.parametrize("address", ["/", "/articles/", "/search/", "/feed/", "/healthz", "/robots.txt", "/topics/"])
def test_reading_pages_refuse_other_methods(client, method, address):
    assert getattr(client, method)(address).status_code == 405
