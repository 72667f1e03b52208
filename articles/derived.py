"""Keeps derived data in step with the content: HTML, the search index, links between pairs.

Triggers note every changed pair; this module works the notes off as soon as the writing transaction
has committed. Notes that a crash left behind are worked off with the next write or at the next start.
The links come last: an index that is up to date tells what is near a pair.
"""

import re
from array import array
from itertools import islice

import numpy as np
from django.db import DEFAULT_DB_ALIAS, connection, transaction
from django.db.models import Count

from articles import deadlinks
from articles.markup import render_markdown, render_plain
from articles.models import QAPair, StalePair, UnrelatedPair
from articles.related import relating
from articles.search import building, index
from articles.search.postings import chunks, scan, select
from articles.tallies import settling
from articles.triggers import ALL_GONE

BATCH = 500
# Links take longer: fewer pairs at a time, so that a save beside a large import waits less.
RELATED_BATCH = 50
# Pairs linked before an editor gets an answer; what is left (a topic of thousands was renamed) waits for the
# next write or start.
LINKED_IN_A_REQUEST = 500
# From so many pairs on, a rebuild of the index is considered; it takes a pair in so many times faster than a write.
MANY = 5000
REBUILD_GAIN = 10
# Of the work on a backlog, the part that the HTML takes.
RENDERING = 0.2
# A write by its first word, which comments may precede; and one that names a table of content, wherever it stands.
WRITE = re.compile(
    r"(?:\s|--[^\n]*|/\*.*?\*/)*(?:INSERT|UPDATE|DELETE|REPLACE|MERGE|TRUNCATE|WITH)\b", re.IGNORECASE | re.DOTALL
)
CONTENT_WRITE = re.compile(
    r"\b(?:(?:INSERT|UPDATE|DELETE|REPLACE|MERGE)\b.{0,60}?|TRUNCATE\b.*?)"
    r"\barticles_(?:qapair|article|taggedpair|topic|topicalias|pairlink)\b",
    re.IGNORECASE | re.DOTALL,
)


def watch_writes(connection, **kwargs) -> None:
    """Have every new connection call refresh_derived once a write to the content has committed."""
    if connection.alias == DEFAULT_DB_ALIAS and note_write not in connection.execute_wrappers:
        connection.execute_wrappers.append(note_write)


def note_write(execute, sql, params, many, context):
    """Run the statement; after one that wrote content, have the notes worked off on commit.

    An INSERT … RETURNING outside a transaction is still open here: a model was saved, and its
    post_save signal, which comes once the statement is done, sees to it.
    """
    result = execute(sql, params, many, context)
    writer = context["connection"]
    is_open = not writer.in_atomic_block and " RETURNING " in sql
    if writes_content(sql) and not is_open and not getattr(writer, "is_refreshing", False):
        transaction.on_commit(refresh_derived, robust=True)
    return result


def writes_content(sql: str) -> bool:
    return bool(WRITE.match(sql) and CONTENT_WRITE.search(sql))


def refresh_derived() -> int:
    """Work off all notes and return how many pairs were looked at; costs one query when there are none."""
    connection.is_refreshing = True
    try:
        if not is_anything_noted():
            return 0
        if settling.has_changes():
            settling.settle()
        return work_off_notes()
    finally:
        connection.is_refreshing = False


def work_off_notes() -> int:
    """Return how many pairs were looked at.

    What is left is for another process, which is making the index anew, or for later: a request waits for
    so many links only. Each batch is a transaction and takes its notes with it, so that work may end anywhere.
    """
    count = linked = 0
    report = getattr(connection, "report_links", None)
    if is_backlog() and not work_off_backlog():
        return count
    while has_notes():
        try:
            done = refresh_batch()
            if not done:
                if is_kept_waiting():
                    break
                linked += relate_batch()
                if report:
                    report(linked)
            count += done
        except index.Outdated:
            if not building.rebuild():
                break
    return count + linked


def is_kept_waiting() -> bool:
    """Tell whether somebody waits for an answer who has waited for enough links; a request may commit more than once."""
    return getattr(connection, "is_answering", False) and connection.links_made >= LINKED_IN_A_REQUEST


def is_anything_noted() -> bool:
    (noted,) = select(
        f"SELECT EXISTS (SELECT 1 FROM articles_stalepair) OR EXISTS (SELECT 1 FROM articles_unrelatedpair) OR {settling.HAS_CHANGES}"
    )
    return bool(noted[0])


def has_notes() -> bool:
    # As SQL: a union would gather all notes, of which there may be a million, to find one.
    ((found,),) = select(
        "SELECT EXISTS (SELECT 1 FROM articles_stalepair) OR EXISTS (SELECT 1 FROM articles_unrelatedpair)"
    )
    return bool(found)


def is_backlog() -> bool:
    """Tell whether so much is noted that making the whole index anew takes less time."""
    if connection.in_atomic_block or StalePair.objects.count() < MANY:
        return False
    noted = StalePair.objects.aggregate(pairs=Count("pair_id", distinct=True))["pairs"]
    return noted >= MANY and noted * REBUILD_GAIN >= QAPair.objects.count()


def work_off_backlog() -> bool:
    """Bring HTML and index in step with all notes; return False where another process is at the index."""
    report = getattr(connection, "report_backlog", None) or (lambda share: None)
    notes, pair_ids = array("q"), array("q")
    for note, pair_id in scan("articles_stalepair", ("id", "pair_id")):
        notes.append(note)
        pair_ids.append(pair_id)
    noted = np.unique(pair_ids)  # a load notes a pair once for itself and once for each of its topics
    for start in range(0, len(noted), BATCH):
        with transaction.atomic():
            index.lock()
            render_pairs(set(noted[start : start + BATCH].tolist()))
        report(RENDERING * start / len(noted))
    if not building.rebuild(lambda share: report(RENDERING + (1 - RENDERING) * share)):
        return False
    for part in chunks(notes):
        StalePair.objects.filter(pk__in=part).delete()
    return True


@transaction.atomic
def refresh_batch() -> int:
    index.lock()
    notes = dict(StalePair.objects.order_by("pk").values_list("pk", "pair_id")[:BATCH])
    pair_ids = set(notes.values())
    if ALL_GONE in pair_ids:
        index.remove_missing()
    render_pairs(pair_ids)
    index.index_pairs(pair_ids)
    StalePair.objects.filter(pk__in=notes).delete()
    return len(pair_ids)


@transaction.atomic
def relate_batch() -> int:
    index.lock()
    # By key, so that one write is worked off in the same parts on every database.
    notes = list(UnrelatedPair.objects.order_by("pair_id", "pk").values_list("pair_id", "pk")[:BATCH])
    pair_ids = set(islice(dict.fromkeys(pair_id for pair_id, _note in notes), RELATED_BATCH))
    if ALL_GONE in pair_ids:
        relating.remove_missing()
    relating.bring_in_step(pair_ids)
    UnrelatedPair.objects.filter(pk__in=[note for pair_id, note in notes if pair_id in pair_ids]).delete()
    connection.links_made = getattr(connection, "links_made", 0) + len(pair_ids)
    return len(pair_ids)


def render_pairs(pair_ids: set[int]) -> None:
    """Write the HTML of the given pairs where it differs from what is stored, and where its links lead."""
    columns = ("pk", "question", "answer", "question_html", "answer_html")
    changed, answers = [], {}
    for pk, question, answer, *stored in QAPair.objects.filter(pk__in=pair_ids).values_list(*columns):
        derived = [render_plain(question), render_markdown(answer)]
        answers[pk] = derived[1]
        if derived != stored:
            changed.append((*derived, pk))
    sql = "UPDATE articles_qapair SET question_html = %s, answer_html = %s WHERE id = %s"
    with connection.cursor() as cursor:
        cursor.executemany(sql, changed)
    deadlinks.note_places(pair_ids, answers)
