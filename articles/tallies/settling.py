"""Works the notes of changes into the tallies, with what the clock has brought out or taken away since the last time."""

from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from typing import NamedTuple

from django.db import OperationalError, connection, transaction
from django.utils import timezone

from articles.moments import adapted, moment_of
from articles.search.postings import execute, insert, literal_list, lock, select
from articles.tallies.noting import EVERYTHING, PAIRS_OF, PUBLISHED, SHELVED, WITH_ARTICLES

BATCH = 20_000
CHANGES = "SELECT id, kind, key, published_at, expires_at, articles, pairs FROM articles_tallychange"
# What readers begin or cease to see between two times, as notes without an id.
TURNED = (
    f"a.{PUBLISHED} AND ((a.published_at > %s AND a.published_at <= %s) OR (a.expires_at > %s AND a.expires_at <= %s))"
)
TURNED_ARTICLES = (
    f"SELECT 0, 'column', a.column_id, a.published_at, a.expires_at, 1, {PAIRS_OF.format(row='a')} "
    f"FROM articles_article a WHERE {TURNED}"
)
TURNED_TAGS = f"SELECT 0, 'topic', t.tag_id, a.published_at, a.expires_at, 0, 1 FROM {WITH_ARTICLES} WHERE {TURNED}"
NEXT_TURN = (
    f"SELECT (SELECT MIN(published_at) FROM articles_article WHERE {PUBLISHED} AND published_at > %s), "
    f"(SELECT MIN(expires_at) FROM articles_article WHERE {PUBLISHED} AND expires_at > %s)"
)
HAS_CHANGES = "(EXISTS (SELECT 1 FROM articles_tallychange) OR NOT EXISTS (SELECT 1 FROM articles_tallied))"
# Given the present time.
IS_DUE = f"({HAS_CHANGES} OR EXISTS (SELECT 1 FROM articles_tallied WHERE next <= %s))"
ADD = (
    "ON CONFLICT (kind, key, month) DO UPDATE SET articles = articles_tally.articles + excluded.articles, "
    "pairs = articles_tally.pairs + excluded.pairs"
)
ALL_MONTHS = 0
SITE = 0


class Note(NamedTuple):
    """What was added or taken away, and the times that decide whether readers see it.

    The id is 0 where nothing was written: a time has come.
    """

    id: int
    kind: str
    key: int
    published_at: datetime
    expires_at: datetime | None
    articles: int
    pairs: int

    def is_seen_at(self, moment: datetime) -> bool:
        return self.published_at <= moment and (self.expires_at is None or self.expires_at > moment)

    @property
    def month(self) -> int:
        local = timezone.localtime(self.published_at)
        return local.year * 100 + local.month


@transaction.atomic
def settle(*, wait: bool = True) -> None:
    """Bring the tallies to the present; where nothing tells what they hold, everything is counted."""
    if not lock(wait=wait):
        return
    until = tallied_until() or note_everything()
    while len(notes := read_notes(f"{CHANGES} ORDER BY id LIMIT {BATCH}")) == BATCH:
        work_in(notes, until, until)
    now = max(timezone.now(), until)
    span = adapted(until, now, until, now)
    # One statement, so that what another transaction writes meanwhile is in all of its parts or in none.
    work_in(read_notes(f"{CHANGES} UNION ALL {TURNED_ARTICLES} UNION ALL {TURNED_TAGS}", [*span, *span]), until, now)
    execute("UPDATE articles_tallied SET until = %s, next = %s", adapted(now, next_turn(now)))


def has_changes() -> bool:
    """Tell whether something was written that is not counted yet."""
    return bool(select(f"SELECT {HAS_CHANGES}")[0][0])


def settle_if_due() -> None:
    """Bring the tallies to the present if a time has come, or a writer ended before it did; never wait for other writers."""
    if not is_due():
        return
    # A disk that cannot be written and a busy writer are no reason to refuse a reader.
    with suppress(OperationalError), not_waiting():
        settle(wait=False)


def is_due() -> bool:
    return bool(select(f"SELECT {IS_DUE}", adapted(timezone.now()))[0][0])


@contextmanager
def not_waiting() -> Iterator[None]:
    """Have SQLite refuse at once what another writer keeps it from."""
    if connection.vendor != "sqlite":
        yield
        return
    ((timeout,),) = select("PRAGMA busy_timeout")
    select("PRAGMA busy_timeout = 0")
    try:
        yield
    finally:
        select(f"PRAGMA busy_timeout = {timeout}")


def tallied_until() -> datetime | None:
    """Return the time whose state the tallies hold; None where nothing tells."""
    rows = select("SELECT until FROM articles_tallied")
    return moment_of(rows[0][0]) if rows else None


def forget() -> None:
    """Have everything counted anew, the next time."""
    execute("DELETE FROM articles_tallied")


def note_everything() -> datetime:
    """Forget what was counted, note all that is published as if it were new, and return the time it is counted from."""
    for table in ("articles_tally", "articles_tallychange", "articles_topicshelf", "articles_tallied"):
        execute(f"DELETE FROM {table}")
    for statement in [*EVERYTHING, SHELVED]:
        execute(statement)
    now = timezone.now()
    execute("INSERT INTO articles_tallied (until) VALUES (%s)", adapted(now))
    return now


def next_turn(now: datetime) -> datetime | None:
    """Return when readers see more, or less, next though nothing is written."""
    ((published, expired),) = select(NEXT_TURN, adapted(now, now))
    return min((moment_of(moment) for moment in (published, expired) if moment), default=None)


def read_notes(sql: str, params: list | tuple = ()) -> list[Note]:
    return [
        Note(pk, kind, key, moment_of(published_at), expires_at and moment_of(expires_at), *counts)
        for pk, kind, key, published_at, expires_at, *counts in select(sql, params)
    ]


def work_in(notes: list[Note], before: datetime, now: datetime) -> None:
    """Add the notes to the tallies; what was written is seen as at the time before, whatever time has come since."""
    sums: defaultdict[tuple[str, int, int], list[int]] = defaultdict(lambda: [0, 0])
    for note in notes:
        change = note.is_seen_at(before) if note.id else note.is_seen_at(now) - note.is_seen_at(before)
        if change:
            for tally in tallies_of(note):
                sums[tally][0] += change * note.articles
                sums[tally][1] += change * note.pairs
    changed = [(*tally, *counts) for tally, counts in sorted(sums.items()) if any(counts)]
    insert("INSERT INTO articles_tally (kind, key, month, articles, pairs) VALUES", changed, ADD)
    execute("DELETE FROM articles_tally WHERE articles = 0 AND pairs = 0")
    if written := [note.id for note in notes if note.id]:
        execute(f"DELETE FROM articles_tallychange WHERE id IN ({literal_list(written)})")


def tallies_of(note: Note) -> list[tuple[str, int, int]]:
    """Return the kind, key and month of every tally that the note counts in."""
    places = [(note.kind, note.key), ("site", SITE)] if note.kind == "column" else [(note.kind, note.key)]
    return [(*place, month) for place in places for month in (note.month, ALL_MONTHS)]
