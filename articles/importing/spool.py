"""Keeps what is read of a file, however large, until all of it is checked.

Memory holds one batch of each kind; the others wait in a private temporary database, which is gone with the process.
"""

import pickle
import sqlite3
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any, Self

RECORDS = 1000
CHARACTERS = 500_000
TABLES = [
    "CREATE TABLE batch (kind text NOT NULL, records blob NOT NULL)",
    "CREATE INDEX batch_kind ON batch (kind)",
    "CREATE TABLE claim (kind text NOT NULL, name text NOT NULL, number integer NOT NULL, PRIMARY KEY (kind, name)) "
    "WITHOUT ROWID",
    "BEGIN",
]


class Spool:
    """Takes records in any order and gives those of one kind back in batches, in the order in which they came."""

    def __init__(self) -> None:
        self.database = sqlite3.connect("", isolation_level=None)
        for statement in TABLES:
            self.database.execute(statement)
        self.open: defaultdict[str, list[Any]] = defaultdict(list)
        self.sizes: defaultdict[str, int] = defaultdict(int)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.database.close()

    def add(self, kind: str, record: Any, size: int) -> None:
        """Take a record of about so many characters."""
        self.open[kind].append(record)
        self.sizes[kind] += size
        if len(self.open[kind]) == RECORDS or self.sizes[kind] >= CHARACTERS:
            self.close_batch(kind)

    def close_batch(self, kind: str) -> None:
        packed = pickle.dumps(self.open.pop(kind), pickle.HIGHEST_PROTOCOL)
        self.database.execute("INSERT INTO batch VALUES (?, ?)", [kind, packed])
        del self.sizes[kind]

    def batches(self, kind: str) -> Iterator[list[Any]]:
        """Yield the records of the kind once all are in."""
        for (packed,) in self.database.execute("SELECT records FROM batch WHERE kind = ? ORDER BY rowid", [kind]):
            yield pickle.loads(packed)
        if kind in self.open:
            yield self.open.pop(kind)

    def claim(self, kind: str, names: Sequence[tuple[str, int]]) -> dict[int, int]:
        """Note which record names each row; return those whose row is an earlier record's, with that one's number."""
        before = self.database.total_changes
        rows = [(kind, name, number) for name, number in names]
        self.database.executemany("INSERT OR IGNORE INTO claim VALUES (?, ?, ?)", rows)
        if self.database.total_changes - before == len(rows):
            return {}
        sql = "SELECT number FROM claim WHERE kind = ? AND name = ?"
        owners = {number: self.database.execute(sql, [kind, name]).fetchone()[0] for name, number in names}
        return {number: owner for number, owner in owners.items() if owner != number}
