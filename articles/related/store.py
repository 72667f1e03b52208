"""All SQL of the links between pairs: derived tables, one text for both databases but for their making.

The tables are no models, so that dumpdata and the admin never meet derived data.
"""

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

from articles.choices import Status
from articles.related.nearness import MOST_OF_QUESTION, VERSION
from articles.search.matching import Fragment
from articles.search.postings import chunks, execute, insert, marks, select, select_in

TABLES = [
    # What a pair is about, in the form that two pairs are compared in; pairs is the size of the site it was made for.
    "CREATE TABLE articles_pairvector (pair_id bigint PRIMARY KEY, version integer NOT NULL, pairs integer NOT NULL, "
    "terms text NOT NULL)",
    "CREATE INDEX articles_pairvector_pairs ON articles_pairvector (pairs, pair_id)",
    # The pairs shown beside each pair, with spares; a higher score comes first.
    "CREATE TABLE articles_relatedpair (pair_id bigint NOT NULL, other_id bigint NOT NULL, score integer NOT NULL, "
    "likeness integer NOT NULL, topics text NOT NULL, PRIMARY KEY (pair_id, other_id)){without_rowid}",
    "CREATE INDEX articles_relatedpair_other ON articles_relatedpair (other_id)",
    # Two pairs that ask much the same, each couple once: the lower key first.
    "CREATE TABLE articles_alikepair (pair_id bigint NOT NULL, other_id bigint NOT NULL, likeness integer NOT NULL, "
    "PRIMARY KEY (pair_id, other_id)){without_rowid}",
    "CREATE INDEX articles_alikepair_other ON articles_alikepair (other_id)",
    "CREATE INDEX articles_alikepair_likeness ON articles_alikepair (likeness, pair_id, other_id)",
]
# The score of what an editor put first; those after it have a little less. No other score comes near.
PINNED = 1_000_000

NAMES = ["articles_alikepair", "articles_relatedpair", "articles_pairvector"]


class Link(NamedTuple):
    """One pair as shown beside another: topics are the keys of those that both have, the most telling first."""

    other_id: int
    score: int
    likeness: int
    topics: tuple[int, ...]

    @property
    def is_pinned(self) -> bool:
        return self.score > PINNED // 2

    def rank(self) -> tuple[int, int]:
        """Sort key: the nearest first."""
        return -self.score, self.other_id


class Alike(NamedTuple):
    """Two pairs whose questions are much the same, by so many per cent."""

    pair_id: int
    other_id: int
    likeness: int


def create_tables(schema_editor) -> None:
    # Without a rowid the links of one pair lie side by side.
    without_rowid = " WITHOUT ROWID" if schema_editor.connection.vendor == "sqlite" else ""
    for statement in TABLES:
        schema_editor.execute(statement.format(without_rowid=without_rowid))


def drop_tables(schema_editor) -> None:
    for table in NAMES:
        schema_editor.execute(f"DROP TABLE {table}")


# Vectors


def read_vectors(pair_ids: Iterable[int]) -> dict[int, dict[str, int]]:
    rows = select_in("SELECT pair_id, terms FROM articles_pairvector WHERE pair_id IN", pair_ids)
    return {pair_id: json.loads(text) for pair_id, text in rows}


def replace_vectors(pair_ids: Iterable[int], vectors: Mapping[int, Mapping[str, int]], pairs: int) -> None:
    """Write the vectors; of the pairs, one without a vector is gone and loses what it had."""
    forget_in("articles_pairvector", "pair_id", [pk for pk in pair_ids if pk not in vectors])
    insert(
        "INSERT INTO articles_pairvector (pair_id, version, pairs, terms) VALUES",
        [
            (pk, VERSION, pairs, json.dumps(vector, ensure_ascii=False, separators=(",", ":")))
            for pk, vector in vectors.items()
        ],
        "ON CONFLICT (pair_id) DO UPDATE "
        "SET version = excluded.version, pairs = excluded.pairs, terms = excluded.terms",
    )


def outgrown_pair_ids(limit: int) -> list[int]:
    """Return some of the pairs whose vector was made when the site had less than half the pairs it has."""
    sql = (
        "SELECT pair_id FROM articles_pairvector WHERE pairs < (SELECT pairs / 2 FROM articles_indexstat) "
        "ORDER BY pairs, pair_id LIMIT %s"
    )
    return [pair_id for (pair_id,) in select(sql, [limit])]


def note_unrelated() -> None:
    """Note the pairs that have no vector of this version, and those that have one though they are gone."""
    execute(
        "INSERT INTO articles_unrelatedpair (pair_id) SELECT id FROM articles_qapair WHERE NOT EXISTS "
        "(SELECT 1 FROM articles_pairvector v WHERE v.pair_id = articles_qapair.id AND v.version = %s)",
        [VERSION],
    )
    note = "INSERT INTO articles_unrelatedpair (pair_id) VALUES"
    insert(note, [(pair_id,) for pair_id in missing_pair_ids()])


def missing_pair_ids() -> list[int]:
    """Return the pairs that are gone and have a vector still."""
    sql = (
        "SELECT pair_id FROM articles_pairvector v "
        "WHERE NOT EXISTS (SELECT 1 FROM articles_qapair p WHERE p.id = v.pair_id) ORDER BY pair_id"
    )
    return [pair_id for (pair_id,) in select(sql)]


def read_asked(pair_ids: Iterable[int]) -> dict[int, list[str]]:
    """Return heading and question of the pairs, folded, as much of them as is compared: answers are long."""
    sql = f"SELECT pair_id, substr(text, 1, {MOST_OF_QUESTION + 1}) FROM articles_indexedpair WHERE pair_id IN"
    return {pair_id: text.split("\n", 2)[:2] for pair_id, text in select_in(sql, pair_ids)}


# Links


def read_links(pair_ids: Iterable[int]) -> dict[int, list[Link]]:
    links: dict[int, list[Link]] = defaultdict(list)
    sql = "SELECT pair_id, other_id, score, likeness, topics FROM articles_relatedpair WHERE pair_id IN"
    for pair_id, *row in select_in(sql, pair_ids):
        links[pair_id].append(make_link(*row))
    return links


def read_links_to(pair_ids: Sequence[int], others: Fragment) -> list[tuple[int, Link]]:
    """Return the links of the pairs to any of the others, each with the other's article.

    The others are a SELECT of id and article_id.
    """
    if not pair_ids:
        return []
    sql = (
        "SELECT o.article_id, r.other_id, r.score, r.likeness, r.topics FROM articles_relatedpair r "
        f"JOIN ({others.sql}) o ON o.id = r.other_id WHERE r.pair_id IN ({marks(pair_ids)})"
    )
    return [(article_id, make_link(*row)) for article_id, *row in select(sql, [*others.params, *pair_ids])]


def make_link(other_id: int, score: int, likeness: int, topics: str) -> Link:
    return Link(other_id, score, likeness, tuple(map(int, topics.split())))


def linked_pair_ids(pair_ids: Sequence[int]) -> dict[int, set[int]]:
    """Return for each pair those that it shows and those that show it."""
    return partners("articles_relatedpair", pair_ids)


def alike_pair_ids(pair_ids: Sequence[int]) -> dict[int, set[int]]:
    """Return for each pair those that ask much the same."""
    return partners("articles_alikepair", pair_ids)


def partners(table: str, pair_ids: Sequence[int]) -> dict[int, set[int]]:
    found: dict[int, set[int]] = defaultdict(set)
    for column, opposite in [("pair_id", "other_id"), ("other_id", "pair_id")]:
        for pair_id, partner in select_in(f"SELECT {column}, {opposite} FROM {table} WHERE {column} IN", pair_ids):
            found[pair_id].add(partner)
    return found


def write_links(before: Mapping[int, Sequence[Link]], after: Mapping[int, Sequence[Link]]) -> None:
    """Write the links of each pair where they are not what they were."""
    changed = sorted(pair_id for pair_id, links in after.items() if set(links) != set(before.get(pair_id, ())))
    forget_in("articles_relatedpair", "pair_id", changed)
    insert(
        "INSERT INTO articles_relatedpair (pair_id, other_id, score, likeness, topics) VALUES",
        [(pk, *link[:3], " ".join(map(str, link.topics))) for pk in changed for link in after[pk]],
    )


# Couples that ask much the same


def replace_alike(pair_ids: Sequence[int], couples: Iterable[Alike]) -> None:
    """Write the couples that hold one of the pairs, in place of those that were."""
    forget_in("articles_alikepair", "pair_id", pair_ids)
    forget_in("articles_alikepair", "other_id", pair_ids)
    insert("INSERT INTO articles_alikepair (pair_id, other_id, likeness) VALUES", sorted(set(couples)))


# Couples that no editor has called distinct, in whichever order the two were named, and none from the trash.
ALIKE = (
    "FROM articles_alikepair a WHERE NOT EXISTS (SELECT 1 FROM articles_distinctcouple d "
    "WHERE d.pair_id = a.pair_id AND d.other_id = a.other_id) AND NOT EXISTS "
    "(SELECT 1 FROM articles_distinctcouple d WHERE d.pair_id = a.other_id AND d.other_id = a.pair_id) AND NOT EXISTS "
    "(SELECT 1 FROM articles_qapair p JOIN articles_article t ON t.id = p.article_id "
    f"WHERE p.id IN (a.pair_id, a.other_id) AND t.status = '{Status.TRASHED}')"
)
# The reverse of the index's order, so that a page reads the end of it.
MOST_ALIKE_FIRST = "ORDER BY a.likeness DESC, a.pair_id DESC, a.other_id DESC"


def count_alike(limit: int | None = None) -> int:
    """Return the number of couples, or the limit where there are more."""
    sql = f"SELECT COUNT(*) FROM (SELECT 1 {ALIKE} LIMIT %s) AS found" if limit else f"SELECT COUNT(*) {ALIKE}"
    ((count,),) = select(sql, [limit] if limit else [])
    return count


def read_alike(start: int, size: int) -> list[Alike]:
    sql = f"SELECT a.pair_id, a.other_id, a.likeness {ALIKE} {MOST_ALIKE_FIRST} LIMIT %s OFFSET %s"
    return [Alike(*row) for row in select(sql, [size, start])]


def read_alike_to(pair_ids: Collection[int]) -> list[Alike]:
    """Return the couples that hold one of the pairs."""
    if not pair_ids:
        return []
    ids = list(pair_ids)
    sql = (
        f"SELECT a.pair_id, a.other_id, a.likeness {ALIKE} "
        f"AND (a.pair_id IN ({marks(ids)}) OR a.other_id IN ({marks(ids)})) {MOST_ALIKE_FIRST}"
    )
    return [Alike(*row) for row in select(sql, [*ids, *ids])]


def forget(pair_ids: Sequence[int]) -> None:
    """Drop what is kept of pairs that are gone, and every link to them."""
    replace_alike(pair_ids, ())
    forget_in("articles_relatedpair", "pair_id", pair_ids)
    forget_in("articles_relatedpair", "other_id", pair_ids)
    forget_in("articles_pairvector", "pair_id", pair_ids)


def forget_in(table: str, column: str, pair_ids: Iterable[int]) -> None:
    for part in chunks(pair_ids):
        execute(f"DELETE FROM {table} WHERE {column} IN ({marks(part)})", part)
