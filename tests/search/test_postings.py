import pytest

from articles.search import postings, writing
from articles.search.blocks import MOST, SIZE
from articles.search.fields import VERSION, Fields
from articles.search.postings import Change, Entry
from tests.search.tables import posting_rows

pytestmark = pytest.mark.django_db


def entry(**texts):
    fields = Fields.of(**texts)
    return Entry(VERSION, fields.length(), fields.pack())


def index_rows():
    """Return all that the index holds, with terms by their text."""
    return {
        "postings": sorted(row[:3] for row in posting_rows()),
        "df": dict(postings.select("SELECT text, df FROM articles_term")),
        "size": postings.select("SELECT pairs, length FROM articles_indexstat"),
    }


def write(*changes):
    writing.write([Change(*change) for change in changes])


def test_new_entries_are_written():
    write((1, None, entry(question="客户")), (2, None, entry(answer="客")))
    assert index_rows() == {
        "postings": [("客", 1, 4), ("客", 2, 1), ("客户", 1, 4), ("户", 1, 4)],
        "df": {"客": 2, "户": 1, "客户": 1},
        "size": [(2, 4)],
    }
    assert postings.read_entries([1, 2, 3]) == {1: entry(question="客户"), 2: entry(answer="客")}


def test_a_changed_entry_leaves_nothing_of_the_old_one():
    write((1, None, entry(question="客户")), (2, None, entry(answer="客")))
    write((1, entry(question="客户"), entry(question="客群")), (2, entry(answer="客"), None))
    assert index_rows() == {
        "postings": [("客", 1, 4), ("客群", 1, 4), ("群", 1, 4)],
        "df": {"客": 1, "群": 1, "客群": 1},
        "size": [(1, 3)],
    }
    assert postings.read_entries([1, 2]) == {1: entry(question="客群")}


def test_a_small_edit_touches_only_its_terms(django_assert_num_queries):
    old, new = entry(answer="一二三四五六七八九十" * 9), entry(answer="一二三四五六七八九十" * 9 + "啊")
    write((1, None, old))
    before = {row[0]: row for row in index_rows()["postings"]}
    with django_assert_num_queries(8):
        write((1, old, new))
    after = {row[0]: row for row in index_rows()["postings"]}
    assert {term for term in after if before.get(term) != after[term]} == {"啊", "十啊"}


def part_sizes() -> list[int]:
    rows = postings.select("SELECT LENGTH(postings) FROM articles_postingblock ORDER BY term_id, block, start")
    return [length // SIZE for (length,) in rows]


def test_a_common_term_lies_in_parts_of_which_a_write_touches_one():
    one = entry(answer="客")
    write(*((2 * number, None, one) for number in range(1, MOST + 2)))
    assert sorted(part_sizes()) == [MOST // 2, MOST // 2 + 1]
    write((3, None, one), (2 * MOST + 3, None, one))
    assert sorted(part_sizes()) == [MOST // 2 + 1, MOST // 2 + 2]
    assert [pair_id for _, pair_id, _ in index_rows()["postings"]] == [2, 3, *range(4, 2 * MOST + 3, 2), 2 * MOST + 3]
    write(*((2 * number, one, None) for number in range(1, MOST // 2 + 1)), (3, one, None))
    assert part_sizes() == [MOST // 2 + 2]
    write((1, None, one))
    assert part_sizes() == [1, MOST // 2 + 2]
    assert [row[1] for row in index_rows()["postings"]][:3] == [1, MOST + 2, MOST + 4]


def test_more_rows_than_one_statement_takes():
    texts = ["".join(chr(0x5F00 + 40 * n + k) for k in range(40)) for n in range(30)]
    entries = [entry(heading=text) for text in texts]
    write(*((n, None, e) for n, e in enumerate(entries)))
    assert len(index_rows()["postings"]) == sum(len(e.postings()) for e in entries) > 2 * postings.CHUNK
    write(*((n, e, None) for n, e in enumerate(entries)))
    assert index_rows() == {"postings": [], "df": {}, "size": [(0, 0)]}


def test_terms_are_read_by_text_rarest_first():
    write((1, None, entry(heading="kpi kpis 客")), (2, None, entry(heading="kpi 客户")), (3, None, entry(heading="客")))
    assert [term[1:] for term in postings.read_terms(["客", "kpi", "没有"])] == [("kpi", 2), ("客", 3)]
    assert postings.read_terms([]) == []


def test_words_are_read_by_what_stands_inside():
    write((1, None, entry(heading="kpi c_d abc 客pi")))
    assert [term.text for term in postings.read_words_around(["pi"])] == ["kpi", "pi"]
    assert [term.text for term in postings.read_words_around(["pi"], 1)] == ["pi"]
    assert [term.text for term in postings.read_words_around(["_"])] == ["c_d"]
    assert [term.text for term in postings.read_words_around(["%"])] == []


def test_the_average_length_of_no_pairs_is_one():
    assert postings.read_size() == (0, 1)
