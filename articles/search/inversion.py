"""Turns postings that come pair by pair into postings term by term, however many there are.

Content is read in the order of its pairs, the index lies in the order of its terms. Memory holds one batch;
the batches wait in a private temporary database, which sorts them and is gone with the process.
"""

import sqlite3
from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple, Self

from articles.search.fields import Fields, round_length

Batch = list[tuple[int, Fields]]
# A posting in one integer, so that a list of them is an array: pair, frequency and length.
BITS = 15
MASK = (1 << BITS) - 1
TABLES = [
    "PRAGMA cache_size = -65536",
    "CREATE TABLE known (text text PRIMARY KEY, id integer NOT NULL) WITHOUT ROWID",
    "CREATE TABLE list (text text NOT NULL, df integer NOT NULL, postings blob NOT NULL)",
    "CREATE TABLE term (text text PRIMARY KEY, df integer NOT NULL, id integer NOT NULL) WITHOUT ROWID",
    "BEGIN",
]
NUMBER_TERMS = """
INSERT INTO term (text, df, id)
SELECT list.text, list.df, COALESCE(
    known.id,
    (SELECT COALESCE(MAX(id), 0) FROM known) + ROW_NUMBER() OVER (PARTITION BY known.id IS NULL ORDER BY list.text)
) AS id
FROM (SELECT text, SUM(df) AS df FROM list GROUP BY text) list
LEFT JOIN known ON known.text = list.text
"""


class Inverted(NamedTuple):
    """A batch the other way around: text, number of pairs and packed postings of each term; and each pair's length."""

    lists: list[tuple[str, int, bytes]]
    lengths: list[int]


def invert(batch: Iterable[tuple[int, Fields]]) -> Inverted:
    """Invert a batch whose pairs come in ascending order."""
    lists: defaultdict[str, array] = defaultdict(lambda: array("Q"))
    lengths = []
    for pair_id, fields in batch:
        lengths.append(fields.length())
        packed = (pair_id << 2 * BITS) + round_length(lengths[-1])
        for term, frequency in fields.counts[0].items():
            lists[term].append(packed + (frequency << BITS))
    return Inverted([(text, len(packed), packed.tobytes()) for text, packed in lists.items()], lengths)


class Inverter:
    """Collects inverted batches, each of greater pairs than the one before, and gives back rows in key order.

    A term keeps the id it had, so that a search which began with the old index can end with the new one.
    """

    def __init__(self) -> None:
        self.database = sqlite3.connect("", isolation_level=None)
        for statement in TABLES:
            self.database.execute(statement)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.database.close()

    def know(self, terms: Iterable[tuple[int, str]]) -> None:
        """Take terms with the ids they have already."""
        self.database.executemany("INSERT INTO known (id, text) VALUES (?, ?)", terms)

    def add(self, inverted: Inverted) -> None:
        self.database.executemany("INSERT INTO list VALUES (?, ?, ?)", inverted.lists)

    def number_terms(self) -> int:
        """Give every term its id once all batches are in; return the number of postings."""
        self.database.execute(NUMBER_TERMS)
        return self.database.execute("SELECT COALESCE(SUM(df), 0) FROM term").fetchone()[0]

    def terms(self) -> Iterator[tuple[int, str, int]]:
        """Yield id, text and the number of pairs of every term."""
        return self.database.execute("SELECT id, text, df FROM term ORDER BY id")

    def postings(self) -> Iterator[tuple[int, int, int, int]]:
        """Yield term, pair, frequency and length of every posting."""
        rows = self.database.execute(
            "SELECT term.id, postings FROM list JOIN term ON term.text = list.text ORDER BY term.id, list.rowid"
        )
        for term_id, blob in rows:
            packed = array("Q")
            packed.frombytes(blob)
            for posting in packed:
                yield term_id, posting >> 2 * BITS, posting >> BITS & MASK, posting & MASK
