"""The editors' groups of synonyms, applied to a query."""

from collections.abc import Iterable

from articles.models import SynonymGroup
from articles.search.thesaurus import Widening, thesaurus_of


def widenings(runs: Iterable[str]) -> list[Widening]:
    """Return which wordings stand in the runs of a query and what to look for with each; one query.

    Give it the terms of a query alone: a quoted phrase means its own words.
    """
    some_runs = list(runs)
    if not some_runs:
        return []
    texts = SynonymGroup.objects.order_by().values_list("words", flat=True)
    return thesaurus_of(tuple(sorted(texts))).widen(some_runs)


def equivalents(runs: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Return the other wordings, folded, of each wording that stands in the runs of a query; one query.

    A key stands in the runs joined by blanks: it is a run, several runs, or a part of two characters or
    more of an unspaced one (绩效 in 绩效考核). Keys do not overlap, and of two the longer one counts.
    """
    return {widening.phrase: tuple(other.phrase for other in widening.others) for widening in widenings(runs)}
