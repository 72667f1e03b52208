"""Odd parameters get a calm answer, on every list and form."""

import pytest
from django.contrib.admin.models import LogEntry

from tests.admin.posting import ADD, LIST
from tests.factories import make_article, make_topic

pytestmark = pytest.mark.django_db

LISTS = [
    LIST,
    "/admin/articles/topic/",
    "/admin/articles/column/",
    "/admin/articles/author/",
    "/admin/auth/user/",
    "/admin/auth/group/",
]


@pytest.fixture(autouse=True)
def content():
    make_article(topics=["KPI"])


@pytest.mark.parametrize("address", LISTS)
@pytest.mark.parametrize(
    "query",
    [
        "username__regex=(",
        "title__regex=(",
        "name__regex=(",
        "title__contains=%00",
        "slug=%00",
        "id__in=1,x",
        "id__exact=99999999999999999999999999",
        "pk=x",
        "column__author__bio__icontains=x",
        "column__id__exact=x",
        "column__id__exact=99999999999999999999999999",
        "column__id__exact=%00",
        "column__isnull=maybe",
        "published_at__year=9999",
        "published_at__year=1",
        "published_at__year=-5",
        "published_at__year=%E5%8D%81",
        "published_at__year=2019&published_at__month=13",
        "published_at__year=2019&published_at__month=2&published_at__day=31",
        "published_at__month=99999999999999999999999999",
        "published_at__gte=2019",
        "year=%00",
        "year=99999999999999999999999999",
        "topic=" + "%F0%9F%92%A9" * 400,
        "tagging=%27",
        "q=%00",
        "q=" + "%E9%95%BF" * 2000,
        "q=%ED%A0%80%FF",
        "q=%25_%5C%27%22%3B--",
        "p=99999999999999999999",
        "p=-1",
        "p=x",
        "o=99.-x.1.-99999999999999999999",
        "all=x",
        "_facets=1",
        "_popup=1&_to_field=title",
        "unheard=of",
    ],
)
def test_no_parameter_of_a_list_ends_in_an_error(admin_client, address, query):
    assert admin_client.get(f"{address}?{query}", follow=True).status_code in {200, 400}


@pytest.mark.parametrize("address", LISTS)
@pytest.mark.parametrize(
    "data",
    [
        {"action": "delete_selected", "_selected_action": "x"},
        {"action": "delete_selected", "_selected_action": "9" * 40},
        {"action": "publish_selected", "_selected_action": ["1", "\x00"]},
        {"action": "unheard", "_selected_action": "1"},
        {"action": "delete_selected", "_selected_action": "1", "index": "x", "select_across": "x"},
        {},
    ],
)
def test_no_action_ends_in_an_error(admin_client, address, data):
    assert admin_client.post(address, data, follow=True).status_code == 200


@pytest.mark.parametrize(
    "query", ["published_at=x", "published_at_0=x", "column=x", "column=%00", "status=%00", "title=%00", "pairs=x"]
)
def test_no_parameter_of_a_new_form_ends_in_an_error(admin_client, query):
    response = admin_client.get(f"{ADD}?{query}")
    assert response.status_code == 200
    assert response.context["adminform"].form.initial == {}


@pytest.mark.parametrize("key", ["x", "0", "99999999999999999999999999", "%00", "1_2F"])
@pytest.mark.parametrize("page", ["change", "history", "delete"])
def test_an_unknown_key_leads_back_to_the_first_page(admin_client, key, page):
    assert admin_client.get(f"{LIST}{key}/{page}/", follow=True).redirect_chain == [("/admin/", 302)]


@pytest.mark.parametrize("address", [*LISTS, ADD])
def test_strangers_are_asked_to_sign_in(client, address):
    assert client.get(address).url == f"/admin/login/?next={address}"


def test_the_site_has_its_own_names_and_no_tables_that_keep_themselves(admin_client):
    response = admin_client.get("/admin/")
    models = {model["object_name"] for app in response.context["app_list"] for model in app["models"]}
    assert models == {"Article", "Author", "Column", "Picture", "SynonymGroup", "Topic", "User", "Group"}
    assert response.context["site_header"].endswith(" · Editors' desk")
    assert not response.context["is_nav_sidebar_enabled"]


def test_deleting_a_column_with_articles_is_refused(admin_client):
    column = make_article().column
    response = admin_client.post(f"/admin/articles/column/{column.pk}/delete/", {"post": "yes"})
    assert (response.status_code, LogEntry.objects.count()) == (200, 0)
    assert type(column).objects.filter(pk=column.pk).exists()


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(
    "address, queries", [("/admin/articles/topic/", 6), ("/admin/articles/column/", 5), ("/admin/articles/author/", 5)]
)
def test_lists_ask_the_same_queries_for_any_number_of_rows(
    admin_client, django_assert_num_queries, rows, address, queries
):
    for _ in range(rows - 1):
        make_article(topics=[make_topic(f"话题{_}", aliases=[f"别名{_}"])])
    admin_client.get(address)
    with django_assert_num_queries(queries):
        admin_client.get(address)
