"""The SQL that changes the index, one pair's entry at a time or many."""

from collections import Counter
from collections.abc import Iterable, Sequence

from articles.search.fields import Posting
from articles.search.postings import Change, chunks, execute, insert, literal, marks, read_term_ids

ROWS = 2000


def write(changes: Sequence[Change]) -> None:
    """Bring the index from the old entries to the new ones; only differing postings are touched."""
    removed: dict[int, list[str]] = {}
    written: list[tuple[str, int, Posting]] = []
    df: Counter[str] = Counter()
    for pair_id, old, new in changes:
        before, after = (entry.postings() if entry else {} for entry in (old, new))
        removed[pair_id] = [term for term in before if term not in after]
        written += [(term, pair_id, posting) for term, posting in after.items() if before.get(term) != posting]
        df.update(after.keys() - before.keys())
        df.subtract(removed[pair_id])
    ids = give_term_ids({*df, *(term for term, _, _ in written)})
    delete_postings({pair_id: [ids[term] for term in texts] for pair_id, texts in removed.items()})
    write_postings(sorted((ids[term], pair_id, *posting) for term, pair_id, posting in written))
    change_document_frequencies({ids[term]: change for term, change in df.items() if change})
    write_entries(changes)


def give_term_ids(texts: set[str]) -> dict[str, int]:
    """Return the id of every term, new ones included."""
    known = read_term_ids(sorted(texts))
    new = sorted(texts - known.keys())
    insert("INSERT INTO articles_term (text, df) VALUES", [(text, 0) for text in new])
    return known | read_term_ids(new)


def delete_postings(removed: dict[int, list[int]]) -> None:
    """Delete the given terms' postings of each pair."""
    for pair_id, term_ids in removed.items():
        for part in chunks(sorted(term_ids)):
            execute(f"DELETE FROM articles_posting WHERE pair_id = %s AND term_id IN ({marks(part)})", [pair_id, *part])


def write_postings(rows: Iterable[tuple[int, int, int, int]]) -> None:
    for part in chunks(rows, ROWS):
        execute(
            f"INSERT INTO articles_posting (term_id, pair_id, tf, length) VALUES {literal(part)} "
            "ON CONFLICT (term_id, pair_id) DO UPDATE SET tf = excluded.tf, length = excluded.length"
        )


def change_document_frequencies(changes: dict[int, int]) -> None:
    for part in chunks(sorted(changes.items()), ROWS):
        execute(
            f"WITH change(id, difference) AS (VALUES {literal(part)}) UPDATE articles_term SET df = df + difference "
            "FROM change WHERE change.id = articles_term.id"
        )
    delete_unused(term_id for term_id, change in changes.items() if change < 0)


def recount(term_ids: Iterable[int]) -> None:
    """Set the df of each term to the number of its postings."""
    term_ids = sorted(term_ids)
    count = "SELECT COUNT(*) FROM articles_posting p WHERE p.term_id = articles_term.id"
    for part in chunks(term_ids):
        execute(f"UPDATE articles_term SET df = ({count}) WHERE id IN ({marks(part)})", part)
    delete_unused(term_ids)


def delete_unused(term_ids: Iterable[int]) -> None:
    for part in chunks(sorted(term_ids)):
        execute(f"DELETE FROM articles_term WHERE df <= 0 AND id IN ({marks(part)})", part)


def write_entries(changes: Sequence[Change]) -> None:
    gone = [pair_id for pair_id, _, new in changes if new is None]
    for part in chunks(gone):
        execute(f"DELETE FROM articles_indexedpair WHERE pair_id IN ({marks(part)})", part)
    insert(
        "INSERT INTO articles_indexedpair (pair_id, version, length, text) VALUES",
        [(pair_id, *new) for pair_id, _, new in changes if new],
        "ON CONFLICT (pair_id) DO UPDATE "
        "SET version = excluded.version, length = excluded.length, text = excluded.text",
    )
    pairs = sum(bool(new) - bool(old) for _, old, new in changes)
    length = sum((new.length if new else 0) - (old.length if old else 0) for _, old, new in changes)
    execute("UPDATE articles_indexstat SET pairs = pairs + %s, length = length + %s", [pairs, length])


def write_size(pairs: int, length: int) -> None:
    execute("DELETE FROM articles_indexstat")
    execute("INSERT INTO articles_indexstat (pairs, length) VALUES (%s, %s)", [pairs, length])
