"""Finds and stores the pairs near each pair, and brings the lists of those near it in step."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from articles.related import store
from articles.related.lists import Lists
from articles.related.nearness import (
    WHOLE,
    Question,
    cosine,
    leading_terms,
    least_nearness,
    make_vector,
    text_terms,
)
from articles.related.store import Alike, Link
from articles.related.tagging import Tagging, read_tagging, read_topics
from articles.search.fields import Fields
from articles.search.lexicon import Lexicon
from articles.search.matching import best_pairs
from articles.search.postings import Term, chunks, read_entries

# Near texts are looked for by so many terms, in so many postings, and so many are compared in full.
MOST_SOUGHT = 24
MOST_POSTINGS = 10_000
POOL = 50
# Of all that are near, so many may enter the list and take the pair into theirs.
MOST_NEAR = 24
# Sharing every topic counts as much as this cosine.
ALL_TOPICS = WHOLE // 2
# The questions of so many near pairs are compared; two that reach ALIKE are named to editors.
MOST_COMPARED = 16
ALIKE = 65
# A list that lost a link and has become this short is made anew: at most so many with each pair that changed.
FEW = 4
MOST_REMADE = 4
# With each pair that changed, so many are related anew whose vectors the site has outgrown.
MOST_RENEWED = 2

Near = dict[int, dict[int, Link]]


@dataclass(frozen=True)
class Subjects:
    """The pairs being related: their texts and vectors, and what the index knows of their terms."""

    texts: Mapping[int, Fields]
    vectors: Mapping[int, Mapping[str, int]]
    lexicon: Lexicon

    def near_texts(self, pair_id: int) -> set[int]:
        """Return the pairs whose texts share most of the telling terms."""
        weights = {term: self.lexicon.weight(term) for term in self.sought_terms(pair_id)}
        return {pk for pk, score in best_pairs(weights, self.lexicon.average, POOL)} if weights else set()

    def sought_terms(self, pair_id: int) -> list[Term]:
        """Return the heaviest of the terms that other pairs hold too, as far as they are quickly read."""
        known = [self.lexicon.terms.get(text) for text in leading_terms(self.vectors[pair_id])]
        sought, postings = [], 0
        for term in [term for term in known if term and term.df > 1][:MOST_SOUGHT]:
            if postings + term.df <= MOST_POSTINGS:
                sought.append(term)
                postings += term.df
        return sought


def bring_in_step(pair_ids: Iterable[int]) -> None:
    """Make the links of the pairs anew, drafts too, and adapt those of the pairs that are or were near them."""
    changed = set(pair_ids)
    outgrown = store.outgrown_pair_ids(MOST_RENEWED * len(changed))
    shortened = relate(sorted(changed.union(outgrown)))
    relate(shortened[: MOST_REMADE * len(changed)])


def remove_missing() -> None:
    """Drop the links of pairs that are gone."""
    for part in chunks(store.missing_pair_ids()):
        store.forget(part)


def note_unrelated() -> None:
    """Note the pairs that were never related or by another version, and those that are gone."""
    store.note_unrelated()


def relate(pair_ids: Sequence[int]) -> list[int]:
    """Make the links of the pairs anew; return those of other pairs that lost a link and have few left.

    Costs some twenty queries, and one or two more for each pair.
    """
    if not pair_ids:
        return []
    linked = store.linked_pair_ids(pair_ids)
    subjects = weigh(pair_ids)
    store.replace_vectors(pair_ids, subjects.vectors, subjects.lexicon.pairs)
    near = compare(subjects, rate(subjects, linked))
    store.replace_alike(pair_ids, alike_couples(near))
    return write(pair_ids, near, linked)


def weigh(pair_ids: Iterable[int]) -> Subjects:
    """Read what the index holds of the pairs; one that is gone is left out."""
    texts = {pk: Fields.unpack(entry.text) for pk, entry in read_entries(pair_ids).items()}
    counts = {pk: text_terms(fields) for pk, fields in texts.items()}
    lexicon = Lexicon.of_terms(term for found in counts.values() for term in found)
    return Subjects(texts, {pk: make_vector(found, lexicon.statistics) for pk, found in counts.items()}, lexicon)


def rate(subjects: Subjects, linked: Mapping[int, set[int]]) -> Near:
    """Return the pairs near each of the subjects; their questions are still to be compared."""
    tagging = read_tagging(subjects.vectors, subjects.lexicon.pairs)
    candidates = {
        pk: (subjects.near_texts(pk) | tagging.near_topics(pk) | linked[pk]) - {pk} for pk in subjects.vectors
    }
    others = set().union(*candidates.values()) - subjects.vectors.keys()
    vectors = store.read_vectors(others) | dict(subjects.vectors)
    tagging.topics.update(read_topics(others))
    least = least_nearness(subjects.lexicon.pairs)
    near: Near = {pk: {} for pk in subjects.vectors}
    for pk, found in candidates.items():
        for other in found & vectors.keys():
            score, topics = nearness(vectors[pk], vectors[other], tagging, pk, other)
            if score >= least:
                near[pk][other] = Link(other, score, 0, topics)
                if other in near:
                    near[other][pk] = Link(pk, score, 0, topics)
    return {pk: nearest(links) for pk, links in near.items()}


def nearest(links: Mapping[int, Link]) -> dict[int, Link]:
    """Return the nearest of the links, in order."""
    return {link.other_id: link for link in sorted(links.values(), key=Link.rank)[:MOST_NEAR]}


def nearness(
    one: Mapping[str, int], other: Mapping[str, int], tagging: Tagging, one_id: int, other_id: int
) -> tuple[int, tuple[int, ...]]:
    """Return how near two pairs are by their texts and topics, and the topics of both."""
    topics = tagging.shared(one_id, other_id)
    return cosine(one, other) + round(ALL_TOPICS * tagging.share(one_id, other_id)), topics


def compare(subjects: Subjects, near: Near) -> Near:
    """Add how alike the questions are, for the nearest pairs of each."""
    others = {other for links in near.values() for other in [*links][:MOST_COMPARED]} - subjects.texts.keys()
    read = {pk: Fields.unpack(entry.text) for pk, entry in read_entries(others).items()}
    questions = {pk: Question.of(fields) for pk, fields in {**subjects.texts, **read}.items()}
    return {
        pk: {
            other: link._replace(likeness=questions[pk].likeness(questions[other])) if other in questions else link
            for other, link in links.items()
        }
        for pk, links in near.items()
    }


def alike_couples(near: Near) -> set[Alike]:
    found = [(pk, link) for pk, links in near.items() for link in links.values() if link.likeness >= ALIKE]
    return {Alike(min(pk, link.other_id), max(pk, link.other_id), link.likeness) for pk, link in found}


def write(pair_ids: Sequence[int], near: Near, linked: Mapping[int, set[int]]) -> list[int]:
    """Write the lists of the pairs and of all that are or were near them."""
    changed = set(pair_ids)
    others = set().union(*linked.values(), *near.values()) - changed
    before = store.read_links([*pair_ids, *sorted(others)])
    proposed: dict[int, list[Link]] = defaultdict(list, {pk: list(near.get(pk, {}).values()) for pk in pair_ids})
    for pk in others:
        proposed[pk] = [link for link in before[pk] if link.other_id not in changed]
    for pk, links in near.items():
        for link in links.values():
            if link.other_id not in changed:
                proposed[link.other_id].append(link._replace(other_id=pk))
    after = Lists.around(proposed).arrange()
    store.write_links(before, after)
    return sorted(pk for pk in others if len(after[pk]) < min(len(before[pk]), FEW))
