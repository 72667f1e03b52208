"""Two texts side by side: which paragraph became which, and what is marked within it."""

import time

import pytest

from articles.differing import differing_rows, size_of_change


def marked(side) -> str:
    return "".join(f"[{piece.shown}]" if piece.is_changed else piece.shown for piece in side)


def rows(old: str, new: str) -> list:
    """Return the rows with what is changed in brackets; a number stands for so many paragraphs left out."""
    return [row.skipped or (marked(row.old), marked(row.new)) for row in differing_rows(old, new)]


@pytest.mark.parametrize(
    "old, new, expected",
    [
        ("", "", []),
        ("一样", "一样", [1]),
        ("", "新写的", [("", "[新写的]")]),
        ("删掉的", "", [("[删掉的]", "")]),
        ("先聊再布置", "先聊，再布置", [("先聊再布置", "先聊[，]再布置")]),
        ("先看留存", "先看拉新", [("先看[留存]", "先看[拉新]")]),
        ("<b>", "<i>", [("<[b]>", "<[i]>")]),
        # Words of letters and digits are one sign each.
        ("先定好本周的 KPI 目标", "先定好本周的 KPIs 目标", [("先定好本周的 [KPI] 目标", "先定好本周的 [KPIs] 目标")]),
        # A sign or two that stayed between two changes is marked with them.
        ("把旧的词改成新的词再看", "把好的话改成新的词再看", [("把[旧的词]改成新的词再看", "把[好的话]改成新的词再看")]),
        ("甲段\n\n乙段", "甲段\n\n乙段\n\n丙句", [1, ("乙段", "乙段"), ("", "[丙句]")]),
        ("甲\n乙\n丙", "甲\n丙", [("甲", "甲"), ("[乙]", ""), ("丙", "丙")]),
        # An empty line more is a change in Markdown.
        ("甲\n乙", "甲\n\n乙", [("甲", "甲\n[↵\n]"), ("乙", "乙")]),
        ("第一段很长的话\n\n第二段", "全新写的\n\n第一段很长的话\n\n第二段", [("", "[全新写的]"), ("第一段很长的话", "第一段很长的话"), 1]),
    ],
)  # fmt: skip
def test_what_changed_is_marked_by_characters(old, new, expected):
    assert rows(old, new) == expected


def test_a_paragraph_stands_beside_the_one_that_it_became():
    old = "先把来源分开记，再看留存。\n\n每周只改一处。"
    new = "这是新加的一段话。\n\n先把来源分开记清楚，再看留存。\n\n每周只改一处。"
    assert rows(old, new) == [
        ("", "[这是新加的一段话。]"),
        ("先把来源分开记，再看留存。", "先把来源分开记[清楚]，再看留存。"),
        ("每周只改一处。", "每周只改一处。"),
    ]


def test_long_stretches_without_a_change_are_left_out():
    old = "\n".join(f"第{number}段" for number in range(10))
    assert rows(old, old.replace("第5段", "第5段改")) == [
        4,
        ("第4段", "第4段"),
        ("第5段", "第5段[改]"),
        ("第6段", "第6段"),
        3,
    ]


def test_characters_that_came_and_went_are_counted():
    [row] = differing_rows("先看留存数", "先看拉新")
    assert size_of_change(row) == (2, 3)


HARD = {
    "one sign": ("好" * 50_000, "好" * 49_000 + "坏" * 1000),
    "two signs": ("甲乙" * 25_000, "乙甲甲" * 16_666),
    "short lines": ("甲\n乙\n" * 12_500, "乙\n乙\n甲\n" * 8_333),
    "one paragraph": ("".join(map(chr, range(0x4E00, 0x9000))) * 2, "".join(map(chr, range(0x9000, 0x4E00, -1))) * 2),
    "like paragraphs": ("\n".join("甲乙丙丁戊" * 40 + str(n) for n in range(250)), "\n".join(str(n) + "甲乙丙丁戊" * 40 for n in range(250))),
}  # fmt: skip


@pytest.mark.parametrize("old, new", HARD.values(), ids=HARD)
def test_the_longest_texts_are_compared_at_once_and_nothing_is_lost(old, new):
    start = time.process_time()
    found = differing_rows(old[:50_000], new[:50_000])
    assert time.process_time() - start < 2
    assert found and not all(row.is_same for row in found)
