import pytest
from django.contrib.auth.models import Permission

from tests.admin.posting import change_url
from tests.factories import make_article, make_pair, make_topic

pytestmark = pytest.mark.django_db

PREVIEW = "/admin/articles/article/preview-answer/"
WIDEN = "/admin/articles/article/widen-punctuation/"
SUGGEST = "/admin/articles/article/suggest-topics/"


def page_of(article) -> str:
    return f"/admin/articles/article/{article.pk}/preview/"


def test_a_draft_is_shown_in_the_public_page(admin_client):
    draft = make_article(title="还没发的稿", status="draft", published_at=None, pairs=[{"answer": "**粗**"}])
    response = admin_client.get(page_of(draft))
    page = response.content.decode()
    assert "还没发的稿" in page
    assert "<strong>粗</strong>" in page
    assert response.templates[0].name == "articles/article.html"
    assert "no-store" in response["Cache-Control"]
    assert "noindex" in response["X-Robots-Tag"]


@pytest.mark.parametrize("pairs", [1, 3])
def test_a_draft_without_answers_can_be_shown(admin_client, pairs):
    draft = make_article(status="draft", published_at=None, pairs=[{"answer": ""}] * pairs)
    assert admin_client.get(page_of(draft)).status_code == 200


def test_a_draft_without_pairs_leads_back_to_its_form(admin_client):
    draft = make_article(status="draft", pairs=0)
    assert admin_client.get(page_of(draft)).url == change_url(draft)


def test_looking_changes_nothing(admin_client):
    draft = make_article(status="draft")
    admin_client.get(page_of(draft))
    draft.refresh_from_db()
    assert (draft.status, draft.content_updated_at) == ("draft", None)


@pytest.mark.parametrize("key", ["999", "9" * 30, "9" * 5000, "x", "-1"])
def test_a_page_of_nothing_is_not_found(admin_client, key):
    response = admin_client.get(f"/admin/articles/article/{key}/preview/", follow=True)
    assert response.status_code == 404 or response.redirect_chain[-1] == ("/admin/", 302)


def test_an_answer_is_rendered_as_the_site_renders_it(admin_client):
    response = admin_client.post(PREVIEW, {"text": "1. 甲\r\n2. 乙\r\n\r\n<script>alert(1)</script>"})
    page = response.content.decode()
    assert "<li>甲</li>" in page
    assert "<script" not in page
    assert response["Cache-Control"] == "max-age=0, no-cache, no-store, must-revalidate, private"


@pytest.mark.parametrize(
    "text", ["", "\x00", "[" * 5000, "> " * 3000, "长" * 60_000, "\ud800".encode("utf-8", "replace")]
)
def test_any_text_can_be_previewed_and_tidied(admin_client, text):
    assert admin_client.post(PREVIEW, {"text": text}).status_code == 200
    assert admin_client.post(WIDEN, {"text": text}).status_code == 200


def test_punctuation_is_widened_by_the_rule_of_the_importer(admin_client):
    response = admin_client.post(WIDEN, {"text": "你好,世界!\r\n见 http://a.com/?x=1, 11:29"})
    assert response.content.decode() == "你好，世界！\n见 http://a.com/?x=1, 11:29"
    assert response["Content-Type"] == "text/plain"


def offers(client, text) -> list[tuple[str, str]]:
    return [(topic["name"], topic["hint"]) for topic in client.get(SUGGEST, {"q": text}).json()["topics"]]


@pytest.fixture
def topics():
    make_topic("淘宝客", aliases=["淘客", "淘宝联盟"])
    make_topic("淘宝直播")
    make_topic("KPI", aliases=["绩效"])
    draft = make_article(status="draft", topics=["淘宝客"])
    make_pair(draft, topics=["淘宝客", "KPI"])


@pytest.mark.parametrize(
    "text, expected",
    [
        ("淘", [("淘宝客", "2 questions"), ("淘宝直播", "0 questions")]),
        ("淘宝直播", [("淘宝直播", "0 questions")]),
        ("淘客", [("淘宝客", "淘客 · 2 questions")]),
        ("绩", [("KPI", "绩效 · 1 question")]),
        ("ＫＰ", [("KPI", "1 question")]),
        ("taobao", [("淘宝客", "2 questions"), ("淘宝直播", "0 questions")]),
        ("tao bao ke", [("淘宝客", "2 questions")]),
        ("", [("淘宝客", "2 questions"), ("KPI", "1 question"), ("淘宝直播", "0 questions")]),
        ("没有", []),
        ("%", []),
        ("\x00", [("淘宝客", "2 questions"), ("KPI", "1 question"), ("淘宝直播", "0 questions")]),
    ],
)
def test_topics_are_offered_by_name_alias_and_pinyin(admin_client, topics, text, expected):
    assert offers(admin_client, text) == expected


def test_the_topic_named_exactly_comes_first(admin_client, topics):
    make_topic("淘")
    assert offers(admin_client, "淘")[0] == ("淘", "0 questions")


def test_suggestions_cost_two_queries(admin_client, topics, django_assert_num_queries):
    with django_assert_num_queries(4):  # two of them are the session and the user
        admin_client.get(SUGGEST, {"q": "淘"})


def test_who_may_not_see_articles_sees_none_of_this(client, django_user_model):
    client.force_login(django_user_model.objects.create_user("lujian", is_staff=True))
    assert client.get(page_of(make_article())).status_code == 403
    assert client.get(SUGGEST).status_code == 403
    assert [client.post(address, {"text": "x"}).status_code for address in (PREVIEW, WIDEN)] == [403, 403]


def test_who_may_only_add_gets_the_tools_but_no_pages(client, django_user_model):
    user = django_user_model.objects.create_user("xinren", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename="add_article"))
    client.force_login(user)
    assert client.get(SUGGEST).status_code == 200
    assert client.get(page_of(make_article())).status_code == 403


def test_strangers_are_asked_to_sign_in(client):
    for address in (page_of(make_article()), PREVIEW, WIDEN, SUGGEST):
        assert client.get(address).url.startswith("/admin/login/")


@pytest.mark.parametrize("address, method", [(PREVIEW, "get"), (WIDEN, "get"), (SUGGEST, "post")])
def test_each_address_takes_its_own_method_only(admin_client, address, method):
    assert getattr(admin_client, method)(address).status_code == 405
