import pytest
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth.models import Permission
from django.utils import timezone

from articles.admin import listing
from articles.models import Article
from tests.admin.choosing import act
from tests.admin.posting import LIST, change_url, table_text
from tests.factories import at, make_article, make_column, make_topic, tomorrow

pytestmark = pytest.mark.django_db


def titles(client, **query) -> list[str]:
    response = client.get(LIST, query)
    assert response.status_code == 200
    return [article.title for article in response.context["cl"].result_list]


def test_a_row_shows_what_an_editor_asks_first(admin_client):
    make_article(
        title="带团队",
        column=make_column(title="运营信箱"),
        pairs=[{"topics": ["KPI", "管理"]}, {"topics": ["管理", "招聘", "淘宝客", "留存"]}],
        published_at=at(2019, 5, 6, 9, 30),
    )
    assert table_text(admin_client, LIST) == "带团队 运营信箱 2 KPI 管理 招聘 +2 published May 6, 2019, 9:30 a.m."


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
    column = make_column()
    for _ in range(rows):
        make_article(column=column, pairs=2, topics=["KPI", "留存"])
    admin_client.get(LIST)
    with django_assert_num_queries(22):
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
        ({"topic": "-KPI"}, ["待", "新"]),
        ({"topic": "－没有的话题"}, ["稿", "待", "新", "旧"]),
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


def test_filters_count_unasked_where_the_list_is_short(admin_client, shelf):
    page = admin_client.get(LIST, {"topic": "KPI"}).content.decode()
    assert "draft (1)" in page and "published (1)" in page and "in the trash (0)" in page
    assert "2019 (1)" in page and "2024 (0)" in page


def test_filters_of_a_long_list_count_when_asked_to(admin_client, shelf, monkeypatch):
    monkeypatch.setattr(listing, "COUNTED_UNASKED", 3)
    assert "draft (1)" not in admin_client.get(LIST).content.decode()
    assert "draft (1)" in admin_client.get(LIST, {"_facets": "True"}).content.decode()


def test_the_years_lead_to_months(admin_client, shelf):
    assert [year for year, _address in admin_client.get(LIST).context["cl"].years()][-1] == 2019
    (address,) = [address for year, address in admin_client.get(LIST).context["cl"].years() if year == 2019]
    page = admin_client.get(f"{LIST}{address}")
    assert [article.title for article in page.context["cl"].result_list] == ["旧"]
    assert page.context["cl"].years() == []


def test_mine_is_what_i_edited(admin_client, admin_user, django_user_model):
    mine, other = make_article(title="我的"), make_article(title="别人的")
    stranger = django_user_model.objects.create_user("stranger")
    LogEntry.objects.log_actions(admin_user.pk, [mine], CHANGE, "x")
    LogEntry.objects.log_actions(stranger.pk, [mine, other], CHANGE, "x")
    assert titles(admin_client, mine="yes") == ["我的"]
    assert "edited by stranger" in admin_client.get(LIST).content.decode()


def test_what_is_due_is_marked(admin_client):
    make_article(review_by=timezone.localdate())
    assert '<span class="under is-due">due to be checked</span>' in admin_client.get(LIST).content.decode()


def test_a_search_names_the_question_that_matches(admin_client):
    make_article(pairs=[{"heading": "别的"}, {"heading": "裂变怎么做"}])
    page = admin_client.get(LIST, {"q": "裂变"}).content.decode()
    assert '<span class="under hit">裂变怎么做</span>' in page


def test_the_topic_box_keeps_the_other_filters(admin_client, shelf):
    page = admin_client.get(LIST, {"status": "published", "topic": '"><x>', "q": "留存"}).content.decode()
    form = page.partition('class="topic-filter"')[2].partition("</form>")[0]
    assert '<input type="hidden" name="status" value="published">' in form
    assert '<input type="hidden" name="q" value="留存">' in form
    assert 'value="&quot;&gt;&lt;x&gt;"' in form


def test_who_may_only_look_has_no_actions(client, django_user_model):
    user = django_user_model.objects.create_user("kanke", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename="view_article"))
    client.force_login(user)
    article = make_article(status="draft")
    act(client, "publish_selected", article)
    assert not Article.objects.published().exists()
    assert client.get(change_url(article)).status_code == 200
