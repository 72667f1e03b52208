"""The box with the link on the article form: when it is there, and for whom."""

import re
from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission
from django.utils import formats, timezone

from tests.admin.posting import ADD, change_url
from tests.factories import at, make_article, tomorrow

pytestmark = pytest.mark.django_db


def link(response) -> str | None:
    found = re.search(r'value="([^"]*/preview/[^"]*)"', response.content.decode())
    return found[1] if found else None


@pytest.mark.parametrize("state", [{"status": "draft"}, {"status": "review"}, {"published_at": tomorrow()}])
def test_the_form_of_what_waits_holds_a_link_that_works_without_signing_in(admin_client, client, state):
    article = make_article(title="还没发的稿", **state)
    address = link(admin_client.get(change_url(article)))
    assert address.startswith("http://testserver/preview/")
    client.logout()
    assert "还没发的稿" in client.get(address).content.decode()


def test_the_last_day_is_named(admin_client):
    page = admin_client.get(change_url(make_article(status="draft"))).content.decode()
    day = formats.date_format(timezone.localdate(timezone.now() + timedelta(days=7)), "DATE_FORMAT")
    assert f"until {day}." in page


@pytest.mark.parametrize(
    "state", [{}, {"status": "trashed"}, {"published_at": at(2017, 3, 27), "expires_at": at(2018, 3, 27)}]
)
def test_what_does_not_wait_has_no_link(admin_client, state):
    assert link(admin_client.get(change_url(make_article(**state)))) is None


def test_a_new_article_has_no_link(admin_client):
    assert link(admin_client.get(ADD)) is None


def test_who_may_not_change_the_article_is_given_no_link(client, django_user_model):
    user = django_user_model.objects.create_user("viewer", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__in=["view_article", "view_qapair"]))
    client.force_login(user)
    response = client.get(change_url(make_article(status="draft")))
    assert response.status_code == 200
    assert link(response) is None
