import pytest

from articles.choices import Status
from tests.factories import at, make_article, make_author, make_column, make_topic
from tests.reading import headings, links, main_text

pytestmark = pytest.mark.django_db


def test_an_empty_site_answers_kindly(client):
    for address in ("/", "/articles/", "/columns/", "/topics/", "/archive/", "/search/", "/feed/", "/sitemap.xml"):
        assert client.get(address).status_code == 200, address
    assert "还没有" in main_text(client.get("/"))


def test_home_shows_the_newest_letters_and_ways_in(client):
    column = make_column(slug="xinxiang", title="运营信箱", motto="有问必答", author=make_author(name="编辑部"))
    make_topic("KPI", slug="kpi")
    for day in range(1, 13):
        make_article(column=column, pairs=[{"heading": f"第 {day} 封"}], topics=["KPI"], published_at=at(2017, 3, day))
    response = client.get("/")
    assert headings(response) == [f"第 {day} 封" for day in range(12, 2, -1)]
    assert headings(response, 1) == ["运营信箱有问必答 编辑部"]
    assert {"/topics/kpi/", "/columns/xinxiang/", "/articles/"} <= set(links(response))
    assert "全部 12 问 →" in main_text(response)


def test_a_column_page_lists_its_own_articles(client):
    column = make_column(slug="xinxiang", title="运营信箱", description="问与答", author=make_author(slug="bianjibu"))
    make_article(column=column, title="我的")
    make_article(title="别家的")
    make_article(column=column, title="草稿", status=Status.DRAFT)
    response = client.get("/columns/xinxiang/")
    assert headings(response) == ["我的"]
    assert {"/authors/bianjibu/", "/columns/xinxiang/feed/"} <= set(links(response))


@pytest.mark.parametrize("kind", ["columns", "authors", "topics"])
def test_what_holds_only_drafts_is_not_found(client, kind):
    make_topic("机密", slug="secret")
    column = make_column(slug="secret", author=make_author(slug="secret"))
    article = make_article(column=column, topics=["机密"], status=Status.DRAFT)
    address = f"/{kind}/secret/"
    assert client.get(address).status_code == 404
    article.status = Status.PUBLISHED
    article.save()
    assert client.get(address).status_code == 200


def test_an_author_page_gathers_the_columns(client):
    author = make_author(slug="bianjibu", name="编辑部", role="本站编辑")
    make_article(column=make_column(slug="a", author=author), title="甲")
    make_article(column=make_column(slug="b", author=author), title="乙", published_at=at(2017, 1, 1))
    response = client.get("/authors/bianjibu/")
    assert headings(response) == ["甲", "乙"]
    assert {"/columns/a/", "/columns/b/"} <= set(links(response))


def test_a_topic_page_shows_definition_aliases_letters_and_neighbours(client):
    make_topic("KPI", slug="kpi", description="考核什么，就会得到什么。", aliases=["绩效"])
    make_topic("团队管理", slug="team")
    make_article(pairs=[{"heading": "怎么定"}], topics=["KPI", "团队管理"])
    make_article(pairs=[{"heading": "无关"}], topics=["团队管理"])
    response = client.get("/topics/kpi/")
    assert headings(response) == ["怎么定"]
    text = main_text(response)
    assert "考核什么，就会得到什么。" in text
    assert "又称 绩效" in text
    assert "常一起出现 团队管理1 问" in text


def test_topics_are_listed_by_use(client):
    make_article(pairs=2, topics=["KPI"])
    make_article(topics=["拉新"])
    assert [text for text in links(client.get("/topics/")) if text.startswith("/topics/") and text != "/topics/"] == [
        "/topics/kpi/",
        "/topics/la-xin/",
    ]


@pytest.mark.parametrize("kind", ["columns", "authors", "topics"])
def test_former_slugs_of_lists_answer_too(client, kind):
    make_topic("KPI", slug="old")
    column = make_column(slug="old", author=make_author(slug="old"))
    article = make_article(column=column, topics=["KPI"])
    topic = article.pairs.get().topics.get()
    for row in (column, column.author, topic):
        row.slug = "new"
        row.save()
    response = client.get(f"/{kind}/old/")
    assert (response.status_code, response["Location"]) == (301, f"/{kind}/new/")


def test_the_archive_leads_from_years_to_months(client):
    make_article(title="三月", published_at=at(2017, 3, 27))
    make_article(title="元旦", published_at=at(2018, 1, 1))
    assert {"/archive/2018/", "/archive/2017/"} <= set(links(client.get("/archive/")))
    response = client.get("/archive/2017/")
    assert headings(response, 2) == ["2017年3月"]
    assert headings(response) == ["三月"]
    assert headings(client.get("/archive/2017/3/")) == ["三月"]


@pytest.mark.parametrize("path", ["2016/", "2017/13/", "2017/0/", "2017/4/", "99999/", "2999/12/", "1000/1/"])
def test_empty_and_impossible_months_are_not_found(client, path):
    make_article(published_at=at(2017, 3, 27))
    assert client.get(f"/archive/{path}").status_code == 404


QUERIES = {"/": 10, "/columns/": 2, "/columns/c/": 7, "/authors/a/": 8, "/topics/": 3, "/topics/t/": 9}


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize("address", QUERIES)
def test_queries_do_not_grow_with_rows(client, django_assert_num_queries, address, rows):
    make_topic("话题", slug="t", aliases=["别名"])
    author = make_author(slug="a")
    for n in range(rows):
        column = make_column(slug="c" if n == 0 else f"c{n}", author=author)
        make_topic(f"别的{n}")
        for _ in range(rows):
            make_article(column=column, pairs=rows, topics=["话题", f"别的{n}"])
    with django_assert_num_queries(QUERIES[address]):
        client.get(address)
