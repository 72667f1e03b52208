"""A second set of the index's tables, beside the live ones: filled while readers search, then put in their place.

While it stands, a trigger keeps the note of every pair that the live index takes up, so that nothing
written meanwhile is lost. Whatever a killed build leaves behind is inert, and the next one drops it.
"""

import re
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

from django.core.files import locks
from django.db import OperationalError, connection, transaction

from articles.search import postings
from articles.search.postings import chunks, execute, flatten, marks, select
from articles.triggers import Trigger, create_statements, drop_statement

TABLES = [re.search(r"articles_(\w+)", statement)[1] for statement in postings.TABLES["sqlite"]]
LIVE = re.compile(rf"\barticles_({'|'.join(TABLES)})\b")
NOTES = "CREATE TABLE articles_new_note (pair_id bigint NOT NULL)"
KEEP_NOTE = Trigger(
    "keep_note", "articles_stalepair", "DELETE", "INSERT INTO articles_new_note (pair_id) VALUES (OLD.pair_id)"
)
BUILDER_KEY = postings.LOCK_KEY + 1
ROWS = 20_000
# Rows in one INSERT; SQLite takes 32,766 values.
TOGETHER = 200
# After so many seconds of writing, a pause longer than SQLite lets a waiting writer sleep before it tries again.
TURN = 0.5
PAUSE = 0.11
# Shorter than PostgreSQL waits before it looks for a deadlock, so that a reader is never its victim.
LOCK_TIMEOUT = "SET LOCAL lock_timeout = '500ms'"
LOCK_NOT_AVAILABLE = "55P03"
TRIES = 100


@contextmanager
def only_builder() -> Iterator[bool]:
    """Tell whether nobody else is building; inside the block nobody else begins. A killed process lets go."""
    if connection.vendor == "postgresql":
        ((is_free,),) = select("SELECT pg_try_advisory_lock(%s)", [BUILDER_KEY])
        try:
            yield is_free
        finally:
            if is_free:
                select("SELECT pg_advisory_unlock(%s)", [BUILDER_KEY])
    elif connection.is_in_memory_db():
        yield True
    else:
        with Path(f"{connection.settings_dict['NAME']}-build").open("w") as file:
            yield locks.lock(file, locks.LOCK_EX | locks.LOCK_NB)


def tables() -> AbstractContextManager:
    """Return a context in which the index's SQL goes to the tables beside."""
    return connection.execute_wrapper(redirect)


def redirect(run, sql, params, many, context):
    return run(LIVE.sub(r"articles_new_\1", sql), params, many, context)


def create() -> None:
    """Make the tables, empty, and begin to keep notes."""
    drop()
    patiently(create_now)


def create_now() -> None:
    with tables():
        for statement in [*postings.TABLES[connection.vendor], postings.NO_PAIRS]:
            execute(statement)
    execute(NOTES)
    for statement in create_statements(KEEP_NOTE, connection.vendor):
        execute(statement)


def drop() -> None:
    """Drop what a build that did not come to its end has left, and what one that did has replaced."""
    with connection.cursor() as cursor:
        present = set(connection.introspection.table_names(cursor))
    names = [f"articles_{set_name}_{table}" for set_name in ("new", "old") for table in [*TABLES, "note"]]
    if left := [name for name in names if name in present]:
        patiently(lambda: drop_now(left))


def drop_now(names: list[str]) -> None:
    stop_keeping_notes()
    for name in names:
        execute(f"DROP TABLE {name}")


def stop_keeping_notes() -> None:
    execute(drop_statement(KEEP_NOTE, connection.vendor))


def take_notes(limit: int) -> set[int]:
    """Return some of the pairs that changed, and forget them; inside the transaction that sees to them."""
    rows = select("SELECT DISTINCT pair_id FROM articles_new_note ORDER BY pair_id LIMIT %s", [limit])
    for part in chunks([pair_id for (pair_id,) in rows]):
        execute(f"DELETE FROM articles_new_note WHERE pair_id IN ({marks(part)})", part)
    return {pair_id for (pair_id,) in rows}


def load(table: str, columns: str, rows: Iterable[tuple]) -> Iterator[list[tuple]]:
    """Append the rows, giving other writers their turn; yield those that were written together."""
    began = time.monotonic()
    for part in chunks(rows, ROWS):
        append(table, columns, part)
        yield part
        if connection.vendor == "sqlite" and time.monotonic() - began > TURN:
            time.sleep(PAUSE)
            began = time.monotonic()


def append(table: str, columns: str, rows: list[tuple]) -> None:
    name = f"articles_new_{table}"
    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            copy_rows(cursor, name, columns, rows)
        elif rows:
            insert_rows(cursor, f"INSERT INTO {name} ({columns}) VALUES", rows)


def copy_rows(cursor, table: str, columns: str, rows: list[tuple]) -> None:
    cursor.execute(f"SELECT {columns} FROM {table} LIMIT 0")
    types = [column.type_code for column in cursor.description]
    with cursor.copy(f"COPY {table} ({columns}) FROM STDIN (FORMAT BINARY)") as copy:
        copy.set_types(types)
        for row in rows:
            copy.write_row(row)


def insert_rows(cursor, sql: str, rows: list[tuple]) -> None:
    """Run an INSERT for many rows at a time: each run costs more than its rows."""
    row, whole = f"({marks(rows[0])})", len(rows) // TOGETHER * TOGETHER
    cursor.executemany(f"{sql} {', '.join([row] * TOGETHER)}", map(flatten, chunks(rows[:whole], TOGETHER)))
    cursor.executemany(f"{sql} {row}", rows[whole:])


@contextmanager
def keyless(table: str) -> Iterator[None]:
    """Have PostgreSQL make the index of the table's key once the block has loaded the rows, not row by row."""
    if connection.vendor != "postgresql":
        yield
        return
    name = f"articles_new_{table}"
    ((key, definition),) = select(
        "SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint WHERE conrelid = %s::regclass AND contype = 'p'",
        [name],
    )
    execute(f"ALTER TABLE {name} DROP CONSTRAINT {key}")
    yield
    execute(f"ALTER TABLE {name} ADD {definition}")


def settle() -> None:
    """Have PostgreSQL look through what was loaded: lists are then read from the key's index alone."""
    if connection.vendor == "postgresql":
        execute(
            "SELECT setval(pg_get_serial_sequence('articles_new_term', 'id'), (SELECT MAX(id) FROM articles_new_term))"
        )
        for table in TABLES:
            execute(f"VACUUM (ANALYZE) articles_new_{table}")
        # Content that was just loaded in bulk is not counted either, and taken for one row.
        execute("ANALYZE articles_article, articles_qapair, articles_taggedpair")


def swap() -> None:
    """Let the tables beside be the live ones from the end of this transaction on; call it through patiently."""
    for table in TABLES:
        execute(f"ALTER TABLE articles_{table} RENAME TO articles_old_{table}")
        execute(f"ALTER TABLE articles_new_{table} RENAME TO articles_{table}")
    stop_keeping_notes()


def patiently(act: Callable[[], None]) -> None:
    """Act in one transaction as the index's only writer; while others use the tables, give way and try again."""
    for left in reversed(range(TRIES)):
        try:
            with transaction.atomic():
                if connection.vendor == "postgresql":
                    execute(LOCK_TIMEOUT)
                postings.lock()
                act()
            return
        except OperationalError as error:
            if getattr(error.__cause__, "sqlstate", None) != LOCK_NOT_AVAILABLE or not left:
                raise
            time.sleep(PAUSE)
