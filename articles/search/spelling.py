"""What a reader may have meant: the query with one slip repaired, from the site's own words.

Counts come from the whole index, drafts included; only what a published pair holds is ever offered.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from articles.models import Topic, TopicAlias
from articles.search.lexicon import Lexicon
from articles.search.matching import Demands, find_pairs
from articles.search.mixups import mixups
from articles.search.postings import read_entries, read_size, read_terms, read_words_around
from articles.search.query import Query
from articles.search.segmentation import RUN, fold, is_unspaced, runs, terms
from articles.search.slips import (
    SHORTEST_WORD,
    Evidence,
    Exchange,
    Place,
    doubtful,
    is_one_edit,
    most_doubtful,
    one_edit,
    places,
)
from articles.search.visibility import public_pair

MOST_OFFERS = 2
# So many of the nearest results are read as evidence.
NEAR = 30
# Where nothing at all was found, a weaker suspicion is worth an offer too.
WITHOUT_RESULTS = -4
NAME_LENGTHS = range(3, 13)


def corrections(query: Query, near: Sequence[int]) -> list[str]:
    """Return at most two other texts for the query, the best first; near are the results, nearest first.

    A fixed number of queries at most; four where every word is spelled as the site spells it.
    """
    if not query.terms:
        return []
    entries = read_entries(near[:NEAR])
    texts = [entries[pair_id].text for pair_id in near[:NEAR] if pair_id in entries]
    found = (*repaired_words(query), *repaired_characters(query, texts), *repaired_names(query, texts))
    return list(islice(dict.fromkeys(found), MOST_OFFERS))


def stretches(query: Query) -> list[tuple[int, str]]:
    """Return where each of the query's terms stands in its text."""
    return [(match.start(), match[0]) for match in RUN.finditer(fold(query.text)) if match[0] in query.terms]


def replaced(query: Query, start: int, old: str, new: str) -> str:
    return query.text[:start] + new + query.text[start + len(old) :]


def is_public(text: str) -> bool:
    """Return whether a published pair holds the text; three queries."""
    some_runs = runs(fold(text))
    held = Lexicon.of_terms(terms(some_runs)).holding(some_runs)
    return bool(find_pairs(held, Demands([public_pair()]), 1).ids)


# One character for another that sounds the same


def repaired_characters(query: Query, texts: Sequence[str]) -> Iterator[str]:
    all_places = [place for start, run in stretches(query) if is_unspaced(run) for place in places(run, start)]
    exchange = find_exchange(all_places, texts, len(query.text))
    if exchange is None or exchange.score < (0 if texts else WITHOUT_RESULTS):
        return
    place, character, score = exchange
    text = replaced(query, place.start, place.character, character)
    # A weak suspicion counts only where a pair holds all of it: 量子纠缠 is no 量子就缠.
    wanted = place.grams(character, 2) if score >= 0 else [text]
    if any(map(is_public, wanted)):
        yield text


def find_exchange(all_places: Iterable[Place], texts: Sequence[str], length: int) -> Exchange | None:
    doubted = doubtful(all_places, texts)
    if not doubted:
        return None
    counts = count(
        gram for place in doubted for gram in [place.character, *place.neighbours, *place.grams(place.character, 2)]
    )
    doubted = most_doubtful(doubted, counts)
    counts |= count(gram for place in doubted for c in mixups(place.character) for gram in [c, *place.grams(c, 2)])
    pairs, average = read_size()
    # Characters and bigrams are about half of a pair's terms each.
    evidence = Evidence(counts, texts, size=max(pairs * average / 2, 1), length=length)
    return evidence.best_exchange(doubted)


def count(grams: Iterable[str]) -> dict[str, int]:
    return {term.text: term.df for term in read_terms(sorted(set(grams)))}


# One letter of a word


def repaired_words(query: Query) -> list[str]:
    """Return the text with the first word that the site lacks turned into those it has, the most common first.

    A sentence has its own words, and one of them that the site lacks says little.
    """
    if query.is_sentence:
        return []
    words = [(start, run) for start, run in stretches(query) if is_repairable(run)]
    held = [term.text for term in read_words_around([word for _, word in words])] if words else []
    start, word = next(((start, word) for start, word in words if not any(word in text for text in held)), (0, ""))
    if not word:
        return []
    known = [term.text for term in reversed(read_terms(sorted(one_edit(word)))) if len(term.text) >= SHORTEST_WORD]
    public = (text for text in known if is_public(text))
    return [replaced(query, start, word, text) for text in islice(public, MOST_OFFERS)]


def is_repairable(run: str) -> bool:
    return run.isascii() and run.isalpha() and len(run) >= SHORTEST_WORD


# One character of a name


def repaired_names(query: Query, texts: Sequence[str]) -> list[str]:
    """Return the text with a run that no near result holds turned into a topic's name that is one edit away."""
    long_runs = [(start, run) for start, run in stretches(query) if is_unspaced(run) and len(run) in NAME_LENGTHS]
    start, strange = next(((start, run) for start, run in long_runs if not any(run in text for text in texts)), (0, ""))
    if not strange:
        return []
    # What holds the whole name has it spelled right: 社群运营的.
    near_names = [name for name in all_names() if is_one_edit(strange, fold(name)) and fold(name) not in strange]
    public = (name for name in near_names if is_public(name))
    return [replaced(query, start, strange, name) for name in islice(public, MOST_OFFERS)]


def all_names() -> list[str]:
    return sorted({*Topic.objects.values_list("name", flat=True), *TopicAlias.objects.values_list("name", flat=True)})
