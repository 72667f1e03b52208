"""How well the site's search does on judged cases: at which place a pair comes that should be first."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from time import perf_counter

from django.utils.translation import gettext as _

from articles.models import QAPair
from articles.search.cases import Case, CasesRefused, PairAddress
from articles.search.engine import Results, search
from articles.search.postings import chunks
from articles.search.query import parse_query
from articles.search.readings import read_letters
from articles.search.spelling import corrections

TOP = 5


@dataclass(frozen=True)
class Outcome:
    """The pairs that should come first for a case, those found, best first, and how long that took.

    Where none of the expected comes first: the first text that the page offers instead, and what that finds.
    """

    case: Case
    expected: tuple[int, ...]
    found: tuple[int, ...]
    seconds: float
    offer: str = ""
    offered: tuple[int, ...] = ()

    @cached_property
    def place(self) -> int | None:
        """At which place the first of the expected pairs comes, from 1."""
        return next((place for place, pair_id in enumerate(self.found, 1) if pair_id in self.expected), None)

    def is_within(self, places: int) -> bool:
        return self.place is not None and self.place <= places

    @property
    def is_served(self) -> bool:
        """Return whether an expected pair comes first, at once or by one click on the offer."""
        return self.is_within(1) or any(pair_id in self.expected for pair_id in self.offered[:1])


@dataclass(frozen=True)
class Figures:
    """Shares from 0 to 1: an expected pair first, first at least by the offer, among the first five, nothing found.

    mrr is the mean of 1 / place, without offers.
    """

    cases: int
    hit_at_1: float
    served: float
    hit_at_5: float
    mrr: float
    zero: float
    slowest: Outcome


def evaluate(cases: Sequence[Case]) -> Iterator[Outcome]:
    """Ask every case, one by one; raises CasesRefused before the first where readers could not find a pair."""
    keys = find_pairs(cases)
    answer(cases[0].query)  # what a process loads at its first search is no part of a query's time
    return (try_case(case, tuple(keys[address] for address in case.expected)) for case in cases)


def find_pairs(cases: Iterable[Case]) -> dict[PairAddress, int]:
    """Return the key of every pair that a case names."""
    slugs = sorted({address.slug for case in cases for address in case.expected})
    keys = {}
    for part in chunks(slugs):
        pairs = QAPair.objects.published().filter(article__slug__in=part)
        keys |= {
            PairAddress(slug, number): pk for slug, number, pk in pairs.values_list("article__slug", "number", "pk")
        }
    for case in cases:
        for address in case.expected:
            if address not in keys:
                reason = _("No published pair has the address %(address)s.") % {"address": address}
                raise CasesRefused(reason, row=case.row, field="expected")
    return keys


def try_case(case: Case, expected: tuple[int, ...]) -> Outcome:
    start = perf_counter()
    results = answer(case.query)
    outcome = Outcome(case, expected, results.pair_ids, perf_counter() - start)
    return outcome if outcome.is_within(1) else follow_offer(outcome)


def answer(text: str) -> Results:
    return search(parse_query(text))


def follow_offer(outcome: Outcome) -> Outcome:
    """Do as a reader who sees no answer and clicks the first offer of the result page."""
    query = parse_query(outcome.case.query)
    offers = [*corrections(query, outcome.found), *(reading.text for reading in read_letters(query)[1])]
    return replace(outcome, offer=offers[0], offered=answer(offers[0]).pair_ids) if offers else outcome


def measure(outcomes: Sequence[Outcome]) -> Figures:
    """Sum up; at least one outcome."""
    return Figures(
        cases=len(outcomes),
        hit_at_1=mean(outcome.is_within(1) for outcome in outcomes),
        served=mean(outcome.is_served for outcome in outcomes),
        hit_at_5=mean(outcome.is_within(TOP) for outcome in outcomes),
        mrr=mean(1 / outcome.place if outcome.place else 0 for outcome in outcomes),
        zero=mean(not outcome.found for outcome in outcomes),
        slowest=max(outcomes, key=lambda outcome: outcome.seconds),
    )


def measure_kinds(outcomes: Sequence[Outcome]) -> dict[str, Figures]:
    """Return the figures of each kind, in the order of the file; a case without a kind counts in none."""
    kinds: dict[str, list[Outcome]] = {}
    for outcome in outcomes:
        if outcome.case.kind:
            kinds.setdefault(outcome.case.kind, []).append(outcome)
    return {kind: measure(found) for kind, found in kinds.items()}


def mean(values: Iterable[float]) -> float:
    """Return the mean of at least one value."""
    values = list(values)
    return sum(values) / len(values)
