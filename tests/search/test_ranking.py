import random

import pytest

from articles.search.fields import Fields
from articles.search.ranking import (
    Candidate,
    Model,
    Statistics,
    is_telling,
    keep_near,
    rank,
)

SITE = Statistics(100, {"团队": 10, "团": 12, "队": 11, "怎么": 60, "怎": 62, "么": 65, "带": 15, "么带": 2, "带团": 2})


def candidate(pair_id=1, bm25=0.0, **texts):
    return Candidate(pair_id, bm25, Fields.of(**texts))


def order(query_runs, *candidates, statistics=SITE, **options):
    return rank(Model(query_runs, statistics), candidates, **options)


def test_the_nearer_heading_comes_first():
    assert order(
        ["怎么带团队"],
        candidate(1, heading="怎么写周报"),
        candidate(2, heading="第一次带团队怎么开头"),
        candidate(3, heading="怎么带团队"),
    ) == [3, 2, 1]


def test_a_short_heading_counts_although_the_letter_is_long():
    letter = "我们公司去年换了三次方向，" * 20
    assert order(
        ["带团队"],
        candidate(1, heading="闲聊", question=letter + "带团队"),
        candidate(2, heading="带团队", question=letter),
    ) == [2, 1]


def test_the_first_group_comes_first_whatever_its_score():
    near, far = candidate(1, heading="怎么带团队"), candidate(2, heading="周报")
    assert order(["怎么带团队"], near, far, first=frozenset({2})) == [2, 1]


@pytest.mark.parametrize(
    "texts, letters",
    [
        ({"heading": "怎么带团队", "topics": "团队"}, "BCVRLQTXHSD"),
        ({"question": "团队怎么带", "answer": "先聊"}, "BCVRLQTXHSD"),
        ({"answer": "先带团队"}, "BANP"),
    ],
)
def test_the_score_is_the_sum_of_its_parts(texts, letters):
    model, asked = Model(["怎么带团队"], SITE), candidate(1, 3.0, **texts)
    parts = model.parts(asked)
    assert "".join(parts) == letters
    assert model.score(asked) == pytest.approx(sum(parts.values()))
    assert parts["B"] > 0


def test_equal_scores_are_ordered_by_id():
    assert order(["团队"], candidate(9, heading="团队"), candidate(4, heading="团队")) == [4, 9]


def test_more_weight_in_the_index_comes_first():
    assert order(["团队"], candidate(1, 0.1, heading="团队"), candidate(2, 0.9, heading="团队")) == [2, 1]


def test_question_words_that_ask_alike_are_no_difference():
    assert order(["如何带人"], candidate(1, heading="谁来带人"), candidate(2, heading="怎么带人")) == [2, 1]


def test_of_two_like_questions_the_one_whose_answer_holds_the_words_comes_first():
    first, second = (candidate(n, heading="带人", answer=answer) for n, answer in enumerate(["周报", "带团队"]))
    assert order(["带团队"], first, second) == [1, 0]


def test_what_scores_well_is_near_though_it_holds_little():
    """Bigrams miss what is said in another order; the score does not."""
    runs = ["老板团队考核"]
    whole, turned = (candidate(n, 4.0, heading=text) for n, text in enumerate(["老板团队考核", "考团板核老队"]))
    assert keep_near(Model(runs, SITE), [whole, turned]) == [whole, turned]


def test_a_word_in_the_heading_counts_more_than_in_a_shorter_question():
    headed = candidate(2, heading="第一次带团队怎么带", question="周报")
    assert order(["团队"], candidate(1, heading="周报", question="团队里没有人"), headed) == [2, 1]


def test_a_topic_of_the_query_lifts_a_pair():
    assert order(["团队"], candidate(1, heading="周报"), candidate(2, heading="周报", topics="团队")) == [2, 1]


def test_an_answer_alone_is_ranked_by_its_best_passage():
    scattered = "团" + "话" * 120 + "带" + "话" * 120 + "队"
    assert order(["带团队"], candidate(1, answer=scattered), candidate(2, answer="话" * 240 + "带团队")) == [2, 1]


def test_words_and_numbers_count_in_an_answer():
    assert order(["node.js", "18"], candidate(1, answer="用python写"), candidate(2, answer="用node.js 18写")) == [2, 1]


def test_scores_do_not_hang_on_the_order_of_sets():
    """Sums of floats differ with their order; equal pairs must stay equal in every process."""
    words = ["团队", "怎么", "带人", "考核", "周报", "老板"]
    texts = ["，".join(random.Random(seed).sample(words, 6)) for seed in range(5)]
    model = Model(words, SITE)
    scores = {model.score(candidate(question=text)) for text in texts}
    assert len({round(score, 6) for score in scores}) == len(scores)


@pytest.mark.parametrize(
    "term, telling",
    [("怎么", False), ("团队", True), ("么带", True), ("客", False), ("k", False), ("kpi", True), ("", False)],
)
def test_form_words_and_lone_signs_tell_nothing(term, telling):
    assert is_telling(term) is telling


@pytest.mark.parametrize(
    "runs, texts, kept",
    [
        (["带团队"], ["团队", "怎么带", "周报"], [0]),
        (["怎么量子纠缠"], ["怎么办", "量产"], []),
        (["怎么", "么"], ["怎么办"], []),
        (["客"], ["客"], []),
        (["kpi", "团队"], ["kpi", "周报"], [0]),
        ([], ["周报"], []),
    ],
)
def test_only_what_shares_telling_terms_is_near(runs, texts, kept):
    candidates = [candidate(n, heading=text) for n, text in enumerate(texts)]
    assert [c.pair_id for c in keep_near(Model(runs, SITE), candidates)] == kept


def test_the_first_are_kept_although_they_hold_only_form_words():
    both = [candidate(1, heading="怎么"), candidate(2, heading="怎么")]
    assert keep_near(Model(["怎么"], SITE), both, frozenset({2})) == [both[1]]


def test_what_holds_little_of_what_the_nearest_holds_is_left_out():
    runs = ["老板要求团队每周复盘转化数据"]
    whole, little, none = (candidate(n, question=text) for n, text in enumerate([runs[0], "要求", "群里有人"]))
    assert keep_near(Model(runs, SITE), [whole, little, none]) == [whole]
