"""Finds the stretch of a text that holds most of a query."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

WINDOW = 100


def places(terms: Iterable[str], text: str) -> list[tuple[int, str]]:
    """Return where the terms stand in the text, in its order."""
    found = []
    for term in terms:
        place = text.find(term)
        while place >= 0:
            found.append((place, term))
            place = text.find(term, place + 1)
    return sorted(found)


def heaviest_window(hits: Sequence[tuple[int, str]], weights: Mapping[str, int]) -> int:
    """Return the largest summed weight of distinct units within WINDOW characters."""
    count: Counter[str] = Counter()
    cover = best = 0
    start = 0
    for place, unit in hits:
        if not count[unit]:
            cover += weights[unit]
        count[unit] += 1
        while hits[start][0] <= place - WINDOW:
            left = hits[start][1]
            count[left] -= 1
            if not count[left]:
                cover -= weights[left]
            start += 1
        best = max(best, cover)
    return best
