"""Compares the search index with the content, row by row, and mends where they differ.

The content is cut up as for a build and compared in the order of the tables, so memory holds little. As the
site may be written to meanwhile, what differs is looked at again under the index's lock before it is a fault.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from django.db import transaction
from django.utils.translation import gettext as _

from articles.models import QAPair, StalePair
from articles.search import index, postings, writing
from articles.search.blocks import SIZE, block_of, unpack
from articles.search.building import Progress, inverted_batches, read_batches
from articles.search.fields import VERSION, Fields, Posting
from articles.search.inversion import Batch, Inverter
from articles.search.postings import PART, Change, Entry, chunks, marks, read_blocks, scan, select

# With more differences than these the index is better made anew.
MOST = 100_000
PAIRS = 100
# So many terms of a pair are named.
NAMED = 5
# Of the whole work, the part that reading the content takes.
READING = 0.6


class TooMany(Exception):
    """The index has little to do with the content."""


@dataclass(frozen=True)
class Fault:
    """What is wrong with a pair's place in the index, or with the index as a whole where pair_id is None."""

    reason: str
    pair_id: int | None = None


@dataclass
class Suspects:
    """What seemed to differ: pairs, each with terms that it seemed to differ in, and terms."""

    pairs: defaultdict[int, set[int]] = field(default_factory=lambda: defaultdict(set))
    terms: set[int] = field(default_factory=set)
    count: int = 0

    def add_pair(self, pair_id: int, *term_ids: int) -> None:
        self.pairs[pair_id].update(term_ids)
        self.count_one()

    def add_term(self, term_id: int) -> None:
        self.terms.add(term_id)
        self.count_one()

    def count_one(self) -> None:
        self.count += 1
        if self.count > MOST:
            raise TooMany


def check(*, repair: bool = False, progress: Progress = lambda share: None) -> Iterator[Fault]:
    """Yield the faults of the index, mending each if so told. Raises TooMany where only a rebuild makes sense."""
    suspects = find_suspects(progress)
    for part in chunks(sorted(suspects.pairs.items()), PAIRS):
        yield from check_pairs(dict(part), repair=repair)
    for term_ids in chunks(sorted(suspects.terms)):
        yield from check_terms(term_ids, repair=repair)
    yield from check_size(repair=repair)


# Looking through everything


def find_suspects(progress: Progress) -> Suspects:
    suspects = Suspects()
    with Inverter() as inverter:
        inverter.know(scan("articles_term", ("id", "text")))
        entries = scan("articles_indexedpair", ("pair_id", "version", "length", "text"))
        for pair_id, *_rest in differing(entries, make_entries(inverter, progress)):
            suspects.add_pair(pair_id)
        total = inverter.number_terms()
        for term_id, *_rest in differing(read_terms(), inverter.terms()):
            suspects.add_term(term_id)
        live = whole_blocks(scan("articles_postingblock", ("term_id", "block", "start", "postings"), keys=3))
        due = reporting(inverter.postings(), total, progress)
        for (term_id, block), rows in groupby(differing(live, due), lambda row: row[:2]):
            for pair_id in differing_pairs(block, *(packed for *_, packed in rows)):
                suspects.add_pair(pair_id, term_id)
    return suspects


def whole_blocks(rows: Iterator[tuple[int, int, int, bytes]]) -> Iterator[tuple[int, int, bytes]]:
    """Yield term, block and all postings: in which parts they lie is of no account."""
    for (term_id, block), parts in groupby(rows, lambda row: row[:2]):
        yield term_id, block, b"".join([packed for *_, packed in parts])


def differing_pairs(block: int, one: bytes, other: bytes = b"") -> list[int]:
    """Return the pairs whose postings are not the same in both."""
    return sorted({pair_id for pair_id, _ in {*unpack(block, one)} ^ {*unpack(block, other)}})


def read_terms() -> Iterator[tuple[int, str, int]]:
    return scan("articles_term", ("id", "text", "df"))


def make_entries(inverter: Inverter, progress: Progress) -> Iterator[tuple]:
    """Yield the entry that every pair should have, and collect its postings."""
    total, done = QAPair.objects.count(), 0
    for batch, inverted in inverted_batches(map(with_live_lengths, read_batches()), total):
        inverter.add(inverted)
        for (pair_id, fields), length in zip(batch, inverted.lengths, strict=True):
            yield pair_id, *index.make_entry(fields, length)
        done += len(batch)
        progress(READING * min(done / max(total, 1), 1))


def with_live_lengths(batch: Batch) -> Batch:
    sql = "SELECT pair_id, length FROM articles_indexedpair WHERE pair_id BETWEEN %s AND %s"
    return index.with_indexed(batch, dict(select(sql, [batch[0][0], batch[-1][0]])))


def reporting(rows: Iterator[tuple], total: int, progress: Progress) -> Iterator[tuple]:
    done = 0
    for part in chunks(rows, PART):
        yield from part
        done += sum(len(packed) // SIZE for *_, packed in part)
        progress(READING + (1 - READING) * done / total)


def differing(live: Iterator[tuple], due: Iterator[tuple]) -> Iterator[tuple]:
    """Yield the rows that only one of two sorted streams has."""
    one, other = next(live, None), next(due, None)
    while one or other:
        if one == other:
            one, other = next(live, None), next(due, None)
        elif other is None or (one and one < other):
            yield one
            one = next(live, None)
        else:
            yield other
            other = next(due, None)


# Looking again, and mending


@dataclass
class Place:
    """What the index holds of a pair, as far as suspected, beside what it should hold."""

    pair_id: int
    entry: Entry | None
    due_entry: Entry | None
    live: dict[int, Posting]
    due: dict[str, Posting]
    ids: dict[str, int]

    def missing(self) -> list[str]:
        return [text for text in self.due if self.ids.get(text) not in self.live]

    def wrong(self) -> list[str]:
        return [
            text
            for text, posting in self.due.items()
            if self.ids.get(text) in self.live and self.live[self.ids[text]] != posting
        ]

    def left_over(self) -> list[int]:
        return sorted(self.live.keys() - {self.ids.get(text) for text in self.due})


@transaction.atomic
def check_pairs(suspects: dict[int, set[int]], *, repair: bool) -> list[Fault]:
    """Look again at the pairs; one that is noted is mended by whoever works off its note."""
    postings.lock()
    noted = set(StalePair.objects.filter(pair_id__in=suspects).values_list("pair_id", flat=True))
    entries = postings.read_entries(suspects)
    lengths = {pair_id: entry.length for pair_id, entry in entries.items()}
    fields = dict(index.with_indexed(index.read_fields(QAPair.objects.filter(pk__in=suspects)), lengths))
    faults = []
    for pair_id, suspected in suspects.items():
        if pair_id in noted:
            faults.append(Fault(_("written and not indexed yet"), pair_id))
            continue
        place = read_place(pair_id, fields.get(pair_id), entries.get(pair_id), suspected)
        reasons = find_reasons(place)
        faults += [Fault(reason, pair_id) for reason in reasons]
        if reasons and repair:
            mend_pair(place)
    return faults


def read_place(pair_id: int, fields: Fields | None, entry: Entry | None, suspected: set[int]) -> Place:
    due = fields.postings() if fields else {}
    ids = postings.read_term_ids(due)
    live = {}
    for part in chunks(sorted({*ids.values(), *suspected})):
        for term_id, block, packed in read_blocks(part, [block_of(pair_id)]):
            held = dict(unpack(block, packed))
            live |= {term_id: held[pair_id]} if pair_id in held else {}
    return Place(pair_id, entry, index.make_entry(fields, fields.length()) if fields else None, live, due, ids)


def find_reasons(place: Place) -> list[str]:
    if place.due_entry is None:
        return [_("no longer on the site, but in the index")] if place.entry or place.live else []
    if place.entry is None:
        return [_("not in the index")]
    reasons = []
    if place.entry.version != VERSION:
        reasons.append(_("indexed by another version"))
    elif place.entry != place.due_entry:
        reasons.append(_("indexed with another text"))
    if missing := place.missing():
        reasons.append(_("terms missing: %(terms)s") % {"terms": name(missing)})
    if left_over := place.left_over():
        reasons.append(_("terms left over: %(terms)s") % {"terms": name(read_texts(left_over))})
    if wrong := place.wrong():
        reasons.append(_("terms with wrong numbers: %(terms)s") % {"terms": name(wrong)})
    return reasons


def name(texts: Sequence[str]) -> str:
    rest = f" … ({len(texts)})" if len(texts) > NAMED else ""
    return " ".join(sorted(texts)[:NAMED]) + rest


def read_texts(term_ids: Sequence[int]) -> list[str]:
    """Return the text of each term, or its number where it has none."""
    sql = "SELECT id, text FROM articles_term WHERE id IN"
    texts = dict(postings.select_in(sql, term_ids))
    return [texts.get(term_id, f"#{term_id}") for term_id in term_ids]


def mend_pair(place: Place) -> None:
    ids = writing.give_term_ids(set(place.due))
    left_over = place.left_over()
    due = {ids[text]: posting for text, posting in place.due.items()}
    changed = {
        term_id: due.get(term_id) for term_id in [*left_over, *due] if place.live.get(term_id) != due.get(term_id)
    }
    writing.write_postings((term_id, place.pair_id, posting) for term_id, posting in changed.items())
    writing.write_entries([Change(place.pair_id, place.entry, place.due_entry)])
    writing.recount(changed)


@transaction.atomic
def check_terms(term_ids: Sequence[int], *, repair: bool) -> list[Fault]:
    postings.lock()
    sql = f"SELECT id, text, df, ({writing.COUNT}) FROM articles_term WHERE id IN ({marks(term_ids)}) ORDER BY id"
    wrong = [row for row in select(sql, term_ids) if row[2] != row[3] or not row[3]]
    if repair:
        writing.recount([term_id for term_id, *_rest in wrong])
    message = _("term %(term)s: counted in %(df)d pairs, found in %(count)d")
    return [Fault(message % {"term": text, "df": df, "count": count}) for _id, text, df, count in wrong]


@transaction.atomic
def check_size(*, repair: bool) -> list[Fault]:
    postings.lock()
    due = select("SELECT COUNT(*), COALESCE(SUM(length), 0) FROM articles_indexedpair")
    if select("SELECT pairs, length FROM articles_indexstat") == due:
        return []
    if repair:
        writing.write_size(*due[0])
    return [Fault(_("the number of all pairs or their length is wrong"))]
