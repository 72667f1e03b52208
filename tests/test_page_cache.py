"""A kept page is the page that would be made now, whatever was written, on every worker."""

import gzip
import json
import re
from datetime import timedelta
from io import StringIO

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles import edition
from articles.choices import Status
from articles.importing.fixture import load_fixture
from articles.merging import merge_topics
from articles.models import (
    Article,
    Author,
    Column,
    PairLink,
    Picture,
    QAPair,
    SynonymGroup,
    TaggedPair,
    Topic,
    TopicAlias,
)
from articles.publishing import trash, withdraw
from articles.search import building
from articles.tallies.settling import settle_if_due
from opsqa import page_cache
from tests.factories import at, make_article, make_column, make_pair, make_synonyms, make_topic
from tests.threads import in_thread

pytestmark = pytest.mark.django_db(transaction=True)

PICTURE = f"{'0' * 32}-1x1.webp"
PAGES = [
    "/",
    "/articles/",
    "/articles/a/",
    "/articles/a/qr.svg",
    "/columns/",
    "/columns/c/",
    "/columns/c/feed/",
    "/authors/p/",
    "/topics/",
    "/topics/t/",
    "/topics/t/feed/",
    "/archive/",
    "/archive/2017/",
    "/archive/2017/3/",
    "/search/?q=淘客",
    "/search/suggest/?q=淘",
    "/feed/",
    "/sitemap.xml",
    "/robots.txt",
]


@pytest.fixture
def content():
    column = make_column(slug="c", title="淘宝客专栏", author=Author.objects.create(slug="p", name="某人"))
    make_topic("淘宝客", slug="t")
    make_topic("团队", slug="u")
    pairs = [{"heading": "淘宝客怎么做", "answer": f"先选品。\n\n![图](/images/{PICTURE})"}]
    make_article(slug="a", column=column, pairs=pairs, topics=["淘宝客"], published_at=at(2017, 3, 27))
    make_article(slug="b", column=column, pairs=2, topics=["淘宝客", "团队"], published_at=at(2018, 3, 27))
    Picture.objects.create(name=PICTURE, data=b"", width=1, height=1)
    settle_if_due()


@pytest.fixture
def workers(content):
    """Return two clients, each with a cache of its own as two processes have, that keep every page."""
    clients = Client(), Client()
    for client in clients:
        for address in PAGES:
            client.get(address)
        assert {address: queries(client, address) for address in PAGES} == dict.fromkeys(PAGES, 1)
    return clients


def queries(client, address: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        client.get(address)
    return len(captured)


def shown(client) -> dict[str, tuple[int, bytes]]:
    answers = {address: client.get(address) for address in PAGES}
    return {address: (response.status_code, response.content) for address, response in answers.items()}


def pair() -> QAPair:
    return QAPair.objects.get(article__slug="a")


def run_sql(sql: str, *params) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)


def save_topic_in_admin() -> None:
    editor = Client()
    editor.force_login(User.objects.create_superuser("zhubian"))
    topic = Topic.objects.get(slug="t")
    none = {f"aliases-{name}": 0 for name in ("TOTAL_FORMS", "INITIAL_FORMS", "MIN_NUM_FORMS")}
    form = {"name": "淘宝客新名", "slug": "t", "description": ""} | none
    assert editor.post(f"/admin/articles/topic/{topic.pk}/change/", form).status_code == 302


def load(command, tmp_path) -> None:
    rows = [{"model": "articles.author", "fields": {"slug": "p", "name": "另一人", "role": "", "bio": ""}}]
    file = tmp_path / "rows.json"
    file.write_text(json.dumps(rows))
    command(file)


def rename_in_a_transaction() -> None:
    with transaction.atomic():
        pair().topics.clear()
        Article.objects.filter(slug="a").update(title="事务里的标题")


WRITES = {
    "a heading": lambda: QAPair.objects.filter(pk=pair().pk).update(heading="新的小标题"),
    "a saved pair": lambda: [setattr(row := pair(), "answer", "新的回答"), row.save()],
    "a new pair": lambda: make_pair(Article.objects.get(slug="a")),
    "a pair deleted": lambda: pair().delete(),
    "an article's title": lambda: Article.objects.filter(slug="a").update(title="新标题"),
    "an article's slug": lambda: Article.objects.filter(slug="a").update(slug="a2"),
    "an article withdrawn": lambda: withdraw(Article.objects.filter(slug="a")),
    "an article in the trash": lambda: trash(Article.objects.filter(slug="a")),
    "an article deleted": lambda: Article.objects.get(slug="b").delete(),
    "many articles at once": lambda: Article.objects.bulk_create(
        Article(slug=f"n{n}", title=f"新{n}", column=Column.objects.get(), status=Status.PUBLISHED, published_at=at(2017, 3, n))
        for n in (1, 2)
    ),
    "plain SQL": lambda: run_sql("UPDATE articles_qapair SET question = %s", "改过的信"),
    "plain SQL of an author": lambda: run_sql("UPDATE articles_author SET name = %s", "改名"),
    "plain SQL of HTML": lambda: run_sql("UPDATE articles_qapair SET answer_html = %s", "<p>改</p>"),
    "everything in one transaction": rename_in_a_transaction,
    "a column's title": lambda: Column.objects.update(title="改了的专栏"),
    "a topic renamed": lambda: Topic.objects.filter(slug="t").update(name="淘宝联盟"),
    "a topic described": lambda: Topic.objects.filter(slug="t").update(description="定义"),
    "a topic's alias": lambda: Topic.objects.get(slug="t").aliases.create(name="淘客"),
    "topics merged": lambda: merge_topics(Topic.objects.get(slug="t"), [Topic.objects.get(slug="u")], by=None),
    "a tag": lambda: pair().topics.add("团队"),
    "a tag deleted": lambda: TaggedPair.objects.all().delete(),
    "synonyms": lambda: make_synonyms("淘宝客、淘客"),
    "a link by an editor": lambda: PairLink.objects.create(
        pair=pair(), other=QAPair.objects.filter(article__slug="b").last()
    ),
    "the admin": save_topic_in_admin,
}  # fmt: skip


# What follows the notes, or is put in place with an edition of its own; and what leads on from an address that is not kept.
FOLLOWING = {
    "articles_articleformerslug",
    "articles_edition",
    "articles_indexedpair",
    "articles_indexstat",
    "articles_oldaddress",
    "articles_postingblock",
    "articles_tally",
    "articles_tallychange",
    "articles_term",
    "articles_topicshelf",
}


def test_every_table_that_a_page_reads_is_watched(content):
    with CaptureQueriesContext(connection) as captured:
        shown(Client())
    read = {table for query in captured for table in re.findall(r"\barticles_\w+", query["sql"])}
    named = set(connection.introspection.table_names())
    assert (read & named) - set(edition.TABLES) - FOLLOWING == set()


@pytest.mark.parametrize("write", WRITES)
def test_the_next_answer_of_every_worker_is_right(workers, settings, write):
    before = shown(workers[0])
    WRITES[write]()
    settings.PAGE_CACHE_MB = 0
    fresh = shown(Client())
    assert fresh != before
    for client in workers:
        assert shown(client) == fresh


@pytest.mark.parametrize("command", [load_fixture, lambda file: call_command("loaddata", file, stdout=StringIO())])
def test_a_fixture_is_seen(workers, settings, tmp_path, command):
    load(command, tmp_path)
    assert all("另一人" in client.get("/articles/a/").content.decode() for client in workers)


@pytest.mark.parametrize("write", ["a tag deleted", "synonyms", "a topic's alias"])
def test_what_was_deleted_is_gone(workers, settings, write):
    WRITES[write]()
    shown(workers[0])
    for model in (SynonymGroup, TopicAlias, Picture):
        model.objects.all().delete()
    settings.PAGE_CACHE_MB = 0
    assert shown(workers[0]) == shown(Client())


def test_a_write_that_is_rolled_back_changes_nothing(workers):
    with transaction.atomic():
        Column.objects.update(title="改了的专栏")
        transaction.set_rollback(True)
    assert queries(workers[0], "/columns/c/") == 1


@pytest.fixture
def clock(monkeypatch):
    """Return a function that lets so much time pass."""
    real, passed = timezone.now, timedelta()

    def wait(**time) -> None:
        nonlocal passed
        passed += timedelta(**time)

    monkeypatch.setattr(timezone, "now", lambda: real() + passed)
    return wait


def test_an_article_appears_and_ends_though_nothing_is_written(clock, workers):
    now = timezone.now()
    soon, later = now + timedelta(minutes=1), now + timedelta(minutes=2)
    make_article(slug="soon", column=Column.objects.get(), title="将来的标题", published_at=soon, expires_at=later)
    seen = []
    for _step in range(3):
        pages = [client.get("/articles/").content.decode() for client in (*workers, *workers)]
        seen.append(["将来的标题" in page for page in pages])
        clock(seconds=61)
    assert seen == [[False] * 4, [True] * 4, [False] * 4]


def test_another_day_has_another_page(clock, workers):
    assert queries(workers[0], "/") == 1
    clock(days=1)
    assert queries(workers[0], "/") > 1
    assert queries(workers[0], "/") == 1


def test_a_page_made_while_another_transaction_writes_does_not_outlive_it(workers):
    """What is kept before the commit was made from what was there before, and goes with it."""
    seen = []

    def write():
        with transaction.atomic():
            Column.objects.update(title="改了的专栏")
            reader = in_thread(lambda: seen.append(workers[0].get("/columns/c/").content))
            reader.join()

    write()
    seen.append(workers[0].get("/columns/c/").content)
    assert ["改了的专栏".encode() in page for page in seen] == [False, True]


def test_of_two_transactions_the_one_that_commits_last_counts(workers):
    """On SQLite writers follow each other; on PostgreSQL the first to begin may be the last to commit."""
    if connection.vendor == "sqlite":
        Author.objects.update(name="先")
        Column.objects.update(title="后")
    else:
        with transaction.atomic():
            Column.objects.update(title="后")
            other = in_thread(lambda: Author.objects.update(name="先"))
            other.join(timeout=5)
            assert not other.is_alive(), "A writer waited for another."
            in_thread(lambda: workers[0].get("/columns/c/")).join()
    page = workers[0].get("/columns/c/").content.decode()
    assert ("先" in page, "后" in page) == (True, True)


def test_a_new_index_is_a_new_edition(workers):
    building.rebuild()
    assert queries(workers[0], "/search/?q=淘客") > 1


def test_what_is_written_inside_a_transaction_is_not_kept(workers):
    with transaction.atomic():
        Column.objects.update(title="不算数的专栏")
        workers[0].get("/columns/c/")
        transaction.set_rollback(True)
    assert "不算数的专栏" not in workers[0].get("/columns/c/").content.decode()


@pytest.mark.parametrize("address", PAGES)
def test_a_kept_page_says_what_the_view_said(workers, settings, address):
    kept = workers[0].get(address)
    settings.PAGE_CACHE_MB = 0
    made = Client().get(address)
    assert kept.content == made.content
    own = {"ETag", "Vary", "Cache-Control"}
    assert dict(kept.items()) == dict(made.items()) | {name: kept[name] for name in own}
    assert (kept["Vary"], kept["Cache-Control"]) == ("Accept-Encoding", "no-cache")


@pytest.mark.parametrize(
    "accepted, is_zipped",
    [("gzip", True), ("br, gzip;q=0.5", True), ("gzip;q=0", False), ("gzip; q=0.0, br", False), ("x-gzip2", False), ("", False)],
)  # fmt: skip
def test_the_browser_gets_what_it_can_read(workers, accepted, is_zipped):
    plain = workers[0].get("/")
    answer = workers[0].get("/", headers={"accept-encoding": accepted})
    assert answer.has_header("Content-Encoding") == is_zipped
    assert answer["ETag"] == (plain["ETag"][:-1] + '-gzip"' if is_zipped else plain["ETag"])
    assert int(answer["Content-Length"]) == len(answer.content)
    assert (gzip.decompress(answer.content) if is_zipped else answer.content) == plain.content


@pytest.mark.parametrize("accepted", ["gzip", ""])
def test_what_the_browser_has_is_not_sent_again(workers, accepted):
    first = workers[0].get("/", headers={"accept-encoding": accepted})
    again = workers[0].get("/", headers={"accept-encoding": accepted, "if-none-match": first["ETag"]})
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])
    assert again["Content-Security-Policy"] == first["Content-Security-Policy"]
    Column.objects.update(title="改了的专栏")
    changed = workers[0].get("/", headers={"accept-encoding": accepted, "if-none-match": first["ETag"]})
    assert changed.status_code == 200


def test_the_first_answer_is_tagged_like_the_kept_one(content):
    client = Client()
    assert client.get("/")["ETag"] == client.get("/")["ETag"]


def test_a_head_is_answered_from_what_is_kept(workers):
    response = workers[0].head("/")
    assert (response.status_code, response.content, response["ETag"]) == (200, b"", workers[0].get("/")["ETag"])
    assert queries(workers[0], "/") == 1


def test_each_host_and_scheme_has_its_own_page(workers, settings):
    settings.ALLOWED_HOSTS = ["testserver", "other.example"]
    answers = [
        workers[0].get("/"),
        workers[0].get("/", headers={"host": "other.example"}),
        workers[0].get("/", secure=True),
    ]
    links = ["http://testserver/", "http://other.example/", "https://testserver/"]
    assert [f'href="{link}"' in answer.content.decode() for link, answer in zip(links, answers, strict=True)] == [
        True
    ] * 3
    refused = workers[0].get("/", headers={"host": "evil.example"})
    assert (refused.status_code, refused["X-Frame-Options"]) == (400, "DENY")


def test_a_question_mark_in_a_path_is_no_query(workers):
    assert workers[0].get("/search/%3Fq=淘客").status_code == 404


def test_an_editor_at_work_gets_the_same_pages(workers):
    editor = User.objects.create_superuser("zhubian")
    workers[0].force_login(editor)
    assert queries(workers[0], "/articles/a/") == 1


@pytest.mark.parametrize("address", ["/nothing/", "/articles/none/", "/healthz", f"/images/{PICTURE}", "/admin/login/"])
def test_what_is_no_page_for_readers_is_not_kept(workers, address):
    first = queries(workers[0], address)
    assert queries(workers[0], address) == first
    assert "Accept-Encoding" not in workers[0].get(address).get("Vary", "")


def test_no_end_of_queries_does_not_drive_out_pages(content, settings):
    settings.PAGE_CACHE_MB = 1
    client = Client()
    for address in PAGES:
        client.get(address)
    for number in range(100):
        client.get(f"/robots.txt?{number}={'x' * 2000}")
    assert [queries(client, address) for address in PAGES if "?" not in address] == [1] * 17


def test_with_no_room_nothing_is_kept(content, settings):
    settings.PAGE_CACHE_MB = 0
    client = Client()
    assert queries(client, "/articles/a/") == queries(client, "/articles/a/") > 1
    assert "ETag" not in client.get("/articles/a/")


def test_what_is_not_counted_yet_is_not_kept(workers):
    run_sql("DELETE FROM articles_tallied")
    assert page_cache.current_stamp() == ""
    assert queries(workers[0], "/") > 1
    assert workers[0].get("/").status_code == 200
