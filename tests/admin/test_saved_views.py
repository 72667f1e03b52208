"""Views above the list: shipped, kept by an editor, counted, edited."""

import pytest
from django.contrib.auth.models import Permission

from articles.models import SavedView
from tests.admin.choosing import messages
from tests.admin.posting import LIST
from tests.factories import at, make_article

pytestmark = pytest.mark.django_db
SAVE, EDIT = f"{LIST}save-view/", f"{LIST}views/"


@pytest.fixture
def viewer(client, django_user_model):
    """A browser in which somebody is signed in who only looks."""
    user = django_user_model.objects.create_user("kanke", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename="view_article"))
    client.force_login(user)
    return client


def views(client, **query) -> list[tuple[str, str]]:
    return [(view.name, view.shown) for view in client.get(LIST, query).context["views"]]


def save(client, query: str, name: str = "我的视图", **fields):
    return client.post(SAVE, {"name": name, "query": query} | fields, follow=True)


def kept() -> list[tuple[str, str, bool]]:
    return list(SavedView.objects.order_by("pk").values_list("name", "query", "is_shared"))


def own_data(*rows, **fields) -> dict[str, str]:
    data = {"form-TOTAL_FORMS": str(len(rows)), "form-INITIAL_FORMS": str(len(rows))}
    for index, (view, values) in enumerate(rows):
        data |= {f"form-{index}-id": str(view.pk), f"form-{index}-position": "0", f"form-{index}-name": view.name}
        data |= {f"form-{index}-{name}": value for name, value in values.items()}
    return data | fields


def test_the_shipped_views_count_what_they_find(admin_client):
    make_article(status="review"), make_article(status="trashed"), make_article(topics=["KPI"])
    assert views(admin_client) == [
        ("My drafts", "0"),
        ("Waiting for review", "1"),
        ("Due to be checked", "0"),
        ("Without topic", "1"),
        ("Trash", "1"),
    ]


def test_a_view_counts_what_its_list_shows(admin_client):
    column = make_article(published_at=None, status="draft", topics=["KPI"]).column
    make_article(column=column, published_at=at(2020, 5, 1)), make_article(published_at=at(2021, 1, 1))
    for query in ("year=2020", f"column__id__exact={column.pk}", "status=draft&source=missing", "tagging=some"):
        save(admin_client, query, name=query)
        page = admin_client.get(f"{LIST}?{query}")
        (view,) = [view for view in page.context["views"] if view.is_current]
        assert view.shown == str(page.context["cl"].result_count)


def test_many_are_counted_up_to_a_bound(admin_client, monkeypatch):
    monkeypatch.setattr("articles.admin.saved_views.MOST_COUNTED", 2)
    for _ in range(3):
        make_article(status="review")
    assert ("Waiting for review", "1+") in views(admin_client)


def test_filters_are_kept_under_a_name(admin_client):
    response = save(admin_client, "status=draft&p=3&topic=KPI&evil=1&q=裂变")
    assert messages(response) == ["View “我的视图” saved."]
    assert kept() == [("我的视图", "q=%E8%A3%82%E5%8F%98&status=draft&topic=KPI", False)]
    (view,) = [view for view in response.context["views"] if view.is_current]
    assert (view.name, view.shown) == ("我的视图", "")


def test_saving_under_the_same_name_changes_the_filters(admin_client):
    save(admin_client, "status=draft")
    save(admin_client, "status=review")
    assert kept() == [("我的视图", "status=review", False)]


@pytest.mark.parametrize(
    "query, name",
    [("", "空"), ("evil=1", "空"), ("status=draft", ""), ("q=" + "x" * 600, "长"), ("status=draft", "长" * 41)],
)
def test_what_makes_no_view_is_refused_in_a_sentence(admin_client, query, name):
    (message,) = messages(save(admin_client, query, name=name))
    assert message.startswith("The view was not saved: ")
    assert kept() == []


def test_a_hostile_name_is_text(admin_client):
    page = save(admin_client, "status=draft", name="<script>x</script>").content.decode()
    assert "&lt;script&gt;x&lt;/script&gt;" in page and "<script>x" not in page


@pytest.mark.parametrize("query", ["year=abc", "year=99999999", "column__id__exact=x", "status=nonsense", "mine=x"])
def test_values_of_nonsense_are_not_counted(admin_client, query):
    save(admin_client, query)
    assert ("我的视图", "") in views(admin_client)


def test_views_are_shared_by_who_publishes_only(admin_client, viewer, admin_user):
    save(viewer, "status=draft", name="看客的", is_shared="on")
    viewer.force_login(admin_user)
    save(viewer, "status=review", name="主编的", is_shared="on")
    save(viewer, "status=trashed", name="不给别人看")
    assert [shared for _name, _query, shared in kept()] == [False, True, False]
    viewer.force_login(SavedView.objects.get(name="看客的").user)
    assert [name for name, _shown in views(viewer)][5:] == ["看客的", "主编的"]


def test_own_views_are_renamed_ordered_and_deleted(admin_client, admin_user):
    one, two, three = (
        SavedView.objects.create(user=admin_user, name=name, query="status=draft") for name in ("甲", "乙", "丙")
    )
    data = own_data((one, {"name": "改名", "position": "2"}), (two, {"position": "1"}), (three, {"DELETE": "on"}))
    assert admin_client.post(EDIT, data).url == LIST
    assert [name for name, _shown in views(admin_client)][5:] == ["乙", "改名"]


@pytest.mark.parametrize("values", [{"name": ""}, {"name": "长" * 41}, {"position": "-1"}, {"position": "x"}])
def test_wrong_names_and_places_are_shown_again(admin_client, admin_user, values):
    view = SavedView.objects.create(user=admin_user, name="甲", query="status=draft")
    page = admin_client.post(EDIT, own_data((view, values)))
    assert list(page.context["formset"].errors[0]) == list(values)
    assert kept() == [("甲", "status=draft", False)]


@pytest.mark.parametrize("key", [None, "9" * 30, "x", "\x00"])
def test_views_of_others_are_out_of_reach(admin_user, viewer, key):
    view = SavedView.objects.create(user=admin_user, name="甲", query="status=draft")
    data = own_data((view, {"name": "抢来", "DELETE": "on"} | ({"id": key} if key else {})))
    viewer.post(EDIT, data)
    assert kept() == [("甲", "status=draft", False)]


def test_who_may_not_see_articles_has_no_views(client, django_user_model):
    client.force_login(django_user_model.objects.create_user("xin", is_staff=True))
    assert [client.post(SAVE, {"name": "x", "query": "status=draft"}).status_code, client.get(EDIT).status_code] == [
        403,
        403,
    ]


@pytest.mark.parametrize("rows", [1, 3])
def test_views_cost_the_same_however_many_there_are(admin_client, admin_user, django_assert_num_queries, rows):
    for number in range(rows):
        SavedView.objects.create(user=admin_user, name=f"视图{number}", query=f"status=draft&year=20{number + 10}")
    admin_client.get(LIST)
    with django_assert_num_queries(18):
        admin_client.get(LIST)
