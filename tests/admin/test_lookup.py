import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.admin.posting import LIST
from tests.factories import at, make_article, tomorrow

pytestmark = pytest.mark.django_db


def titles(client, text, **query) -> list[str]:
    response = client.get(LIST, {"q": text} | query)
    assert response.status_code == 200
    return [article.title for article in response.context["cl"].result_list]


@pytest.fixture
def shelf():
    make_article(
        title="稿", slug="gao", status="draft", pairs=[{"heading": "淘宝客怎么做", "question": "从哪里开始？"}]
    )
    make_article(title="待", slug="dai", published_at=tomorrow(), pairs=[{"answer": "先看淘宝客的流量。"}])
    make_article(
        title="旧", slug="jiu", published_at=at(2019, 1, 1), pairs=[{"topics": ["淘宝客"]}, {"heading": "KPI"}]
    )
    make_article(title="没有问答的淘宝客", slug="kong", status="draft", pairs=0)


@pytest.mark.parametrize(
    "text, expected",
    [
        ("淘宝客", {"稿", "待", "旧", "没有问答的淘宝客"}),
        ("淘寶客", {"稿", "待", "旧"}),
        ("ＫＰＩ", {"旧"}),
        ("量子纠缠", set()),
        ("\x00", {"稿", "待", "旧", "没有问答的淘宝客"}),
    ],
)
def test_the_box_asks_the_readers_engine_drafts_included(admin_client, shelf, text, expected):
    assert set(titles(admin_client, text)) == expected


def test_the_best_match_comes_first_unless_a_column_is_clicked(admin_client):
    make_article(
        title="顺带提到", published_at=at(2024, 1, 1), pairs=[{"answer": f"{'闲话。' * 60}裂变。{'闲话。' * 60}"}]
    )
    make_article(title="正主", published_at=at(2019, 1, 1), pairs=[{"heading": "裂变", "question": "裂变怎么做？"}])
    assert titles(admin_client, "裂变") == ["正主", "顺带提到"]
    assert titles(admin_client, "裂变", o="-5") == ["顺带提到", "正主"]


def test_search_and_filters_work_together(admin_client, shelf):
    assert titles(admin_client, "淘宝客", status="scheduled") == ["待"]


def test_a_number_finds_its_article(admin_client, shelf):
    article = make_article(title="这篇")
    assert titles(admin_client, f"#{article.pk}") == ["这篇"]
    assert titles(admin_client, f"＃ {article.pk}") == ["这篇"]
    assert titles(admin_client, "#999999999999999999") == []


@pytest.mark.parametrize(
    "address, expected",
    [
        ("http://testserver/articles/gao/", ["稿"]),
        ("https://qa.example.com/articles/jiu/?from=feed#q2", ["旧"]),
        ("/articles/dai/", ["待"]),
        ("/articles/lao-wang-zhi/", ["改过网址"]),
        ("/articles/mei-you/", []),
    ],
)
def test_a_pasted_address_finds_its_article(admin_client, shelf, address, expected):
    moved = make_article(title="改过网址", slug="lao-wang-zhi")
    moved.slug = "xin-wang-zhi"
    moved.save()
    assert titles(admin_client, address) == expected


@pytest.mark.parametrize("text", ["http://[", "https://example.com/", "/admin/", "//", "http://%00/%ff", "/topics/x/"])
def test_an_address_of_something_else_is_searched_as_words(admin_client, shelf, text):
    assert titles(admin_client, text) == []


def test_searching_costs_the_same_for_any_number_of_rows(admin_client):
    def cost(rows):
        for _ in range(rows):
            make_article(pairs=[{"heading": "裂变怎么做", "topics": ["KPI"]}])
        with CaptureQueriesContext(connection) as queries:
            assert titles(admin_client, "裂变")
        return len(queries)

    cost(4)  # with fewer the engine looks for near matches too
    assert cost(1) == cost(5)
