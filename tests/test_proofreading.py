import pytest

from articles.proofreading import (
    ArticleText,
    PairText,
    Twin,
    half_width_marks,
    link_targets,
    numbered_lines,
    proofread,
)

WHOLE = PairText("怎么开口", "编辑你好：\n\n我不敢布置任务。", "先聊，再布置。", ("团队管理",))


def found(*pairs, dead_links=(), twins=None, **fields) -> list[tuple]:
    article = ArticleText(pairs=pairs, **fields)
    return [
        (finding.pair, finding.field, str(finding.message), finding.is_gap)
        for finding in proofread(article, dead_links=dead_links, twins=twins)
    ]


def test_a_whole_article_gives_no_cause():
    assert found(WHOLE) == []


def test_an_article_without_questions_cannot_go_out():
    assert found() == [(None, "pairs", "还没有问答", True)]


@pytest.mark.parametrize("blank", ["", " \n　"])
def test_every_gap_is_named_before_all_advice(blank):
    assert found(PairText(), PairText("甲,乙", "问", blank, ("KPI",))) == [
        (0, "heading", "没有小标题", True),
        (0, "question", "没有来信", True),
        (0, "answer", "没有回信", True),
        (1, "answer", "没有回信", True),
        (0, "topics", "没有话题", False),
        (1, "heading", "1 处半角标点", False),
    ]


@pytest.mark.parametrize(
    "fields, expected",
    [
        ({"origin": "reprint"}, [(None, "source_name", "转载要写来源", False)]),
        ({"origin": "reprint", "source_name": "旧刊"}, []),
        ({"origin": "reprint", "source_url": "https://example.com/1"}, []),
        ({"origin": "original"}, []),
        ({"origin": "retold"}, []),
    ],
)
def test_a_reprint_names_its_source(fields, expected):
    assert found(WHOLE, **fields) == expected


def pair(**fields) -> PairText:
    filled = {"heading": WHOLE.heading, "question": WHOLE.question, "answer": WHOLE.answer, "topics": WHOLE.topics}
    return PairText(**filled | fields)


@pytest.mark.parametrize(
    "fields, expected",
    [
        ({"heading": "长" * 30}, []),
        ({"heading": "长" * 31}, [(0, "heading", "小标题有 31 字，30 字以内为好", False)]),
        ({"question": "长 \n" * 600}, []),
        ({"question": "长 \n" * 601}, [(0, "question", "来信太长：601 字", False)]),
        ({"question": "你好,(一)走!"}, [(0, "question", "4 处半角标点", False)]),
        ({"answer": "1、甲\n2、乙"}, [(0, "answer", "2 行「1、」式编号", False)]),
        ({"answer": "1. 甲\n2. 乙\n\n3、4月份"}, []),
    ],
)
def test_advice_stands_with_its_field(fields, expected):
    assert found(pair(**fields)) == expected


def test_the_same_question_twice_is_named_once():
    twice = pair(heading="怎么开口？", question="编辑你好，\n我不敢布置任务", answer="另一个回答。")
    assert found(WHOLE, twice) == [(1, "question", "这一问在本篇里重复了", False)]


def test_dead_links_are_named():
    answer = "见[甲](/articles/jia/)、[乙](/articles/yi/)、<https://example.com/x>。"
    dead = {"/articles/yi/"}
    assert found(pair(answer=answer), dead_links=dead) == [(0, "answer", "读者打不开这个链接：/articles/yi/", False)]


def test_twins_are_named_with_their_address():
    twin = Twin("怎么布置任务", "/admin/articles/article/1/change/#pairs-0", 82)
    (finding,) = proofread(ArticleText(pairs=(WHOLE,)), twins={0: [twin]})
    assert (finding.pair, finding.field, str(finding.message)) == (0, "question", "与「怎么布置任务」有 82% 相似")
    assert finding.twin == twin


@pytest.mark.parametrize(
    "text, targets",
    [
        ("[a](/articles/a/) ![b](/media/b.png) [c](<https://x.cn/c>)", ["/articles/a/", "/media/b.png", "https://x.cn/c"]),
        ("<https://x.cn/d> [a](/a) [a](/a)", ["https://x.cn/d", "/a"]),
        ("/articles/a/ [a] (b) https://x.cn", []),
    ],
)  # fmt: skip
def test_link_targets(text, targets):
    assert link_targets(text) == targets


@pytest.mark.parametrize(
    "text, marks", [("你好,世界!", 2), ("你好, 世界", 1), ("11:29 a,b", 0), ("见 https://a.cn/?x=1,2 吧", 0), ("", 0)]
)
def test_half_width_marks(text, marks):
    assert half_width_marks(text) == marks


@pytest.mark.parametrize(
    "text, lines", [("1、甲\n\n2、乙\n3、丙", 3), ("1. 甲\n2. 乙", 0), ("```\n1、甲\n2、乙\n```", 0)]
)
def test_numbered_lines(text, lines):
    assert numbered_lines(text) == lines


def test_any_text_can_be_proofread():
    nonsense = PairText("\x00", "[" * 5000, "](" * 3000 + "<http://[", ("",))
    assert all(finding.pair == 0 for finding in proofread(ArticleText("?", "", "javascript:", (nonsense,))))
