from xml.etree import ElementTree

import pytest

from articles.choices import Status
from tests.factories import at, make_article, make_column, make_topic

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"


def entries(response) -> list[str]:
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    return [entry.findtext(f"{ATOM}title") for entry in ElementTree.fromstring(response.content).iter(f"{ATOM}entry")]


def test_the_feed_of_everything_holds_articles_newest_first(client):
    make_article(title="旧", published_at=at(2016, 1, 1))
    make_article(title="新", published_at=at(2017, 1, 1))
    make_article(title="稿", status=Status.DRAFT)
    assert entries(client.get("/feed/")) == ["新", "旧"]


def test_a_column_feed_holds_its_own_articles(client):
    make_article(title="我的", column=make_column(slug="c"))
    make_article(title="别家的")
    assert entries(client.get("/columns/c/feed/")) == ["我的"]


def test_a_topic_feed_holds_pairs(client):
    make_topic("KPI", slug="kpi")
    make_article(pairs=[{"heading": "怎么定", "topics": ["KPI"]}, {"heading": "无关"}])
    response = client.get("/topics/kpi/feed/")
    assert entries(response) == ["怎么定"]
    assert "#q1" in response.content.decode()


def test_control_characters_do_not_break_a_feed(client):
    make_topic("KPI", slug="kpi")
    make_article(title="甲\x0b乙", pairs=[{"heading": "丙\x08丁", "answer": "戊\x1f己"}], topics=["KPI"])
    assert entries(client.get("/feed/")) == ["甲乙"]
    assert entries(client.get("/topics/kpi/feed/")) == ["丙丁"]


def test_a_feed_of_nothing_public_is_not_found(client):
    make_topic("机密", slug="secret")
    make_article(column=make_column(slug="secret"), topics=["机密"], status=Status.DRAFT)
    assert client.get("/topics/secret/feed/").status_code == 404
    assert client.get("/columns/secret/feed/").status_code == 404


def test_a_former_slug_of_a_feed_leads_on(client):
    column = make_column(slug="old")
    make_article(column=column)
    column.slug = "new"
    column.save()
    response = client.get("/columns/old/feed/")
    assert (response.status_code, response["Location"]) == (301, "/columns/new/feed/")


def test_addresses_follow_the_setting(client, settings):
    make_article(slug="a", pairs=[{}], topics=["KPI"])
    for setting, site in (("", "http://testserver"), ("https://qa.example.com", "https://qa.example.com")):
        settings.SITE_URL = setting
        links = [link.get("href") for link in ElementTree.fromstring(client.get("/feed/").content).iter(f"{ATOM}link")]
        assert links == [f"{site}/", f"{site}/feed/", f"{site}/articles/a/"]
