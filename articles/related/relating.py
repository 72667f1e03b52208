"""Finds and stores the pairs near each pair, and brings the lists of those near it in step."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from articles.related import store
from articles.related.lists import Lists
from articles.related.nearness import WHOLE, Question, cosine, least_nearness
from articles.related.store import Alike, Link
from articles.related.subjects import Subjects
from articles.related.tagging import Tagging, read_tagging, read_topics
from articles.search.postings import chunks

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

    Costs some twenty queries, and two to four more for each pair.
    """
    if not pair_ids:
        return []
    linked = store.linked_pair_ids(pair_ids)
    alike = store.alike_pair_ids(pair_ids)
    subjects = Subjects.read(pair_ids)
    store.replace_vectors(pair_ids, subjects.vectors, subjects.lexicon.size.pairs)
    asked = {pk: subjects.near_questions(pk) | alike[pk] for pk in subjects.texts}
    rated = compare(subjects, rate(subjects, linked, asked), asked)
    store.replace_alike(pair_ids, alike_couples(rated))
    least = least_nearness(subjects.lexicon.size.pairs)
    near = {pk: nearest(links, MOST_NEAR, least) for pk, links in rated.items()}
    return write(pair_ids, near, linked)


def rate(subjects: Subjects, linked: Mapping[int, set[int]], asked: Mapping[int, set[int]]) -> Near:
    """Return what may be near each of the subjects, rated by texts and topics."""
    tagging = read_tagging(subjects.vectors, subjects.lexicon.size.pairs)
    candidates = {
        pk: (subjects.near_texts(pk) | tagging.near_topics(pk) | linked[pk] | asked[pk]) - {pk}
        for pk in subjects.vectors
    }
    others = set().union(*candidates.values()) - subjects.vectors.keys()
    vectors = store.read_vectors(others) | dict(subjects.vectors)
    tagging.topics.update(read_topics(others))
    return {
        pk: {other: rate_couple(pk, other, vectors, tagging) for other in found & vectors.keys()}
        for pk, found in candidates.items()
    }


def rate_couple(one: int, other: int, vectors: Mapping[int, Mapping[str, int]], tagging: Tagging) -> Link:
    score = cosine(vectors[one], vectors[other]) + round(ALL_TOPICS * tagging.share(one, other))
    return Link(other, score, 0, tagging.shared(one, other))


def compare(subjects: Subjects, rated: Near, asked: Mapping[int, set[int]]) -> Near:
    """Compare the questions of the nearest pairs and of those asked for.

    What one subject says of another, the other says of it.
    """
    chosen = {pk: {*nearest(links, MOST_COMPARED), *(asked[pk] & links.keys())} for pk, links in rated.items()}
    others = set().union(*chosen.values()) - subjects.texts.keys()
    questions = subjects.questions | {pk: Question.of(*asked) for pk, asked in store.read_asked(others).items()}
    for pk, found in chosen.items():
        for other in found & questions.keys():
            likeness = questions[pk].likeness(questions[other])
            rated[pk][other] = rated[pk][other]._replace(likeness=likeness)
    for pk, links in rated.items():
        for other in sorted(links.keys() & rated.keys()):
            turned = links[other]._replace(other_id=pk)
            rated[other][pk] = max(turned, rated[other].get(pk, turned))
    return rated


def nearest(links: Mapping[int, Link], most: int, least: int = 0) -> dict[int, Link]:
    """Return the nearest of the links that reach the least score, in order."""
    reached = (link for link in links.values() if link.score >= least)
    return {link.other_id: link for link in sorted(reached, key=Link.rank)[:most]}


def alike_couples(rated: Near) -> set[Alike]:
    found = [(pk, link) for pk, links in rated.items() for link in links.values() if link.likeness >= ALIKE]
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
