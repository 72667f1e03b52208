"""Which of the near pairs are kept for each, and in which order: editors' links first, few of one article."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple, Self

from django.db.models import BooleanField, ExpressionWrapper

from articles.choices import LinkKind
from articles.models import QAPair
from articles.querysets import published_q
from articles.related.store import PINNED, Link
from articles.search.postings import chunks, marks, select, select_in

# Kept for each pair: the nearest whatever their state, and so many that readers may see now.
KEPT = 12
KEPT_PUBLIC = 8
MOST_OF_ONE_ARTICLE = 2


class Place(NamedTuple):
    """The article that a pair stands in, and whether readers may see it now."""

    article_id: int
    is_public: bool


@dataclass(frozen=True)
class Lists:
    """Links proposed for pairs, with what decides which of them stay."""

    proposed: Mapping[int, Sequence[Link]]
    places: Mapping[int, Place]
    pins: Mapping[int, Sequence[int]]
    blocks: Mapping[int, set[int]]

    @classmethod
    def around(cls, proposed: Mapping[int, Sequence[Link]]) -> Self:
        """Read what decides on the proposed links; two queries for some hundred pairs."""
        pins: dict[int, list[int]] = defaultdict(list)
        blocks: dict[int, set[int]] = defaultdict(set)
        for pair_id, other_id, kind in read_editors_links(proposed):
            if kind == LinkKind.PIN:
                pins[pair_id].append(other_id)
            else:
                blocks[pair_id].add(other_id)
        others = {link.other_id for links in proposed.values() for link in links}
        return cls(proposed, read_places(others.union(proposed)), pins, blocks)

    def arrange(self) -> dict[int, list[Link]]:
        """Return the links to keep of each pair, none of a pair that is gone."""
        return {
            pk: [*self.pinned(pk), *self.nearest(pk, links)] if pk in self.places else []
            for pk, links in self.proposed.items()
        }

    def pinned(self, pair_id: int) -> list[Link]:
        return [Link(other, PINNED - place, 0, ()) for place, other in enumerate(self.pins[pair_id])]

    def nearest(self, pair_id: int, links: Iterable[Link]) -> Iterator[Link]:
        used: Counter[int] = Counter()
        kept = public = 0
        for link in sorted(links, key=Link.rank):
            place = self.places.get(link.other_id)
            if place is None or self.is_barred(pair_id, link) or used[place.article_id] == MOST_OF_ONE_ARTICLE:
                continue
            if kept < KEPT or place.is_public:
                yield link
                used[place.article_id] += 1
                kept += 1
                public += place.is_public
            if kept >= KEPT and public >= KEPT_PUBLIC:
                break

    def is_barred(self, pair_id: int, link: Link) -> bool:
        """Return whether a link has its place elsewhere or nowhere: pinned, blocked, or of the same article."""
        return (
            link.is_pinned
            or link.other_id in self.pins[pair_id]
            or link.other_id in self.blocks[pair_id]
            or self.places[link.other_id].article_id == self.places[pair_id].article_id
        )


def read_editors_links(pair_ids: Iterable[int]) -> list[tuple[int, int, str]]:
    """Return pair, other and kind of each link that an editor made, in their order."""
    rows = select_in("SELECT pair_id, position, id, other_id, kind FROM articles_pairlink WHERE pair_id IN", pair_ids)
    return [(pair_id, other_id, kind) for pair_id, _position, _id, other_id, kind in sorted(rows)]


def read_places(pair_ids: Iterable[int]) -> dict[int, Place]:
    """Return the places of those of the pairs that exist."""
    is_public = ExpressionWrapper(published_q("article__"), BooleanField())
    rows = QAPair.objects.order_by().annotate(is_public=is_public).values_list("pk", "article_id", "is_public")
    # As SQL: putting some hundred keys into a queryset takes longer than the query.
    sql, params = rows.query.sql_with_params()
    return {
        pk: Place(article_id, bool(public))
        for part in chunks(sorted(pair_ids))
        for pk, article_id, public in select(f"{sql} WHERE articles_qapair.id IN ({marks(part)})", [*params, *part])
    }
