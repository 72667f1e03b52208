import pytest

from articles.management.tables import align, width


@pytest.mark.parametrize(
    "text, places", [("", 0), ("hit@1", 5), ("团队", 4), ("ＫＰＩ", 6), ("带kpi", 5), ("e\u0301", 1)]
)
def test_width(text, places):
    assert width(text) == places


def test_numbers_stand_below_each_other_beside_chinese():
    assert list(align([["", "cases", "MRR"], ["两个字", "3", "0.5"], ["all", "12", "1"]])) == [
        "        cases  MRR",
        "两个字      3  0.5",
        "all        12    1",
    ]


def test_columns_of_text_are_flush_left_and_leave_no_blanks_behind():
    assert list(align([["期望", "长的", "1"], ["got", "x", ""]], left=2)) == ["期望  长的  1", "got   x"]
