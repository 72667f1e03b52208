"""The index's tables as tests look at them."""

from django.db import connection

from articles.search import beside, postings
from articles.search.blocks import unpack

LIVE = {f"articles_{table}" for table in beside.TABLES}


def index_rows() -> dict[str, list[tuple]]:
    """Return all that the index holds, sorted, with terms by their text: ids may differ."""
    rows = {table: sorted(postings.select(f"SELECT * FROM {table}")) for table in LIVE}
    terms = [(text, df) for _id, text, df in rows["articles_term"]]
    return rows | {"articles_postingblock": sorted(posting_rows()), "articles_term": sorted(terms)}


def posting_rows() -> set[tuple[str, int, int, int]]:
    """Return term, pair, count and length of every posting; a term without a text by its number."""
    texts = dict(postings.select("SELECT id, text FROM articles_term"))
    rows = postings.select("SELECT term_id, block, postings FROM articles_postingblock")
    return {
        (texts.get(term_id, f"#{term_id}"), pair_id, *posting)
        for term_id, block, packed in rows
        for pair_id, posting in unpack(block, packed)
    }


def table_identity() -> int:
    """Return what tells the table of postings from an earlier one of the same name."""
    if connection.vendor == "postgresql":
        return postings.select("SELECT 'articles_postingblock'::regclass::oid")[0][0]
    return postings.select("SELECT rootpage FROM sqlite_schema WHERE name = 'articles_postingblock'")[0][0]


def empty_index() -> None:
    for table in LIVE:
        postings.execute(f"DELETE FROM {table}")
    postings.execute(postings.NO_PAIRS)
