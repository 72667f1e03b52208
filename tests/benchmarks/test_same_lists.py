from tests.benchmarks.same_lists import SHOWN, compare


def test_equal_lists():
    assert compare([("团队", ["a", "b"]), ("？", [])], [("团队", ["a", "b"]), ("？", [])]) == [
        "2 queries, 1 of them without a hit; 2 lists are the same on both databases"
    ]


def test_another_order_is_another_list():
    assert compare([("团队", ["a", "b"]), ("KPI", ["c"])], [("团队", ["b", "a"]), ("KPI", ["c"])]) == [
        "2 queries, 0 of them without a hit; 1 lists are the same on both databases",
        "  different: 团队",
    ]


def test_only_the_first_are_shown():
    many = [(f"词{n}", ["a"]) for n in range(SHOWN + 2)]
    assert compare(many, [(text, []) for text, _ in many])[1:] == [f"  different: 词{n}" for n in range(SHOWN)]
