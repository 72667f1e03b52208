import pytest
from pypinyin.constants import PHRASES_DICT

from articles.search.pinyin import (
    PHRASE_LENGTHS,
    homophones,
    readings,
    sounds_of_phrase,
    spellings,
    syllables,
)


@pytest.mark.parametrize(
    "name, expected",
    [
        ("淘宝客", ("taobaoke", "tbk")),
        ("kpi考核", ("kpikaohe", "kpikh")),
        ("私域 2.0", ("siyu20", "sy20")),
        ("银行", ("yinhang", "yh")),
        ("？", ("", "")),
        ("", ("", "")),
    ],
)
def test_spellings(name, expected):
    assert spellings(name) == expected


def test_every_character_has_a_syllable():
    assert syllables("银行KPI，绿") == ["yin", "hang", "K", "P", "I", "，", "lv"]
    short = [phrase for phrase in PHRASES_DICT if len(phrase) in PHRASE_LENGTHS]
    assert [phrase for phrase in short if len(sounds_of_phrase(phrase)) != len(phrase)] == []


def test_homophones_are_characters_in_common_use():
    assert {"客", "刻", "可"} <= set(homophones("课"))
    assert "课" not in homophones("课")
    assert homophones("k") == []


@pytest.mark.parametrize(
    "letters, expected",
    [
        ("taobaok", ("tao", "bao", "k")),
        ("tuandui", ("tuan", "dui")),
        ("xian", ("xian",)),
        ("zh", ("zh",)),
    ],
)
def test_the_first_reading_has_the_longest_syllables(letters, expected):
    assert readings(letters)[0] == expected


@pytest.mark.parametrize("letters", ["", "tbk", "kpi", "2017", "an" * 200 + "v"])
def test_what_is_no_pinyin_has_no_reading(letters):
    assert readings(letters) == []
