import pytest

from articles.search.fields import Fields, Posting, round_length
from articles.search.pieces import heading_pieces


def test_fields_are_folded_runs():
    fields = Fields.of(heading="KPI怎么定？", question="團隊，考核", answer="")
    assert fields == Fields(heading="kpi 怎么定", question="团队 考核", answer="")


def test_packing_is_undone_by_unpacking():
    fields = Fields.of(heading="题", question="问\n第二行", topics="KPI\n绩效", title="刊名", answer="")
    assert fields.pack() == "题\n问 第二行\nkpi 绩效\n刊名\n"
    assert Fields.unpack(fields.pack()) == fields


def test_a_posting_counts_what_readers_ask_by_four_times():
    fields = Fields.of(question="留存", topics="KPI", title="留存", answer="留存KPI")
    assert fields.length() == 11
    assert fields.postings() == {
        "留": Posting(6, 11),
        "存": Posting(6, 11),
        "留存": Posting(6, 11),
        "kpi": Posting(5, 11),
    }


def test_pieces_of_a_heading_stand_beside_its_terms_and_add_nothing_to_the_length():
    fields = Fields.of(heading="留存", answer="存量")
    written = Fields.of(question="留存", answer="存量").postings()
    pieces = {piece: Posting(rank, fields.length()) for piece, rank in heading_pieces("留存").items()}
    assert len(pieces) == 6
    assert fields.postings() == written | pieces


def test_a_pair_without_a_word_has_no_postings():
    assert Fields.of(heading="？！").postings() == {}


def test_counts_fit_a_small_integer():
    assert Fields.of(question="a " * 20_000).postings() == {"a": Posting(32_000, round_length(20_000))}


@pytest.mark.parametrize(
    "length, rounded", [(0, 1), (1, 1), (10, 9), (11, 11), (100, 101), (105, 101), (40_000, 32_000)]
)
def test_lengths_are_rounded(length, rounded):
    assert round_length(length) == rounded


@pytest.mark.parametrize(
    "indexed, terms, length",
    [
        (0, 1000, 1000),
        (1000, 1001, 1000),
        (1000, 1149, 1000),
        (1000, 1151, 1151),
        (1000, 871, 1000),
        (1000, 868, 868),
        (200, 201, 200),
        (200, 199, 199),
    ],
)
def test_a_long_pair_keeps_the_length_that_is_indexed_while_it_is_near(indexed, terms, length):
    fields = Fields.of(answer="a " * terms).with_indexed(indexed)
    assert fields.length() == length
    assert fields.postings() == {"a": Posting(terms, round_length(length))}
