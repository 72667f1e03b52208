import pytest

from articles.search.slips import Evidence, Place, doubtful, is_one_edit, most_doubtful, one_edit, places


@pytest.mark.parametrize(
    "typed, meant, expected",
    [
        ("淘宝害", "淘宝客", True),
        ("淘客", "淘宝客", True),
        ("淘宝客客", "淘宝客", True),
        ("宝淘客", "淘宝客", True),
        ("kip", "kpi", True),
        ("淘宝客", "淘宝客", False),
        ("客宝淘", "淘宝客", False),
        ("淘宝", "淘宝客户", False),
        ("", "客", True),
        ("", "", False),
    ],
)
def test_is_one_edit(typed, meant, expected):
    assert is_one_edit(typed, meant) is expected


def test_one_edit_makes_each_kind_of_slip_good():
    assert {"kpi", "kit", "kiip", "ki"} <= one_edit("kip")
    assert "kip" not in one_edit("kip")


def test_places_know_their_neighbours():
    place = places("淘宝课程", 3)[2]
    assert place == Place("淘宝课程", 2, 3)
    assert (place.start, place.character, place.neighbours) == (5, "课", ("宝", "程"))
    assert places("课", 0) == []


@pytest.mark.parametrize(
    "at, length, expected",
    [
        (0, 2, ["x宝"]),
        (2, 2, ["宝x", "x程"]),
        (2, 3, ["淘宝x", "宝x程"]),
        (3, 3, ["宝课x"]),
        (1, 5, []),
    ],
)
def test_pieces_of_a_run_with_another_character(at, length, expected):
    assert Place("淘宝课程", at, 0).grams("x", length) == expected


def test_what_a_near_text_holds_is_beyond_doubt():
    every = list(places("带团对管理", 0))
    assert doubtful(every, []) == every
    assert [place.character for place in doubtful(every, ["怎么带团", "团对，管理"])] == ["带", "团", "对", "管", "理"]
    assert [place.character for place in doubtful(every, ["也带团对人"])] == ["管", "理"]


def test_the_rarest_places_are_the_most_doubtful():
    every = list(places("带团对管理", 0))
    assert [place.character for place in most_doubtful(every, {"带团": 9, "管理": 1})] == ["对", "管", "理", "带", "团"]


COUNTS = {"淘": 30, "宝": 30, "客": 25, "课": 6, "淘宝": 30, "宝客": 20}


def best(text, counts=COUNTS, texts=("淘宝客怎么做",)):
    exchange = Evidence(counts, texts, 30_000, len(text)).best_exchange(places(text, 0))
    return exchange and (exchange.character, exchange.score > 0)


def test_the_best_exchange_is_what_the_site_says_there():
    assert best("淘宝课") == ("客", True)


def test_a_rare_coincidence_is_no_slip():
    assert best("讲课", {"讲": 9, "课": 9, "讲课": 8, "客": 40, "讲客": 1}) == ("客", False)


def test_nothing_known_nothing_offered():
    assert best("淘宝课", {}, ()) is None
