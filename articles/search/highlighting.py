"""Marks what a query found, on the original text, and cuts the passage that shows it best.

Folding keeps every character in its place, so that a match in the folded text is a match in the original.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from itertools import islice

from django.utils.html import escape, format_html_join
from django.utils.safestring import SafeString

from articles.search.query import Query
from articles.search.ranking import is_telling
from articles.search.segmentation import LETTER, fold, grams, is_unspaced

Span = tuple[int, int]

# A passage begins so many characters before its first match, or less where a sentence begins.
LEAD = 12
SENTENCE_END = "。！？；!?;…\n"
# Bounds the work on a text that is one long match.
MOST_SPANS = 1000
JOINER = "\u200d"
SKIN_TONES = range(0x1F3FB, 0x1F400)
FLAG_LETTERS = range(0x1F1E6, 0x1F200)
TAG_LETTERS = range(0xE0020, 0xE0080)
LONGEST_CLUSTER = 16


def highlight(text: str, query: Query) -> SafeString:
    """Return the whole text, escaped, with every match marked."""
    return mark_spans(text, 0, len(text), find_spans(fold(text), query))


def snippet(text: str, query: Query, length: int = 90) -> SafeString:
    """Return the passage of about the given length that holds most of the query, or the beginning."""
    text = " ".join(text.split())
    spans = find_spans(fold(text), query)
    start, end = choose_passage(text, spans, length)
    before, after = ("…" if start else ""), ("…" if end < len(text) else "")
    return escape(before) + mark_spans(text, start, end, spans) + escape(after)


def find_spans(folded: str, query: Query) -> list[Span]:
    """Return where the query's runs stand, in order; touching spans are one."""
    return merge(sorted(span for run in query.runs for span in spans_of(run, folded)))


def merge(spans: Iterable[Span]) -> list[Span]:
    """Join spans that touch or overlap; they come in order."""
    merged: list[Span] = []
    for start, end in spans:
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def spans_of(run: str, folded: str) -> Iterable[Span]:
    """Return where a run stands: a word inside others only where it begins none.

    A longer unspaced run that is nowhere whole is marked piece by piece.
    """
    if not is_unspaced(run):
        beginnings = list(matches(rf"(?<!{LETTER}){re.escape(run)}", folded))
        return beginnings or matches(re.escape(run), folded)
    if len(run) < 3 or run in folded:
        return matches(re.escape(run), folded)
    pieces = "|".join(map(re.escape, grams(run, 2)))
    stretches = merge((start, start + 2) for start, _ in matches(f"(?={pieces})", folded))
    return (span for span in stretches if any(map(is_telling, grams(folded[slice(*span)], 2))))


def matches(pattern: str, folded: str) -> Iterable[Span]:
    return (match.span() for match in re.finditer(pattern, folded))


def mark_spans(text: str, start: int, end: int, spans: Iterable[Span]) -> SafeString:
    """Return text[start:end] escaped, each span inside it marked."""
    inside = [(max(s, start), min(e, end)) for s, e in spans if s < end and e > start]
    gaps = zip([start, *(e for _, e in inside)], inside, strict=False)
    marked = format_html_join("", "{}<mark>{}</mark>", ((text[at:s], text[s:e]) for at, (s, e) in gaps))
    return marked + escape(text[inside[-1][1] if inside else start : end])


def choose_passage(text: str, spans: Sequence[Span], length: int) -> Span:
    """Return the start and end of the passage to show."""
    if len(text) <= length:
        return 0, len(text)
    start = lead_in(text, richest_span(text, spans, length)[0]) if spans else 0
    start = whole_cluster(text, start)
    return start, whole_cluster(text, min(start + length, len(text)))


def richest_span(text: str, spans: Sequence[Span], length: int) -> Span:
    """Return the span whose following passage holds most different matches, by their lengths."""
    few = list(islice(spans, MOST_SPANS))

    def richness(index: int) -> int:
        limit = few[index][0] + length - LEAD
        held = {text[start:end] for start, end in islice(few, index, index + length) if end <= limit}
        return sum(map(len, held))

    return few[max(range(len(few)), key=lambda index: (richness(index), -index))]


def lead_in(text: str, match: int) -> int:
    """Return where to begin, so that the match has some words before it."""
    earliest = max(0, match - LEAD)
    ends = [place for place in range(earliest, match) if text[place] in SENTENCE_END]
    start = ends[-1] + 1 if ends else earliest
    return start + (text[start] == " ")


def whole_cluster(text: str, place: int) -> int:
    """Move a cut back to where it splits no emoji and no accented character."""
    for earlier in range(place, max(place - LONGEST_CLUSTER, 0), -1):
        if earlier == len(text) or not is_inside_cluster(text, earlier):
            return earlier
    return place


def is_inside_cluster(text: str, place: int) -> bool:
    before, after = text[place - 1], text[place]
    if ord(before) in FLAG_LETTERS and ord(after) in FLAG_LETTERS:
        return flag_letters_before(text, place) % 2 == 1
    extends = unicodedata.category(after)[0] == "M" or ord(after) in SKIN_TONES or ord(after) in TAG_LETTERS
    return extends or JOINER in (before, after)


def flag_letters_before(text: str, place: int) -> int:
    count = 0
    while count < place and ord(text[place - 1 - count]) in FLAG_LETTERS:
        count += 1
    return count
