"""Makes the whole search index anew, beside the old one, and puts it in its place."""

import os
from collections.abc import Callable, Iterable, Iterator

from django.db import connection, transaction
from django.db.transaction import TransactionManagementError

from articles import edition
from articles.models import QAPair
from articles.search import beside, index, postings
from articles.search.blocks import SIZE, parts
from articles.search.helping import invert_all
from articles.search.inversion import Batch, Inverted, Inverter

# Read at a time: so many of long texts are a batch already.
PAIRS = 250
CHARACTERS = 500_000
# From so many pairs on, a process that helps is worth its start.
HELPED = 5000
CHANGES = 500
# Of the whole work, the part that reading the content takes.
READING = 0.6

Progress = Callable[[float], None]


def rebuild(progress: Progress = lambda share: None) -> bool:
    """Make the index anew while readers search the old one; return False where another process is at it.

    It takes many transactions, so it cannot be part of one. Memory holds one batch of pairs.
    """
    if connection.in_atomic_block:
        raise TransactionManagementError("An index is not built inside a transaction.")
    with beside.only_builder() as is_free:
        if not is_free:
            return False
        beside.create()
        with Inverter() as inverter:
            inverter.know(postings.scan("articles_term", ("id", "text")))
            read_content(inverter, progress)
            write_terms(inverter, progress)
        beside.settle()
        while catch_up():
            pass
        beside.patiently(put_in_place)
        beside.drop()
    return True


def clear_away() -> None:
    """Drop what a killed build left behind."""
    with beside.only_builder() as is_free:
        if is_free:
            beside.drop()


def read_content(inverter: Inverter, progress: Progress) -> None:
    """Write the entry of every pair, and collect its postings."""
    total = QAPair.objects.count()
    pairs = length = 0
    for batch, inverted in inverted_batches(read_batches(), total):
        entries = [
            (pair_id, *index.make_entry(fields, size))
            for (pair_id, fields), size in zip(batch, inverted.lengths, strict=True)
        ]
        beside.append("indexedpair", "pair_id, version, length, text", entries)
        inverter.add(inverted)
        pairs += len(batch)
        length += sum(inverted.lengths)
        progress(READING * min(pairs / max(total, 1), 1))
    with beside.tables():
        postings.execute("UPDATE articles_indexstat SET pairs = %s, length = %s", [pairs, length])


def inverted_batches(batches: Iterable[Batch], total: int) -> Iterator[tuple[Batch, Inverted]]:
    """Yield each batch with its inversion; there are about so many pairs in all."""
    return invert_all(batches, helped=has_help(total))


def has_help(pairs: int) -> bool:
    """Tell whether a second process shall share the work; a worker that answers a request starts none."""
    return pairs >= HELPED and (os.cpu_count() or 1) > 1 and not getattr(connection, "is_answering", False)


def read_batches() -> Iterator[Batch]:
    """Yield all pairs in the order of their keys, as many at a time as have about the same amount of text."""
    batch: Batch = []
    size = last = 0
    while found := index.read_fields(QAPair.objects.filter(pk__gt=last).order_by("pk")[:PAIRS]):
        batch += found
        size += sum(len(fields.pack()) for _, fields in found)
        last = found[-1][0]
        if size >= CHARACTERS:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def write_terms(inverter: Inverter, progress: Progress) -> None:
    """Write all terms and postings, both in the order of their keys."""
    total = inverter.number_terms()
    for _rows in beside.load("term", "id, text, df", inverter.terms()):
        pass
    done = 0
    with beside.keyless("postingblock"):
        for rows in beside.load("postingblock", "term_id, block, start, postings", in_parts(inverter.postings())):
            done += sum(len(packed) // SIZE for *_, packed in rows)
            progress(READING + (1 - READING) * done / total)


def in_parts(rows: Iterable[tuple[int, int, bytes]]) -> Iterator[tuple[int, int, int, bytes]]:
    """Yield term, block, start and postings of every part, in this order."""
    for term_id, block, packed in rows:
        for start, part in parts(packed):
            yield term_id, block, start, part


def catch_up() -> bool:
    """Index beside some of the pairs that changed meanwhile; tell whether there may be more."""
    with transaction.atomic():
        postings.lock()
        changed = beside.take_notes(CHANGES)
        with beside.tables():
            index.index_pairs(changed)
    return len(changed) == CHANGES


def put_in_place() -> None:
    """Bring the new index up to date and swap, in one transaction."""
    while changed := beside.take_notes(CHANGES):
        with beside.tables():
            index.index_pairs(changed)
    with beside.tables():
        index.remove_missing()
    beside.swap()
    edition.advance()
