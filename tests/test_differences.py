import pytest

from articles.differences import KEPT, compare


def sides(old: str, new: str) -> tuple[str, str]:
    """Return both versions with what is changed in brackets."""
    return tuple("".join(f"[{p.text}]" if p.is_changed else p.text for p in side) for side in compare(old, new))


@pytest.mark.parametrize(
    "old, new, expected",
    [
        ("", "", ("", "")),
        ("一样", "一样", ("一样", "一样")),
        ("先聊再布置", "先聊，再布置", ("先聊再布置", "先聊[，]再布置")),
        ("先看留存", "先看拉新", ("先看[留存]", "先看[拉新]")),
        ("", "新写的", ("", "[新写的]")),
        ("删掉的", "", ("[删掉的]", "")),
        ("甲\n乙\n丙", "甲\n丙", ("甲\n[乙\n]丙", "甲\n丙")),
        ("甲\n乙", "甲\n乙\n丙", ("甲\n乙", "甲\n乙[\n丙]")),
        ("<b>", "<i>", ("<[b]>", "<[i]>")),
    ],
)
def test_changes_are_marked_by_characters(old, new, expected):
    assert sides(old, new) == expected


def test_long_stretches_without_a_change_are_cut_short():
    old, new = compare("同" * 500 + "旧", "同" * 500 + "新")
    assert [len(piece.text) for piece in old] == [2 * KEPT + 3, 1]
    assert new[1].text == "新"


def test_a_text_too_long_for_characters_is_compared_by_lines():
    first, second = "甲" * 3000, "乙" * 3000
    assert sides(f"{first}\n同", f"{second}\n同") == (f"[{first}\n]同", f"[{second}\n]同")
