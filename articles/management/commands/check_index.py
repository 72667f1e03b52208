"""Compares the search index with the content."""

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from articles.derived import refresh_derived
from articles.management.commands.rebuild_index import rebuild
from articles.management.naming import name_pairs
from articles.management.progress import progress_bar
from articles.search.checking import TooMany, check
from articles.search.postings import chunks, read_size


class Command(BaseCommand):
    help = (
        "Compare the search index with the content, word by word, and say in one line each what differs. "
        "Ends with an error when anything does."
    )

    def add_arguments(self, parser):
        parser.add_argument("--repair", action="store_true", help="Mend what differs, and nothing else.")

    def handle(self, *, repair, verbosity, **options):
        if repair:
            refresh_derived()
        try:
            count = self.show_faults(repair)
        except TooMany as error:
            if not repair:
                raise CommandError(_("Index and content have little in common; to mend it: rebuild_index")) from error
            rebuild(self.stderr)
            count = 0
        if count and not repair:
            raise CommandError(_("Differences: %(count)d; to mend them: check_index --repair") % {"count": count})
        if verbosity:
            message = _("Mended: %(count)d.") if count else _("Index and content agree on all %(pairs)d pairs.")
            self.stdout.write(message % {"count": count, "pairs": read_size()[0]})

    def show_faults(self, repair) -> int:
        """Print every fault in a line and return how many there were."""
        count = 0
        for part in chunks(check(repair=repair, progress=progress_bar(self.stderr))):
            names = name_pairs({fault.pair_id for fault in part} - {None})
            for fault in part:
                self.stdout.write(f"{name(fault, names)}: {fault.reason}")
            count += len(part)
        return count


def name(fault, names) -> str:
    if fault.pair_id is None:
        return _("the whole index")
    return names.get(fault.pair_id) or _("pair %(id)d") % {"id": fault.pair_id}
