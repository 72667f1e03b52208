"""Loads JSON fixtures of content for operators."""

import gc
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from articles.importing.fixture import load_fixture
from articles.importing.fixture_file import FixtureRefused, one_line
from articles.management.progress import links_shown, progress_bar


class Command(BaseCommand):
    help = (
        "Load articles, pairs, topics, columns and authors from JSON fixtures with natural keys. Every record is "
        "checked as the admin would; a file is loaded whole or, with one line that says why, not at all. "
        "A pk is not used: rows are found by their natural keys."
    )

    def add_arguments(self, parser):
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE", help="A .json or .jsonl file of any size.")
        parser.add_argument("--check", action="store_true", help="Check the files against the database, write nothing.")

    def handle(self, *, files, check, verbosity, **options):
        refusals = []
        gc.freeze()  # looking through what the program itself holds, again and again, takes a fifth of the time
        for path in files:
            name = one_line(str(path))
            try:
                loaded = self.load(path, check)
            except FixtureRefused as refusal:
                refusals.append(f"{name}: {refusal}")
                if self.stderr.isatty():
                    self.stderr.write("")  # a bar that did not come to its end leaves its line open
                continue
            if verbosity:
                self.stdout.write(f"{name}: {describe(loaded, check)}")
        if refusals:
            raise CommandError("\n".join(refusals))

    def load(self, path, check):
        reading, writing = (progress_bar(self.stderr, work) for work in (_("reading"), _("writing")))
        with links_shown(self.stderr):
            return load_fixture(path, check=check, reading=reading, writing=writing)


def describe(loaded, check) -> str:
    counts = {"created": loaded.created, "changed": loaded.changed, "unchanged": loaded.unchanged}
    if check:
        return _("%(created)d would be new, %(changed)d changed, %(unchanged)d as they are") % counts
    return _("%(created)d new, %(changed)d changed, %(unchanged)d as they were") % counts
