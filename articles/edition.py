"""The edition: one number that is another one after every write that readers may see.

Triggers advance it in the transaction that writes, so that edition and content are seen to change together. Who keeps a
page asks for the edition first and reads the content after: what is kept may then be newer than its edition says, and is
made once more, but never older. Both are read from the same database, since a copy may lag behind.

On PostgreSQL the number of one row would be the wrong thing to count with: a row is locked until the commit, so all
writers would wait for each other. The last number given would be, too: of two transactions the one that began first may
commit last, and change nothing of what was the last. So every server process counts in a row of its own, once in a
transaction, and the edition is the sum over the rows: the sum of what has committed. Processes share a row only where
their numbers differ by a multiple of SLOTS.

The steps are of random length, so that a database restored from a copy does not come by numbers that it had before.
"""

from typing import NamedTuple

from django.db import connection

TABLE = "articles_edition"
EDITION = f"(SELECT SUM(number) FROM {TABLE})"
SLOTS = 1024
# All that pages for readers show, whoever writes it. The notes of what is out of date go when it has been brought in step.
TABLES = [
    "articles_article",
    "articles_author",
    "articles_column",
    "articles_distinctcouple",
    "articles_formerplace",
    "articles_pairlink",
    "articles_picture",
    "articles_qapair",
    "articles_relatedpair",
    "articles_synonymgroup",
    "articles_taggedpair",
    "articles_tallied",
    "articles_topic",
    "articles_topicalias",
]
NOTES = ["articles_stalepair", "articles_unrelatedpair"]
MAKE = {
    "sqlite": f"CREATE TABLE {TABLE} (slot integer PRIMARY KEY, number bigint NOT NULL)",
    "postgresql": f"CREATE TABLE {TABLE} (slot integer PRIMARY KEY, number bigint NOT NULL, writer bigint NOT NULL) "
    "WITH (fillfactor = 50)",
}
ADVANCE = {
    "sqlite": f"UPDATE {TABLE} SET number = number + 1 + (random() & 1073741823)",
    "postgresql": f"INSERT INTO {TABLE} AS slots (slot, number, writer) "
    f"SELECT mod(pg_backend_pid(), {SLOTS}), 1 + floor(random() * 1073741823)::bigint, txid_current() "
    "ON CONFLICT (slot) DO UPDATE SET number = slots.number + excluded.number, writer = excluded.writer "
    "WHERE slots.writer <> excluded.writer",
}


class Watch(NamedTuple):
    """On which table and event the edition advances, and whether for each row or once for the statement."""

    name: str
    table: str
    event: str
    sql: str
    each: str


def watches(vendor: str) -> list[Watch]:
    """Return what becomes of these as triggers; SQLite wants one for each event."""
    sql = ADVANCE[vendor]
    if vendor == "postgresql":
        events = [(table, "INSERT OR UPDATE OR DELETE OR TRUNCATE") for table in TABLES]
        events += [(table, "DELETE OR TRUNCATE") for table in NOTES]
        return [Watch(name_of(table), table, event, sql, "STATEMENT") for table, event in events]
    events = [(table, event) for table in TABLES for event in ("INSERT", "UPDATE", "DELETE")]
    events += [(table, "DELETE") for table in NOTES]
    return [Watch(f"{name_of(table)}_{event.lower()}", table, event, sql, "ROW") for table, event in events]


def name_of(table: str) -> str:
    return f"edition_{table.removeprefix('articles_')}"


def advance() -> None:
    """Go to the next edition for what no trigger sees: tables that were put in the place of others."""
    with connection.cursor() as cursor:
        cursor.execute(ADVANCE[connection.vendor])


def create_table(schema_editor) -> None:
    vendor = schema_editor.connection.vendor
    schema_editor.execute(MAKE[vendor])
    if vendor == "sqlite":
        schema_editor.execute(f"INSERT INTO {TABLE} (slot, number) VALUES (0, 0)")
    schema_editor.execute(ADVANCE[vendor])


def drop_table(schema_editor) -> None:
    schema_editor.execute(f"DROP TABLE {TABLE}")
