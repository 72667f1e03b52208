"""Who may send an article where: in review, before readers, into the trash."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission
from django.utils import timezone

from articles.models import Article, QAPair
from tests.admin.choosing import act
from tests.admin.posting import ADD, LIST, article_data, card, change_url, errors, saved_data, table_text
from tests.factories import at, make_article, make_column, tomorrow

pytestmark = pytest.mark.django_db
WRITES = ["view_article", "add_article", "change_article", "add_qapair", "change_qapair", "view_qapair"]


@pytest.fixture
def writer(client, django_user_model):
    """A browser in which somebody is signed in who writes and does not publish."""
    user = django_user_model.objects.create_user("writer", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__in=WRITES))
    client.force_login(user)
    return client


def stored(article) -> Article:
    return Article.objects.get(pk=article.pk)


def press(client, article, button):
    return client.post(f"{LIST}{article.pk}/{button}/")


def buttons(client, article) -> set[str]:
    page = client.get(change_url(article)).content.decode()
    names = {"_submit": 'name="_submit"', "_publish": 'name="_publish"'}
    names |= {name: f'/{name}/" formnovalidate' for name in ("confirm", "restore", "trash")}
    return {name for name, mark in names.items() if mark in page}


@pytest.mark.parametrize(
    "state, publisher, writing",
    [
        ("draft", {"_submit", "_publish", "trash"}, {"_submit", "trash"}),
        ("review", {"_publish", "trash"}, {"trash"}),
        ("published", {"confirm", "trash"}, {"confirm"}),
        ("trashed", {"restore"}, {"restore"}),
    ],
)
def test_the_form_offers_what_the_state_and_the_right_allow(
    admin_client, writer, admin_user, state, publisher, writing
):
    article = make_article(status=state)
    assert buttons(writer, article) == writing
    writer.force_login(admin_user)
    assert buttons(writer, article) == publisher


def test_a_draft_is_submitted_from_its_form(writer):
    article = make_article(status="draft", published_at=None)
    assert writer.post(change_url(article), saved_data(article) | {"_submit": "1"}).status_code == 302
    assert stored(article).status == "review"


@pytest.mark.parametrize("forged", [{"_publish": "1"}, {"published_at_0": "2019-01-01", "published_at_1": "08:00"}])
def test_who_does_not_publish_cannot_by_a_forged_form(writer, forged):
    article = make_article(status="draft", published_at=None)
    writer.post(change_url(article), saved_data(article) | forged)
    assert (stored(article).status, stored(article).published_at) == ("draft", None)


def test_who_does_not_publish_is_refused_the_state(writer):
    response = writer.post(ADD, article_data(column=make_column().pk, status="published", pairs=[card(1)]))
    assert list(errors(response)) == ["status"]
    assert not Article.objects.exists()


def test_who_does_not_publish_leaves_the_state_of_a_live_article(writer):
    article = make_article(published_at=at(2024, 1, 1), expires_at=at(2099, 1, 1))
    sent = saved_data(article, status="draft", expires_at_0="2024-02-01", expires_at_1="08:00")
    assert writer.post(change_url(article), sent).status_code == 302
    assert (stored(article).status, stored(article).expires_at) == ("published", at(2099, 1, 1))


@pytest.mark.parametrize("action", ["publish_selected", "withdraw_selected"])
def test_who_does_not_publish_has_no_such_actions(writer, action):
    articles = [make_article(status="draft"), make_article()]
    act(writer, action, *articles)
    assert [stored(article).status for article in articles] == ["draft", "published"]


def test_a_live_article_is_taken_away_only_by_who_publishes(writer):
    live, draft = make_article(), make_article(status="draft")
    assert press(writer, live, "trash").status_code == 403
    act(writer, "trash_selected", live, draft)
    assert [stored(live).status, stored(draft).status] == ["published", "trashed"]


def test_the_trash_is_a_list_of_its_own(admin_client):
    shown, trashed = make_article(title="留下"), make_article(title="丢弃", status="draft")
    assert press(admin_client, trashed, "trash").url == LIST
    assert "留下" in table_text(admin_client, LIST) and "丢弃" not in table_text(admin_client, LIST)
    assert "丢弃" in table_text(admin_client, f"{LIST}?status=trashed")
    assert "丢弃" not in table_text(admin_client, f"{LIST}?q={trashed.pairs.get().heading}")
    assert press(admin_client, trashed, "restore").url == change_url(trashed)
    assert stored(trashed).status == "draft"
    assert stored(shown).status == "published"


def test_what_lies_in_the_trash_is_not_edited(admin_client):
    article = make_article(status="trashed", title="丢弃")
    assert admin_client.post(change_url(article), saved_data(article, title="改过")).status_code == 403
    assert stored(article).title == "丢弃"


def test_only_the_trash_is_emptied(admin_client):
    draft, trashed = make_article(status="draft"), make_article(status="trashed", pairs=2)
    act(admin_client, "delete_selected", draft, trashed)
    assert admin_client.post(f"{LIST}{draft.pk}/delete/", {"post": "yes"}).status_code == 403
    act(admin_client, "delete_selected", draft, trashed, query={"status": "trashed"})
    assert list(Article.objects.all()) == [draft]
    assert set(QAPair.objects.values_list("article_id", flat=True)) == {draft.pk}


def test_restoring_a_selection(admin_client):
    articles = [make_article(status="trashed"), make_article(status="trashed")]
    act(admin_client, "restore_selected", *articles, query={"status": "trashed"})
    assert {stored(article).status for article in articles} == {"draft"}


def test_still_valid_dates_the_check(admin_client):
    article = make_article(review_by=timezone.localdate())
    assert press(admin_client, article, "confirm").url == change_url(article)
    assert stored(article).checked_on == timezone.localdate()
    page = admin_client.get(article.get_absolute_url()).content.decode()
    assert f'<time datetime="{timezone.localdate().isoformat()}">' in page


def test_buttons_want_a_post(admin_client):
    article = make_article()
    assert [
        admin_client.get(f"{LIST}{article.pk}/{name}/").status_code for name in ("trash", "restore", "confirm")
    ] == [
        405,
        405,
        405,
    ]


@pytest.mark.parametrize(
    "query, expected",
    [
        ({"status": "review"}, ["审"]),
        ({"status": "expired"}, ["过"]),
        ({"status": "published"}, ["到", "月"]),
        ({"due": "now"}, ["到"]),
        ({"due": "month"}, ["到", "月"]),
        ({}, ["审", "过", "到", "月"]),
    ],
)
def test_filters_of_states(admin_client, query, expected):
    today = timezone.localdate()
    make_article(title="审", status="review")
    make_article(title="过", published_at=at(2019, 1, 1), expires_at=at(2020, 1, 1))
    make_article(title="到", review_by=today)
    make_article(title="月", review_by=today + timedelta(days=30))
    make_article(title="弃", status="trashed", review_by=today)
    listed = admin_client.get(LIST, query).context["cl"].result_list
    assert {article.title for article in listed} == set(expected)


def test_an_end_before_the_beginning_is_named(admin_client):
    article = make_article(published_at=tomorrow())
    sent = saved_data(article, expires_at_0="2019-01-01", expires_at_1="08:00")
    assert errors(admin_client.post(change_url(article), sent)) == {
        "__all__": ["It would expire before it is published."]
    }
