"""Marks what a query found, on the original text, and shows the passage that holds most of it.

Folding keeps every character in its place, so that a match in the folded text is a match in the original.
"""

import re
from collections.abc import Iterable, Iterator

from django.utils.html import escape, format_html_join
from django.utils.safestring import SafeString

from articles.search.characters import FORM_CHARACTERS, FORM_WEIGHT, GENERAL_WEIGHTS, RAREST
from articles.search.passages import Match, Span, choose_passage
from articles.search.query import Query
from articles.search.ranking import is_telling
from articles.search.segmentation import LETTER, fold, grams, is_unspaced

IS_LETTER = re.compile(LETTER)


def highlight(text: str, query: Query) -> SafeString:
    """Return the whole text, escaped, with every match marked."""
    return mark_spans(text, 0, len(text), spans_of(find_matches(fold(text), query)))


def snippet(text: str, query: Query, length: int = 90) -> SafeString:
    """Return the passage of at most the given length that holds most of the query, or the beginning."""
    text = " ".join(text.split())
    matches = find_matches(fold(text), query)
    weights = {unit: unit_weight(unit) for unit in {match.unit for match in matches}}
    start, end = choose_passage(text, matches, weights, length)
    before, after = ("…" if start else ""), ("…" if end < len(text) else "")
    return escape(before) + mark_spans(text, start, end, spans_of(matches)) + escape(after)


def find_matches(folded: str, query: Query) -> list[Match]:
    """Return where units of the query stand, in order."""
    return sorted(match for run in query.runs for match in matches_of(run, folded))


def matches_of(run: str, folded: str) -> Iterable[Match]:
    """Return where a run stands; an unspaced one that is nowhere whole, piece by piece."""
    if not is_unspaced(run):
        return find_word(run, folded)
    if len(run) < 3 or run in folded:
        return find_whole(run, folded)
    return find_pieces(run, folded)


def find_word(word: str, folded: str) -> list[Match]:
    """Return where the word stands: inside others only where it begins none."""
    anywhere = [Match(place, place + len(word), word) for place in occurrences(word, folded)]
    return [match for match in anywhere if not IS_LETTER.match(folded[match.start - 1 : match.start])] or anywhere


def find_whole(run: str, folded: str) -> list[Match]:
    size = min(len(run), 2)
    units = list(enumerate(grams(run, size)))
    return [Match(start + i, start + i + size, unit) for start in occurrences(run, folded) for i, unit in units]


def occurrences(piece: str, folded: str) -> Iterator[int]:
    """Yield where the piece stands, without overlap; str.find takes a tenth of a regular expression's time."""
    place = folded.find(piece)
    while place >= 0:
        yield place
        place = folded.find(piece, place + len(piece))


def find_pieces(run: str, folded: str) -> Iterator[Match]:
    """Yield the run's bigrams, of those that touch each other all or, where all are form words, none."""
    pieces = set(grams(run, 2))
    # Stretches of the run's characters are few, and looking for them costs the same for a long run.
    for stretch in re.finditer(f"[{run}]{{2,}}", folded):
        touching: list[Match] = []
        for place, unit in enumerate(grams(stretch[0], 2), stretch.start()):
            if unit not in pieces:
                continue
            if touching and touching[-1].end < place:
                yield from telling(touching)
                touching = []
            touching.append(Match(place, place + 2, unit))
        yield from telling(touching)


def telling(matches: list[Match]) -> list[Match]:
    return matches if any(is_telling(match.unit) for match in matches) else []


def unit_weight(unit: str) -> int:
    """Return how much a unit tells of what is asked, in hundredths: rare characters tell more, form words little."""
    if not is_unspaced(unit):
        return round(200 * RAREST)
    return round(sum(100 * (FORM_WEIGHT if c in FORM_CHARACTERS else GENERAL_WEIGHTS[c]) for c in unit))


def spans_of(matches: Iterable[Match]) -> list[Span]:
    """Return the stretches to mark: matches that touch or overlap are one."""
    merged: list[Span] = []
    for start, end, _unit in matches:
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def mark_spans(text: str, start: int, end: int, spans: Iterable[Span]) -> SafeString:
    """Return text[start:end] escaped, each span inside it marked."""
    inside = [(max(s, start), min(e, end)) for s, e in spans if s < end and e > start]
    gaps = zip([start, *(e for _, e in inside)], inside, strict=False)
    marked = format_html_join("", "{}<mark>{}</mark>", ((text[at:s], text[s:e]) for at, (s, e) in gaps))
    return marked + escape(text[inside[-1][1] if inside else start : end])
