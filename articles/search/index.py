"""Keeps the search index in step with the content; called in one transaction for each batch of pairs."""

from collections.abc import Iterable

from django.db.models.expressions import RawSQL

from articles.models import QAPair, StalePair
from articles.search import postings
from articles.search.fields import VERSION, Fields
from articles.search.postings import Change, Entry, clear, lock

__all__ = ["clear", "current_pair_ids", "index_pairs", "lock", "remove_missing"]


def index_pairs(pair_ids: set[int]) -> None:
    """Index the pairs anew, drafts too; a pair that is gone loses its entry."""
    old = postings.read_entries(sorted(pair_ids))
    if any(entry.version != VERSION for entry in old.values()):
        start_over()
        old = {}
    new = make_entries(pair_ids)
    changes = [Change(pk, old.get(pk), new.get(pk)) for pk in sorted(pair_ids) if old.get(pk) != new.get(pk)]
    if changes:
        postings.write(changes)


def start_over() -> None:
    """Empty an index that an older version made: its postings cannot be told from the texts any more."""
    clear()
    StalePair.objects.bulk_create(
        (StalePair(pair_id=pk) for pk in QAPair.objects.values_list("pk", flat=True)), batch_size=1000
    )


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
        answer=pair.answer,
    )
    return Entry(VERSION, fields.length(), fields.pack())


def topic_names(pair: QAPair) -> list[str]:
    """Return the names and aliases of the pair's topics, in an order that no database decides."""
    return sorted(
        {name for topic in pair.topics.all() for name in [topic.name, *(alias.name for alias in topic.aliases.all())]}
    )
