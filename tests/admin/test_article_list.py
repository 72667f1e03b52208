import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission

from articles.models import Article
from tests.admin.posting import LIST, change_url, table_text
from tests.factories import at, make_article, make_column, make_topic, tomorrow

pytestmark = pytest.mark.django_db


def titles(client, **query) -> list[str]:
    response = client.get(LIST, query)
    assert response.status_code == 200
    return [article.title for article in response.context["cl"].result_list]


def act(client, action: str, *articles):
    data = {"action": action, "_selected_action": [article.pk for article in articles]}
    return client.post(LIST, data, follow=True)


def messages(response) -> list[str]:
    return [str(message) for message in response.context["messages"]]


def logged() -> list[tuple[str, str]]:
    return [(entry.object_repr, entry.get_change_message()) for entry in LogEntry.objects.order_by("pk")]


def test_a_row_shows_what_an_editor_asks_first(admin_client):
    make_article(
        title="带团队",
        column=make_column(title="运营信箱"),
        pairs=[{"topics": ["KPI", "管理"]}, {"topics": ["管理", "招聘", "淘宝客", "留存"]}],
        published_at=at(2019, 5, 6, 9, 30),
    )
    assert table_text(admin_client, LIST) == "带团队 运营信箱 2 KPI 管理 招聘 +2 published May 6, 2019, 9:30 a.m. -"


@pytest.mark.parametrize(
    "fields, badge",
    [
        ({"status": "draft"}, '<span class="badge draft">draft</span>'),
        ({"published_at": tomorrow()}, '<span class="badge scheduled">scheduled</span>'),
        ({}, '<span class="badge published">published</span>'),
    ],
)
def test_the_badge_tells_the_state(admin_client, fields, badge):
    make_article(**fields)
    assert badge in admin_client.get(LIST).content.decode()


def test_a_hostile_title_is_text(admin_client):
    make_article(title="<script>alert(1)</script>", topics=["<b>x</b>"])
    page = admin_client.get(LIST).content.decode()
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "<script>alert(1)" not in page
    assert "<b>x</b>" not in page


def test_drafts_without_a_time_come_first_then_the_newest(admin_client):
    make_article(title="旧", published_at=at(2019, 1, 1))
    make_article(title="新", published_at=at(2024, 1, 1))
    make_article(title="稿", status="draft", published_at=None)
    assert titles(admin_client) == ["稿", "新", "旧"]


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_asks_the_same_queries_for_any_number_of_rows(admin_client, django_assert_num_queries, rows):
    for _ in range(rows):
        make_article(pairs=2, topics=["KPI", "留存"])
    admin_client.get(LIST)
    with django_assert_num_queries(12):
        admin_client.get(LIST)


@pytest.fixture
def shelf():
    """Articles of every state, column, year and tagging."""
    house, guest = make_column(title="运营信箱"), make_column(title="客座")
    make_topic("KPI", aliases=["绩效"])
    make_article(title="稿", column=house, status="draft", published_at=None, pairs=[{"topics": ["KPI"]}, {}])
    make_article(title="待", column=house, published_at=tomorrow())
    make_article(title="旧", column=guest, published_at=at(2019, 12, 31, 23, 59), pairs=[{"topics": ["KPI", "留存"]}])
    make_article(title="新", column=guest, published_at=at(2024, 1, 1), pairs=0)
    return guest


@pytest.mark.parametrize(
    "query, expected",
    [
        ({"status": "draft"}, ["稿"]),
        ({"status": "scheduled"}, ["待"]),
        ({"status": "published"}, ["新", "旧"]),
        ({"status": "nonsense"}, ["稿", "待", "新", "旧"]),
        ({"topic": "KPI"}, ["稿", "旧"]),
        ({"topic": "ＫＰＩ"}, ["稿", "旧"]),
        ({"topic": "绩效"}, ["稿", "旧"]),
        ({"topic": "没有的话题"}, []),
        ({"topic": "\x00"}, ["稿", "待", "新", "旧"]),
        ({"tagging": "none"}, ["待", "新"]),
        ({"tagging": "some"}, ["稿", "待"]),
        ({"year": "2019"}, ["旧"]),
        ({"year": "1850"}, ["稿", "待", "新", "旧"]),
        ({"published_at__year": "2024"}, ["新"]),
        ({"published_at__year": "2019", "published_at__month": "12", "published_at__day": "31"}, ["旧"]),
        ({"status": "published", "topic": "留存", "year": "2019"}, ["旧"]),
    ],
)
def test_filters(admin_client, shelf, query, expected):
    assert titles(admin_client, **query) == expected


def test_the_column_filter(admin_client, shelf):
    assert titles(admin_client, column__id__exact=shelf.pk) == ["新", "旧"]


def test_filters_count_when_asked_to(admin_client, shelf):
    assert "draft (1)" in admin_client.get(LIST, {"_facets": "True"}).content.decode()


def test_the_topic_box_keeps_the_other_filters(admin_client, shelf):
    page = admin_client.get(LIST, {"status": "published", "topic": '"><x>', "q": "留存"}).content.decode()
    form = page.partition('class="topic-filter"')[2].partition("</form>")[0]
    assert '<input type="hidden" name="status" value="published">' in form
    assert '<input type="hidden" name="q" value="留存">' in form
    assert 'value="&quot;&gt;&lt;x&gt;"' in form


def test_publishing_a_selection(admin_client):
    drafts = [make_article(title=title, status="draft", published_at=None) for title in "甲乙"]
    response = act(admin_client, "publish_selected", *drafts, make_article())
    assert messages(response) == ["2 articles published."]
    assert Article.objects.published().count() == 3
    assert sorted(logged()) == [("乙", "Published."), ("甲", "Published.")]


def test_publishing_names_what_is_not_ready(admin_client):
    gap = make_article(title="缺回信", status="draft", pairs=[{"answer": ""}])
    response = act(admin_client, "publish_selected", gap)
    assert messages(response) == [
        "0 articles published.",
        "1 not published, because a question or an answer is missing: 《缺回信》",
    ]
    assert (Article.objects.published().count(), logged()) == (0, [])


def test_withdrawing_a_selection(admin_client):
    response = act(admin_client, "withdraw_selected", make_article(title="甲"), make_article(status="draft"))
    assert messages(response) == ["1 article withdrawn."]
    assert (Article.objects.published().count(), logged()) == (0, [("甲", "Withdrawn.")])


def test_actions_honour_the_filters(admin_client):
    make_article(title="甲", status="draft"), make_article(title="乙", status="draft", topics=["KPI"])
    data = {"action": "publish_selected", "select_across": "1", "_selected_action": [Article.objects.first().pk]}
    admin_client.post(f"{LIST}?topic=KPI", data)
    assert [article.title for article in Article.objects.published()] == ["乙"]


def test_who_may_only_look_has_no_actions(client, django_user_model):
    user = django_user_model.objects.create_user("kanke", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename="view_article"))
    client.force_login(user)
    article = make_article(status="draft")
    act(client, "publish_selected", article)
    assert not Article.objects.published().exists()
    assert client.get(change_url(article)).status_code == 200
