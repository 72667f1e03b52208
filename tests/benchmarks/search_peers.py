"""Opens other search engines over the same documents and the same terms, to be measured beside the site's own.

    python evaluate.py --data FOLDER --callable tests.benchmarks.search_peers:open_tantivy

open_tantivy, open_xapian and open_fts5 take what tests.benchmarks.search_quality.open_engine takes, and
return the same. Each engine ranks with its own BM25 as it comes; text is cut up by articles.search.segmentation,
so what differs is the ranking. The engines are no dependencies: requirements-bench.txt has tantivy, Debian's
python3-xapian has xapian, and SQLite brings FTS5.
"""

import importlib
import sqlite3
from collections.abc import Callable, Sequence
from types import ModuleType

from articles.search.segmentation import fold, runs, terms

# Questions are short and say what a pair is about.
QUESTION_BOOST = 4

Search = Callable[[str, int], list]


def open_tantivy(docs: Sequence[dict]) -> Search:
    tantivy = need("tantivy", "pip install -r requirements-bench.txt")
    builder = tantivy.SchemaBuilder().add_unsigned_field("place", stored=True)
    for field in ("question", "answer"):
        builder.add_text_field(field, tokenizer_name="whitespace", index_option="freq")
    index = tantivy.Index(builder.build())
    writer = index.writer()
    for place, doc in enumerate(docs):
        writer.add_document(tantivy.Document(place=place, question=cut(doc, "question"), answer=cut(doc, "answer")))
    writer.commit()
    index.reload()
    searcher = index.searcher()

    def clauses(word: str) -> list[tuple]:
        asked = tantivy.Query.term_query(index.schema, "question", word)
        boosted = tantivy.Query.boost_query(asked, QUESTION_BOOST)
        answered = tantivy.Query.term_query(index.schema, "answer", word)
        return [(tantivy.Occur.Should, boosted), (tantivy.Occur.Should, answered)]

    def search(text: str, k: int) -> list:
        query = tantivy.Query.boolean_query([clause for word in words_of(text) for clause in clauses(word)])
        hits = searcher.search(query, k).hits
        return [docs[searcher.doc(address).get_first("place")]["id"] for _, address in hits]

    return search


def open_xapian(docs: Sequence[dict]) -> Search:
    xapian = need("xapian", "apt install python3-xapian")
    database = xapian.WritableDatabase("", xapian.DB_BACKEND_INMEMORY)
    for doc in docs:
        document = xapian.Document()
        for field, boost in (("question", QUESTION_BOOST), ("answer", 1)):
            for word in cut(doc, field).split():
                document.add_term(word, boost)
        database.add_document(document)

    def search(text: str, k: int) -> list:
        enquire = xapian.Enquire(database)
        enquire.set_query(xapian.Query(xapian.Query.OP_OR, words_of(text)))
        return [docs[match.docid - 1]["id"] for match in enquire.get_mset(0, k)]

    return search


def open_fts5(docs: Sequence[dict]) -> Search:
    database = sqlite3.connect(":memory:")
    # Words with signs in them, such as c++, are cut again; unicode61 has no way around it.
    database.execute("CREATE VIRTUAL TABLE pair USING fts5(question, answer, tokenize = 'unicode61')")
    rows = [(place, cut(doc, "question"), cut(doc, "answer")) for place, doc in enumerate(docs)]
    database.executemany("INSERT INTO pair (rowid, question, answer) VALUES (?, ?, ?)", rows)

    def search(text: str, k: int) -> list:
        quoted = " OR ".join(f'"{word}"' for word in words_of(text))
        sql = f"SELECT rowid FROM pair WHERE pair MATCH ? ORDER BY bm25(pair, {QUESTION_BOOST}, 1), rowid LIMIT ?"
        return [docs[place]["id"] for (place,) in database.execute(sql, [quoted, k])] if quoted else []

    return search


def need(module: str, remedy: str) -> ModuleType:
    try:
        return importlib.import_module(module)
    except ImportError:
        raise SystemExit(f"{module} is not installed: {remedy}") from None


def cut(doc: dict, field: str) -> str:
    """Return the terms of a document's field with a blank between them."""
    return " ".join(terms(runs(fold(doc.get(field) or ""))))


def words_of(text: str) -> list[str]:
    return list(dict.fromkeys(terms(runs(fold(text)))))
