import pytest

from articles.choices import Origin, Status
from tests.factories import at, make_article, make_author, make_column, make_topic, tomorrow
from tests.reading import headings, links, main_text

pytestmark = pytest.mark.django_db


@pytest.fixture
def column():
    return make_column(slug="xinxiang", title="运营信箱", author=make_author(slug="bianjibu", name="编辑部"))


def test_an_article_shows_its_letters_and_answers_in_order(client, column):
    first = {"heading": "先来的", "question": "信一\n\n第二段", "answer": "**答一**", "signature": "一位读者"}
    second = {"heading": "后到的", "question": "信二", "answer": "答二", "position": 1}
    make_article(slug="two", column=column, title="两问", pairs=[first | {"position": 2}, second])
    response = client.get("/articles/two/")
    assert headings(response, 2)[:2] == ["其一后到的#", "其二先来的#"]
    html = response.content.decode()
    assert '<section class="pair" id="q2"' in html
    assert '<blockquote class="letter-body"><p>信一</p>\n<p>第二段</p>' in html
    assert '<p class="sign">—— 一位读者</p>' in html
    assert '<div class="prose"><p><strong>答一</strong></p>' in html


def test_the_jump_list_appears_from_two_questions_on(client):
    make_article(slug="one")
    make_article(slug="two", pairs=2)
    assert b'class="toc"' not in client.get("/articles/one/").content
    assert {"#q1", "#q2"} <= set(links(client.get("/articles/two/")))


def test_neighbours_come_from_the_same_column_and_are_public(client, column):
    for day, slug in enumerate(("older", "mid", "newer"), start=1):
        make_article(slug=slug, column=column, published_at=at(2017, 3, day))
    make_article(slug="draft", column=column, published_at=at(2017, 3, 2, 1), status=Status.DRAFT)
    make_article(slug="elsewhere", published_at=at(2017, 3, 2, 2))
    response = client.get("/articles/mid/")
    assert response.context["previous"].slug == "older"
    assert response.context["next"].slug == "newer"
    assert response.context["issue"] == 2


def test_on_this_day_links_other_years(client):
    make_article(slug="now", published_at=at(2017, 3, 27))
    make_article(slug="then", title="往年今日", published_at=at(2015, 3, 27))
    make_article(slug="not-yet", title="稿", published_at=at(2016, 3, 27), status=Status.DRAFT)
    response = client.get("/articles/now/")
    assert "/articles/then/" in links(response)
    assert "/articles/not-yet/" not in links(response)


@pytest.mark.parametrize(
    "fields, credit",
    [
        ({}, "编辑部为运营问答原创作答。"),
        (
            {"origin": Origin.RETOLD, "source_name": "某站", "source_url": "https://a.example/1"},
            "编辑部的回答由编辑整理转述。 来源：某站 https://a.example/1",
        ),
        ({"origin": Origin.REPRINT, "source_name": "某刊"}, "转载，已注明出处。 来源：某刊"),
    ],
)
def test_the_credit_says_where_the_words_come_from(client, column, fields, credit):
    make_article(slug="a", column=column, **fields)
    assert credit in main_text(client.get("/articles/a/"))


def test_a_reprint_names_its_source_as_canonical(client):
    make_article(slug="a", origin=Origin.REPRINT, source_url="https://a.example/1")
    assert '<link rel="canonical" href="https://a.example/1">' in client.get("/articles/a/").content.decode()


def test_the_canonical_address_follows_the_setting(client, settings):
    settings.SITE_URL = "https://qa.example.com"
    make_article(slug="a")
    html = client.get("/articles/a/").content.decode()
    assert '<link rel="canonical" href="https://qa.example.com/articles/a/">' in html
    assert '<meta property="og:url" content="https://qa.example.com/articles/a/">' in html


def test_the_title_leads_with_the_first_heading(client, column):
    make_article(slug="a", column=column, pairs=[{"heading": "淘宝客的出路"}, {}])
    make_article(slug="b", column=column, pairs=[{"heading": "<b>KPI</b>"}])
    assert "<title>淘宝客的出路 等 2 问 · 运营信箱</title>" in client.get("/articles/a/").content.decode()
    assert "<title>&lt;b&gt;KPI&lt;/b&gt; · 运营信箱</title>" in client.get("/articles/b/").content.decode()


def test_a_former_slug_leads_to_the_new_one_for_good(client):
    article = make_article(slug="old")
    article.slug = "new"
    article.save()
    response = client.get("/articles/old/?from=wechat")
    assert (response.status_code, response["Location"]) == (301, "/articles/new/?from=wechat")


def test_a_browser_asks_again_before_it_follows_a_former_slug(client):
    article = make_article(slug="old")
    for slug in ("new", "old"):
        article.slug = slug
        article.save()
    assert client.get("/articles/old/").status_code == 200
    response = client.get("/articles/new/")
    assert (response["Location"], response["Cache-Control"]) == ("/articles/old/", "no-cache")


def test_an_article_that_has_no_pairs_yet_is_still_a_page(client):
    make_article(slug="a", title="尚无问答", pairs=0)
    assert "<title>尚无问答 · " in client.get("/articles/a/").content.decode()


@pytest.mark.parametrize("fields", [{"status": Status.DRAFT}, {"published_at": tomorrow()}])
def test_a_hidden_article_is_not_found_under_any_slug(client, fields):
    article = make_article(slug="old", **fields)
    article.slug = "new"
    article.save()
    assert [client.get(f"/articles/{slug}/").status_code for slug in ("old", "new")] == [404, 404]
    assert client.get("/articles/new/qr.svg").status_code == 404


def test_the_qr_code_is_a_local_svg(client):
    make_article(slug="a")
    response = client.get("/articles/a/qr.svg")
    assert response["Content-Type"] == "image/svg+xml"
    assert response.content.startswith(b'<svg xmlns="http://www.w3.org/2000/svg"')


def test_the_list_of_articles_is_paged_newest_first(client):
    for day in range(1, 23):
        make_article(title=f"第 {day} 天", published_at=at(2017, 3, day))
    assert headings(client.get("/articles/"))[:2] == ["第 22 天", "第 21 天"]
    assert headings(client.get("/articles/?page=2")) == ["第 2 天", "第 1 天"]
    assert headings(client.get("/articles/?page=99999999999999999999")) == ["第 2 天", "第 1 天"]
    assert headings(client.get("/articles/?page=x"))[0] == "第 22 天"


@pytest.mark.parametrize("rows", [1, 3])
def test_queries_of_a_page_do_not_grow_with_its_rows(client, django_assert_num_queries, rows):
    make_topic("KPI")
    column = make_column()
    for _ in range(rows):
        make_article(slug=f"a{_}", pairs=rows, column=column, topics=["KPI"])
    with django_assert_num_queries(7):
        client.get("/articles/")


def test_what_an_editor_typed_cannot_run(client):
    hostile = "<script>alert(1)</script>"
    pair = {"heading": hostile, "question": hostile, "answer": hostile, "signature": hostile}
    make_article(slug="a", title=hostile, summary=hostile, pairs=[pair, pair], source_name=hostile)
    html = client.get("/articles/a/").content.decode()
    assert "<script>alert" not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html
