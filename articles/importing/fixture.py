"""Loads fixture files of content: every record checked as the admin would, all of a file or nothing.

Rows are found by their natural keys, never by pk, so that no stranger's row is overwritten. What a record
does not mention keeps its value; a record that says what is stored already writes nothing.
"""

from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from django.db import transaction

from articles.importing.fixture_file import Report, read_fixture, silent
from articles.importing.fixture_records import ORDER, check_records
from articles.importing.fixture_rows import database_refusals, write_batch
from articles.importing.spool import Spool


@dataclass(frozen=True, slots=True)
class Loaded:
    """How many of a file's records made a row, changed one, or found it as it should be."""

    created: int
    changed: int
    unchanged: int


def load_fixture(path: Path, *, check: bool = False, reading: Report = silent, writing: Report = silent) -> Loaded:
    """Load the file in one transaction; with check, undo it at the end. Raises FixtureRefused.

    Memory holds a batch of records. The transaction begins when the whole file is read and checked: until it ends,
    SQLite lets nobody else write, while readers see what was there before.
    """
    with database_refusals(), Spool() as spool:
        total = fill(spool, path, reading)
        with transaction.atomic():
            outcomes = write(spool, total, writing)
            if check:
                transaction.set_rollback(True)
    return Loaded(**{outcome: outcomes[outcome] for outcome in Loaded.__slots__})


def fill(spool: Spool, path: Path, report: Report) -> int:
    """Put the file's records into the spool, each by its kind, and return their number."""
    total = 0
    for model, record in check_records(read_fixture(path, report)):
        size = sum(len(value) for value in record.values.values() if isinstance(value, str | bytes))
        spool.add(model._meta.label_lower, record, size)
        total += 1
    return total


def write(spool: Spool, total: int, report: Report) -> Counter[str]:
    outcomes: Counter[str] = Counter()
    for model in ORDER:
        for records in spool.batches(model._meta.label_lower):
            outcomes += write_batch(model, records, spool)
            report(outcomes.total() / total)
    return outcomes
