"""Turns postings that come pair by pair into postings term by term, however many there are.

Content is read in the order of its pairs, the index lies in the order of its terms. Memory holds one batch;
the batches wait in a private temporary database, which sorts them and is gone with the process.
"""

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import NamedTuple, Self

from articles.search.blocks import NUMBERS, SIZE, WIDTH, block_of
from articles.search.fields import Fields, round_length

Batch = list[tuple[int, Fields]]
pack_numbers = NUMBERS.pack
TABLES = [
    "PRAGMA cache_size = -65536",
    "CREATE TABLE known (text text PRIMARY KEY, id integer NOT NULL) WITHOUT ROWID",
    "CREATE TABLE list (text text NOT NULL, block integer NOT NULL, postings blob NOT NULL)",
    "CREATE TABLE term (text text PRIMARY KEY, df integer NOT NULL, id integer NOT NULL) WITHOUT ROWID",
    "BEGIN",
]
NUMBER_TERMS = f"""
INSERT INTO term (text, df, id)
SELECT list.text, list.df, COALESCE(
    known.id,
    (SELECT COALESCE(MAX(id), 0) FROM known) + ROW_NUMBER() OVER (PARTITION BY known.id IS NULL ORDER BY list.text)
) AS id
FROM (SELECT text, SUM(LENGTH(postings)) / {SIZE} AS df FROM list GROUP BY text) list
LEFT JOIN known ON known.text = list.text
"""


class Inverted(NamedTuple):
    """A batch the other way around: the packed postings of each term and block; and each pair's length."""

    lists: list[tuple[str, int, bytearray]]
    lengths: list[int]


def invert(batch: Iterable[tuple[int, Fields]]) -> Inverted:
    """Invert a batch whose pairs come in ascending order."""
    lists: list[tuple[str, int, bytearray]] = []
    lengths = []
    for block, pairs in groupby(batch, lambda pair: block_of(pair[0])):
        of_block: defaultdict[str, bytearray] = defaultdict(bytearray)
        for pair_id, fields in pairs:
            lengths.append(fields.length())
            place, rounded = pair_id % WIDTH, round_length(lengths[-1])
            for term, count in fields.counts[0].items():
                of_block[term] += pack_numbers(place, count, rounded)
        lists += [(term, block, packed) for term, packed in of_block.items()]
    return Inverted(lists, lengths)


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

    def postings(self) -> Iterator[tuple[int, int, bytes]]:
        """Yield term, block and packed postings of every row."""
        rows = self.database.execute(
            "SELECT term.id, block, postings FROM list JOIN term ON term.text = list.text ORDER BY term.id, list.rowid"
        )
        for (term_id, block), parts in groupby(rows, lambda row: row[:2]):
            yield term_id, block, b"".join([packed for *_, packed in parts])
