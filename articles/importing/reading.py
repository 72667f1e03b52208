"""A file of any kind that articles come in, as articles."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from django.utils.translation import gettext as _

from articles.importing.copies import ArticleCopy, FileRefused
from articles.importing.importer import known_topics
from articles.importing.markdown_files import read_files
from articles.importing.spreadsheet import read_table
from articles.importing.table import Table, guess_mapping, mapping_problems, read_articles
from articles.importing.wordpress import Export, copy_post, read_posts
from articles.models import Column

TABLES = (".csv", ".tsv", ".xlsx")
TEXTS = (".md", ".markdown", ".zip")
EXPORTS = (".xml",)
SUFFIXES = (*TABLES, *TEXTS, *EXPORTS)


@dataclass(frozen=True, slots=True)
class FileRead:
    """What a file holds: its articles, or why none; the table that they came from; what else is to be known of it."""

    copies: list[ArticleCopy]
    table: Table | None = None
    faults: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def read_file(
    data: bytes,
    name: str,
    *,
    mapping: Sequence[str] | None = None,
    most: int | None = None,
    report: Callable[[float], None] = lambda share: None,
) -> FileRead:
    """Return what the file holds. Raises FileRefused, also for more articles and rows than `most`."""
    suffix = PurePosixPath(name.lower()).suffix
    if suffix not in SUFFIXES:
        raise FileRefused(_("Only %(suffixes)s files are read.") % {"suffixes": " ".join(SUFFIXES)})
    if suffix in TABLES:
        return read_rows(data, name, mapping, most)
    export = Export()
    copies = read_export(data, export, most, report) if suffix in EXPORTS else read_texts(data, name, most)
    return FileRead(copies, faults=() if copies else (_("The file holds no articles."),), notes=tuple(notes_of(export)))


def read_rows(data: bytes, name: str, mapping: Sequence[str] | None, most: int | None) -> FileRead:
    header, *rows = read_table(data, name)
    demand_few(len(rows), most)
    fits = mapping is not None and len(mapping) == len(header)
    table = Table(header, rows, mapping if fits else guess_mapping(header))
    faults = tuple(mapping_problems(table.mapping))
    return FileRead([] if faults else read_articles(table), table, faults)


def read_texts(data: bytes, name: str, most: int | None) -> list[ArticleCopy]:
    copies = []
    for copy in read_files(data, name):
        copies.append(copy)
        demand_few(len(copies), most)
    return copies


def read_export(data: bytes, export: Export, most: int | None, report: Callable[[float], None]) -> list[ArticleCopy]:
    posts = list(read_posts(data, export))
    demand_few(len(posts), most)
    topics, salutations = known_topics(), known_salutations()
    copies = []
    for number, post in enumerate(posts, 1):
        copies.append(copy_post(post, salutations=salutations, topics=topics))
        report(number / len(posts))
    return copies


def notes_of(export: Export) -> Iterator[str]:
    """Yield what becomes of an export besides its articles."""
    if not export.is_genuine:
        return
    if passed_over := export.passed_over:
        named = {"attachment": _("files"), "page": _("pages"), "nav_menu_item": _("entries of menus")}
        kinds = "、".join(f"{count} {named.get(kind, kind)}" for kind, count in passed_over.most_common(5))
        yield _("Not imported, because they are no posts: %(kinds)s.") % {"kinds": kinds}
    yield _("Pictures become links to where they are; add those that are needed by hand.")
    yield _("The old addresses of posts lead to the articles here, once these are published.")


def known_salutations() -> list[str]:
    return [word for column in Column.objects.exclude(salutations="") for word in column.salutation_list]


def demand_few(count: int, most: int | None) -> None:
    if most is not None and count > most:
        said = {"count": count, "most": most}
        raise FileRefused(
            _(
                "The file has more than %(most)d rows or articles: too many to wait for here. Use manage.py import_articles."
            )
            % said
        )
