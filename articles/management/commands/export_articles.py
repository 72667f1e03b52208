"""Exports articles as a table, Markdown files or a fixture."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from articles.exporting.formats import FORMATS, ExportRefused
from articles.importing.fixture_file import one_line
from articles.management.progress import progress_bar
from articles.models import Article

BY_SUFFIX = {f".{kind.suffix}": kind for kind in FORMATS.values()}


class Command(BaseCommand):
    help = (
        "Export articles into FILE; its ending tells the format: .csv, .xlsx, .zip (Markdown files), .json (a fixture for "
        "load_articles). What readers cannot see is left out unless asked for."
    )

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, metavar="FILE", help="A file that is not there yet.")
        parser.add_argument("--column", metavar="SLUG", help="Only the articles of this column.")
        parser.add_argument("--drafts", action="store_true", help="Also what readers cannot see, but for the trash.")

    def handle(self, *, file, column, drafts, verbosity, **options):
        kind = BY_SUFFIX.get(file.suffix.lower())
        if kind is None:
            raise CommandError(_("Only %(suffixes)s files are written.") % {"suffixes": " ".join(BY_SUFFIX)})
        articles = Article.objects.kept() if drafts else Article.objects.published()
        if column:
            articles = articles.filter(column__slug=column)
        count = articles.count()
        if not count:
            raise CommandError(_("There are no such articles."))
        self.write(kind, articles, file)
        if verbosity:
            self.stdout.write(_("%(file)s: %(count)d articles") % {"file": one_line(str(file)), "count": count})

    def write(self, kind, articles, path):
        """Write the file under another name first: what is there under its own is whole."""
        part = path.with_name(f"{path.name}.part")
        try:
            with part.open("w+b") as file:
                kind.write(articles, file, progress_bar(self.stderr))
            part.rename(path)
        except (OSError, ExportRefused) as error:
            part.unlink(missing_ok=True)
            reason = getattr(error, "strerror", None) or str(error)
            raise CommandError(_("The file cannot be written: %(reason)s") % {"reason": reason}) from error
