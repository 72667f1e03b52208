"""Shows an editor why a query finds what it finds."""

from collections.abc import Iterator, Sequence
from itertools import chain

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from articles.management.naming import name_pairs
from articles.management.tables import align
from articles.search.explanation import ExplainedReading, Explanation, Hit, explain
from articles.search.thesaurus import Widening

LIMIT = 10
# What each letter of the formula in articles.search.ranking rewards.
MEANINGS = {
    "B": gettext_lazy("the query's terms anywhere in the pair, rare ones more (BM25)"),
    "C": gettext_lazy("the heading or question consists of the same characters"),
    "V": gettext_lazy("it holds the query's characters, whatever else it holds"),
    "R": gettext_lazy("it says little besides what was asked"),
    "L": gettext_lazy("the characters come in the same order"),
    "Q": gettext_lazy("so does much of the query"),
    "T": gettext_lazy("subtracted: long shared stretches, which R has paid for already"),
    "X": gettext_lazy("it holds the whole query word for word"),
    "H": gettext_lazy("the heading holds the query's telling terms"),
    "S": gettext_lazy("the topics and their aliases hold the query's terms"),
    "D": gettext_lazy("the answer holds the query's terms"),
    "A": gettext_lazy("no question: the answer holds the query's characters"),
    "N": gettext_lazy("no question: the answer holds its words and numbers"),
    "P": gettext_lazy("no question: one passage of the answer holds much of it"),
}


class Command(BaseCommand):
    help = (
        "Answer a query as the search page does and show how: what was understood, in how many pairs each term "
        "stands and what it weighs, and for each of the first pairs the parts that add up to its score."
    )

    def add_arguments(self, parser):
        parser.add_argument("query", nargs="+", help="What a reader types; after -- where it begins with a minus.")
        parser.add_argument(
            "--limit", type=int, default=LIMIT, metavar="N", help="Explain so many pairs; %(default)s unless told."
        )

    def handle(self, *, query, limit, **options):
        explanation = explain(" ".join(query), max(limit, 0))
        for line in chain(query_lines(explanation), reading_lines(explanation), legend_lines(explanation)):
            self.stdout.write(line)


def query_lines(explanation: Explanation) -> Iterator[str]:
    """Say what was understood of the query, and how many pairs that finds."""
    query = explanation.query
    parts = [
        (_("words"), query.terms),
        (_("phrases"), query.phrases),
        (_("left out"), query.excluded),
        (_("topics"), query.topics),
        (_("columns"), query.columns),
        (_("synonyms"), [spell_out(widening) for widening in explanation.results.widenings]),
    ]
    if not query:
        yield _("Nothing to look for.")
        return
    yield from align([[name, " | ".join(values)] for name, values in parts if values], left=2)
    yield found_line(explanation)


def found_line(explanation: Explanation) -> str:
    total = explanation.results.total
    if not total:
        return _("No pair is found.")
    found = ngettext("%(count)d pair is found.", "%(count)d pairs are found.", total) % {"count": total}
    if not explanation.query.runs:
        return f"{found} {_('Newest first.')}"
    return f"{found} {_('None holds all of it: these come near.')}" if explanation.results.is_partial else found


def spell_out(widening: Widening) -> str:
    return " = ".join([widening.phrase, *(other.phrase for other in widening.others)])


def reading_lines(explanation: Explanation) -> Iterator[str]:
    names = name_pairs(hit.pair_id for reading in explanation.readings for hit in reading.hits)
    for reading in explanation.readings:
        if len(explanation.readings) > 1:
            yield ""
            yield _("By “%(words)s”:") % {"words": " ".join(reading.query.terms)}
        yield from term_lines(reading)
        yield from hit_lines(reading.hits, names)


def term_lines(reading: ExplainedReading) -> Iterator[str]:
    if reading.weights:
        rows = [[term.text, str(term.df), f"{weight / 100:.2f}"] for term, weight in reading.weights.items()]
        yield ""
        yield from align([[_("term"), _("in pairs"), _("weight")], *rows])
    if reading.unknown:
        yield _("In no pair: %(terms)s") % {"terms": " ".join(reading.unknown)}


def hit_lines(hits: Sequence[Hit], names: dict[int, str]) -> Iterator[str]:
    """Show the pairs, best first, with what each letter adds to the score."""
    if not hits:
        return
    letters = letters_of(hits)
    rows = [(hit_row(place, hit, letters), names[hit.pair_id]) for place, hit in enumerate(hits, 1)]
    if letters:
        rows.insert(0, (["", _("holds"), _("score"), *letters], ""))
    lines = align([cells for cells, _name in rows], left=0)
    yield ""
    yield from (f"{line}  {name}".rstrip() for line, (_cells, name) in zip(lines, rows, strict=True))


def hit_row(place: int, hit: Hit, letters: list[str]) -> list[str]:
    if not letters:
        return [str(place)]
    parts = [f"{hit.parts[letter]:z.3f}" if letter in hit.parts else "" for letter in letters]
    return [str(place), _("all") if hit.is_whole else _("some"), f"{hit.score:.3f}", *parts]


def legend_lines(explanation: Explanation) -> Iterator[str]:
    letters = letters_of([hit for reading in explanation.readings for hit in reading.hits])
    if letters:
        yield ""
        yield from align([[letter, str(MEANINGS[letter])] for letter in letters], left=2)


def letters_of(hits: Sequence[Hit]) -> list[str]:
    """Return the letters that any of the pairs has, in the order of the formula."""
    return [letter for letter in MEANINGS if any(letter in hit.parts for hit in hits)]
