"""A file of any kind that articles come in, as articles."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from django.utils.translation import gettext as _

from articles.importing.copies import ArticleCopy, FileRefused
from articles.importing.importer import known_topics
from articles.importing.markdown_files import read_files
from articles.importing.spreadsheet import read_table
from articles.importing.table import Table, guess_mapping, mapping_problems, read_articles
from articles.importing.wordpress import copy_post, read_posts
from articles.models import Column

TABLES = (".csv", ".tsv", ".xlsx")
TEXTS = (".md", ".markdown", ".zip")
EXPORTS = (".xml",)
SUFFIXES = (*TABLES, *TEXTS, *EXPORTS)


@dataclass(frozen=True, slots=True)
class FileRead:
    """What a file holds: its articles, or why none; the table that they came from, if it is one."""

    copies: list[ArticleCopy]
    table: Table | None = None
    faults: tuple[str, ...] = ()


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
    copies = read_copies(data, name, most, report)
    return FileRead(copies, faults=() if copies else (_("The file holds no articles."),))


def read_rows(data: bytes, name: str, mapping: Sequence[str] | None, most: int | None) -> FileRead:
    header, *rows = read_table(data, name)
    demand_few(len(rows), most)
    fits = mapping is not None and len(mapping) == len(header)
    table = Table(header, rows, mapping if fits else guess_mapping(header))
    faults = tuple(mapping_problems(table.mapping))
    return FileRead([] if faults else read_articles(table), table, faults)


def read_copies(data: bytes, name: str, most: int | None, report: Callable[[float], None]) -> list[ArticleCopy]:
    if not name.lower().endswith(EXPORTS):
        copies = []
        for copy in read_files(data, name):
            copies.append(copy)
            demand_few(len(copies), most)
        return copies
    posts = list(read_posts(data))
    demand_few(len(posts), most)
    topics, salutations = known_topics(), known_salutations()
    copies = []
    for number, post in enumerate(posts, 1):
        copies.append(copy_post(post, salutations=salutations, topics=topics))
        report(number / len(posts))
    return copies


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
