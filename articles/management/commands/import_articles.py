"""Imports articles from tables, Markdown files and exports of WordPress."""

from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from articles.importing.copies import FileRefused
from articles.importing.fixture_file import one_line
from articles.importing.planning import Terms
from articles.importing.reading import read_file
from articles.importing.writing import Written, write_articles
from articles.management.progress import links_shown, progress_bar
from articles.models import Column

LARGEST = 64 * 1024 * 1024


class Command(BaseCommand):
    help = (
        "Import articles from tables (.csv, .tsv, .xlsx: one row for each question), Markdown files (.md, .zip) and exports "
        "of WordPress (.xml). New articles become drafts; those that are here already take over what differs. A file is "
        "imported whole or, with a line for each reason, not at all."
    )

    def add_arguments(self, parser):
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE", help="A file of at most 64 MB.")
        parser.add_argument("--column", metavar="SLUG", help="For articles that name no column.")
        parser.add_argument("--publish", action="store_true", help="Give articles the status that the file states.")
        parser.add_argument(
            "--skip-refused", action="store_true", help="Leave out articles with problems, import the others."
        )
        parser.add_argument("--dry-run", action="store_true", help="Say what would be imported, write nothing.")

    def handle(self, *, files, column, publish, skip_refused, dry_run, verbosity, **options):
        terms = Terms(
            column=find_column(column) if column else None,
            keeps_status=publish,
            may_add_topics=not settings.CONTROLLED_TOPICS,
        )
        refusals = []
        for path in files:
            name = one_line(str(path))
            try:
                written = self.import_file(
                    path, terms, verbosity=verbosity, skips_refused=skip_refused, dry_run=dry_run
                )
            except FileRefused as refusal:
                refusals.append(f"{name}: {refusal}")
                continue
            refusals += [f"{name}: {one_line(str(problem))}" for plan in written.refused for problem in plan.problems]
            if verbosity and not (written.refused and not (skip_refused or dry_run)):
                self.stdout.write(f"{name}: {describe(written, dry_run)}")
        if refusals:
            raise CommandError("\n".join(refusals))

    def import_file(self, path: Path, terms: Terms, *, verbosity: int, **options) -> Written:
        reading, writing = (progress_bar(self.stderr, work) for work in (_("reading"), _("writing")))
        read = read_file(read_bytes(path), path.name, report=reading)
        if read.faults:
            raise FileRefused(" ".join(read.faults))
        for note in read.notes if verbosity else ():
            self.stdout.write(f"{one_line(path.name)}: {note}")
        with links_shown(self.stderr):
            return write_articles(read.copies, terms, report=writing, **options)


def find_column(slug: str) -> Column:
    try:
        return Column.objects.get(slug=slug)
    except Column.DoesNotExist as error:
        raise CommandError(_("There is no column %(slug)s.") % {"slug": one_line(slug)}) from error


def read_bytes(path: Path) -> bytes:
    try:
        if path.stat().st_size > LARGEST:
            raise FileRefused(_("The file is larger than %(size)d MB.") % {"size": LARGEST // 1024**2})
        return path.read_bytes()
    except OSError as error:
        raise FileRefused(_("The file cannot be read: %(reason)s.") % {"reason": error.strerror}) from error


def describe(written: Written, is_dry_run: bool) -> str:
    counts = {
        "new": len(written.new),
        "changed": len(written.changed),
        "same": written.same,
        "refused": len(written.refused),
    }
    if is_dry_run:
        return (
            _("%(new)d articles would be new, %(changed)d changed, %(same)d as they are, %(refused)d refused") % counts
        )
    return _("%(new)d articles new, %(changed)d changed, %(same)d as they were, %(refused)d refused") % counts
