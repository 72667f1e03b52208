"""All SQL of the links between pairs: derived tables, one text for both databases but for their making.

The tables are no models, so that dumpdata and the admin never meet derived data.
"""

TABLES = [
    # What a pair is about, in the form that two pairs are compared in.
    "CREATE TABLE articles_pairvector (pair_id bigint PRIMARY KEY, version integer NOT NULL, terms text NOT NULL)",
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


def create_tables(schema_editor) -> None:
    # Without a rowid the links of one pair lie side by side.
    without_rowid = " WITHOUT ROWID" if schema_editor.connection.vendor == "sqlite" else ""
    for statement in TABLES:
        schema_editor.execute(statement.format(without_rowid=without_rowid))


def drop_tables(schema_editor) -> None:
    for table in ["articles_alikepair", "articles_relatedpair", "articles_pairvector"]:
        schema_editor.execute(f"DROP TABLE {table}")
