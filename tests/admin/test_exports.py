"""Exporting what is selected in the list: the page that asks, the file, and what never leaks."""

import csv
import io
import json

import pytest

from articles.admin import exports
from articles.choices import Status
from articles.models import Article
from tests.admin.posting import LIST
from tests.factories import make_article, make_column, tomorrow
from tests.reading import text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def articles():
    column = make_column(title="信箱", slug="xinxiang")
    make_article(title="公开", column=column)
    make_article(title="别栏")
    make_article(title="草稿", column=column, status=Status.DRAFT)
    make_article(title="定时", column=column, published_at=tomorrow())
    make_article(title="丢掉", column=column, status=Status.TRASHED)
    return column


def ask(client, address=LIST, **data):
    keys = list(Article.objects.values_list("pk", flat=True))
    return client.post(address, {"action": "export_selected", "_selected_action": keys} | data)


def titles(response) -> list[str]:
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    rows = csv.DictReader(io.StringIO(b"".join(response.streaming_content).decode("utf-8-sig")))
    return sorted(row["article title"] for row in rows)


def said(response) -> list[str]:
    return [str(message) for message in response.context["messages"]]


def test_the_page_counts_what_readers_see_and_what_they_do_not(admin_client, articles):
    text = text_of(ask(admin_client).content.decode())
    assert "2 articles that readers see." in text
    assert "Also 2 articles that readers do not see" in text


def test_drafts_stay_here_unless_they_are_asked_for(admin_client, articles):
    assert titles(ask(admin_client, format="csv")) == ["公开", "别栏"]
    assert titles(ask(admin_client, format="csv", drafts="on")) == ["公开", "别栏", "定时", "草稿"]


def test_all_of_a_filtered_list_is_what_the_filter_shows(admin_client, articles):
    address = f"{LIST}?column__id__exact={articles.pk}"
    page = ask(admin_client, address, select_across="1")
    assert page.context["keys"] == page.context["keys"][:1]
    response = ask(
        admin_client, address, select_across="1", _selected_action=page.context["keys"], format="csv", drafts="on"
    )
    assert titles(response) == ["公开", "定时", "草稿"]


@pytest.mark.parametrize(
    "name, suffix, start", [("xlsx", "xlsx", b"PK"), ("markdown", "zip", b"PK"), ("fixture", "json", b"[")]
)
def test_every_format_is_handed_out_as_a_file(admin_client, articles, name, suffix, start):
    response = ask(admin_client, format=name)
    assert response["Content-Disposition"].startswith('attachment; filename="articles-')
    assert response["Content-Disposition"].endswith(f'.{suffix}"')
    data = b"".join(response.streaming_content)
    assert data.startswith(start)
    if name == "fixture":
        kinds = [record["fields"]["title"] for record in json.loads(data) if record["model"] == "articles.article"]
        assert sorted(kinds) == ["公开", "别栏"]


def test_a_format_that_is_none_brings_the_page_back(admin_client, articles):
    assert ask(admin_client, format="exe").templates[0].name == "admin/articles/article/export.html"


def test_nothing_to_export_is_said(admin_client):
    make_article(status=Status.DRAFT)
    assert said(ask(admin_client, format="csv")) == ["Nothing is left to export: readers see none of these articles."]


def test_too_many_articles_are_left_to_the_command(admin_client, articles, monkeypatch):
    monkeypatch.setattr(exports, "MOST_ARTICLES", 1)
    (message,) = said(ask(admin_client, format="csv"))
    assert message == "More than 1 articles take too long here. Use manage.py export_articles."


def test_what_a_workbook_cannot_hold_is_said(admin_client):
    make_article(title="长文", pairs=[{"answer": "长" * 32_768}])
    response = ask(admin_client, format="xlsx")
    assert said(admin_client.get(response["Location"]))[0].startswith(
        "《长文》 has a text of more than 32767 characters"
    )


def test_only_who_sees_articles_exports_them(client, django_user_model, articles):
    client.force_login(django_user_model.objects.create_user("x", password="x", is_staff=True))
    assert ask(client, format="csv").status_code == 403
