import re

import pytest
from django.apps import apps
from django.contrib.auth.models import Permission

from articles.derived import refresh_derived
from articles.models import Topic
from tests.admin.posting import article_data, card, change_url, saved_data
from tests.admin.test_article_form import viewer
from tests.factories import make_article, make_column, make_topic
from tests.reading import main_text

pytestmark = pytest.mark.django_db

NEW = "/admin/articles/article/preview-unsaved/"


def address(article) -> str:
    return f"/admin/articles/article/{article.pk}/preview-unsaved/"


def everything() -> dict[str, list]:
    """Return all rows of all tables but the sessions."""
    models = [model for model in apps.get_models() if model._meta.app_label != "sessions"]
    return {model._meta.label: list(model.objects.order_by("pk").values()) for model in models}


def questions(response) -> list[str]:
    return re.findall(r'<h2 id="q\d+-heading">.*?</span>(.*?)<a', response.content.decode())


def test_the_public_page_shows_what_is_not_saved(admin_client):
    article = make_article(pairs=[{"heading": "甲"}, {"heading": "乙"}, {"heading": "丙"}], topics=["KPI"])
    changes = {
        0: {"answer": "**改过**", "topics": "KPI、新话题"},
        1: {"DELETE": "on"},
        2: {"position": "1"},
        3: card(9, heading="新问", question="第一行\n\n第二行"),
    }
    response = admin_client.post(address(article), saved_data(article, pairs=changes, title="新标题"))
    page = response.content.decode()
    assert response.templates[0].name == "articles/article.html"
    assert questions(response) == ["丙", "甲", "新问"]
    assert ("新标题" in page, "<strong>改过</strong>" in page, "<p>第二行</p>" in page) == (True, True, True)
    assert "新话题" in main_text(response)


def test_looking_stores_nothing_and_notes_nothing(admin_client):
    article = make_article(pairs=2, topics=["KPI"])
    refresh_derived()
    before = everything()
    changes = {0: {"answer": "改过", "topics": "没有的话题"}, 1: {"DELETE": "on"}, 2: card(3)}
    admin_client.post(address(article), saved_data(article, pairs=changes, slug="bie-de", status="published"))
    assert everything() == before


def test_an_article_that_was_never_saved_is_shown(admin_client):
    make_topic("淘宝客", aliases=["淘客"])
    column = make_column(title="运营信箱")
    data = article_data(column=column.pk, title="第一次", pairs=[card(1, topics="淘客"), card(2)])
    response = admin_client.post(NEW, data)
    assert questions(response) == ["小标题1", "小标题2"]
    assert "运营信箱" in main_text(response)
    assert "淘宝客" in main_text(response)
    assert Topic.objects.count() == 1


@pytest.mark.parametrize(
    "fields",
    [
        {"title": "", "column": ""},
        {"pairs": []},
        {"pairs": [{"heading": "只有标题"}]},
        {"pairs": [{"answer": "只有回信"}], "status": "published"},
        {"pairs": [{"topics": "！！、C++", "answer": "x"}]},
        {"slug": "不 行", "source_url": "javascript:1", "published_at_0": "明天", "origin": "reprint"},
        {"pairs": [{"question": "\x00" * 3, "answer": "[" * 5000}]},
        {"pairs-TOTAL_FORMS": "x", "pairs-INITIAL_FORMS": "-1"},
    ],
)
def test_whatever_is_missing_or_wrong_there_is_a_page(admin_client, fields):
    assert admin_client.post(NEW, article_data(**fields)).status_code == 200


def test_the_page_is_for_a_frame_and_for_nobody_else(admin_client):
    article = make_article(pairs=[{"answer": "<script>alert(1)</script>"}])
    response = admin_client.post(address(article), saved_data(article))
    page = response.content.decode()
    assert re.findall(r"<script(?! type=\"application/ld)", page) == []
    assert "qr.svg" not in page  # the code of a page that is not there yet
    assert '<meta name="robots" content="noindex">' in page
    assert (response["X-Robots-Tag"], "no-store" in response["Cache-Control"]) == ("noindex", True)


def test_the_page_of_readers_keeps_its_script(client):
    page = client.get(make_article().get_absolute_url()).content.decode()
    assert "js/site" in page
    assert "<base" not in page


def test_only_who_may_change_the_article_sees_it(client, django_user_model):
    article = make_article()
    client.force_login(viewer(django_user_model))
    assert client.post(address(article), saved_data(article)).status_code == 403
    assert client.post(NEW, article_data()).status_code == 403
    assert "data-live" not in client.get(change_url(article)).content.decode()
    writer = django_user_model.objects.create_user("xinren", is_staff=True)
    writer.user_permissions.set(Permission.objects.filter(codename__in=["add_article", "add_qapair"]))
    client.force_login(writer)
    assert client.post(address(article), saved_data(article)).status_code == 403
    assert client.post(NEW, article_data()).status_code == 200


def test_what_lies_in_the_trash_is_not_written_at(admin_client):
    article = make_article(status="trashed")
    assert admin_client.post(address(article), saved_data(article)).status_code == 403


def test_it_takes_posts_only_and_strangers_sign_in(admin_client, client):
    assert admin_client.get(NEW).status_code == 405
    client.logout()
    assert client.post(NEW, article_data()).url.startswith("/admin/login/")


def test_a_known_topic_costs_one_query_for_all_its_pairs(admin_client, django_assert_max_num_queries):
    def cost(pairs):
        article = make_article(pairs=pairs, topics=["KPI"])
        data = saved_data(article)
        with django_assert_max_num_queries(60) as asked:
            admin_client.post(address(article), data)
        return len(asked)

    cost(1)
    assert cost(3) - cost(1) == 2 * 2  # Django's form asks for each pair and its topics
