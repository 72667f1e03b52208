import random
from itertools import combinations_with_replacement

import pytest

from articles.search.highlighting import find_matches
from articles.search.passages import choose_passage, densest, heaviest_window, places
from articles.search.query import parse_query

WEIGHTS = {"客户": 7, "户外": 5, "客": 2, "ab": 4, "团队": 6}
QUERY = parse_query("客户 户外 客 ab 团队")


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


def by_definition(matches, length):
    """Try every stretch between the beginning of a match and the end of one: the heaviest, shortest, first."""
    stretches = [(one.start, other.end) for one, other in combinations_with_replacement(matches, 2)]

    def rank(stretch):
        start, end = stretch
        held = {match.unit for match in matches if start <= match.start and match.end <= end}
        return -sum(map(WEIGHTS.__getitem__, held)), end - start, start

    return min((stretch for stretch in stretches if 0 < stretch[1] - stretch[0] <= length), key=rank)


@pytest.mark.parametrize("seed", range(20))
@pytest.mark.parametrize("length", [2, 5, 12, 40])
def test_the_densest_stretch_is_the_one_of_the_definition(seed, length):
    chance = random.Random(seed)
    text = "".join(chance.choice(["客", "户", "外", "ab", "团队", "，", "空空空空"]) for _ in range(60)) + "客"
    matches = find_matches(text, QUERY)
    assert densest(matches, WEIGHTS, length) == by_definition(matches, length)


def chosen(text, query, length):
    matches = find_matches(text, parse_query(query))
    start, end = choose_passage(text, matches, {match.unit: 1 for match in matches}, length)
    return text[start:end]


@pytest.mark.parametrize(
    "text, passage",
    [
        # A whole sentence, though the match stands in its middle.
        ("头一句话。" * 5 + "这里有一个关键在中间。" + "后一句话。" * 5, "这里有一个关键在中间。后一句话。"),
        # Quotes and brackets that close stay with their sentence.
        ("他说：“不成。”" * 5 + "这才是关键呀。" + "她说：“好的。”" * 5, "这才是关键呀。她说：“好的。”"),
        # Of a long sentence, whole clauses.
        (
            "说来话长得很，" * 5 + "这是关键的一步，后来又说了很久，" + "说来话长，" * 5,
            "这是关键的一步，后来又说了很久",
        ),
        # A line without a stop ends as a clause.
        ("第一条是这样的 " * 5 + "第二条是关键 第三条是那样的 第四条还没写 第五条", "第二条是关键 第三条是那样的"),
        # Neither numbers nor times are cut at their signs.
        ("字" * 30 + "关键是1,000,000,000,000,000，" + "字" * 30, "字" * 6 + "关键是"),
    ],
)
def test_a_passage_is_cut_between_sentences_or_clauses(text, passage):
    assert chosen(text, "关键", 20) == passage


@pytest.mark.parametrize("seed", range(40))
def test_no_passage_is_longer_than_asked_for_or_lacks_the_match(seed):
    chance = random.Random(seed)
    pieces = ["一些字", "，", "。", "？！", "”", " ", "word 2,000", "😀", "👨‍👩‍👧", "填" * 12, "说：", "……"]
    around = ["".join(chance.choice(pieces) for _ in range(chance.randint(0, 40))) for _ in range(2)]
    text, length = "关键".join(around), chance.randint(8, 60)
    assert len(chosen(text, "关键", length)) <= length
    assert "关键" in chosen(text, "关键", length)
