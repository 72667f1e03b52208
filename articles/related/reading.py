"""Pairs near the pairs of one article, each with its reason: shared topics, or a like question."""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from articles.models import Article, QAPair, TaggedPair
from articles.querysets import published_q
from articles.search.engine import best_visible
from articles.search.lexicon import Lexicon
from articles.search.ranking import TYPICAL_WEIGHT, damped, is_telling, norm
from articles.search.segmentation import fold, runs, terms

# Candidates taken from each of the two sources, topics and text.
POOL = 40
# The most telling terms of the questions are looked up in the posting lists.
MOST_TERMS = 40
# Questions are compared by their headings and the beginnings of the letters.
LETTER_START = 200
# Sharing every topic counts as much as this likeness of the texts.
ALL_TOPICS = 0.5
# From this cosine on, readers see that two questions are alike.
ALIKE = 0.2
# A pair below this is not near.
NEAR = 0.15
MOST_OF_ONE_ARTICLE = 2


@dataclass(frozen=True)
class Reason:
    """Why a pair is shown: the topics that both have, and whether the questions are alike."""

    topics: tuple[str, ...] = ()
    is_alike: bool = False

    def __str__(self) -> str:
        parts = []
        if self.topics:
            parts.append(_("Same topic: %(names)s") % {"names": "、".join(self.topics)})
        if self.is_alike:
            parts.append(_("Similar question"))
        return " · ".join(parts)


@dataclass(frozen=True)
class Related:
    pair: QAPair
    reason: Reason


@dataclass(frozen=True)
class Tagging:
    """The topics around some pairs: which pairs have each, and how telling each is."""

    names: Mapping[int, str]
    topics_of: Mapping[int, frozenset[int]]
    weights: Mapping[int, float]

    def shared(self, one: int, other: int) -> list[int]:
        """Return the topics of both pairs, the most telling first."""
        both = self.topics_of.get(one, frozenset()) & self.topics_of.get(other, frozenset())
        return sorted(both, key=lambda topic: (-self.weights[topic], topic))

    def share(self, one: int, other: int) -> float:
        """Return the part of the first pair's topics, by weight, that the other has too."""
        whole = sum(self.weights[topic] for topic in sorted(self.topics_of.get(one, ())))
        return sum(self.weights[topic] for topic in self.shared(one, other)) / (whole or 1)

    def nearest(self, pairs: Iterable[int], size: int) -> list[int]:
        """Return the other pairs that share most."""
        own = list(pairs)
        shares = {other: max(self.share(one, other) for one in own) for other in self.topics_of if other not in own}
        return sorted(shares, key=lambda other: (-shares[other], -other))[:size]


def related_pairs(pairs: Sequence[QAPair], limit: int = 4) -> list[Related]:
    """Return published pairs of other articles that are near one of the given pairs, nearest first.

    At most two of one article, and none where nothing is near. Six queries.
    """
    if not pairs:
        return []
    others = QAPair.objects.of(Article.objects.published()).exclude(article__in={pair.article_id for pair in pairs})
    counts = {pair.pk: question_terms(pair) for pair in pairs}
    lexicon = Lexicon.of_terms(term for count in counts.values() for term in count)
    tagging = read_tagging(list(counts), lexicon.pairs)
    vectors = {pk: make_vector(count, lexicon) for pk, count in counts.items()}
    candidates = find_candidates(others, vectors, lexicon, tagging)
    rated = [rate(candidate, vectors, lexicon, tagging) for candidate in candidates]
    rated.sort(key=lambda row: (-row[0], row[1].pair.pk))
    return spread([link for score, link in rated if score >= NEAR and str(link.reason)], limit)


def read_tagging(pair_ids: Sequence[int], pairs: int) -> Tagging:
    """Read the topics of the pairs, and every published pair under them; one query."""
    visible = published_q("content_object__article__") | Q(content_object__in=pair_ids)
    rows = TaggedPair.objects.filter(visible, tag__tagged__content_object__in=pair_ids)
    names: dict[int, str] = {}
    topics_of: dict[int, set[int]] = defaultdict(set)
    for pair_id, topic, name in rows.values_list("content_object", "tag", "tag__name").distinct():
        names[topic] = name
        topics_of[pair_id].add(topic)
    spread = Counter(topic for topics in topics_of.values() for topic in topics)
    weights = {topic: math.log(1 + pairs / count) for topic, count in spread.items()}
    return Tagging(names, {pair_id: frozenset(topics) for pair_id, topics in topics_of.items()}, weights)


def question_terms(pair: QAPair) -> Counter[str]:
    return Counter(terms(runs(fold(f"{pair.heading}\n{pair.question[:LETTER_START]}"))))


def make_vector(counts: Mapping[str, int], lexicon: Lexicon) -> dict[str, float]:
    """Weigh the terms of a question, to the length 1; those not looked up count like fairly common ones."""
    idf = lexicon.statistics.idf
    vector = {
        term: damped(count) * (idf(term) if term in lexicon.terms else TYPICAL_WEIGHT) for term, count in counts.items()
    }
    length = norm(vector) or 1
    return {term: weight / length for term, weight in vector.items()}


def find_candidates(
    others: QuerySet, vectors: Mapping[int, Mapping[str, float]], lexicon: Lexicon, tagging: Tagging
) -> QuerySet:
    """Return the pairs worth rating: near by their texts, or by their topics."""
    weight: Counter[str] = Counter()
    for vector in vectors.values():
        weight.update({term: value for term, value in vector.items() if is_telling(term)})
    telling = sorted((term for term in weight if lexicon.is_shared(term)), key=lambda term: (-weight[term], term))
    looked_up = {lexicon.terms[term]: lexicon.weight(lexicon.terms[term]) for term in telling[:MOST_TERMS]}
    alike = best_visible(looked_up, lexicon.average, others, POOL) if looked_up else {}
    ids = {*alike, *tagging.nearest(vectors, POOL)}
    return others.filter(pk__in=ids).select_related("article__column__author")


def rate(
    candidate: QAPair, vectors: Mapping[int, Mapping[str, float]], lexicon: Lexicon, tagging: Tagging
) -> tuple[float, Related]:
    """Return how near the candidate is to the nearest of the pairs, and why."""
    vector = make_vector(question_terms(candidate), lexicon)
    likeness = {pk: cosine(own, vector) for pk, own in vectors.items()}
    scores = {pk: ALL_TOPICS * tagging.share(pk, candidate.pk) + likeness[pk] for pk in vectors}
    nearest = max(scores, key=lambda pk: (scores[pk], -pk))
    names = tuple(tagging.names[topic] for topic in tagging.shared(nearest, candidate.pk))
    return scores[nearest], Related(candidate, Reason(names, likeness[nearest] >= ALIKE))


def cosine(one: Mapping[str, float], other: Mapping[str, float]) -> float:
    return sum(weight * other[term] for term, weight in one.items() if term in other)


def spread(links: Iterable[Related], limit: int) -> list[Related]:
    """Return the first links, at most two to one article."""
    seen: Counter[int] = Counter()
    kept = []
    for link in links:
        seen[link.pair.article_id] += 1
        if seen[link.pair.article_id] <= MOST_OF_ONE_ARTICLE:
            kept.append(link)
    return kept[:limit]
