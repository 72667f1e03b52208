"""Links of answers to pages of the site that readers cannot open.

Where each answer leads is derived data in a table of its own; whether it leads to a page is asked when somebody wants
to know, since that changes with every publication.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.expressions import RawSQL

from articles.innerlinks import Place, places_in
from articles.models import Article, Author, Column, QAPair, Topic
from articles.search.matching import Fragment
from articles.search.postings import execute, insert, marks, select

TABLE = (
    "CREATE TABLE articles_innerlink (pair_id bigint NOT NULL, kind varchar(8) NOT NULL, slug varchar(200) NOT NULL, "
    "PRIMARY KEY (pair_id, kind, slug)){without_rowid}"
)
MODELS = {"articles": Article, "columns": Column, "authors": Author, "topics": Topic}


@dataclass(frozen=True)
class DeadLink:
    """A link that readers can follow to nothing; the row is what stands there unseen by them, if anything does."""

    pair: QAPair
    place: Place
    row: models.Model | None


def create_table(schema_editor) -> None:
    without_rowid = " WITHOUT ROWID" if schema_editor.connection.vendor == "sqlite" else ""
    schema_editor.execute(TABLE.format(without_rowid=without_rowid))


def drop_table(schema_editor) -> None:
    schema_editor.execute("DROP TABLE articles_innerlink")


def note_places(pair_ids: Collection[int], answers: Mapping[int, str]) -> None:
    """Store where the answers lead, as HTML by pair; of the pairs, one without an answer is gone."""
    hosts = {urlsplit(settings.SITE_URL).netloc}
    ids = list(pair_ids)
    if ids:
        execute(f"DELETE FROM articles_innerlink WHERE pair_id IN ({marks(ids)})", ids)
    rows = [(pk, *place) for pk, answer in answers.items() for place in sorted(places_in(answer, hosts))]
    insert("INSERT INTO articles_innerlink (pair_id, kind, slug) VALUES", rows)


def open_rows(kind: str) -> models.QuerySet:
    """Return the rows of a kind whose pages readers can open."""
    articles = Article.objects.published().order_by()
    match kind:
        case "columns":
            return Column.objects.filter(Exists(articles.filter(column=OuterRef("pk"))))
        case "authors":
            return Author.objects.filter(Exists(articles.filter(column__author=OuterRef("pk"))))
        case "topics":
            pairs = QAPair.objects.published().order_by()
            return Topic.objects.filter(Exists(pairs.filter(tagged__tag=OuterRef("pk"))))
    return articles


def dead_places(places: Collection[Place]) -> set[Place]:
    """Return which of the places readers cannot open; at most one query for each kind among them."""
    alive = set()
    for kind in {place.kind for place in places}:
        found = named(open_rows(kind), [place.slug for place in places if place.kind == kind])
        alive |= {Place(kind, slug) for _row, slugs in found for slug in slugs}
    return set(places) - alive


def named(rows: models.QuerySet, slugs: Collection[str]) -> list[tuple[int, list[str | None]]]:
    """Return keys and slugs of the rows that go, or once went, under one of the slugs."""
    names = Q(slug__in=slugs) | Q(former_slugs__slug__in=slugs)
    found = rows.filter(names).order_by().values_list("pk", "slug", "former_slugs__slug")
    return [(pk, slugs) for pk, *slugs in found]


def count_dead(limit: int) -> int:
    """Return how many links lead nowhere, or the limit where there are more."""
    dead = dead_links_sql()
    ((count,),) = select(f"SELECT COUNT(*) FROM (SELECT 1 {dead.sql} LIMIT %s) AS found", [*dead.params, limit])
    return count


def dead_links_sql() -> Fragment:
    """Return the end of a SELECT of the dead links l that readers can follow."""
    readers_see = correlated(QAPair.objects.published(), "pk", "l.pair_id")
    kinds = [dead_of_kind(kind) for kind in MODELS]
    sql = f"FROM articles_innerlink l WHERE ({' OR '.join(kind.sql for kind in kinds)}) AND {readers_see.sql}"
    return Fragment(sql, [*(param for kind in kinds for param in kind.params), *readers_see.params])


def dead_of_kind(kind: str) -> Fragment:
    current, former = (correlated(open_rows(kind), name, "l.slug") for name in ("slug", "former_slugs__slug"))
    sql = f"(l.kind = %s AND NOT {current.sql} AND NOT {former.sql})"
    return Fragment(sql, [kind, *current.params, *former.params])


def correlated(rows: models.QuerySet, field: str, column: str) -> Fragment:
    """Return the SQL that tells whether one of the rows has in its field what the column of an outer query has."""
    matching = rows.order_by().filter(**{field: RawSQL(column, ())}).values("pk")
    sql, params = matching.query.sql_with_params()
    return Fragment(f"EXISTS ({sql})", params)


class DeadLinks:
    """All dead links, those of the newest pairs first, in the form a paginator cuts."""

    def __len__(self) -> int:
        dead = dead_links_sql()
        ((count,),) = select(f"SELECT COUNT(*) {dead.sql}", dead.params)
        return count

    def __getitem__(self, part: slice) -> list[DeadLink]:
        dead = dead_links_sql()
        sql = f"SELECT l.pair_id, l.kind, l.slug {dead.sql} ORDER BY l.pair_id DESC, l.kind, l.slug LIMIT %s OFFSET %s"
        found = select(sql, [*dead.params, part.stop - part.start, part.start])
        return load([(pair_id, Place(kind, slug)) for pair_id, kind, slug in found])


def load(found: list[tuple[int, Place]]) -> list[DeadLink]:
    pairs = QAPair.objects.select_related("article").in_bulk([pair_id for pair_id, _place in found])
    rows = hidden_rows({place for _pair_id, place in found})
    return [DeadLink(pairs[pair_id], place, rows.get(place)) for pair_id, place in found if pair_id in pairs]


def hidden_rows(places: Collection[Place]) -> dict[Place, models.Model]:
    """Return what stands at the places, unseen by readers; two queries for each kind among them."""
    standing = {}
    for kind in {place.kind for place in places}:
        found = named(MODELS[kind].objects.all(), [place.slug for place in places if place.kind == kind])
        rows = MODELS[kind].objects.in_bulk([pk for pk, _slugs in found])
        standing |= {Place(kind, slug): rows[pk] for pk, slugs in found for slug in slugs if slug and pk in rows}
    return standing
