"""What topics say of how near two pairs are: which both have, and how telling each is."""

import math
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from heapq import nlargest

from articles.search.postings import chunks, flatten, select, select_in

# A topic is counted up to this many pairs; one that has more tells hardly less.
MOST_COUNTED = 5_000
# Pairs under the rarer topics are looked at, up to so many, and the best of them compared; a commoner topic
# only adds to what the texts say.
BUDGET = 500
POOL = 24
MOST_AT_ONCE = 100


@dataclass(frozen=True)
class Tagging:
    """The topics of some pairs, the weight of each topic between 0 and 1, and who else has the rarer ones."""

    topics: dict[int, frozenset[int]]
    weights: Mapping[int, float]
    tagged: Mapping[int, frozenset[int]]

    def of(self, pair_id: int) -> list[int]:
        """Return the pair's topics that are counted, the most telling first."""
        return self.in_order(self.topics.get(pair_id, frozenset()))

    def in_order(self, topics: frozenset[int]) -> list[int]:
        return sorted(topics & self.weights.keys(), key=lambda topic: (-self.weights[topic], topic))

    def shared(self, one: int, other: int) -> tuple[int, ...]:
        """Return the topics of both pairs, the most telling first."""
        nothing: frozenset[int] = frozenset()
        both = self.topics.get(one, nothing) & self.topics.get(other, nothing)
        return tuple(self.in_order(both)) if both else ()

    def share(self, one: int, other: int) -> float:
        """Return between 0 and 1 how much of their topics two pairs share; the same both ways."""
        both = self.shared(one, other)
        if not both:
            return 0.0
        return sum(self.weights[topic] for topic in both) / math.sqrt(len(self.topics[one]) * len(self.topics[other]))

    def near_topics(self, pair_id: int) -> set[int]:
        """Return the other pairs that share the most telling topics, the newest of equals."""
        found: dict[int, float] = defaultdict(float)
        read = 0
        for topic in self.of(pair_id):
            tagged = self.tagged.get(topic, frozenset())
            read += len(tagged)
            for other in tagged if read <= BUDGET else ():
                found[other] += self.weights[topic]
        return {other for _weight, other in nlargest(POOL, zip(found.values(), found, strict=True))}


def read_tagging(pair_ids: Collection[int], pairs: int) -> Tagging:
    """Read the topics of the pairs and what is known of each topic; three queries. pairs is the size of the site."""
    topics = read_topics(pair_ids)
    uses = count_uses({topic for found in topics.values() for topic in found})
    most = math.log(1 + max(pairs, 1))
    weights = {topic: min(1.0, math.log(1 + pairs / count) / most) for topic, count in uses.items()}
    return Tagging(topics, weights, read_tagged(topic for topic, count in uses.items() if count <= BUDGET))


def read_topics(pair_ids: Iterable[int]) -> dict[int, frozenset[int]]:
    sql = "SELECT content_object_id, tag_id FROM articles_taggedpair WHERE content_object_id IN"
    return gather(select_in(sql, pair_ids))


def read_tagged(topics: Iterable[int]) -> dict[int, frozenset[int]]:
    """Return the pairs under each topic."""
    return gather(select_in("SELECT tag_id, content_object_id FROM articles_taggedpair WHERE tag_id IN", topics))


def gather(rows: Iterable[tuple[int, int]]) -> dict[int, frozenset[int]]:
    groups: dict[int, set[int]] = defaultdict(set)
    for key, value in rows:
        groups[key].add(value)
    return {key: frozenset(values) for key, values in groups.items()}


def count_uses(topics: Iterable[int]) -> dict[int, int]:
    """Return how many pairs have each topic, as far as they are counted."""
    one = "SELECT %s, (SELECT COUNT(*) FROM (SELECT 1 FROM articles_taggedpair WHERE tag_id = %s LIMIT %s) counted)"
    uses: dict[int, int] = {}
    for part in chunks(sorted(topics), MOST_AT_ONCE):
        params = flatten((topic, topic, MOST_COUNTED) for topic in part)
        uses |= dict(select(" UNION ALL ".join([one] * len(part)), params))
    return uses
