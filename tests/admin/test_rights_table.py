"""Who may do what: every address of the admin, asked by each role with GET and with POST.

A new address needs a row in ROWS; the failing test says what the address answers now, to be judged and written down.
"""

import logging
import re

import pytest
from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.urls import URLPattern, get_resolver

from articles.choices import Status
from articles.merging import merge_topics
from articles.models import Article, Picture
from articles.pending import hand_in
from articles.revisions import record, snapshot
from articles.rights import make_groups
from tests.factories import make_article, make_synonyms, make_topic

pytestmark = pytest.mark.django_db

GROUPS = {"operations": "Operations", "writer": "Writers", "chief": "Editors in chief"}
# A newcomer is staff without any right yet.
ROLES = ["anonymous", "newcomer", *GROUPS, "superuser"]
METHODS = ["get", "post"]
# The state of the article where the draft that it is would not be let through.
STATES = {
    "articles/article/<int:pk>/restore/": Status.TRASHED,
    "articles/article/<int:pk>/confirm/": Status.PUBLISHED,
    "articles/article/<path:object_id>/delete/": Status.TRASHED,
    "r/<path:content_type_id>/<path:object_id>/": Status.PUBLISHED,
}
# What stands for a route that takes more than the key of a row.
ADDRESSES = {
    "autocomplete/": "autocomplete/?app_label=articles&model_name=pairlink&field_name=other",
    "^(?P<app_label>articles|auth)/$": "articles/",
    "(?P<url>.*)$": "nowhere/",
}
# What each role is answered, in the order of ROLES: to GET, to POST without any field.
ROWS = {
    "": ("302 200 200 200 200 200", "302 200 200 200 200 200"),
    "two-factor/": ("302 200 200 200 200 200", "302 200 200 200 200 200"),
    "login/": ("200 302 302 302 302 302", "200 200 200 200 200 200"),
    "logout/": ("302 405 405 405 405 405", "302 200 200 200 200 200"),
    "password_change/": ("302 200 200 200 200 200", "302 200 200 200 200 200"),
    "password_change/done/": ("302 200 200 200 200 200", "302 405 405 405 405 405"),
    "autocomplete/": ("302 403 200 200 200 200", "302 405 405 405 405 405"),
    "jsi18n/": ("302 200 200 200 200 200", "302 405 405 405 405 405"),
    "r/<path:content_type_id>/<path:object_id>/": ("302 302 302 302 302 302", "302 302 302 302 302 302"),
    "articles/picture/": ("302 403 200 200 200 200", "302 403 200 200 200 200"),
    "articles/picture/add/": ("302 403 403 403 403 403", "302 403 403 403 403 403"),
    "articles/picture/<path:object_id>/history/": ("302 403 200 200 200 200", "302 403 200 200 200 200"),
    "articles/picture/<path:object_id>/delete/": ("302 403 403 403 200 200", "302 403 403 403 200 200"),
    "articles/picture/<path:object_id>/change/": ("302 403 200 200 200 200", "302 403 403 403 403 403"),
    "articles/picture/<path:object_id>/": ("302 302 302 302 302 302", "302 302 302 302 302 302"),
    "articles/article/check/": ("302 405 405 405 405 405", "302 403 403 200 200 200"),
    "articles/article/<int:pk>/check/": ("302 405 405 405 405 405", "302 403 403 200 200 200"),
    "articles/article/autosave/": ("302 405 405 405 405 405", "302 403 403 200 200 200"),
    "articles/article/<int:pk>/autosave/": ("302 405 405 405 405 405", "302 403 403 200 200 200"),
    "articles/article/move-question/<int:pk>/": ("302 403 403 200 200 200", "302 403 403 404 404 404"),
    "articles/article/number-lists/": ("302 405 405 405 405 405", "302 403 200 200 200 200"),
    "articles/article/<int:pk>/compare/": ("302 403 302 302 302 302", "302 405 405 405 405 405"),
    "articles/article/<int:pk>/versions/<int:number>/restore/": ("302 403 403 200 200 200", "302 403 403 200 200 200"),
    "articles/article/<int:pk>/pending/": ("302 403 200 200 200 200", "302 405 405 405 405 405"),
    "articles/article/<int:pk>/pending/adopt/": ("302 405 405 405 405 405", "302 403 403 403 302 302"),
    "articles/article/<int:pk>/pending/send-back/": ("302 405 405 405 405 405", "302 403 403 403 302 302"),
    "articles/article/<int:pk>/pending/take-back/": ("302 405 405 405 405 405", "302 403 403 403 302 302"),
    "articles/article/<int:pk>/trash/": ("302 405 405 405 405 405", "302 403 403 302 302 302"),
    "articles/article/<int:pk>/restore/": ("302 405 405 405 405 405", "302 403 403 302 302 302"),
    "articles/article/<int:pk>/confirm/": ("302 405 405 405 405 405", "302 403 403 302 302 302"),
    "articles/article/<int:pk>/preview/": ("302 403 200 200 200 200", "302 405 405 405 405 405"),
    "articles/article/preview-unsaved/": ("302 405 405 405 405 405", "302 403 403 200 200 200"),
    "articles/article/<int:pk>/preview-unsaved/": ("302 405 405 405 405 405", "302 403 403 200 200 200"),
    "articles/article/preview-answer/": ("302 405 405 405 405 405", "302 403 200 200 200 200"),
    "articles/article/widen-punctuation/": ("302 405 405 405 405 405", "302 403 200 200 200 200"),
    "articles/article/suggest-topics/": ("302 403 200 200 200 200", "302 405 405 405 405 405"),
    "articles/article/advise-topics/": ("302 405 405 405 405 405", "302 403 200 200 200 200"),
    "articles/article/add-picture/": ("302 405 405 405 405 405", "302 403 403 200 200 200"),
    "articles/article/duplicates/": ("302 403 200 200 200 200", "302 405 405 405 405 405"),
    "articles/article/duplicates/dismiss/": ("302 405 405 405 405 405", "302 403 403 302 302 302"),
    "articles/article/dead-links/": ("302 403 200 200 200 200", "302 405 405 405 405 405"),
    "articles/article/paste/": ("302 403 403 200 200 200", "302 403 403 200 200 200"),
    "articles/article/paste/review/": ("302 405 405 405 405 405", "302 403 403 200 200 200"),
    "articles/article/paste/markdown/": ("302 405 405 405 405 405", "302 403 403 200 200 200"),
    "articles/article/import/": ("302 403 403 200 200 200", "302 403 403 200 200 200"),
    "articles/article/import/<str:token>/": ("302 403 403 302 302 302", "302 403 403 302 302 302"),
    "articles/article/save-view/": ("302 405 405 405 405 405", "302 403 302 302 302 302"),
    "articles/article/views/": ("302 403 200 200 200 200", "302 403 200 200 200 200"),
    "articles/article/": ("302 403 200 200 200 200", "302 403 200 200 200 200"),
    "articles/article/add/": ("302 403 403 200 200 200", "302 403 403 200 200 200"),
    "articles/article/<path:object_id>/history/": ("302 403 200 200 200 200", "302 403 200 200 200 200"),
    "articles/article/<path:object_id>/delete/": ("302 403 403 403 200 200", "302 403 403 403 200 200"),
    "articles/article/<path:object_id>/change/": ("302 403 200 200 200 200", "302 403 403 200 200 200"),
    "articles/article/<path:object_id>/": ("302 302 302 302 302 302", "302 302 302 302 302 302"),
    "articles/author/": ("302 403 200 200 200 200", "302 403 200 200 200 200"),
    "articles/author/add/": ("302 403 403 403 200 200", "302 403 403 403 200 200"),
    "articles/author/<path:object_id>/history/": ("302 403 200 200 200 200", "302 403 200 200 200 200"),
    "articles/author/<path:object_id>/delete/": ("302 403 403 403 200 200", "302 403 403 403 200 200"),
    "articles/author/<path:object_id>/change/": ("302 403 200 200 200 200", "302 403 403 403 200 200"),
    "articles/author/<path:object_id>/": ("302 302 302 302 302 302", "302 302 302 302 302 302"),
    "articles/column/": ("302 403 200 200 200 200", "302 403 200 200 200 200"),
    "articles/column/add/": ("302 403 403 403 200 200", "302 403 403 403 200 200"),
    "articles/column/<path:object_id>/history/": ("302 403 200 200 200 200", "302 403 200 200 200 200"),
    "articles/column/<path:object_id>/delete/": ("302 403 403 403 200 200", "302 403 403 403 200 200"),
    "articles/column/<path:object_id>/change/": ("302 403 200 200 200 200", "302 403 403 403 200 200"),
    "articles/column/<path:object_id>/": ("302 302 302 302 302 302", "302 302 302 302 302 302"),
    "articles/qapair/": ("302 302 302 302 302 302", "302 302 302 302 302 302"),
    "articles/qapair/add/": ("302 403 403 403 403 403", "302 403 403 403 403 403"),
    "articles/qapair/<path:object_id>/history/": ("302 403 200 200 200 200", "302 403 200 200 200 200"),
    "articles/qapair/<path:object_id>/delete/": ("302 302 302 302 302 302", "302 302 302 302 302 302"),
    "articles/qapair/<path:object_id>/change/": ("302 403 200 200 200 200", "302 403 403 200 200 200"),
    "articles/qapair/<path:object_id>/": ("302 302 302 302 302 302", "302 302 302 302 302 302"),
    "auth/user/<id>/password/": ("302 403 403 403 403 200", "302 403 403 403 403 200"),
    "auth/user/": ("302 403 403 403 403 200", "302 403 403 403 403 200"),
    "auth/user/add/": ("302 403 403 403 403 200", "302 403 403 403 403 200"),
    "auth/user/<path:object_id>/history/": ("302 403 403 403 403 200", "302 403 403 403 403 200"),
    "auth/user/<path:object_id>/delete/": ("302 403 403 403 403 200", "302 403 403 403 403 200"),
    "auth/user/<path:object_id>/change/": ("302 403 403 403 403 200", "302 403 403 403 403 200"),
    "auth/user/<path:object_id>/": ("302 302 302 302 302 302", "302 302 302 302 302 302"),
    "auth/group/": ("302 403 403 403 403 200", "302 403 403 403 403 200"),
    "auth/group/add/": ("302 403 403 403 403 200", "302 403 403 403 403 200"),
    "auth/group/<path:object_id>/history/": ("302 403 403 403 403 200", "302 403 403 403 403 200"),
    "auth/group/<path:object_id>/delete/": ("302 403 403 403 403 200", "302 403 403 403 403 200"),
    "auth/group/<path:object_id>/change/": ("302 403 403 403 403 200", "302 403 403 403 403 200"),
    "auth/group/<path:object_id>/": ("302 302 302 302 302 302", "302 302 302 302 302 302"),
    "articles/synonymgroup/": ("302 403 200 200 200 200", "302 403 200 200 200 200"),
    "articles/synonymgroup/add/": ("302 403 403 403 200 200", "302 403 403 403 200 200"),
    "articles/synonymgroup/<path:object_id>/history/": ("302 403 200 200 200 200", "302 403 200 200 200 200"),
    "articles/synonymgroup/<path:object_id>/delete/": ("302 403 403 403 200 200", "302 403 403 403 200 200"),
    "articles/synonymgroup/<path:object_id>/change/": ("302 403 200 200 200 200", "302 403 403 403 200 200"),
    "articles/synonymgroup/<path:object_id>/": ("302 302 302 302 302 302", "302 302 302 302 302 302"),
    "articles/topicmerge/<int:pk>/undo/": ("302 405 405 405 405 405", "302 403 403 403 302 302"),
    "articles/topicmerge/": ("302 403 200 200 200 200", "302 403 200 200 200 200"),
    "articles/topicmerge/add/": ("302 403 403 403 403 403", "302 403 403 403 403 403"),
    "articles/topicmerge/<path:object_id>/history/": ("302 403 200 200 200 200", "302 403 200 200 200 200"),
    "articles/topicmerge/<path:object_id>/delete/": ("302 403 403 403 403 403", "302 403 403 403 403 403"),
    "articles/topicmerge/<path:object_id>/change/": ("302 403 200 200 200 200", "302 403 403 403 403 403"),
    "articles/topicmerge/<path:object_id>/": ("302 302 302 302 302 302", "302 302 302 302 302 302"),
    "articles/topic/merge/": ("302 403 403 403 200 200", "302 403 403 403 200 200"),
    "articles/topic/namesakes/": ("302 403 200 200 200 200", "302 405 405 405 405 405"),
    "articles/topic/namesakes/dismiss/": ("302 405 405 405 405 405", "302 403 403 302 302 302"),
    "articles/topic/unused/": ("302 403 403 403 200 200", "302 403 403 403 302 302"),
    "articles/topic/": ("302 403 200 200 200 200", "302 403 200 200 200 200"),
    "articles/topic/add/": ("302 403 403 200 200 200", "302 403 403 200 200 200"),
    "articles/topic/<path:object_id>/history/": ("302 403 200 200 200 200", "302 403 200 200 200 200"),
    "articles/topic/<path:object_id>/delete/": ("302 403 403 403 200 200", "302 403 403 403 200 200"),
    "articles/topic/<path:object_id>/change/": ("302 403 200 200 200 200", "302 403 403 200 200 200"),
    "articles/topic/<path:object_id>/": ("302 302 302 302 302 302", "302 302 302 302 302 302"),
    "^(?P<app_label>articles|auth)/$": ("302 404 200 200 200 200", "302 404 200 200 200 200"),
    "(?P<url>.*)$": ("302 404 404 404 404 404", "302 404 404 404 404 404"),
}


def admin_routes(patterns=None, prefix: str = "") -> list[str]:
    """Return the routes of the admin as they are written in its URL patterns."""
    if patterns is None:
        [site] = [found for found in get_resolver().url_patterns if getattr(found, "app_name", "") == "admin"]
        patterns = site.url_patterns
    routes = []
    for pattern in patterns:
        route = f"{prefix}{pattern.pattern}"
        routes += [route] if isinstance(pattern, URLPattern) else admin_routes(pattern.url_patterns, route)
    return routes


@pytest.fixture
def keys(admin_user):
    return make_rows(admin_user)


def make_rows(user) -> dict:
    """Make a row of each kind; return their keys by the beginning of the routes that take one."""
    make_groups()
    article = make_article(status="draft", topics=["KPI"])
    record([article], by=user)
    hand_in(article, snapshot(article), by=user)
    pair = article.pairs.get()
    topic, other = make_topic("拉新"), make_topic("获客")
    return {
        "articles/article/move-question/": pair.pk,
        "articles/article/": article.pk,
        "articles/qapair/": pair.pk,
        "articles/topic/": topic.pk,
        "articles/topicmerge/": merge_topics(topic, [other], by=user).pk,
        "articles/column/": article.column_id,
        "articles/author/": article.column.author_id,
        "articles/synonymgroup/": make_synonyms("淘客、淘宝客").pk,
        "articles/picture/": Picture.objects.create(name=f"{'0' * 32}-1x1.webp", data=b"", width=1, height=1).pk,
        "auth/user/": user.pk,
        "auth/group/": Group.objects.first().pk,
        "r/": f"{ContentType.objects.get_for_model(Article).pk}/{article.pk}",
    }


def address(route: str, keys: dict) -> str:
    """Return an address that the route matches."""
    if route in ADDRESSES:
        return f"/admin/{ADDRESSES[route]}"
    key = next((key for start, key in keys.items() if route.startswith(start)), None)
    assert key or "<" not in route, f"The fixture keys has no row for {route}"
    return "/admin/" + re.sub(r"<.*>", str(key), route.replace("<int:number>", "1"))


@pytest.fixture
def answers(client, django_user_model, keys, caplog):
    """Return a function that says what each role is answered at a route, undoing what the request did."""
    caplog.set_level(logging.CRITICAL, "django.request")  # hundreds of refusals would hide what the test has to say
    client.raise_request_exception = False
    users = {role: make_user(django_user_model, role) for role in ROLES[1:]}

    def ask(role: str, method: str, route: str) -> int:
        with transaction.atomic():
            client.logout() if role == "anonymous" else client.force_login(users[role])
            Article.objects.update(status=STATES.get(route, Status.DRAFT))
            status = getattr(client, method)(address(route, keys)).status_code
            transaction.set_rollback(True)
        return status

    return lambda route: tuple(" ".join(str(ask(role, method, route)) for role in ROLES) for method in METHODS)


def make_user(django_user_model, role: str):
    if role == "superuser":
        return django_user_model.objects.create_superuser(role)
    user = django_user_model.objects.create_user(role, is_staff=True)
    user.groups.set(Group.objects.filter(name=GROUPS.get(role)))
    return user


def test_each_role_is_answered_as_the_table_says(answers):
    now = {route: answers(route) for route in admin_routes()}
    changed = [f'    "{route}": {answered},' for route, answered in now.items() if ROWS.get(route) != answered]
    assert not changed, "To be judged, then written into ROWS:\n" + "\n".join(changed).replace("'", '"')
    assert set(ROWS) == set(now)


def test_asking_for_the_head_alone_opens_nothing(client, keys):
    open_to_all = [route for route in admin_routes() if client.head(address(route, keys)).status_code != 302]
    assert open_to_all == ["login/"]


def test_no_address_takes_other_methods(client, keys, admin_user):
    client.force_login(admin_user)
    addresses = [address(route, keys) for route in admin_routes()]
    methods = ["PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"]
    assert {client.generic(method, url).status_code for url in addresses for method in methods} == {405}
