"""Makes the search index anew."""

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from articles.derived import refresh_derived
from articles.management.progress import links_shown, progress_bar
from articles.search import building
from articles.search.postings import read_size


class Command(BaseCommand):
    help = (
        "Make the search index anew from the content. Readers search the old one until the new one is complete, "
        "and nothing that is written meanwhile is lost."
    )

    def handle(self, *, verbosity, **options):
        rebuild(self.stderr)
        if verbosity:
            pairs, _length = read_size()
            self.stdout.write(_("The index is made anew: %(pairs)d pairs.") % {"pairs": pairs})


def rebuild(stderr) -> None:
    """Rebuild the index with a bar on a terminal, and work off what was noted meanwhile."""
    if not building.rebuild(progress_bar(stderr)):
        raise CommandError(_("Another process is making the index anew at this moment."))
    with links_shown(stderr):
        refresh_derived()
