"""Two versions of an article: fields, order, pairs that came and went, texts, topics."""

import pytest

from articles.comparing import compare


def version(*pairs, **fields):
    """Return a version; a pair is a number, or its fields."""
    said = [pair if isinstance(pair, dict) else pair_of(pair) for pair in pairs]
    return {"article": {"title": "带团队"} | fields, "pairs": said}


def pair_of(number, **fields):
    return {
        "number": number,
        "heading": f"问{number}",
        "question": "",
        "signature": "",
        "answer": "",
        "topics": [],
    } | fields


def told(old, new) -> list[str]:
    """Return what became of each pair, in the order of the page."""
    return [what_became_of(change) for change in compare(old, new).pairs]


def what_became_of(change) -> str:
    name = f"{change.number or '新'}"
    if change.is_added:
        return f"+{name}@{change.new_place}"
    if change.is_removed:
        return f"-{name}@{change.old_place}"
    moved = f"{change.old_place}→{change.new_place}" if change.is_moved else ""
    return name + moved + "".join(f" {text.name}" for text in change.texts)


@pytest.mark.parametrize(
    "old, new, expected",
    [
        ([1, 2, 3], [1, 2, 3], ["1", "2", "3"]),
        ([1, 2, 3], [3, 1, 2], ["33→1", "1", "2"]),
        ([1, 2, 3], [2, 3, 1], ["2", "3", "11→3"]),
        ([1, 2], [2, 1], ["22→1", "1"]),
        ([1, 2, 3, 4], [1, 4, 3, 2], ["1", "44→2", "33→3", "2"]),
        ([1, 2, 3], [1, 3], ["1", "-2@2", "3"]),
        ([1, 2, 3], [2, 3], ["-1@1", "2", "3"]),
        ([1], [1, 2], ["1", "+2@2"]),
        ([1], [None, 1, None], ["+新@1", "1", "+新@3"]),
        ([], [], []),
    ],
)
def test_order_is_told_by_the_fewest_moves(old, new, expected):
    assert told(version(*old), version(*new)) == expected


def test_texts_topics_and_fields_that_changed_are_named():
    old = version(pair_of(1, answer="先看留存。", topics=["KPI", "留存"]), summary="旧")
    new = version(pair_of(1, answer="先看拉新。", topics=["KPI", "拉新"]), summary="旧", title="带小团队")
    found = compare(old, new)
    assert [change.name for change in found.fields] == ["title"]
    [pair] = found.pairs
    assert [text.name for text in pair.texts] == ["answer"]
    assert (pair.topics, pair.topics_removed, pair.topics_added) == (["KPI"], ["留存"], ["拉新"])
    assert found.size == (3, 2)


def test_the_same_version_twice_differs_in_nothing():
    said = version(1, 2)
    assert compare(said, said).is_same
    assert not compare(said, version(2, 1)).is_same


def test_the_heading_of_a_pair_that_came_is_told_with_the_pair():
    [change] = compare(version(), version(pair_of(1, answer="答"))).pairs
    assert (change.heading, [text.name for text in change.texts]) == ("问1", ["answer"])
