import pytest

from articles.search.passages import heaviest_window, places


@pytest.mark.parametrize(
    "terms, text, found",
    [
        (["团队", "带团"], "带团队，团队", [(0, "带团"), (1, "团队"), (4, "团队")]),
        (["哈哈"], "哈哈哈", [(0, "哈哈"), (1, "哈哈")]),
        (["团队"], "", []),
        ([], "团队", []),
    ],
)
def test_places(terms, text, found):
    assert places(terms, text) == found


@pytest.mark.parametrize(
    "hits, weight",
    [
        ([], 0),
        ([(0, "a"), (1, "a")], 2),
        ([(0, "a"), (99, "b")], 5),
        ([(0, "a"), (100, "b")], 3),
        ([(0, "b"), (150, "a"), (200, "b"), (249, "a")], 5),
    ],
)
def test_the_heaviest_window_counts_each_unit_once(hits, weight):
    assert heaviest_window(hits, {"a": 2, "b": 3}) == weight
