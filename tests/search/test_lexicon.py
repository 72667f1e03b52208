from articles.search import lexicon
from articles.search.lexicon import most_common
from articles.search.postings import Term

RARE, COMMON = Term(1, "k1", 2), Term(2, "k2", 9_000)


def test_of_words_that_hold_a_piece_the_most_common_are_read(monkeypatch):
    assert most_common([RARE, COMMON], 1_000_000) == [RARE, COMMON]
    monkeypatch.setattr(lexicon, "MOST_ROWS", 246)
    # A common word has a row in each of 245 blocks, a rare one at most as many as pairs.
    assert most_common([RARE, COMMON], 1_000_000) == [COMMON]
    monkeypatch.setattr(lexicon, "MOST_ROWS", 247)
    assert most_common([RARE, COMMON], 1_000_000) == [RARE, COMMON]
    assert most_common([], 10) == []
