"""The index follows every way of writing, and can be checked and made anew."""

import json
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection, transaction

from articles import migrations, triggers
from articles.choices import Status
from articles.derived import refresh_derived
from articles.models import Article, QAPair, StalePair, TaggedPair, Topic, TopicAlias
from articles.search import beside, checking, fields, index, postings, writing
from articles.search.engine import search
from articles.search.query import parse_query
from tests.factories import at, make_article, make_pair, make_topic
from tests.search.tables import index_rows, posting_rows
from tests.threads import in_thread

pytestmark = pytest.mark.django_db(transaction=True)


def test_flushing_the_database_empties_the_index_too():
    make_article()
    assert postings.read_size()[0] == 1
    call_command("flush", interactive=False, verbosity=0)
    assert postings.read_size()[0] == 0


def found(text: str) -> list[str]:
    """Return the headings of the published pairs that hold the text."""
    results = search(parse_query(text))
    return [] if results.is_partial else [QAPair.objects.get(pk=pk).heading for pk in results.pair_ids]


@pytest.fixture
def pair():
    topic = make_topic("旧话题", aliases=["旧别名"])
    return make_article(title="旧标题", pairs=[{"heading": "靶子", "answer": "旧答案", "topics": [topic]}]).pairs.get()


def save(pair):
    pair.answer = "新词"
    pair.save()


def delete_and_write_anew(pair):
    pair.delete()
    make_pair(pair.article, heading="靶子", question="新词")


def bulk_create(pair):
    QAPair.objects.all().delete()
    QAPair.objects.bulk_create([QAPair(article=pair.article, number=9, heading="靶子", question="新词", answer="")])


def update(pair):
    QAPair.objects.update(answer="新词")


def plain_sql(pair):
    with connection.cursor() as cursor:
        cursor.execute("UPDATE articles_qapair SET question = %s", ["新词"])


def plain_sql_in_a_transaction(pair):
    with transaction.atomic():
        plain_sql(pair)


def plain_sql_many_times(pair):
    with connection.cursor() as cursor:
        cursor.executemany("UPDATE articles_qapair SET question = %s WHERE id = %s", [("新词", pair.pk), ("无", 0)])


def plain_sql_with_a_comment(pair):
    postings.execute("/* by hand */ -- at night\n UPDATE articles_qapair SET question = '新词'")


def plain_sql_that_begins_with_a_query(pair):
    chosen = "SELECT id FROM articles_qapair WHERE heading = '靶子' AND question <> '新词' ORDER BY id"
    postings.execute(
        f"WITH chosen AS ({chosen}) UPDATE articles_qapair SET question = '新词' WHERE id IN (SELECT id FROM chosen)"
    )


def plain_sql_naming_the_schema(pair):
    schema = "public" if connection.vendor == "postgresql" else "main"
    postings.execute(f'UPDATE "{schema}"."articles_qapair" SET question = \'新词\'')


def bulk_update(pair):
    pair.question = "新词"
    QAPair.objects.bulk_update([pair], ["question"])


def on_another_connection(pair):
    in_thread(lambda: save(pair)).join()


def rename_topic(pair):
    Topic.objects.update(name="新词")


def add_alias(pair):
    TopicAlias.objects.create(topic=Topic.objects.get(), name="新词")


def rename_alias(pair):
    TopicAlias.objects.update(name="新词")


def tag(pair):
    pair.topics.add("新词")


def move_tag(pair):
    TaggedPair.objects.update(tag=Topic.objects.create(name="新词"))


def rename_article(pair):
    Article.objects.update(title="新词")


def move_to_another_article(pair):
    QAPair.objects.update(article=make_article(title="新词", pairs=0))


def empty_table(name):
    """Empty a table in the quickest way the database has; on SQLite too it may not go past the triggers."""
    verb = "TRUNCATE" if connection.vendor == "postgresql" else "DELETE FROM"
    postings.execute(f"{verb} {name}")


def load_fixture(pair, folder):
    record = {"model": "articles.qapair", "fields": {"article": [pair.article.slug], "number": pair.number}}
    record["fields"] |= {"heading": "靶子", "question": "新词", "answer": ""}
    file = folder / "content.json"
    file.write_text(json.dumps([record]))
    call_command("loaddata", file, verbosity=0)


@pytest.mark.parametrize(
    "write",
    [
        save,
        delete_and_write_anew,
        bulk_create,
        update,
        plain_sql,
        plain_sql_in_a_transaction,
        plain_sql_many_times,
        plain_sql_with_a_comment,
        plain_sql_that_begins_with_a_query,
        plain_sql_naming_the_schema,
        bulk_update,
        on_another_connection,
        rename_topic,
        add_alias,
        rename_alias,
        tag,
        move_tag,
        rename_article,
        move_to_another_article,
    ],
)
def test_search_finds_what_was_just_written(write, pair):
    assert found("新词") == []
    write(pair)
    assert found("新词") == ["靶子"]
    assert list(checking.check()) == []


def test_search_finds_what_a_fixture_brought(pair, tmp_path):
    load_fixture(pair, tmp_path)
    assert found("新词") == ["靶子"]
    assert list(checking.check()) == []


@pytest.mark.parametrize(
    "text, write",
    [
        ("旧答案", save),
        ("旧答案", lambda pair: pair.delete()),
        ("旧答案", lambda pair: Article.objects.all().delete()),
        ("旧答案", lambda pair: Article.objects.update(status=Status.DRAFT)),
        ("旧答案", lambda pair: Article.objects.update(published_at=at(2999, 1, 1))),
        ("旧话题", rename_topic),
        ("旧话题", lambda pair: pair.topics.clear()),
        ("旧话题", lambda pair: Topic.objects.all().delete()),
        ("旧话题", lambda pair: empty_table("articles_taggedpair")),
        ("旧别名", rename_alias),
        ("旧别名", lambda pair: TopicAlias.objects.all().delete()),
        ("旧别名", lambda pair: empty_table("articles_topicalias")),
        ("旧标题", rename_article),
    ],
)
def test_search_no_longer_finds_what_was_taken_away(text, write, pair):
    assert found(text) == ["靶子"]
    write(pair)
    assert found(text) == []
    assert list(checking.check()) == []


def test_a_write_that_is_rolled_back_changes_nothing(pair):
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        save(pair)
        raise ZeroDivisionError
    assert (found("旧答案"), found("新词")) == (["靶子"], [])


def test_nothing_is_written_for_a_pair_that_says_the_same(pair):
    StalePair.objects.create(pair_id=pair.pk)
    before = index_rows()
    refresh_derived()
    assert index_rows() == before


LONG = "".join(map(chr, range(0x4E00, 0x4E00 + 300)))


def test_a_small_edit_of_a_long_answer_writes_its_own_terms_alone(pair):
    QAPair.objects.update(answer=LONG)
    before = posting_rows()
    QAPair.objects.update(answer=LONG + "新词" * 10)
    assert {text for text, *_ in posting_rows() - before} == {"新", "词", "新词", "词新", LONG[-1] + "新"}
    assert list(checking.check()) == []


def test_a_great_edit_of_a_long_answer_writes_its_length_everywhere(pair):
    QAPair.objects.update(answer=LONG)
    before = posting_rows()
    QAPair.objects.update(answer=LONG + "新词" * 100)
    assert posting_rows() & before == set()
    assert list(checking.check()) == []


def test_the_answer_is_indexed_as_it_is_read(pair):
    QAPair.objects.update(answer="先**定**目标，[看这里](https://example.com/xyzzy)")
    assert found("先定目标") == ["靶子"]
    assert found("看这里") == ["靶子"]
    assert found("xyzzy") == []


MIGRATIONS = sorted(path.stem for path in Path(migrations.__file__).parent.glob("0*.py"))


@pytest.mark.parametrize("target", MIGRATIONS)
def test_migrating_back_and_forward_leaves_a_full_index(target, pair):
    call_command("migrate", "articles", target, verbosity=0)
    assert ("articles_postingblock" in connection.introspection.table_names()) is (target > "0002")
    call_command("migrate", verbosity=0)
    assert triggers.are_installed(connection)
    assert found("旧答案") == ["靶子"]
    assert list(checking.check()) == []


def test_an_index_with_a_row_for_each_posting_is_made_anew(pair):
    call_command("migrate", "articles", "0006", verbosity=0)
    postings.execute("DROP TABLE articles_postingblock")
    postings.execute("CREATE TABLE articles_posting (term_id integer, pair_id integer, tf integer, length integer)")
    postings.execute("UPDATE articles_indexedpair SET version = 2")
    call_command("migrate", verbosity=0)
    assert "articles_posting" not in connection.introspection.table_names()
    assert found("旧答案") == ["靶子"]
    assert list(checking.check()) == []


def test_an_index_with_a_row_for_each_block_is_made_anew(pair):
    call_command("migrate", "articles", "0011", verbosity=0)
    postings.execute("DROP TABLE articles_postingblock")
    postings.execute("CREATE TABLE articles_postingblock (term_id integer, block integer, postings integer)")
    postings.execute("UPDATE articles_indexedpair SET version = 3")
    call_command("migrate", verbosity=0)
    assert found("旧答案") == ["靶子"]
    assert list(checking.check()) == []


def test_migrating_to_nothing_and_forward_leaves_an_index_that_works(pair):
    call_command("migrate", "articles", "zero", verbosity=0)
    assert not {name for name in connection.introspection.table_names() if name.startswith("articles_")}
    call_command("migrate", verbosity=0)
    assert list(checking.check()) == []
    make_article(pairs=[{"heading": "靶子", "answer": "新词"}])
    assert found("新词") == ["靶子"]
    assert list(checking.check()) == []


def test_migrating_clears_away_what_a_killed_build_left(pair):
    beside.create()
    call_command("migrate", verbosity=0)
    assert not {name for name in connection.introspection.table_names() if name.startswith("articles_new_")}
    save(pair)
    assert found("新词") == ["靶子"]


def test_an_index_of_another_version_is_made_anew(pair):
    make_article(pairs=[{"heading": "另一个"}])
    postings.execute("UPDATE articles_indexedpair SET version = %s, text = 'x'", [fields.VERSION - 1])
    index.note_unindexed()
    refresh_derived()
    assert found("旧答案") == ["靶子"]
    assert list(checking.check()) == []


def test_entries_of_pairs_that_are_gone_are_removed(pair):
    entry = postings.read_entries([pair.pk])[pair.pk]
    writing.write([postings.Change(pair.pk + 1, None, entry)])
    assert [fault.pair_id for fault in checking.check()] == [pair.pk + 1]
    index.remove_missing()
    assert list(checking.check()) == []
