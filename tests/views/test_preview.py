"""Links to previews: whom they show what, how long, and that nobody else learns of them."""

from datetime import timedelta

import pytest
from django.core.signing import b62_encode
from django.utils import timezone

from articles.models import Article
from articles.preview_links import SIGNER, preview_path
from tests.factories import at, make_article, tomorrow

pytestmark = pytest.mark.django_db

HIDDEN_STATES = [
    {"status": "draft", "published_at": None},
    {"status": "draft", "published_at": at(2017, 3, 27)},
    {"status": "review", "published_at": None},
    {"status": "published", "published_at": tomorrow()},
]


def make_link(article: Article, *, age: timedelta) -> str:
    """Return the path of a link that was made so long ago."""
    signer = type(SIGNER)(salt=SIGNER.salt)
    signer.timestamp = lambda: signing_time(age)
    return f"/preview/{signer.sign(article.pk)}/"


def signing_time(age: timedelta) -> str:
    return b62_encode(int((timezone.now() - age).timestamp()))


@pytest.mark.parametrize("state", HIDDEN_STATES)
def test_what_waits_is_shown_in_the_public_page(client, state):
    article = make_article(title="还没发的稿", pairs=[{"answer": "**粗**"}], **state)
    response = client.get(preview_path(article))
    assert response.status_code == 200
    assert response.templates[0].name == "articles/article.html"
    assert "<strong>粗</strong>" in response.content.decode()
    assert '<meta name="robots" content="noindex">' in response.content.decode()


def test_no_cache_no_search_engine_and_no_other_site_learns_of_it(client):
    response = client.get(preview_path(make_article(status="draft")))
    assert response["Cache-Control"] == "private, no-store"
    assert response["X-Robots-Tag"] == "noindex"
    assert response["Referrer-Policy"] == "no-referrer"
    assert not response.cookies


def test_an_article_without_questions_is_shown_too(client):
    assert client.get(preview_path(make_article(status="draft", pairs=0))).status_code == 200


def test_a_published_article_is_at_its_own_address(client):
    article = make_article()
    response = client.get(preview_path(article))
    assert (response.status_code, response.url) == (302, article.get_absolute_url())
    assert response["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize(
    "state",
    [
        {"status": "trashed"},
        {"published_at": at(2017, 3, 27), "expires_at": at(2018, 3, 27)},
    ],
)
def test_what_was_taken_away_is_gone(client, state):
    article = make_article(title="收回的稿", **state)
    response = client.get(preview_path(article))
    assert response.status_code == 410
    assert "收回的稿" not in response.content.decode()
    assert response["Cache-Control"] == "private, no-store"


def test_a_deleted_article_is_gone(client):
    article = make_article(status="draft")
    path = preview_path(article)
    article.delete()
    assert client.get(path).status_code == 410


@pytest.mark.parametrize("age, status", [(timedelta(days=7, minutes=-1), 200), (timedelta(days=7, minutes=1), 410)])
def test_a_link_holds_for_seven_days(client, age, status):
    assert client.get(make_link(make_article(status="draft"), age=age)).status_code == status


@pytest.mark.parametrize("token", ["1", "1:2:3", "x" * 5000, "1%00", "：", "1:1w0IKL:aaaa"])
def test_what_was_never_a_link_is_not_found(client, token):
    make_article(status="draft")
    assert client.get(f"/preview/{token}/").status_code == 404


def test_the_link_of_one_article_opens_no_other(client):
    first, second = make_article(status="draft"), make_article(status="draft")
    token = SIGNER.sign(first.pk).replace(f"{first.pk}:", f"{second.pk}:", 1)
    assert client.get(f"/preview/{token}/").status_code == 404


def test_a_signature_for_something_else_is_no_link(client):
    article = make_article(status="draft")
    assert client.get(f"/preview/{type(SIGNER)().sign(article.pk)}/").status_code == 404


def test_a_preview_is_only_read(client):
    assert client.post(preview_path(make_article(status="draft"))).status_code == 405


@pytest.mark.parametrize("rows", [1, 3])
def test_queries_do_not_grow_with_questions(client, django_assert_num_queries, rows):
    article = make_article(status="draft", published_at=None, pairs=rows, topics=["KPI"])
    with django_assert_num_queries(4):
        client.get(preview_path(article))
