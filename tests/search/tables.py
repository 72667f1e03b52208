"""The index's tables as tests look at them."""

from django.db import connection

from articles.search import beside, postings

LIVE = {f"articles_{table}" for table in beside.TABLES}


def index_rows() -> dict[str, list[tuple]]:
    """Return all that the index holds, sorted, with terms by their text: ids may differ."""
    rows = {table: sorted(postings.select(f"SELECT * FROM {table}")) for table in LIVE}
    texts = {term_id: text for term_id, text, _df in rows["articles_term"]}
    found = [(texts.get(term_id, f"#{term_id}"), *rest) for term_id, *rest in rows["articles_posting"]]
    terms = [(text, df) for _id, text, df in rows["articles_term"]]
    return rows | {"articles_posting": sorted(found), "articles_term": sorted(terms)}


def table_identity() -> int:
    """Return what tells the table of postings from an earlier one of the same name."""
    if connection.vendor == "postgresql":
        return postings.select("SELECT 'articles_posting'::regclass::oid")[0][0]
    return postings.select("SELECT rootpage FROM sqlite_schema WHERE name = 'articles_posting'")[0][0]


def empty_index() -> None:
    for table in LIVE:
        postings.execute(f"DELETE FROM {table}")
    postings.execute(postings.NO_PAIRS)
