"""Imports raw pages of Q&A columns."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from articles.importing.fixture_file import one_line
from articles.importing.importer import ImportResult, import_page, parse_for_site
from articles.importing.page import decode_page
from articles.importing.records import PageRefused
from articles.models import Column

SUFFIXES = (".html", ".htm", ".md", ".txt")
LARGEST = 5 * 1024 * 1024


class Command(BaseCommand):
    help = (
        "Import pages of Q&A columns (HTML, Markdown or plain text): pairs, title, column, author, source, dates and "
        "topics are found in the page, its furniture is dropped. A page becomes a draft, whole or, with one line "
        "that says why, not at all."
    )

    def add_arguments(self, parser):
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE", help="A page of at most 5 MB.")
        parser.add_argument("--column", metavar="SLUG", help="Put the pages into this column, whatever they name.")
        parser.add_argument("--publish", action="store_true", help="Publish the articles at once.")
        parser.add_argument("--dry-run", action="store_true", help="Say what would be imported, write nothing.")

    def handle(self, *, files, column, publish, dry_run, verbosity, **options):
        column = find_column(column) if column else None
        refusals = []
        for path in files:
            name = one_line(str(path))
            try:
                page = parse_for_site(read_file(path), column=column)
                result = import_page(page, column=column, publish=publish, dry_run=dry_run)
            except PageRefused as refusal:
                refusals.append(f"{name}: {refusal}")
                continue
            if verbosity:
                self.stdout.write(f"{name}: {describe(result, dry_run)}")
            if verbosity > 1:
                for line in (*page.warnings, *page.dropped):
                    self.stdout.write(f"  {one_line(str(line))}")
        if refusals:
            raise CommandError("\n".join(refusals))


def find_column(slug: str) -> Column:
    try:
        return Column.objects.get(slug=slug)
    except Column.DoesNotExist as error:
        raise CommandError(_("There is no column %(slug)s.") % {"slug": one_line(slug)}) from error


def read_file(path: Path) -> str:
    """Raise PageRefused for a file of another kind, too large, or out of reach."""
    if path.suffix.lower() not in SUFFIXES:
        raise PageRefused(_("Only %(suffixes)s files are read.") % {"suffixes": " ".join(SUFFIXES)})
    try:
        if path.stat().st_size > LARGEST:
            raise PageRefused(_("The file is larger than 5 MB."))
        return decode_page(path.read_bytes())
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise PageRefused(_("The file cannot be read: %(reason)s.") % {"reason": reason}) from error


def describe(result: ImportResult, is_dry_run: bool) -> str:
    article = result.article
    state = _("would be imported") if is_dry_run else article.get_status_display()
    parts = {
        "title": one_line(article.title),
        "column": one_line(article.column.title),
        "pairs": result.pairs,
        "topics": "、".join(result.topics) or "-",
        "slug": article.slug,
        "state": state,
    }
    return _("%(title)s · column: %(column)s · pairs: %(pairs)d · topics: %(topics)s · %(slug)s (%(state)s)") % parts
