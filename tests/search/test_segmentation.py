import unicodedata

import pytest

from articles.search.segmentation import fold, grams, runs, terms, word_parts


@pytest.mark.parametrize(
    "text, folded",
    [
        ("KPI", "kpi"),
        ("ＫＰＩ", "kpi"),
        ("團隊管理", "团队管理"),
        ("ＫＰＩ／測試！", "kpi/测试!"),
        ("㎡ ﬁ ½ …", "㎡ ﬁ ½ …"),
        ("İ", "İ"),
        ("①", "1"),
        ("", ""),
    ],
)
def test_fold(text, folded):
    assert fold(text) == folded


def test_fold_keeps_every_character_in_its_place():
    whole_plane_and_samples = "".join(map(chr, [*range(0x10000), *range(0x10000, 0x110000, 61)]))
    assert len(fold(whole_plane_and_samples)) == len(whole_plane_and_samples)


@pytest.mark.parametrize(
    "folded, expected",
    [
        ("kpi考核怎么定？", ["kpi", "考核怎么定"]),
        ("用node.js写，c++也行", ["用", "node.js", "写", "c++", "也行"]),
        ("wi-fi 与 3.5%", ["wi-fi", "与", "3.5"]),
        ("café ñandú", ["café", "ñandú"]),
        ("佐々木とカフェ・한국어", ["佐々木とカフェ", "한국어"]),
        ("¥%&——《》\x00\ud800", []),
        ("a" * 70, ["a" * 64]),
    ],
)
def test_runs(folded, expected):
    assert runs(folded) == expected


def test_no_mark_or_sign_gets_into_a_run():
    everything = "".join(chr(code) for code in range(0x10000) if unicodedata.category(chr(code))[0] in "PSZC")
    joined = set("".join(runs(fold(everything))))
    assert {c for c in joined if unicodedata.category(c)[0] in "PSZC"} == set()


def test_terms_are_characters_and_bigrams_or_words_and_their_parts():
    assert terms(["淘宝客", "客", "wi-fi", "kpi"]) == [
        "淘",
        "宝",
        "客",
        "淘宝",
        "宝客",
        "客",
        "wi-fi",
        "wi",
        "fi",
        "kpi",
    ]


def test_grams_of_a_word_are_the_word():
    assert grams("kpi", 2) == ["kpi"]
    assert grams("淘宝客", 3) == ["淘宝客"]
    assert grams("淘", 2) == []


def test_a_simple_word_has_no_parts():
    assert word_parts("c++") == []
    assert word_parts("egret.movieclip") == ["egret", "movieclip"]
