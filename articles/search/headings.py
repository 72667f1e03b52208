"""Finds headings by a part of them, as characters, as the first letters of their pinyin or as pinyin.

The index knows which pairs hold a piece of a heading, and at which place. What is read of it is bounded, so that an
answer takes about as long with a million pairs as with ten thousand.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import NamedTuple

import numpy as np

from articles.search.gathering import Postings
from articles.search.matching import Group, Holding, held_by, newest_blocks
from articles.search.pieces import Piece, Stretch, place_of, signs_of
from articles.search.pinyin import readings, spellings
from articles.search.postings import Term, flatten, literal, marks, select
from articles.search.segmentation import fold, is_unspaced
from articles.search.visibility import public_article

# So many headings tell which words are popular.
POOL = 24
# Of the pairs that hold the rarest piece, so many are looked at, newest first; the best of these are read, or all of
# them where readers may see few.
MOST_HOLDERS, MOST_READ = 1000, 48
# Of the pieces that begin as an open one does, the most common are looked for.
MOST_ENDS = 32
# Where these have very many holders, so many tell enough.
MOST_COMMON = 8
# Postings read at a time.
SPAN = 20_000
# Headings in which the word for some letters is looked for.
MOST_COUNTED = 200
SHORTEST_INITIALS = 3
LONGEST_LETTERS = 30

Way = Sequence[Stretch]
Groups = Mapping[Piece, Group]


class Heading(NamedTuple):
    """A pair's heading, the rank of the piece it was found by, and what else a suggestion shows of the pair."""

    pk: int
    rank: int
    text: str
    number: int
    slug: str
    column: str


def find_headings(ways: Sequence[Way], size: int = POOL, enough: int = POOL) -> list[Heading]:
    """Return headings of published pairs that hold all of a way: early in it first, then short ones, then new ones.

    A further way is tried while there is not enough. One query, and one for each way that the index knows all pieces of.
    """
    groups = read_groups(ways)
    found: dict[int, Heading] = {}
    for way in ways:
        if len(found) < enough:
            found = {row.pk: row for row in [*found.values(), *best_headings(way, groups, size)]}
    return list(found.values())


def read_groups(ways: Iterable[Way]) -> Groups:
    """Return the terms that each piece may stand for; one query."""
    pieces = sorted({piece for way in ways for stretch in way for piece in stretch.pieces})
    whole = [piece.text for piece in pieces if not piece.is_open]
    opened = [piece.text for piece in pieces if piece.is_open]
    sql = [f"SELECT id, text, df FROM articles_term WHERE text IN ({marks(whole)})"] if whole else []
    sql += [
        "SELECT * FROM (SELECT id, text, df FROM articles_term WHERE text >= %s AND text < %s "
        f"ORDER BY df DESC, text LIMIT {MOST_ENDS}) AS opened"
    ] * len(opened)
    params = [*whole, *flatten((text, f"{text}\U0010ffff") for text in opened)]
    terms = [Term(*row) for row in select(" UNION ALL ".join(sql), params)] if sql else []
    return {piece: Group([term for term in terms if piece.fits(term.text)]) for piece in pieces}


def best_headings(way: Way, groups: Groups, size: int) -> list[Heading]:
    """Return the first headings of published pairs that hold all of the way; one query, seldom two."""
    holding = Holding([groups[piece] for stretch in way for piece in stretch.pieces])
    if not holding.groups or not holding.is_possible:
        return []
    # Not all ends of a cut-off piece are known, so that headings have to tell: by 0.05 ms each.
    sure = Holding([group for group in holding.groups if not is_cut_off(group)])
    lead = (sure if sure.groups else holding).lead
    doubtful = [stretch for stretch in way if is_unspaced(stretch.text) or is_cut_off(groups[stretch.pieces[-1]])]
    is_slow = any(not is_unspaced(stretch.text) for stretch in doubtful)
    kept: list[Heading] = []
    for most in [MOST_READ] if is_slow else [MOST_READ, MOST_HOLDERS]:
        rows = read_best(best_holders(lead, sure, most))
        shown = (Heading(*row) for *row, is_public in rows if is_public)
        kept = list(islice((row for row in shown if all(stretch.is_in(row.text) for stretch in doubtful)), size))
        if len(kept) == size or len(rows) < most:
            break
    return kept


def is_cut_off(group: Group) -> bool:
    return len(group.terms) == MOST_ENDS


def best_holders(lead: Group, sure: Holding, most: int) -> list[tuple[int, int]]:
    """Return (pair, rank) of the best among the newest pairs that hold the lead, best first; all hold what is sure."""
    terms = lead.terms
    if lead.df > MOST_HOLDERS:
        terms = sorted(terms, key=lambda term: (-term.df, term.text))[:MOST_COMMON]
    holding = Holding([Group(terms), *(group for group in sure.groups if group is not lead)])
    found: list[tuple[int, int]] = []
    looked_at = 0
    for blocks in newest_blocks(holding, SPAN):
        postings = Postings.read(holding.terms, blocks)
        newest = np.flatnonzero(postings.holders(terms))[looked_at - MOST_HOLDERS :]
        slots = newest[held_by(postings, holding)[newest]]
        found += zip(postings.ranks(terms)[slots].tolist(), (-postings.pairs(slots)).tolist(), strict=True)
        looked_at += len(newest)
        if looked_at >= MOST_HOLDERS:
            break
    return [(-negative, rank) for rank, negative in sorted(found)[:most]]


def read_best(ranked: Sequence[tuple[int, int]]) -> list[tuple]:
    """Return what is shown of the pairs, and whether readers may see each."""
    if not ranked:
        return []
    public = public_article("pair.article_id")
    return select(
        f"SELECT pair.id, held.rank, pair.heading, pair.number, article.slug, shelf.title, {public.sql} "
        f"FROM (SELECT column1 AS pair_id, column2 AS rank FROM (VALUES {literal(ranked)}) AS ranked) held "
        "JOIN articles_qapair pair ON pair.id = held.pair_id JOIN articles_article article ON article.id = pair.article_id "
        "JOIN articles_column shelf ON shelf.id = article.column_id ORDER BY held.rank, pair.id DESC",
        public.params,
    )


# Letters typed for characters


def words_of_letters(letters: str) -> list[str]:
    """Return what published headings hold under the letters, as pinyin or as its first letters, commonest first."""
    stretches = [Stretch.of_syllables(reading, is_half_typed=False) for reading in whole_readings(letters)]
    stretches += [Stretch.of_run(letters)] if len(letters) >= SHORTEST_INITIALS else []
    groups = read_groups([[stretch] for stretch in stretches])
    found = Counter(word for stretch in stretches for word in words_under(stretch, groups))
    return sorted(found, key=lambda word: (-found[word], word))


def whole_readings(letters: str) -> list[tuple[str, ...]]:
    """Return the ways to read the letters as two syllables or more, none half typed."""
    return [reading for reading in readings(letters[:LONGEST_LETTERS]) if len(reading) > 1]


def words_under(stretch: Stretch, groups: Groups) -> Iterator[str]:
    """Yield the characters that the letters stand for, once for each heading."""
    offset = min(range(len(stretch.pieces)), key=lambda n: groups[stretch.pieces[n]].df)
    for heading in best_headings([stretch], groups, MOST_COUNTED):
        start = place_of(heading.rank) - offset
        word = signs_of(heading.text)[start : start + stretch.length]
        if all(map(is_unspaced, word)) and stretch.text in spellings(word) and word in fold(heading.text):
            yield word
