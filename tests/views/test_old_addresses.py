"""Addresses of the site that articles came from lead to the articles, and tell nothing of those that are hidden."""

import pytest

from articles.choices import Status
from articles.models import Article, OldAddress
from tests.factories import make_article

pytestmark = pytest.mark.django_db

ADDRESSES = ["/?p=17", "/blog/?p=17", "/2014/05/qun-li/", "/2014/05/Qun-Li", "/%E7%BE%A4/", "/articles/old-name/"]


@pytest.fixture
def article():
    article = make_article(slug="qun-li")
    kept = ("/?p=17", "/2014/05/qun-li", "/群", "/articles/old-name", "/articles/qun-li")
    OldAddress.objects.bulk_create(OldAddress(address=address, target=article) for address in kept)
    return article


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize("method", ["get", "head"])
def test_an_old_address_leads_to_the_article(client, article, address, method):
    response = getattr(client, method)(address)
    assert (response.status_code, response.get("Location")) == (301, "/articles/qun-li/")
    assert response["Cache-Control"] == "no-cache"
    assert client.get(response["Location"]).status_code == 200


@pytest.mark.parametrize("address", ["/?p=18", "/2014/05/", "/2014/06/qun-li/", "/%00", "/" + "a" * 2000, "/?p=17x"])
def test_an_unknown_address_is_as_it_would_be_without(client, article, address):
    assert client.get(address).status_code == (200 if address == "/?p=17x" else 404)


@pytest.mark.parametrize("address", [*ADDRESSES, "/articles/qun-li/"])
def test_what_is_hidden_answers_like_what_never_was(client, article, address):
    Article.objects.update(status=Status.DRAFT)
    hidden = client.get(address)
    OldAddress.objects.all().delete()
    unknown = client.get(address)
    assert (hidden.status_code, hidden.content, hidden.headers) == (404, unknown.content, unknown.headers)


def test_an_address_that_a_page_has_stays_with_the_page(client, article):
    OldAddress.objects.create(address="/topics", target=article)
    assert client.get("/topics/").status_code == 200


def test_what_is_sent_is_not_led_away(client, article):
    assert client.post("/2014/05/qun-li/").status_code == 404
