"""One walk over every public address: what is hidden shows nowhere, and readers are not tracked.

A new address needs a row in ROWS.
"""

import json
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import quote

import pytest
from django.urls import get_resolver
from django.utils import timezone

from articles.choices import Status
from articles.models import Article, OldAddress, PendingRevision, Revision
from articles.pending import hand_in
from articles.publishing import withdraw
from articles.revisions import snapshot
from tests.factories import at, make_article, make_author, make_column, make_topic

pytestmark = pytest.mark.django_db

# Every text of a hidden article holds both; a query holds only the first, because its page repeats it.
SEARCHED, LEAK = "密语", "泄漏"
SHOWN = f"{SEARCHED}显形"
LEAKS = [LEAK, json.dumps(LEAK).strip('"'), quote(LEAK), "leak", "2015", "2016", "2099"]
STATES = ["draft", "review", "scheduled", "expired", "trashed", "withdrawn", "renamed"]


@dataclass(frozen=True)
class Row:
    """What stands under one URL name: addresses with what each shows, and addresses of hidden content."""

    shows: dict[str, str]
    hidden: tuple[str, ...] = ()


def of_hidden(kind: str, rest: str = "") -> tuple[str, ...]:
    return tuple(f"/{kind}/leak-{state}/{rest}" for state in STATES)


ROWS = {
    "home": Row({"/": f"{SHOWN}小标题"}, tuple(f"/?p={number}" for number, _state in enumerate(STATES, 1))),
    "article_list": Row({"/articles/": f"{SHOWN}标题", "/articles/?page=9": f"{SHOWN}标题"}),
    "article": Row({"/articles/shown/": f"{SHOWN}小标题"}, of_hidden("articles")),
    "article_qr": Row({"/articles/shown/qr.svg": "<svg"}, of_hidden("articles", "qr.svg")),
    "column_list": Row({"/columns/": f"{SHOWN}专栏"}),
    "column": Row({"/columns/shown/": f"{SHOWN}标题"}, of_hidden("columns")),
    "column_feed": Row({"/columns/shown/feed/": f"{SHOWN}标题"}, of_hidden("columns", "feed/")),
    "author": Row({"/authors/shown/": f"{SHOWN}标题"}, of_hidden("authors")),
    "topic_list": Row({"/topics/": f"{SHOWN}话题"}),
    "topic": Row({"/topics/shown/": f"{SHOWN}小标题", "/topics/shared/": f"{SHOWN}小标题"}, of_hidden("topics")),
    "topic_feed": Row({"/topics/shared/feed/": f"{SHOWN}小标题"}, of_hidden("topics", "feed/")),
    "archive": Row({"/archive/": "/archive/2017/"}),
    "archive_year": Row({"/archive/2017/": f"{SHOWN}标题"}, tuple(f"/archive/{year}/" for year in (2015, 2016, 2099))),
    "archive_month": Row({"/archive/2017/3/": f"{SHOWN}标题"}, ("/archive/2015/3/", "/archive/2016/3/")),
    "search": Row(
        {
            f"/search/?q={SEARCHED}": f"<mark>{SEARCHED}</mark>显形小标题",
            f"/search/?q={SEARCHED}&sort=newest": f"<mark>{SEARCHED}</mark>显形小标题",
            f"/search/?q={SEARCHED}&topic=shared": f"<mark>{SEARCHED}</mark>显形小标题",
            f"/search/?q={SEARCHED}&column=shown": f"<mark>{SEARCHED}</mark>显形小标题",
            "/search/": f"{SHOWN}话题",
        }
    ),
    "suggest": Row({f"/search/suggest/?q={SEARCHED}": f"{SHOWN}小标题"}),
    "picture": Row({}),
    # Its addresses are signed: tests/views/test_preview.py.
    "preview": Row({}),
    "feed": Row({"/feed/": f"{SHOWN}标题"}),
    "sitemap": Row({"/sitemap.xml": "/articles/shown/"}),
    "robots": Row({"/robots.txt": "Sitemap:"}),
    "healthz": Row({"/healthz": "ok"}),
}
SHOWS = {address: text for row in ROWS.values() for address, text in row.shows.items()}
HIDDEN = [address for row in ROWS.values() for address in row.hidden]
# Pages of one article or month that have no room for others, and what programs ask for.
WITHOUT_OTHERS = {
    "/articles/shown/qr.svg",
    "/archive/2017/",
    "/archive/2017/3/",
    "/topics/shown/",
    "/robots.txt",
    "/healthz",
}


def make_marked(word: str, slug: str, *, column=None, **fields) -> Article:
    """Make an article whose every text begins with the word, with an author and a topic of its own."""
    make_topic(f"{word}话题", slug=slug, description=f"{word}定义", aliases=[f"{word}别名"])
    if column is None:
        author = make_author(slug=slug, name=f"{word}作者", role=f"{word}身份", bio=f"{word}介绍")
        column = make_column(
            slug=slug, title=f"{word}专栏", author=author, motto=f"{word}题", description=f"{word}说明"
        )
    letter = {"heading": f"{word}小标题", "question": f"{word}问", "answer": f"{word}答", "signature": f"{word}署名"}
    texts = {
        "title": f"{word}标题",
        "summary": f"{word}摘要",
        "source_name": f"{word}来源",
        "source_text": f"{word}原文",
    }
    topics = [f"{word}话题", "同题"]
    return make_article(pairs=[letter], topics=topics, slug=slug, column=column, **texts | fields)


@pytest.fixture
def content():
    """A public article, one of the same day in another year, and beside them each kind of hidden one."""
    make_topic("同题", slug="shared")
    shown = make_marked(SHOWN, "shown", published_at=at(2017, 3, 27, 11, 29))
    make_article(column=shown.column, topics=["同题"], published_at=at(2018, 3, 27, 11, 29))
    for place, column in (("", None), ("-beside", shown.column)):
        for state, fields in {
            "draft": {"status": Status.DRAFT, "published_at": at(2016, 3, 27, 11, 29)},
            "review": {"status": Status.REVIEW, "published_at": at(2016, 3, 27, 11, 29)},
            "scheduled": {"published_at": at(2099, 3, 27, 11, 29)},
            "expired": {"published_at": at(2016, 3, 27, 11, 29), "expires_at": at(2016, 3, 28)},
            "trashed": {"status": Status.TRASHED, "published_at": at(2016, 3, 27, 11, 29)},
            "withdrawn": {"published_at": at(2015, 3, 27, 11, 29)},
            "renamed": {"status": Status.DRAFT},
        }.items():
            word = f"{SEARCHED}{LEAK}{state}{place}"
            make_marked(word, f"leak-{state}{place}", column=column, **fields)
    hidden = {article.slug: article for article in Article.objects.filter(slug__startswith="leak-")}
    OldAddress.objects.bulk_create(
        OldAddress(address=f"/?p={number}", target=hidden[f"leak-{state}"]) for number, state in enumerate(STATES, 1)
    )
    withdraw(Article.objects.filter(slug__startswith="leak-withdrawn"))
    revise(shown)
    rename(Article.objects.get(slug="leak-renamed"))


def revise(article):
    """Let a revision wait on what readers see, every text of it a leak; an earlier version says the same."""
    content = snapshot(article)
    leak = f"{SEARCHED}{LEAK}修订"
    new = {
        "number": None,
        "topics": [f"{leak}话题"],
        **dict.fromkeys(("heading", "question", "answer", "signature"), leak),
    }
    fields = {"title": leak, "summary": leak, "source_name": leak, "slug": "leak-revised"}
    hand_in(article, {"article": content["article"] | fields, "pairs": [*content["pairs"], new]}, by=None, note=leak)
    kept = PendingRevision.objects.get().content
    Revision.objects.create(article=article, number=1, content=kept, digest="", size=0, note=leak)


def rename(article):
    """Give the article, its column, author and own topic another slug."""
    topic = article.pairs.get().topics.get(slug=article.slug)
    for row in (article, article.column, article.column.author, topic):
        row.slug = "leak-new"
        row.save()


def said(response) -> str:
    return f"{response.headers}{response.content.decode()}"


def leaks(response) -> list[str]:
    return [leak for leak in LEAKS if leak in said(response)]


def public_names() -> set[str]:
    patterns = [pattern for pattern in get_resolver().url_patterns if getattr(pattern, "app_name", "") != "admin"]
    return {inner.name for pattern in patterns for inner in getattr(pattern, "url_patterns", [pattern])}


def test_every_public_address_has_its_row():
    assert public_names() == set(ROWS)


def test_what_is_public_shows_and_nothing_else(client, content):
    answers = {address: client.get(address) for address in SHOWS}
    assert {address for address, response in answers.items() if response.status_code != 200} == set()
    assert {address for address, response in answers.items() if SHOWS[address] not in said(response)} == set()
    assert {address: leaks(response) for address, response in answers.items() if leaks(response)} == {}


def test_hidden_content_is_not_found_and_not_named(client, content):
    answers = {address: client.get(address) for address in HIDDEN}
    assert {address for address, response in answers.items() if response.status_code != 404} == set()
    assert {address: leaks(response) for address, response in answers.items() if leaks(response)} == {}


def test_no_filter_leads_to_hidden_content(client, content):
    """The page repeats what it was asked for, so only what it was not asked for may be looked for."""
    slugs = [f"{name}=leak-{state}" for name in ("topic", "column") for state in (*STATES, "new")]
    for narrowing in [*slugs, "year=2015", "year=2016", "year=2099"]:
        text = said(client.get(f"/search/?q={SEARCHED}&{narrowing}"))
        assert LEAK not in text, narrowing
        assert "/articles/leak" not in text, narrowing


def test_the_walk_would_see_what_is_hidden(client, content):
    """Once everything is public, each address of hidden content answers, and each list shows it."""
    Article.objects.update(status=Status.PUBLISHED, expires_at=None, published_at=timezone.now() - timedelta(days=400))
    Article.objects.filter(slug="leak-draft").update(published_at=at(2016, 3, 27))
    assert {address for address in SHOWS if not leaks(client.get(address))} == WITHOUT_OTHERS
    assert {client.get(address).status_code for address in HIDDEN if "/archive/" not in address} == {200, 301}


def test_readers_are_not_tracked(client, content):
    answers = {address: client.get(address) for address in (*SHOWS, *HIDDEN)}
    assert {address: response.cookies for address, response in answers.items() if response.cookies} == {}
    assert {address for address, response in answers.items() if "Cookie" in response.get("Vary", "")} == set()


# The other lists are counted beside their own tests. Enough letters for search to need no near matches.
QUERIES = {
    "/articles/a0/": 13,
    "/archive/": 2,
    "/archive/2017/": 6,
    "/archive/2017/3/": 6,
    "/search/?q=淘宝客": 14,
    "/search/?q=淘宝客&sort=newest&topic=t&year=2017&column=c": 14,
    "/search/suggest/?q=淘宝": 5,
    "/feed/": 4,
    "/columns/c/feed/": 5,
    "/topics/t/feed/": 6,
    "/sitemap.xml": 10,
}


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize("address", QUERIES)
def test_queries_do_not_grow_with_rows(client, django_assert_num_queries, address, rows):
    make_topic("淘宝客", slug="t", aliases=["淘客"])
    column = make_column(slug="c")
    for row in range(rows):
        letters = [{"heading": f"淘宝客怎么做 {row}{number}", "answer": "先选品。"} for number in range(rows + 2)]
        make_article(slug=f"a{row}", column=column, pairs=letters, topics=["淘宝客"], published_at=at(2017, 3, row + 1))
        make_article(column=column, pairs=letters, topics=["淘宝客"], published_at=at(2018, 3, row + 1))
    with django_assert_num_queries(QUERIES[address]):
        client.get(address)
