import pytest

from articles.search.mixups import all_look_alikes, mixups, near_homophones, near_sounds


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


def test_what_may_have_been_meant():
    found = mixups("账")
    assert (found["帐"], found["站"], found["胀"]) == (True, False, True)
    assert not {"账", "群"} & found.keys()


@pytest.mark.parametrize("character, other", [("郡", "群"), ("未", "末"), ("己", "已"), ("折", "拆")])
def test_characters_that_look_alike(character, other):
    assert other in all_look_alikes()[character]
    assert character in all_look_alikes()[other]


def test_no_character_looks_like_itself():
    assert [character for character, others in all_look_alikes().items() if character in others] == []
