"""Keeps the search index in step with the content; called in one transaction for each batch of pairs."""

from collections.abc import Iterable

from django.db.models.expressions import RawSQL

from articles.markup import to_plain_text
from articles.models import QAPair, StalePair
from articles.search import postings, writing
from articles.search.fields import VERSION, Fields
from articles.search.postings import Change, Entry


def lock() -> None:
    """Keep other writers of the index waiting until this transaction ends."""
    postings.lock()


def index_pairs(pair_ids: set[int]) -> None:
    """Index the pairs anew, drafts too; a pair that is gone loses its entry."""
    old = postings.read_entries(sorted(pair_ids))
    if any(entry.version != VERSION for entry in old.values()):
        # What another version made of the texts cannot be told any more, so nothing can be taken back.
        start_over()
        old = {}
    new = make_entries(pair_ids)
    changes = [Change(pk, old.get(pk), new.get(pk)) for pk in sorted(pair_ids) if old.get(pk) != new.get(pk)]
    if changes:
        writing.write(changes)


def start_over() -> None:
    """Empty the index and note every pair, so that it is made anew."""
    postings.clear()
    StalePair.objects.bulk_create(
        (StalePair(pair_id=pk) for pk in QAPair.objects.values_list("pk", flat=True)), batch_size=1000
    )


def check() -> list[int]:
    """Return the pairs that the index has wrong: their text, their postings, or the counts of their terms.

    Reads everything. start_over() is the cure.
    """
    signatures = postings.read_signatures()
    pair_ids = {*QAPair.objects.values_list("pk", flat=True), *signatures, *postings.missing_pair_ids()}
    wrong = set(postings.pairs_of_miscounted_terms())
    for part in postings.chunks(sorted(pair_ids)):
        entries, due = postings.read_entries(part), make_entries(part)
        expected = {pair_id: entry.postings() for pair_id, entry in due.items()}
        ids = postings.read_term_ids({term for found in expected.values() for term in found})
        signed = {pair_id: postings.signature(found, ids) for pair_id, found in expected.items()}
        wrong |= {pk for pk in part if entries.get(pk) != due.get(pk) or signatures.get(pk) != signed.get(pk)}
    return sorted(wrong)


def remove_missing() -> None:
    """Drop the entries of pairs that are gone."""
    for part in postings.chunks(postings.missing_pair_ids()):
        index_pairs(set(part))


def current_pair_ids() -> RawSQL:
    """Return a subquery of the pairs that have an entry of this version."""
    return RawSQL("SELECT pair_id FROM articles_indexedpair WHERE version = %s", [VERSION])


def make_entries(pair_ids: Iterable[int]) -> dict[int, Entry]:
    """Return what the index should hold of each pair that exists; three queries."""
    pairs = QAPair.objects.filter(pk__in=pair_ids).select_related("article").prefetch_related("topics__aliases")
    return {pair.pk: make_entry(pair) for pair in pairs}


def make_entry(pair: QAPair) -> Entry:
    fields = Fields.of(
        heading=pair.heading,
        question=pair.question,
        topics="\n".join(topic_names(pair)),
        title=pair.article.title,
        answer=to_plain_text(pair.answer_html),
    )
    return Entry(VERSION, fields.length(), fields.pack())


def topic_names(pair: QAPair) -> list[str]:
    """Return the names and aliases of the pair's topics, in an order that no database decides."""
    return sorted(
        {name for topic in pair.topics.all() for name in [topic.name, *(alias.name for alias in topic.aliases.all())]}
    )
