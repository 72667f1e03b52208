import pytest

from articles.search.fields import LARGEST
from articles.search.pieces import CHARACTERS, INITIALS, SYLLABLES, Piece, Stretch, heading_pieces, place_of, signs_of
from articles.search.postings import FIRST_UNSPACED
from articles.search.segmentation import fold, runs


def pieces(mark, heading):
    return [(text[1:], place_of(rank)) for text, rank in heading_pieces(heading).items() if text[0] == mark]


def test_a_heading_is_cut_up_by_its_characters_syllables_and_first_letters():
    heading = "團隊 KPI？"
    assert pieces(CHARACTERS, heading) == [("团队", 0), ("队k", 1)]
    assert pieces(SYLLABLES, heading) == [("tuan dui", 0), ("dui k", 1), ("k p", 2), ("p i", 3), ("i", 4)]
    assert pieces(INITIALS, heading) == [("tdk", 0), ("dkp", 1), ("kpi", 2), ("pi", 3), ("i", 4)]


def test_a_piece_that_comes_twice_has_the_rank_of_its_first_place():
    assert dict(pieces(CHARACTERS, "数据看数据")) == {"数据": 0, "据看": 1, "看数": 2, "据": 4}


def test_pieces_rank_by_their_place_then_by_the_length_of_the_heading():
    ranks = [heading_pieces(heading)[f"{CHARACTERS}客户"] for heading in ("客户", "客户流失", "老客户", "新老客户流失")]
    assert ranks == sorted(ranks)


def test_a_rank_fits_where_the_index_keeps_counts():
    assert max(heading_pieces("字节" * 500).values()) <= LARGEST


@pytest.mark.parametrize("heading", ["", "？！…", " "])
def test_what_has_no_letters_has_no_pieces(heading):
    assert heading_pieces(heading) == {}


@pytest.mark.parametrize("mark", [CHARACTERS, SYLLABLES, INITIALS])
def test_a_mark_is_in_no_text_and_behind_the_words(mark):
    assert mark not in "".join(runs(fold(f"a{mark}a{mark}")))
    assert mark > FIRST_UNSPACED


@pytest.mark.parametrize(
    "run, expected",
    [
        ("团", [Piece(f"{CHARACTERS}团", True)]),
        ("团队", [Piece(f"{CHARACTERS}团队")]),
        ("带团队", [Piece(f"{CHARACTERS}带团"), Piece(f"{CHARACTERS}团队")]),
        ("tb", [Piece(f"{INITIALS}tb", True)]),
        ("tbk", [Piece(f"{INITIALS}tbk")]),
        ("2017", [Piece(f"{INITIALS}201"), Piece(f"{INITIALS}017")]),
    ],
)
def test_the_pieces_of_what_was_typed(run, expected):
    assert Stretch.of_run(run) == Stretch(run, expected, len(run))


@pytest.mark.parametrize(
    "reading, is_half_typed, expected",
    [
        (("tao",), True, [Piece(f"{SYLLABLES}tao", True)]),
        (("tao", "b"), True, [Piece(f"{SYLLABLES}tao b", True)]),
        (("tao", "bao", "k"), True, [Piece(f"{SYLLABLES}tao bao"), Piece(f"{SYLLABLES}bao k", True)]),
        (("tao", "bao"), False, [Piece(f"{SYLLABLES}tao bao")]),
    ],
)
def test_the_pieces_of_pinyin(reading, is_half_typed, expected):
    stretch = Stretch.of_syllables(reading, is_half_typed=is_half_typed)
    assert stretch == Stretch("".join(reading), expected, len(reading))


@pytest.mark.parametrize(
    "stretch, heading, is_in",
    [
        (Stretch.of_run("数据分析"), "数据看数据，分析", True),
        (Stretch.of_run("数据分析"), "数据分，分析", False),
        (Stretch.of_run("zh"), "该转行", True),
        (Stretch.of_run("zh"), "转岗", False),
        (Stretch.of_syllables(("zhu",), is_half_typed=True), "该转行", True),
        (Stretch.of_syllables(("hang",), is_half_typed=True), "行行", False),
    ],
)
def test_a_heading_tells_whether_it_holds_a_stretch(stretch, heading, is_in):
    assert stretch.is_in(heading) is is_in


def test_signs_are_folded_and_close_up():
    assert signs_of("轉行，該不該？ＫＰＩ c++") == "转行该不该kpic++"
