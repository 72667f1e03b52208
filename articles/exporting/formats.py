"""The files that articles leave the site in: CSV, XLSX, Markdown in a ZIP file, fixture."""

import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import BinaryIO

from django.db.models import QuerySet
from django.db.models.functions import Greatest, Length
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from openpyxl import Workbook

from articles.choices import Origin, Status
from articles.exporting.copying import ArticleTexts, Report, article_texts, silent
from articles.exporting.fixture import write_fixture
from articles.importing.copies import FIELDS
from articles.importing.markdown_files import write_article
from articles.importing.page import storable
from articles.importing.spreadsheet import guard_cell, write_csv
from articles.models import Article, QAPair

LONGEST_CELL = 32_767  # of a spreadsheet; what is longer it would cut off in silence
EARLIEST = (1980, 1, 1, 0, 0, 0)  # before it there are no times in a ZIP file


class ExportRefused(Exception):
    """The articles do not fit the format; the reason is one sentence for the editor."""


def table_rows(articles: QuerySet[Article], report: Report) -> Iterator[list[str]]:
    """Yield the header, then one row for each pair, every row with what is true of its article."""
    yield [str(kind.label) for kind in FIELDS]
    for article in article_texts(articles, report):
        for pair in article.pairs:
            cells = labelled(article.values) | pair
            yield [cells[kind.name] for kind in FIELDS]


def labelled(values: dict[str, str]) -> dict[str, str]:
    """Return the values with words in place of codes: a table is read by people."""
    return values | {"status": str(Status(values["status"]).label), "origin": str(Origin(values["origin"]).label)}


def write_table(articles: QuerySet[Article], file: BinaryIO, report: Report = silent) -> None:
    for piece in write_csv(table_rows(articles, report)):
        file.write(piece)


def write_xlsx(articles: QuerySet[Article], file: BinaryIO, report: Report = silent) -> None:
    demand_short_cells(articles)
    book = Workbook(write_only=True)
    sheet = book.create_sheet(_("articles"))
    sheet.freeze_panes = "A2"
    for row in table_rows(articles, report):
        sheet.append([guard_cell(storable(cell)) for cell in row])
    book.save(file)


def demand_short_cells(articles: QuerySet[Article]) -> None:
    longest = Greatest(Length("question"), Length("answer"))
    pairs = QAPair.objects.filter(article__in=articles.order_by().values("pk")).annotate(longest=longest)
    long = pairs.filter(longest__gte=LONGEST_CELL).select_related("article").order_by("pk").first()
    if long is not None:
        stated = {"title": long.article.title, "most": LONGEST_CELL}
        reason = _("《%(title)s》 has a text of more than %(most)d characters, which no XLSX cell holds. Choose CSV.")
        raise ExportRefused(reason % stated)


def write_markdown(articles: QuerySet[Article], file: BinaryIO, report: Report = silent) -> None:
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for article in article_texts(articles, report):
            archive.writestr(member(article), write_article(article.values, article.pairs))


def member(article: ArticleTexts) -> zipfile.ZipInfo:
    """Return the article's place in the archive, dated by its publication: the same articles give the same bytes."""
    moment = article.values["published_at"]
    time = tuple(int(part) for part in moment.replace("-", " ").replace(":", " ").split()) if moment else EARLIEST
    info = zipfile.ZipInfo(f"{article.slug}.md", max(time, EARLIEST) if time[0] < 2108 else EARLIEST)
    info.compress_type = zipfile.ZIP_DEFLATED
    return info


@dataclass(frozen=True, slots=True)
class Format:
    """One kind of file: how editors know it, and what writes it."""

    label: str | Promise
    remark: Promise
    suffix: str
    media_type: str
    write: Callable[[QuerySet[Article], BinaryIO, Report], None]


FORMATS = {
    "csv": Format(
        "CSV",
        gettext_lazy("One row for each question; opens in Excel and WPS."),
        "csv",
        "text/csv; charset=utf-8",
        write_table,
    ),
    "xlsx": Format(
        "Excel",
        gettext_lazy("The same rows as a workbook."),
        "xlsx",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        write_xlsx,
    ),
    "markdown": Format(
        "Markdown",
        gettext_lazy("A ZIP file with one readable file for each article."),
        "zip",
        "application/zip",
        write_markdown,
    ),
    "fixture": Format(
        gettext_lazy("Fixture"),
        gettext_lazy("Everything that belongs to the articles, to be loaded into another opsqa."),
        "json",
        "application/json",
        write_fixture,
    ),
}
