"""The list of topics: what it tells of their use, its filters, and the deletion of what nothing uses."""

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission

from articles.admin import topic_list
from articles.models import Topic
from tests.admin.posting import table_text
from tests.factories import at, make_article, make_pair, make_topic
from tests.reading import text_of

pytestmark = pytest.mark.django_db

LIST = "/admin/articles/topic/"
UNUSED = f"{LIST}unused/"


def names(response) -> list[str]:
    return [topic.name for topic in response.context["cl"].result_list]


def said(response) -> list[str]:
    return [str(message) for message in response.context["messages"]]


def test_the_list_tells_how_a_topic_is_used(admin_client):
    make_topic("KPI", aliases=["绩效", "考核"], description="关键指标。")
    make_pair(make_article(topics=["KPI"], published_at=at(2017, 3, 27)), topics=["KPI"])
    make_article(topics=["KPI"], published_at=at(2016, 1, 1))
    make_article(status="draft", topics=["KPI"], published_at=at(2018, 1, 1))
    assert table_text(admin_client, LIST) == "KPI kpi 3 4 03/27/2017 绩效、考核 关键指标。"


def test_what_is_missing_shows_as_a_dash(admin_client):
    make_topic("KPI", slug="kpi")
    assert table_text(admin_client, LIST) == "KPI kpi 0 0 - - -"


@pytest.mark.parametrize(
    "query, found",
    [
        ("use=none", ["空的"]),
        ("use=hidden", ["只在草稿"]),
        ("use=public", ["公开的"]),
        ("use=x", ["公开的", "只在草稿", "空的"]),
        ("definition=yes", ["空的"]),
        ("definition=no", ["公开的", "只在草稿"]),
        ("definition=no&use=none", []),
        ("use=hidden&_facets=True", ["只在草稿"]),
    ],
)
def test_the_filters(admin_client, query, found):
    make_topic("空的", description="定义。")
    make_article(topics=["公开的"])
    make_article(topics=["只在草稿", "公开的"], status="draft")
    assert sorted(names(admin_client.get(f"{LIST}?{query}"))) == sorted(found)


@pytest.mark.parametrize("column", ["2", "-3", "4.-1"])
def test_the_list_is_sorted_by_use(admin_client, column):
    make_article(topics=["少"])
    make_article(pairs=2, topics=["多"], published_at=at(2018, 1, 1))
    expected = {"2": ["少", "多"], "-3": ["多", "少"], "4.-1": ["多", "少"]}
    assert names(admin_client.get(f"{LIST}?o={column}")) == expected[column]


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_asks_the_same_queries_for_any_number_of_rows(admin_client, django_assert_num_queries, rows):
    for row in range(rows):
        make_topic(f"话题{row}", aliases=[f"别名{row}", f"又名{row}"])
        make_article(pairs=rows, topics=[f"话题{row}"])
    with django_assert_num_queries(6):  # two of them are the session and the user
        admin_client.get(LIST)


def test_unused_topics_are_named_and_those_ticked_deleted(admin_client):
    make_topic("空的", aliases=["空空"])
    planned = make_topic("打算用", description="下一季的主题。")
    make_article(topics=["用着"], status="trashed")
    page = admin_client.get(UNUSED)
    text = text_of(page.content.decode())
    assert "2 topics stand on no question, not even on a draft." in text
    assert ("空空" in text, "下一季的主题。" in text, "用着" in text) == (True, True, False)
    ticked = [topic.pk for topic in page.context["topics"] if not topic.description]
    assert page.content.decode().count(" checked>") == len(ticked) == 1
    response = admin_client.post(UNUSED, {"topic": ticked}, follow=True)
    assert said(response) == ["1 unused topic deleted."]
    assert sorted(Topic.objects.values_list("name", flat=True)) == sorted(["打算用", "用着"])
    assert [(entry.object_repr, entry.is_deletion()) for entry in LogEntry.objects.all()] == [("空的", True)]
    assert planned.pk


def test_a_topic_used_since_is_not_deleted(admin_client):
    empty, used = make_topic("空的"), make_topic("用着")
    make_article(topics=["用着"], status="draft")
    response = admin_client.post(UNUSED, {"topic": [empty.pk, used.pk]}, follow=True)
    assert said(response) == ["Nothing was deleted: choose topics that nothing uses."]
    assert Topic.objects.count() == 2


@pytest.mark.parametrize("keys", [[], ["x"], ["9" * 30], ["\x00"]])
def test_an_odd_choice_deletes_nothing(admin_client, keys):
    make_topic("空的")
    response = admin_client.post(UNUSED, {"topic": keys}, follow=True)
    assert said(response) == ["Nothing was deleted: choose topics that nothing uses."]
    assert Topic.objects.count() == 1


def test_many_unused_topics_come_in_parts(admin_client, monkeypatch):
    monkeypatch.setattr(topic_list, "MOST_AT_ONCE", 2)
    for number in range(3):
        make_topic(f"空{number}")
    page = admin_client.get(UNUSED)
    assert len(page.context["topics"]) == 2
    assert "The first 2 are shown; the others come next." in text_of(page.content.decode())


def test_where_every_topic_is_used_the_page_says_so(admin_client):
    make_article(topics=["用着"])
    assert "Every topic is used." in text_of(admin_client.get(UNUSED).content.decode())


def test_only_who_may_delete_topics_gets_there(client, django_user_model):
    make_topic("空的")
    user = django_user_model.objects.create_user("bianji", is_staff=True)
    user.user_permissions.add(*Permission.objects.filter(codename__in=["view_topic", "change_topic"]))
    client.force_login(user)
    assert UNUSED not in client.get(LIST).content.decode()
    assert (client.get(UNUSED).status_code, client.post(UNUSED).status_code) == (403, 403)
