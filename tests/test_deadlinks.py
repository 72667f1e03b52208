"""Links within the site that lead readers nowhere, however the content came to be what it is."""

import pytest
from django.db import connection
from django.test import override_settings

from articles.deadlinks import DeadLinks, count_dead, dead_places
from articles.derived import refresh_derived
from articles.innerlinks import Place
from articles.models import Article, QAPair
from articles.publishing import publish, trash, withdraw
from articles.search.postings import select
from tests.factories import make_article, make_author, make_column, make_topic, tomorrow

pytestmark = pytest.mark.django_db


def make_link(path: str, **fields) -> QAPair:
    return make_article(pairs=[{"answer": f"参考[旧文]({path})。"}], **fields).pairs.get()


def found() -> list[tuple]:
    return [(link.pair, link.place.path, link.row) for link in DeadLinks()[0:50]]


@pytest.fixture
def site():
    """One open page of each kind, and one of each that readers cannot open."""
    author = make_author(slug="open")
    make_article(slug="open", column=make_column(slug="open", author=author), topics=[make_topic("开", slug="open")])
    closed = make_column(slug="closed", author=make_author(slug="closed"))
    make_article(slug="closed", status="draft", column=closed, topics=[make_topic("关", slug="closed")])


@pytest.mark.parametrize("kind", ["articles", "columns", "authors", "topics"])
def test_what_readers_cannot_open_is_dead(site, kind):
    places = [Place(kind, slug) for slug in ("open", "closed", "nowhere")]
    assert dead_places(places) == {Place(kind, "closed"), Place(kind, "nowhere")}


@pytest.mark.parametrize("kind", ["articles", "columns", "authors", "topics"])
def test_the_list_says_what_stands_there_unseen(site, kind):
    make_link(f"/{kind}/open/")
    closed, nowhere = make_link(f"/{kind}/closed/"), make_link(f"/{kind}/nowhere/")
    row = {
        "articles": Article.objects.get(slug="closed"),
        "columns": Article.objects.get(slug="closed").column,
        "authors": Article.objects.get(slug="closed").column.author,
        "topics": Article.objects.get(slug="closed").pairs.get().topics.get(),
    }[kind]
    assert found() == [(nowhere, f"/{kind}/nowhere/", None), (closed, f"/{kind}/closed/", row)]


@pytest.mark.parametrize("kind", ["articles", "columns", "authors", "topics"])
def test_a_former_slug_leads_where_the_row_is(site, kind):
    make_link(f"/{kind}/open/")
    article = Article.objects.get(slug="open")
    row = {
        "articles": article,
        "columns": article.column,
        "authors": article.column.author,
        "topics": article.pairs.get().topics.get(),
    }[kind]
    row.slug = "renamed"
    row.save()
    assert found() == []
    assert dead_places([Place(kind, "open"), Place(kind, "renamed")]) == set()


def test_a_link_dies_and_lives_with_the_article_it_leads_to():
    target = make_article(slug="target")
    make_link("/articles/target/")
    counts = [count_dead(9)]
    for act in (withdraw, lambda articles: publish(articles, now=target.published_at), trash):
        act([target])
        counts.append(count_dead(9))
    assert counts == [0, 1, 0, 1]


@pytest.mark.parametrize("state", [{"status": "draft"}, {"status": "trashed"}, {"published_at": tomorrow()}])
def test_links_that_no_reader_meets_are_not_told(state):
    make_link("/articles/nowhere/", **state)
    assert (found(), count_dead(9), len(DeadLinks())) == ([], 0, 0)


def test_the_count_ends_at_its_limit():
    for _ in range(3):
        make_link("/articles/nowhere/")
    assert (count_dead(2), count_dead(9), len(DeadLinks())) == (2, 3, 3)


def test_a_link_named_twice_in_an_answer_is_told_once():
    pair = make_link("/articles/nowhere/")
    pair.answer += "再看[旧文](/articles/nowhere/#q2)。"
    pair.save()
    refresh_derived()
    assert found() == [(pair, "/articles/nowhere/", None)]


def test_what_is_written_past_the_models_is_followed():
    pair = make_link("/articles/nowhere/")
    QAPair.objects.filter(pk=pair.pk).update(answer="[别处](/topics/nowhere/)")
    refresh_derived()
    assert found() == [(pair, "/topics/nowhere/", None)]
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM articles_qapair")
    refresh_derived()
    assert select("SELECT * FROM articles_innerlink") == []


@override_settings(SITE_URL="https://qa.example.com")
def test_the_sites_own_address_counts_as_within():
    pair = make_link("https://qa.example.com/articles/nowhere/")
    make_link("https://example.com/articles/nowhere/")
    assert found() == [(pair, "/articles/nowhere/", None)]


@pytest.mark.parametrize("rows", [1, 3])
def test_queries_do_not_grow_with_rows(django_assert_num_queries, rows):
    for row in range(rows):
        make_link(f"/articles/nowhere{row}/")
        make_link(f"/articles/draft{row}/")
        make_article(slug=f"draft{row}", status="draft")
    with django_assert_num_queries(4):
        assert len(found()) == 2 * rows
