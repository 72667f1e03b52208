"""The list of dead links in the admin."""

import re

import pytest
from django.contrib.auth.models import Permission

from tests.admin.posting import LIST, change_url
from tests.factories import make_article
from tests.reading import text_of

pytestmark = pytest.mark.django_db

DEAD_LINKS = f"{LIST}dead-links/"


def listed(client) -> list[str]:
    page = client.get(DEAD_LINKS).content.decode()
    return [text_of(row) for row in re.findall(r"<li>\s*<div.*?</li>", page, re.DOTALL)]


def make_link(path, **fields):
    return make_article(pairs=[{"heading": "先看旧文", "answer": f"[旧文]({path})"}], title="新文", **fields)


def test_each_link_is_named_with_the_reason(admin_client):
    make_link("/articles/nowhere/")
    make_article(slug="draft", title="旧文", status="draft")
    article = make_link("/articles/draft/")
    assert listed(admin_client) == [
        "先看旧文 “新文” question 1 /articles/draft/ 《旧文》 is not before readers: draft",
        "先看旧文 “新文” question 1 /articles/nowhere/ There is no such page",
    ]
    assert f'href="{change_url(article)}#pairs-0"' in admin_client.get(DEAD_LINKS).content.decode()


def test_nothing_is_listed_where_every_link_leads_to_a_page(admin_client):
    make_article(slug="open")
    make_link("/articles/open/")
    assert listed(admin_client) == []
    assert "Every link within the site leads to a page." in admin_client.get(DEAD_LINKS).content.decode()


def test_what_a_link_says_is_escaped(admin_client):
    make_link("/articles/<script>/")
    assert "<code>/articles/&lt;script&gt;/</code>" in admin_client.get(DEAD_LINKS).content.decode()


@pytest.mark.parametrize("page", ["0", "9999999999", "x"])
def test_a_page_that_makes_no_sense_shows_one_that_does(admin_client, page):
    make_link("/articles/nowhere/")
    assert admin_client.get(f"{DEAD_LINKS}?page={page}").status_code == 200


def test_only_who_may_see_articles_sees_it(client, django_user_model):
    user = django_user_model.objects.create_user("viewer", is_staff=True)
    client.force_login(user)
    assert client.get(DEAD_LINKS).status_code == 403
    user.user_permissions.add(Permission.objects.get(codename="view_article"))
    assert client.get(DEAD_LINKS).status_code == 200


@pytest.mark.parametrize("rows", [1, 3])
def test_queries_do_not_grow_with_rows(admin_client, django_assert_num_queries, rows):
    for row in range(rows):
        make_link(f"/articles/nowhere{row}/")
    with django_assert_num_queries(6):
        admin_client.get(DEAD_LINKS)
