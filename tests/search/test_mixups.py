import pytest

from articles.search.mixups import mixups, near_homophones, near_sounds


@pytest.mark.parametrize(
    "syllable, expected",
    [
        ("zi", ["zhi"]),
        ("shi", ["si"]),
        ("cheng", ["ceng", "chen"]),
        ("lin", ["ling", "nin"]),
        ("fang", ["fan", "hang"]),
        ("er", []),
        ("k", []),
    ],
)
def test_near_sounds(syllable, expected):
    assert near_sounds(syllable) == expected


def test_near_homophones_differ_by_one_sound():
    assert {"资", "字"} <= set(near_homophones("知"))
    assert not {"知", "之", "增"} & set(near_homophones("知"))
    assert near_homophones("k") == ()


def test_homophones_come_first():
    found = mixups("知")
    assert found.index("之") < found.index("字")
    assert len(set(found)) == len(found)
