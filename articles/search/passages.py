"""Finds the stretch of a text that holds most of a query, and where to cut a passage around it."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

Span = tuple[int, int]

WINDOW = 100
# Characters before the first match: so many where nothing begins nearby, up to so many with the words that begin
# there; a phone's second line shows the match still. Never more than a third of the passage.
LEAD, LONGEST_LEAD = 12, 20
CLOSERS = "[”’」』）)》〉】]*"
SENTENCE_END = re.compile(rf"(?:[。！？；!?;…]|\.(?= ))+{CLOSERS}")
# A blank between two Han characters is where a line ended.
CLAUSE_END = re.compile(rf"(?:[，、：]|——|[,:](?!\d)|(?<=[^\x00-\x7f]) (?=[^\x00-\x7f])){CLOSERS}")
JOINER = "\u200d"
SKIN_TONES = range(0x1F3FB, 0x1F400)
FLAG_LETTERS = range(0x1F1E6, 0x1F200)
TAG_LETTERS = range(0xE0020, 0xE0080)
LONGEST_CLUSTER = 16


class Match(NamedTuple):
    """Where a unit of the query, a word or two characters, stands in a text."""

    start: int
    end: int
    unit: str


# What ranks a text


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


# What a reader is shown


def choose_passage(text: str, matches: Sequence[Match], weights: Mapping[str, int], length: int) -> Span:
    """Return the start and end of a passage of at most the given length, cut between sentences or clauses.

    It shows the densest stretch of matches, or the beginning where nothing matches.
    """
    if len(text) <= length:
        return 0, len(text)
    first, last = densest(matches, weights, length - min(LEAD, length // 3)) if matches else (0, 0)
    start = begin_before(text, first, min(LONGEST_LEAD, length // 3, length - (last - first)))
    return start, end_after(text, last, start, length)


def densest(matches: Sequence[Match], weights: Mapping[str, int], length: int) -> Span:
    """Return the stretch within the length that holds the largest summed weight of distinct units.

    Of equals the shortest, of these the first. Matches come in order; one that ends inside another is
    seen with it, and of one that is longer than the stretch the beginning counts.
    """
    held: Counter[str] = Counter()
    best = (0, 0, 0, 0)
    cover = left = furthest = 0
    for match in matches:
        furthest = max(furthest, match.end)
        end = min(furthest, match.start + length)
        cover += 0 if held[match.unit] else weights[match.unit]
        held[match.unit] += 1
        # What stands again further on is of no more use to this window or to a later one.
        while matches[left].start < end - length or held[matches[left].unit] > 1:
            unit = matches[left].unit
            held[unit] -= 1
            cover -= 0 if held[unit] else weights[unit]
            left += 1
        start = matches[left].start
        best = max(best, (cover, start - end, -start, end))
    return -best[2], best[3]


def begin_before(text: str, match: int, most: int) -> int:
    """Return where to begin, at most so far before the match: with its sentence, else with a clause before it."""
    earliest = match - most
    if earliest <= 0:
        return 0
    sentences = [end.end() for end in SENTENCE_END.finditer(text, earliest - 1, match)]
    clauses = [end.end() for end in CLAUSE_END.finditer(text, earliest - 1, match)]
    if sentences or clauses:
        start = sentences[-1] if sentences else clauses[0]
        return start + (text[start] == " ")
    places_before = range(match - min(LEAD, most), match)
    return next((place for place in places_before if is_between(text, place)), match)


def end_after(text: str, last: int, start: int, length: int) -> int:
    """Return where to end, not before the last match: after a sentence where that leaves no third empty,
    else after a sentence or before the mark that ends a clause where that leaves no half empty.
    """
    limit = start + length
    if limit >= len(text):
        return len(text)
    least = max(last, limit - length // 2)
    sentences = [end.end() for end in SENTENCE_END.finditer(text, least - 1, limit)]
    if sentences and sentences[-1] >= limit - length // 3:
        return sentences[-1]
    clauses = [end.start() for end in CLAUSE_END.finditer(text, least, limit)]
    return max(sentences + clauses, default=max(last, whole_cluster(text, limit)))


def whole_cluster(text: str, place: int) -> int:
    """Move a cut back to where it splits no emoji, no accented character and no short word."""
    nearby = range(place, max(place - LONGEST_CLUSTER, 0), -1)
    return next((earlier for earlier in nearby if is_between(text, earlier)), place)


def is_between(text: str, place: int) -> bool:
    """Return whether a text may be cut here."""
    return place in (0, len(text)) or not is_inside_cluster(text, place)


def is_inside_cluster(text: str, place: int) -> bool:
    before, after = text[place - 1], text[place]
    if ord(before) in FLAG_LETTERS and ord(after) in FLAG_LETTERS:
        return flag_letters_before(text, place) % 2 == 1
    is_word = (before + after).isascii() and not before.isspace() and not after.isspace()
    extends = unicodedata.category(after)[0] == "M" or ord(after) in SKIN_TONES or ord(after) in TAG_LETTERS
    return is_word or extends or JOINER in (before, after)


def flag_letters_before(text: str, place: int) -> int:
    count = 0
    while count < place and ord(text[place - 1 - count]) in FLAG_LETTERS:
        count += 1
    return count
