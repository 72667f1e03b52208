"""A rebuild leaves the index as single writes would, and nobody notices while it runs."""

import os
import signal
import subprocess
import time
from threading import Event
from urllib.parse import quote

import pytest
from django.core.signals import request_finished, request_started
from django.db import connection, transaction

from articles.models import Article, QAPair
from articles.search import beside, building, checking, postings
from articles.search.engine import search
from articles.search.query import parse_query
from tests.factories import make_article, make_pair, make_topic
from tests.processes import python
from tests.search.tables import LIVE, empty_index, index_rows
from tests.threads import in_thread

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def article(monkeypatch):
    """Content in many batches of a few pairs and rows each."""
    for module, name, size in [
        (building, "PAIRS", 2),
        (building, "CHARACTERS", 3),
        (postings, "PART", 2),
        (building, "CHANGES", 1),
        (beside, "ROWS", 7),
        (beside, "TURN", 0),
        (beside, "PAUSE", 0.001),
    ]:
        monkeypatch.setattr(module, name, size)
    topic = make_topic("旧话题", aliases=["旧别名"])
    pairs = [{"heading": f"{c}题", "answer": f"**{c}**答案", "topics": [topic]} for c in "甲乙丙丁戊己庚"]
    return make_article(title="旧标题", pairs=pairs)


def found(text: str) -> list[str]:
    """Return the headings of the pairs that hold the text, sorted."""
    results = search(parse_query(f'"{text}"'))
    return [] if results.is_partial else sorted(QAPair.objects.get(pk=pk).heading for pk in results.pair_ids)


def index_tables() -> set[str]:
    names = connection.introspection.table_names()
    return {name for name in names if name.startswith(("articles_new_", "articles_old_")) or name in LIVE}


class Killed(Exception):
    pass


def kill(share):
    raise Killed


def once(act):
    """Return a progress function that acts when it is called for the first time."""
    acts = [act]
    return lambda share: acts.pop()() if acts else None


@pytest.mark.parametrize("helped", [1, 1000])
def test_a_rebuilt_index_is_what_single_writes_make(helped, monkeypatch):
    monkeypatch.setattr(building, "HELPED", helped)
    before = index_rows()
    assert len(before["articles_indexedpair"]) == 7
    empty_index()
    shares = []
    assert building.rebuild(shares.append)
    assert index_rows() == before
    assert shares == sorted(shares)
    assert shares[-1] == 1
    assert index_tables() == LIVE


def test_terms_keep_their_ids_so_that_a_search_may_begin_before_the_swap_and_end_after_it():
    sql = "SELECT text, id FROM articles_term ORDER BY id"
    before = postings.select(sql)
    building.rebuild()
    assert postings.select(sql) == before


def test_new_terms_can_be_written_after_a_rebuild(article):
    building.rebuild()
    make_pair(article, heading="崭新", question="a", answer="b")
    assert found("崭新") == ["崭新"]
    assert list(checking.check()) == []


def test_an_empty_site_has_an_empty_index():
    Article.objects.all().delete()
    assert building.rebuild()
    assert index_rows() == {table: [] for table in LIVE} | {"articles_indexstat": [(0, 0)]}


def test_readers_search_the_old_index_meanwhile():
    seen = []
    building.rebuild(lambda share: seen.append(found("丙答案")))
    assert {tuple(headings) for headings in seen} == {("丙题",)}


def write_everything(article):
    QAPair.objects.filter(heading="甲题").update(answer="新词")
    QAPair.objects.filter(heading="乙题").delete()
    make_pair(article, heading="新题", answer="新词")


def test_what_is_written_meanwhile_is_found_before_and_after_the_swap(article):
    seen = []

    def write():
        write_everything(article)
        seen.append(found("新词"))

    building.rebuild(once(write))
    assert seen == [["新题", "甲题"]] == [found("新词")]
    assert found("甲答案") == found("乙答案") == []
    assert list(checking.check()) == []


def test_what_another_connection_writes_at_the_last_moment_is_not_lost(article):
    building.rebuild(lambda share: in_thread(lambda: write_everything(article)).join() if share == 1 else None)
    assert found("新词") == ["新题", "甲题"]
    assert list(checking.check()) == []


def test_the_swap_takes_in_all_that_is_noted_before_it(article):
    beside.create()
    chosen = QAPair.objects.order_by("pk")[1:4]
    for pair in chosen:
        pair.answer = "新词"
        pair.save()
    beside.patiently(building.put_in_place)
    beside.drop()
    assert [row[0] for row in index_rows()["articles_indexedpair"]] == [pair.pk for pair in chosen]
    assert found("新词") == ["丁题", "丙题", "乙题"]


@pytest.mark.parametrize("moment", [0, 1])
def test_a_killed_build_leaves_the_old_index_and_the_next_one_cleans_up(moment, article):
    before = index_rows()
    with pytest.raises(Killed):
        building.rebuild(lambda share: kill(share) if share >= moment else None)
    assert index_rows() == before
    write_everything(article)
    assert found("新词") == ["新题", "甲题"]
    assert building.rebuild()
    assert list(checking.check()) == []
    assert index_tables() == LIVE


def database_url() -> str:
    """Return the address of the database that the tests run on."""
    database = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{quote(str(database['NAME']))}"
    user, password, host = (quote(database[part], safe="") for part in ("USER", "PASSWORD", "HOST"))
    return f"postgres://{user}:{password}@{host}:{database['PORT']}/{database['NAME']}"


def build_in_a_process(on_progress: str, helped: int) -> subprocess.CompletedProcess:
    """Build in another process, which does something of its own after the first batch."""
    program = (
        "import os, signal, django; os.setpgrp(); django.setup(); from articles.search import building; "
        # A shell's background job, as these tests may be, hands down that it ignores the keyboard.
        "signal.signal(signal.SIGINT, signal.default_int_handler); "
        f"building.HELPED = {helped}; building.PAIRS = 2; building.CHARACTERS = 3; "
        f"building.rebuild(lambda share: {on_progress})"
    )
    return python("-c", program, DJANGO_SETTINGS_MODULE="opsqa.settings", DATABASE_URL=database_url())


@pytest.mark.parametrize("helped", [1, 1000])
def test_a_killed_process_is_no_longer_building(helped):
    """Nor does its helper outlive it: the process is only done with when nobody holds its stderr any more."""
    before = index_rows()
    process = build_in_a_process("os.kill(os.getpid(), signal.SIGKILL)", helped)
    assert (process.returncode, process.stderr) == (-signal.SIGKILL, "")
    assert index_tables() > LIVE
    assert index_rows() == before
    # The server may need a moment to see that its client is gone.
    assert any(building.rebuild() or time.sleep(0.1) for _ in range(100))
    assert index_rows() == before
    assert index_tables() == LIVE


def test_an_interrupted_build_ends_with_its_helper_and_without_noise_from_it():
    process = build_in_a_process("os.killpg(0, signal.SIGINT)", helped=1)
    assert (process.returncode, process.stderr.count("Traceback")) == (-signal.SIGINT, 1)
    assert building.rebuild()
    assert index_tables() == LIVE


def test_a_request_starts_no_process(monkeypatch):
    monkeypatch.setattr(building, "HELPED", 1)
    assert building.has_help(1) is (os.cpu_count() > 1)
    assert not building.has_help(0)
    request_started.send(None)
    assert not building.has_help(1)
    request_finished.send(None)


def test_only_one_process_builds_at_a_time():
    answers = []
    with beside.only_builder() as is_free:
        assert is_free
        in_thread(lambda: answers.append(building.rebuild())).join()
    in_thread(lambda: answers.append(building.rebuild())).join()
    assert answers == [False, True]


def test_the_swap_waits_for_readers_and_lets_new_ones_pass():
    """On PostgreSQL a reader's transaction keeps the tables from being renamed; nobody may queue up behind that."""
    reading, done = Event(), Event()
    seen = []

    def read_long():
        with connection.cursor() as cursor:
            cursor.execute("BEGIN")
            cursor.execute("SELECT COUNT(*) FROM articles_postingblock")
            reading.set()
            done.wait(20)
            cursor.execute("COMMIT")

    def read_short():
        seen.append(found("丙答案"))
        done.set()

    reader = in_thread(read_long)
    reading.wait(20)
    builder = in_thread(building.rebuild)
    builder.join(0.7)
    in_thread(read_short).join()
    builder.join()
    reader.join()
    assert seen == [["丙题"]]
    assert list(checking.check()) == []


def test_a_rebuild_inside_a_transaction_is_refused():
    with transaction.atomic(), pytest.raises(transaction.TransactionManagementError):
        building.rebuild()


def test_an_index_of_another_version_is_rebuilt_by_the_next_write():
    postings.execute("UPDATE articles_indexedpair SET version = version - 1, text = 'x'")
    QAPair.objects.filter(heading="甲题").update(answer="新词")
    assert found("新词") == ["甲题"]
    assert found("丙答案") == ["丙题"]
    assert list(checking.check()) == []
