"""Topics that may be one: listed with the reason, merged from there, or called two for good."""

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission

from articles.models import DistinctNames
from tests.factories import make_article, make_topic
from tests.reading import text_of

pytestmark = pytest.mark.django_db

LIST = "/admin/articles/topic/"
NAMESAKES = f"{LIST}namesakes/"
DISMISS = f"{NAMESAKES}dismiss/"


@pytest.fixture
def couple():
    return make_topic("团队", description="一群人。"), make_topic("团队管理", aliases=["带团队"])


def said(response) -> list[str]:
    return [str(message) for message in response.context["messages"]]


def page_text(client) -> str:
    return text_of(client.get(NAMESAKES).content.decode())


def test_a_couple_is_shown_with_reason_use_and_a_way_to_merge(admin_client, couple):
    make_article(topics=["团队"])
    make_article(topics=["团队"], status="draft")
    text = page_text(admin_client)
    for sentence in ("one is the other with an ending", "团队 2 questions, 1 published", "Aliases: 带团队", "一群人。"):
        assert sentence in text
    one, other = couple
    assert f"{LIST}merge/?topic={one.pk}&amp;topic={other.pk}" in admin_client.get(NAMESAKES).content.decode()


def test_the_name_looked_at_is_told_where_it_is_an_alias(admin_client):
    make_topic("绩效")
    make_topic("KPI", aliases=["绩 效"])
    assert "Looked at: “绩 效”" in page_text(admin_client)


def test_an_empty_list_says_so(admin_client):
    make_topic("团队")
    assert "No two topics look like one." in page_text(admin_client)


def test_a_dismissed_couple_is_gone_for_good_and_both_histories_tell(admin_client, couple):
    one, other = couple
    for _ in range(2):
        response = admin_client.post(DISMISS, {"topic": one.pk, "other": other.pk}, follow=True)
        assert said(response) == ["“团队” and “团队管理” are two topics."]
    assert "No two topics look like one." in page_text(admin_client)
    assert DistinctNames.objects.count() == 1
    assert sorted(LogEntry.objects.values_list("object_repr", flat=True)) == ["团队", "团队管理"]


@pytest.mark.parametrize("topic, other", [("x", "1"), ("", ""), ("9" * 30, "1"), ("\x00", "1"), ("same", "same")])
def test_odd_couples_are_refused(admin_client, couple, topic, other):
    pk = str(couple[0].pk)
    data = {"topic": topic.replace("same", pk), "other": other.replace("same", pk)}
    assert said(admin_client.post(DISMISS, data, follow=True)) == ["The selection makes no sense."]
    assert not DistinctNames.objects.exists()


def test_a_long_list_comes_in_pages(admin_client):
    for letter in "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌":
        make_topic(f"{letter}事")
        make_topic(f"{letter}事管理")
    first, second = admin_client.get(NAMESAKES), admin_client.get(f"{NAMESAKES}?page=2")
    assert (len(first.context["couples"]), "?page=2" in first.content.decode()) == (20, True)
    assert len(second.context["couples"]) >= 1
    shown = [{couple["keys"] for couple in page.context["couples"]} for page in (first, second)]
    assert shown[0] & shown[1] == set()


@pytest.mark.parametrize("page", ["0", "-1", "x", "99999999999999999999"])
def test_an_odd_page_number_is_no_error(admin_client, couple, page):
    assert admin_client.get(f"{NAMESAKES}?page={page}").status_code == 200


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_asks_the_same_queries_for_any_number_of_rows(admin_client, django_assert_num_queries, rows):
    for row in range(rows):
        make_topic(f"团{row}队", aliases=[f"队{row}甲"])
        make_topic(f"团{row}队管理")
    with django_assert_num_queries(7):  # two of them are the session and the user
        assert len(admin_client.get(NAMESAKES).context["couples"]) == rows


def test_rights(client, django_user_model, couple):
    user = django_user_model.objects.create_user("reader", is_staff=True)
    client.force_login(user)
    assert client.get(NAMESAKES).status_code == 403
    user.user_permissions.add(Permission.objects.get(codename="view_topic"))
    page = client.get(NAMESAKES).content
    assert (b"Not a duplicate" in page, b"/merge/" in page) == (False, False)
    assert client.post(DISMISS, {"topic": couple[0].pk, "other": couple[1].pk}).status_code == 403
    user.user_permissions.add(Permission.objects.get(codename="change_topic"))
    page = client.get(NAMESAKES).content
    assert (b"Not a duplicate" in page, b"/merge/" in page) == (True, False)
