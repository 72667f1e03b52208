"""Keeps the search index in step with the content; called in one transaction for each batch of pairs."""

from collections import defaultdict
from collections.abc import Iterable

from django.db.models import QuerySet

from articles.markup import to_plain_text
from articles.models import QAPair
from articles.search import postings, writing
from articles.search.fields import VERSION, Fields
from articles.search.inversion import Batch
from articles.search.postings import Change, Entry

# As SQL: putting a thousand keys into a queryset takes longer than the query.
TOPIC_NAMES = (
    "SELECT tagged.content_object_id, topic.name, alias.name FROM articles_taggedpair tagged "
    "JOIN articles_topic topic ON topic.id = tagged.tag_id "
    "LEFT JOIN articles_topicalias alias ON alias.topic_id = topic.id WHERE tagged.content_object_id IN"
)


def lock() -> None:
    """Keep other writers of the index waiting until this transaction ends."""
    postings.lock()


class Outdated(Exception):
    """The index was made by another version, whose terms cannot be told any more: only a rebuild helps."""


def index_pairs(pair_ids: set[int]) -> None:
    """Index the pairs anew, drafts too; a pair that is gone loses its entry. May raise Outdated."""
    old = postings.read_entries(sorted(pair_ids))
    if any(entry.version != VERSION for entry in old.values()):
        raise Outdated
    new = make_entries(pair_ids, old)
    changes = [Change(pk, old.get(pk), new.get(pk)) for pk in sorted(pair_ids) if old.get(pk) != new.get(pk)]
    if changes:
        writing.write(changes)


def remove_missing() -> None:
    """Drop the entries of pairs that are gone."""
    for part in postings.chunks(postings.missing_pair_ids()):
        index_pairs(set(part))


def note_all() -> None:
    """Note every pair, and those that the index holds though they are gone."""
    postings.execute("INSERT INTO articles_stalepair (pair_id) SELECT id FROM articles_qapair")
    note_gone()


def note_unindexed() -> None:
    """Note the pairs that the index lacks or holds in an older form, and those it holds though they are gone."""
    postings.execute(
        "INSERT INTO articles_stalepair (pair_id) SELECT id FROM articles_qapair WHERE NOT EXISTS "
        "(SELECT 1 FROM articles_indexedpair entry WHERE entry.pair_id = articles_qapair.id AND entry.version = %s)",
        [VERSION],
    )
    note_gone()


def note_gone() -> None:
    postings.execute(
        "INSERT INTO articles_stalepair (pair_id) SELECT pair_id FROM articles_indexedpair entry WHERE NOT EXISTS "
        "(SELECT 1 FROM articles_qapair WHERE articles_qapair.id = entry.pair_id)"
    )


def make_entries(pair_ids: Iterable[int], old: dict[int, Entry]) -> dict[int, Entry]:
    """Return what the index should hold of each pair that exists, after what it held; two queries."""
    found = read_fields(QAPair.objects.filter(pk__in=pair_ids))
    lengths = {pair_id: entry.length for pair_id, entry in old.items()}
    return {pair_id: make_entry(fields, fields.length()) for pair_id, fields in with_indexed(found, lengths)}


def with_indexed(found: Batch, lengths: dict[int, int]) -> Batch:
    """Return the pairs with the lengths that the index has of them."""
    return [(pair_id, fields.with_indexed(lengths.get(pair_id, 0))) for pair_id, fields in found]


def make_entry(fields: Fields, length: int) -> Entry:
    return Entry(VERSION, length, fields.pack())


def read_fields(pairs: QuerySet[QAPair]) -> Batch:
    """Return what is searched of the given pairs; two queries."""
    columns = ("pk", "heading", "question", "article__title", "answer_html")
    rows = pairs.values_list(*columns)
    topics = read_topic_names([pair_id for pair_id, *_ in rows])
    return [
        (
            pair_id,
            Fields.of(
                heading=heading,
                question=question,
                topics="\n".join(sorted(topics[pair_id])),
                title=title,
                answer=to_plain_text(answer_html),
            ),
        )
        for pair_id, heading, question, title, answer_html in rows
    ]


def read_topic_names(pair_ids: Iterable[int]) -> defaultdict[int, set[str]]:
    """Return the names and aliases of each pair's topics."""
    names: defaultdict[int, set[str]] = defaultdict(set)
    for pair_id, name, alias in postings.select_in(TOPIC_NAMES, pair_ids):
        names[pair_id] |= {name, alias} - {None}
    return names
