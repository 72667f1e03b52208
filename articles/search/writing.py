"""The SQL that changes the index, one pair's entry at a time or many."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from itertools import accumulate

from articles.search.blocks import SIZE, WIDTH, block_of, change_parts
from articles.search.fields import Posting
from articles.search.postings import (
    Change,
    chunks,
    execute,
    insert,
    literal,
    literal_list,
    marks,
    read_parts,
    read_term_ids,
)

ROWS = 2000
# SQL for the number of a term's postings.
COUNT = (
    f"SELECT COALESCE(SUM(LENGTH(p.postings)), 0) / {SIZE} FROM articles_postingblock p "
    "WHERE p.term_id = articles_term.id"
)


def write(changes: Sequence[Change]) -> None:
    """Bring the index from the old entries to the new ones; only differing postings are touched."""
    postings: list[tuple[str, int, Posting | None]] = []
    df: Counter[str] = Counter()
    for pair_id, old, new in changes:
        before, after = (entry.postings() if entry else {} for entry in (old, new))
        postings += [(term, pair_id, None) for term in before if term not in after]
        postings += [(term, pair_id, posting) for term, posting in after.items() if before.get(term) != posting]
        df.update(after.keys() - before.keys())
        df.subtract(before.keys() - after.keys())
    ids = give_term_ids({*df, *(term for term, _, _ in postings)})
    write_postings((ids[term], pair_id, posting) for term, pair_id, posting in postings)
    change_document_frequencies({ids[term]: change for term, change in df.items() if change})
    write_entries(changes)


def give_term_ids(texts: set[str]) -> dict[str, int]:
    """Return the id of every term, new ones included."""
    known = read_term_ids(sorted(texts))
    new = sorted(texts - known.keys())
    insert("INSERT INTO articles_term (text, df) VALUES", [(text, 0) for text in new])
    return known | read_term_ids(new)


def write_postings(rows: Iterable[tuple[int, int, Posting | None]]) -> None:
    """Write each term's posting of a pair; None takes it away."""
    changes: defaultdict[int, defaultdict[int, dict[int, Posting | None]]] = defaultdict(lambda: defaultdict(dict))
    for term_id, pair_id, posting in rows:
        changes[block_of(pair_id)][term_id][pair_id] = posting
    for number, terms in sorted(changes.items()):
        places = [pair_id % WIDTH for pairs in terms.values() for pair_id in pairs]
        for some in chunks(sorted(terms), ROWS):
            stored: defaultdict[int, dict[int, bytes]] = defaultdict(dict)
            for term_id, start, packed in read_parts(some, number, min(places), max(places)):
                stored[term_id][start] = packed
            write_parts(
                number,
                {
                    (term_id, start): packed
                    for term_id in some
                    for start, packed in change_parts(stored[term_id], terms[term_id]).items()
                },
            )


def write_parts(block: int, postings: dict[tuple[int, int], bytes]) -> None:
    """Write the packed postings of terms and starts in one block; where none is left, the row goes."""
    empty = [key for key, packed in postings.items() if not packed]
    if empty:
        keys = f"(term_id, start) IN (VALUES {literal(empty)})"
        execute(f"DELETE FROM articles_postingblock WHERE block = {block} AND {keys}")
    kept = {key: packed for key, packed in postings.items() if packed}
    if kept:
        # All in one parameter, from which each row takes its own.
        ends = accumulate(map(len, kept.values()))
        rows = literal(
            [(*key, end - len(packed) + 1, len(packed)) for (key, packed), end in zip(kept.items(), ends, strict=True)]
        )
        execute(
            "INSERT INTO articles_postingblock (term_id, block, start, postings) "
            f"SELECT column1, {block}, column2, SUBSTR(%s, column3, column4) FROM (VALUES {rows}) AS parts WHERE 1 = 1 "
            "ON CONFLICT (term_id, block, start) DO UPDATE SET postings = excluded.postings",
            [b"".join(kept.values())],
        )


def change_document_frequencies(changes: dict[int, int]) -> None:
    for part in chunks(sorted(changes.items()), ROWS):
        # IN repeats what the join says: PostgreSQL then looks the terms up and does not read all.
        execute(
            f"WITH change(id, difference) AS (VALUES {literal(part)}) UPDATE articles_term SET df = df + difference "
            f"FROM change WHERE change.id = articles_term.id AND articles_term.id IN ({literal_list(dict(part))})"
        )
    delete_unused(term_id for term_id, change in changes.items() if change < 0)


def recount(term_ids: Iterable[int]) -> None:
    """Set the df of each term to the number of its postings."""
    term_ids = sorted(term_ids)
    for part in chunks(term_ids):
        execute(f"UPDATE articles_term SET df = ({COUNT}) WHERE id IN ({marks(part)})", part)
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
