"""Derived data follows every way of writing; the ways that signals do not see are tried here too."""

import pytest
from django.core.management import call_command
from django.core.signals import request_finished, request_started
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from articles import derived, triggers
from articles.derived import refresh_derived
from articles.models import QAPair, StalePair, TaggedPair, UnrelatedPair
from articles.search.beside import only_builder
from articles.search.checking import check
from tests.factories import make_article, make_pair, make_topic
from tests.search.tables import table_identity
from tests.threads import in_thread

pytestmark = pytest.mark.django_db(transaction=True)


def save(pair):
    pair.answer = "**新**"
    pair.save()


def update(pair):
    QAPair.objects.filter(pk=pair.pk).update(answer="**新**")


def bulk_update(pair):
    pair.answer = "**新**"
    QAPair.objects.bulk_update([pair], ["answer"])


def plain_sql(pair):
    with connection.cursor() as cursor:
        cursor.execute("UPDATE articles_qapair SET answer = %s WHERE id = %s", ["**新**", pair.pk])


def in_a_transaction(pair):
    with transaction.atomic():
        save(pair)
        assert QAPair.objects.get(pk=pair.pk).answer_html != "<p><strong>新</strong></p>\n"


@pytest.mark.parametrize("write", [save, update, bulk_update, plain_sql, in_a_transaction])
def test_stored_html_follows_every_way_of_writing(write):
    pair = make_article(pairs=[{"answer": "旧"}]).pairs.get()
    write(pair)
    assert QAPair.objects.get(pk=pair.pk).answer_html == "<p><strong>新</strong></p>\n"
    assert not StalePair.objects.exists()


def test_bulk_created_pairs_are_rendered():
    article = make_article(pairs=0)
    QAPair.objects.bulk_create(
        QAPair(article=article, number=n, position=n, heading="题", question="问", answer="答") for n in (1, 2)
    )
    assert list(article.pairs.values_list("question_html", "answer_html")) == [("<p>问</p>\n", "<p>答</p>\n")] * 2


def test_a_write_that_is_rolled_back_leaves_nothing_behind():
    pair = make_article(pairs=[{"answer": "旧"}]).pairs.get()
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        save(pair)
        raise ZeroDivisionError
    assert QAPair.objects.get(pk=pair.pk).answer_html == "<p>旧</p>\n"
    assert not StalePair.objects.exists()


def test_notes_left_by_a_crash_are_worked_off_at_the_next_start():
    pair = make_article().pairs.get()
    QAPair.objects.filter(pk=pair.pk).update(question_html="")
    StalePair.objects.create(pair_id=pair.pk)
    call_command("migrate", verbosity=0)
    assert QAPair.objects.get(pk=pair.pk).question_html
    assert not StalePair.objects.exists()


def test_nothing_to_do_costs_one_query(django_assert_num_queries):
    make_article()
    with django_assert_num_queries(1):
        assert refresh_derived() == 0


def test_a_pair_outside_any_transaction_is_saved_whole():
    """An INSERT … RETURNING in autocommit mode must be finished before its pair is indexed."""
    pair = make_pair(make_article(pairs=0), topics=["KPI"])
    assert QAPair.objects.get(pk=pair.pk).answer_html
    assert [topic.name for topic in pair.topics.all()] == ["KPI"]


def bulk_create(article, numbers):
    QAPair.objects.bulk_create(
        QAPair(article=article, number=n, position=n, heading="题", question="问", answer=f"**答{n}**") for n in numbers
    )


@pytest.fixture
def many(monkeypatch):
    monkeypatch.setattr(derived, "MANY", 3)
    monkeypatch.setattr(derived, "REBUILD_GAIN", 2)
    monkeypatch.setattr(derived, "BATCH", 2)


def test_many_new_pairs_have_the_index_made_anew(many):
    article, before = make_article(pairs=0), table_identity()
    bulk_create(article, range(1, 6))
    assert table_identity() != before
    assert list(article.pairs.values_list("answer_html", flat=True)) == [
        f"<p><strong>答{n}</strong></p>\n" for n in range(1, 6)
    ]
    assert list(check()) == []
    assert not StalePair.objects.exists()


def test_a_pair_that_is_noted_several_times_is_rendered_once(many):
    article, topics = make_article(pairs=0), [make_topic(name) for name in ("KPI", "拉新")]
    with CaptureQueriesContext(connection) as captured, transaction.atomic():
        bulk_create(article, range(1, 5))
        TaggedPair.objects.bulk_create(
            TaggedPair(content_object=pair, tag=topic) for topic in topics for pair in article.pairs.all()
        )
    batches = [query["sql"] for query in captured if query["sql"].startswith("DELETE FROM articles_innerlink")]
    assert len(batches) == 2
    assert list(check()) == []


def test_it_is_told_how_far_many_pairs_are(many):
    shares = []
    connection.report_backlog = shares.append
    bulk_create(make_article(pairs=0), range(1, 6))
    connection.report_backlog = None
    assert (shares, shares[0], shares[-1]) == (sorted(shares), 0, 1)


@pytest.mark.parametrize("number", [2, 4], ids=["few pairs", "few beside the others"])
def test_fewer_are_taken_in_one_by_one(many, number):
    article = make_article(pairs=0)
    bulk_create(article, range(1, 10))
    before = table_identity()
    bulk_create(article, range(10, 10 + number))
    assert table_identity() == before
    assert list(check()) == []


def test_while_another_process_makes_the_index_anew_the_notes_are_left_to_it(many):
    article = make_article(pairs=0)
    with only_builder():
        in_thread(lambda: bulk_create(article, range(1, 6))).join()
        assert StalePair.objects.count() == 5
    refresh_derived()
    assert list(check()) == []
    assert not StalePair.objects.exists()


def test_what_was_written_without_triggers_is_taken_in_by_the_next_migration():
    pair = make_article(pairs=[{"answer": "旧"}]).pairs.get()
    triggers.uninstall(connection)
    update(pair)
    call_command("migrate", verbosity=0)
    assert triggers.are_installed(connection)
    assert QAPair.objects.get(pk=pair.pk).answer_html == "<p><strong>新</strong></p>\n"
    assert list(check()) == []


def test_the_table_of_pairs_can_be_migrated_beside_triggers_that_name_it():
    """SQLite, where it is made anew, renames no table while a trigger names one that is missing."""
    make_article()
    call_command("migrate", "articles", "0001", verbosity=0)
    assert not triggers.are_installed(connection)
    heading = QAPair._meta.get_field("heading")
    longer = type(heading)(max_length=heading.max_length + 1)
    longer.set_attributes_from_name("heading")
    with connection.schema_editor() as editor:
        editor.alter_field(QAPair, heading, longer)
        editor.alter_field(QAPair, longer, heading)
    call_command("migrate", verbosity=0)
    assert triggers.are_installed(connection)
    assert list(check()) == []


def test_a_request_waits_for_so_many_links_only(monkeypatch):
    """The index is brought up to date at once; links that are left come with the next write outside."""
    monkeypatch.setattr(derived, "RELATED_BATCH", 2)
    monkeypatch.setattr(derived, "LINKED_IN_A_REQUEST", 2)
    make_article(pairs=[{"heading": f"团队管理第{n}题"} for n in range(6)])
    assert not UnrelatedPair.objects.exists()
    request_started.send(sender=None)
    with transaction.atomic():
        QAPair.objects.update(question="都改了")
        QAPair.objects.update(answer="也改了")
    assert not StalePair.objects.exists()
    assert UnrelatedPair.objects.values("pair_id").distinct().count() == 4
    request_finished.send(sender=None)
    QAPair.objects.filter(number=1).update(question="再改一次")
    assert not UnrelatedPair.objects.exists()
