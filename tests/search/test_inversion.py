from articles.search.blocks import WIDTH, pack
from articles.search.fields import Fields, Posting, round_length
from articles.search.inversion import Inverter, invert

LONG = "字" * 40_000


def packed(*postings):
    return b"".join(pack(pair_id, Posting(*numbers)) for pair_id, *numbers in postings)


def fill(inverter, *batches):
    for batch in batches:
        inverter.add(invert((pair_id, Fields.of(**texts)) for pair_id, texts in batch.items()))


def test_postings_come_back_term_by_term_across_batches():
    with Inverter() as inverter:
        fill(inverter, {1: {"question": "客户"}, 2: {"answer": "客"}}, {5: {"answer": "客客"}})
        assert inverter.number_terms() == 6
        assert list(inverter.terms()) == [(1, "客", 3), (2, "客客", 1), (3, "客户", 1), (4, "户", 1)]
        assert list(inverter.postings()) == [
            (1, 0, packed((1, 4, 3), (2, 1, 1), (5, 2, 3))),
            (2, 0, packed((5, 1, 3))),
            (3, 0, packed((1, 4, 3))),
            (4, 0, packed((1, 4, 3))),
        ]


def test_known_terms_keep_their_ids_and_new_ones_come_after_them():
    with Inverter() as inverter:
        inverter.know([(7, "户"), (9, "没有了"), (3, "a")])
        fill(inverter, {1: {"question": "客户 a b"}})
        inverter.number_terms()
        assert list(inverter.terms()) == [(3, "a", 1), (7, "户", 1), (10, "b", 1), (11, "客", 1), (12, "客户", 1)]
        assert [row[0] for row in inverter.postings()] == [3, 7, 10, 11, 12]


def test_the_greatest_numbers_fit():
    with Inverter() as inverter:
        fill(inverter, {2**33: {"question": LONG}})
        inverter.number_terms()
        length = round_length(32_000)
        rows = [(block, packed) for _, block, packed in inverter.postings()]
        assert rows == [(2**21, packed((2**33, 32_000, length)))] * 2


def test_each_block_of_pairs_has_its_row():
    with Inverter() as inverter:
        fill(inverter, {WIDTH - 1: {"answer": "客"}, WIDTH: {"answer": "客"}}, {WIDTH + 1: {"answer": "客"}})
        assert inverter.number_terms() == 3
        assert list(inverter.postings()) == [
            (1, 0, packed((WIDTH - 1, 1, 1))),
            (1, 1, packed((WIDTH, 1, 1), (WIDTH + 1, 1, 1))),
        ]


def test_no_content_gives_no_rows():
    with Inverter() as inverter:
        fill(inverter, {1: {"question": "？！"}})
        assert (inverter.number_terms(), [*inverter.terms()], [*inverter.postings()]) == (0, [], [])
