"""Measures the search on judged cases."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles.importing.fixture_file import one_line
from articles.management.naming import name_pairs
from articles.management.progress import progress_bar
from articles.management.tables import align
from articles.search.cases import CasesRefused, read_cases
from articles.search.evaluation import Figures, Outcome, evaluate, measure, measure_kinds

LIMIT = 20


class Command(BaseCommand):
    help = (
        "Ask the site's search the queries of a CSV file (columns query, expected and, if you like, kind) and say how "
        "often an expected pair comes first, at once or by the first offer of the result page, or among the first "
        "five; the mean of 1 / place (MRR), the share of queries that find nothing, and the slowest query; then which "
        "cases fail. A pair is written as the end of its "
        "address, article-slug#q1; where any of several will do, with blanks between them."
    )

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, metavar="CASES.csv", help="UTF-8 or GB18030, at most 5 MB.")
        parser.add_argument(
            "--limit-failures",
            type=int,
            default=LIMIT,
            metavar="N",
            help="List so many failures; %(default)s unless told.",
        )

    def handle(self, *, file, limit_failures, **options):
        try:
            outcomes = self.ask(read_cases(file))
        except CasesRefused as refusal:
            raise CommandError(f"{one_line(str(file))}: {refusal}") from refusal
        self.show(figure_lines(outcomes))
        failures = [outcome for outcome in outcomes if not outcome.is_served]
        if failures:
            self.show(["", *failure_lines(failures, max(limit_failures, 0))])

    def ask(self, cases):
        draw = progress_bar(self.stderr)
        outcomes = []
        for outcome in evaluate(cases):
            outcomes.append(outcome)
            draw(len(outcomes) / len(cases))
        return outcomes

    def show(self, lines):
        for line in lines:
            self.stdout.write(line)


def figure_lines(outcomes: list[Outcome]) -> list[str]:
    total = measure(outcomes)
    rows = [
        ["", _("cases"), "hit@1 %", _("with offer %"), "hit@5 %", "MRR", _("nothing %"), _("slowest ms")],
        figure_row(_("all"), total),
        *(figure_row(kind, figures) for kind, figures in measure_kinds(outcomes).items()),
    ]
    return [*align(rows), _("The slowest: %(query)s") % {"query": total.slowest.case.query}]


def figure_row(name: str, figures: Figures) -> list[str]:
    return [
        name,
        str(figures.cases),
        f"{100 * figures.hit_at_1:.1f}",
        f"{100 * figures.served:.1f}",
        f"{100 * figures.hit_at_5:.1f}",
        f"{figures.mrr:.3f}",
        f"{100 * figures.zero:.1f}",
        f"{1000 * figures.slowest.seconds:.1f}",
    ]


def failure_lines(failures: list[Outcome], limit: int) -> list[str]:
    """Say of each failure what came first, and where the nearest of the expected pairs came."""
    count, shown = len(failures), failures[:limit]
    names = name_pairs(pair_id for outcome in shown for pair_id in (nearest(outcome), *outcome.found[:1]))
    lines = [ngettext("%(count)d case fails:", "%(count)d cases fail:", count) % {"count": count}]
    for outcome in shown:
        lines += describe(outcome, names)
    return [*lines, _("… and %(count)d more") % {"count": count - limit}] if count > limit else lines


def nearest(outcome: Outcome) -> int:
    return outcome.found[outcome.place - 1] if outcome.place else outcome.expected[0]


def describe(outcome: Outcome, names: dict[int, str]) -> list[str]:
    place = _("place %(place)d") % {"place": outcome.place} if outcome.place else _("not found")
    got = names[outcome.found[0]] if outcome.found else _("nothing")
    rows = [["    " + _("expected"), f"{names[nearest(outcome)]} ({place})"], ["    " + _("got"), got]]
    if outcome.offer:
        rows.append(["    " + _("offered"), outcome.offer])
    return [" · ".join(filter(None, [outcome.case.query, outcome.case.kind])), *align(rows, left=2)]
