"""Finds headings by a part of them, as characters, as the first letters of their pinyin or as pinyin.

The index knows which pairs hold a piece of a heading, and at which place. What is read of it is bounded, so that an
answer takes about as long with a million pairs as with ten thousand.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import NamedTuple

from django.db.models.expressions import RawSQL

from articles.models import Article
from articles.search.matching import Fragment, Group, Holding, holds, there_is
from articles.search.pieces import Piece, Stretch, place_of, signs_of
from articles.search.pinyin import readings, spellings
from articles.search.postings import Term, flatten, marks, select
from articles.search.segmentation import fold, is_unspaced

# So many headings tell which words are popular.
POOL = 24
# Of the pairs that hold the rarest piece, so many are looked at, newest first; the best of these are read, or all of
# them where readers may see few.
MOST_HOLDERS, MOST_READ = 1000, 48
# Of the pieces that begin as an open one does, the most common are looked for.
MOST_ENDS = 32
# Where these have very many holders, so many tell enough; a database plans a query about more for too long.
MOST_COMMON = 8
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
        rows = read_best(lead, holds(sure, but=lead), most)
        shown = (Heading(*row) for *row, is_public in rows if is_public)
        kept = list(islice((row for row in shown if all(stretch.is_in(row.text) for stretch in doubtful)), size))
        if len(kept) == size or len(rows) < most:
            break
    return kept


def is_cut_off(group: Group) -> bool:
    return len(group.terms) == MOST_ENDS


def read_best(lead: Group, demands: Sequence[Fragment], most: int) -> list[tuple]:
    """Return the pairs that rank best among the newest which hold the lead, and whether readers may see each."""
    holders, public = newest_holders(lead.terms), is_public()
    return select(
        f"WITH held AS (SELECT pair_id, MIN(tf) AS tf FROM ({holders.sql}) AS held "
        f"WHERE {' AND '.join([sql for sql, _ in demands] or ['1 = 1'])} "
        "GROUP BY pair_id ORDER BY 2, pair_id DESC LIMIT %s) "
        f"SELECT pair.id, held.tf, pair.heading, pair.number, article.slug, shelf.title, {public.sql} FROM held "
        "JOIN articles_qapair pair ON pair.id = held.pair_id JOIN articles_article article ON article.id = pair.article_id "
        "JOIN articles_column shelf ON shelf.id = article.column_id ORDER BY held.tf, pair.id DESC",
        [*holders.params, *flatten(params for _, params in demands), most, *public.params],
    )


def newest_holders(terms: Sequence[Term]) -> Fragment:
    """Return the query for the pairs that hold one of the terms; where they are very many, for the newest of some."""
    if sum(term.df for term in terms) <= MOST_HOLDERS:
        sql = f"SELECT pair_id, tf FROM articles_posting WHERE term_id IN ({marks(terms)})"
        return Fragment(sql, [term.id for term in terms])
    common = sorted(terms, key=lambda term: (-term.df, term.text))[:MOST_COMMON]
    newest = (
        "SELECT * FROM (SELECT pair_id, tf FROM articles_posting WHERE term_id = %s "
        f"ORDER BY pair_id DESC LIMIT {MOST_HOLDERS // len(common)}) AS newest"
    )
    return Fragment(" UNION ALL ".join([newest] * len(common)), [term.id for term in common])


def is_public() -> Fragment:
    """Return the condition that readers may see the pair, for SQL that names it so."""
    this = Article.objects.published().order_by().filter(pk=RawSQL("pair.article_id", ()))
    sql, params = this.values("pk").query.sql_with_params()
    return Fragment(there_is(sql), params)


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
