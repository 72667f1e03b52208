import time
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from articles.importing import reasons
from articles.importing.page import decode_page
from articles.importing.parser import parse_page
from articles.importing.records import PageRefused
from tests.importing.reading import FOLDER, PAGES, REFUSED, describe, read_page_file

SHANGHAI = ZoneInfo("Asia/Shanghai")

LETTERS = """李四：夜班来信

四哥,我们组最近走了三个人,活都压在我身上。我想请假,又怕显得不合群。

四哥,还有一个问题,周报怎么写才不像流水账?

请假不丢人

这两个问题,先说请假。

直接请:

1、写清楚哪几天

2、写清楚谁顶上

怕显得不合群?合群不是靠不请假。

四哥好,第一次带实习生,该教什么呢

教他怎么问问题。

共勉。

去年今日

  1. 2021: 三个办法让周报有用!(0)
  2. 2020: 实习生怎么选?(2)

原创文章,作者:夜班站,如若转载,请注明出处:https://example.com/yb/7.html

(0)
夜班站的头像夜班站管理员
上一篇 2018年3月5日 上午11:00
下一篇 2018年3月5日 下午1:30

推荐资讯

分享本页
返回顶部
"""


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_sample_page_is_read_exactly(path):
    expected = path.with_name(f"{path.name}.parsed").read_text(encoding="utf-8")
    assert describe(read_page_file(path.name)) == expected


@pytest.mark.parametrize("path", REFUSED, ids=lambda path: path.name)
def test_page_without_questions_is_refused(path):
    with pytest.raises(PageRefused) as refusal:
        parse_page(decode_page(path.read_bytes()))
    assert refusal.value.reason == reasons.NO_QUESTION


def test_letters_column_gives_pairs_facts_and_furniture():
    page = parse_page(LETTERS)
    assert (page.title, page.column_title, page.author_name) == ("李四：夜班来信", "夜班来信", "李四")
    assert (page.source_name, page.source_url) == ("夜班站", "https://example.com/yb/7.html")
    assert page.published_at is None
    assert page.earliest == datetime(2018, 3, 5, 11, 0, tzinfo=SHANGHAI)
    assert page.latest == datetime(2018, 3, 5, 13, 30, tzinfo=SHANGHAI)
    assert [pair.heading for pair in page.pairs] == ["请假不丢人", "第一次带实习生，该教什么呢"]
    assert page.pairs[0].question == (
        "四哥，我们组最近走了三个人，活都压在我身上。我想请假，又怕显得不合群。\n\n"
        "四哥，还有一个问题，周报怎么写才不像流水账？"
    )
    assert page.pairs[0].answer == (
        "这两个问题，先说请假。\n\n直接请：\n\n1、写清楚哪几天\n\n2、写清楚谁顶上\n\n怕显得不合群？合群不是靠不请假。"
    )
    assert page.pairs[1].answer == "教他怎么问问题。\n\n共勉。"
    assert page.dropped[:3] == ("去年今日", "1. 2021: 三个办法让周报有用!(0)", "2. 2020: 实习生怎么选?(2)")
    assert page.dropped[-2:] == ("分享本页", "返回顶部")
    assert len(page.dropped) == 11
    assert page.warnings == ()
    assert page.raw_text == LETTERS


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
def test_encoding_makes_no_difference(encoding):
    page = parse_page(decode_page(LETTERS.encode(encoding)))
    assert page == parse_page(LETTERS)


def test_windows_line_ends_make_no_difference():
    assert parse_page(LETTERS.replace("\n", "\r\n")).pairs == parse_page(LETTERS).pairs


def test_known_salutations_need_no_comma():
    text = "某刊\n\n掌灯人我该换行业么\n\n先算一笔账。\n\n掌灯人工资一直不涨要不要走\n\n走之前再谈一次。\n"
    with pytest.raises(PageRefused):
        parse_page(text)
    page = parse_page(text, salutations=["掌灯人"])
    assert [pair.answer for pair in page.pairs] == ["先算一笔账。", "走之前再谈一次。"]


def test_topics_are_found_by_name_and_alias_strongest_first():
    text = (
        "问：KPI和绩效怎么定？\n答：先看社群。ＫＰＩ只是数字，私域社群也一样。\n\n问：SKPI是什么？\n答：没有这个词。\n"
    )
    topics = {"KPI": "KPI", "绩效": "KPI", "社群": "社群", "私域社群": "私域", "数据": "数据"}
    page = parse_page(text, topics=topics)
    assert [pair.topics for pair in page.pairs] == [("KPI", "社群", "私域"), ()]
    assert page.topics == ("KPI", "社群", "私域")


def test_at_most_five_topics_a_pair():
    names = "甲乙丙丁戊己庚"
    page = parse_page(f"问：选哪个？\n答：{names}。", topics=dict(zip(names, names, strict=True)))
    assert page.pairs[0].topics == tuple("甲乙丙丁戊")


def test_facts_that_the_page_lacks_are_warned_of():
    page = parse_page("问：怎么开始？\n答：先开始。")
    assert page.warnings == (reasons.NO_COLUMN, reasons.NO_AUTHOR, reasons.NO_SOURCE)
    assert page.title == "怎么开始？"


def test_damaged_text_is_warned_of():
    assert reasons.DAMAGED in parse_page("问：怎么\ufffd始？\n答：先开始。").warnings


@pytest.mark.parametrize(
    "text, reason",
    [
        ("", reasons.EMPTY),
        (" \n\u3000\n\u200b", reasons.EMPTY),
        ("\n" * 150_001 + "问：怎么办？\n答：好办。", reasons.TOO_LONG),
        ("<p><b></b></p>" * 30_001, reasons.TOO_LONG),
        ("<html><head><title>空</title></head><body></body></html>", reasons.NO_MAIN_TEXT),
        ("问：\n答：", reasons.NO_QUESTION),
        ("问：怎么办？", reasons.NO_QUESTION),
        ("答：好办。", reasons.NO_QUESTION),
        ("**问**：**\n答：好办。", reasons.NO_QUESTION),
    ],
)
def test_refusal_names_its_reason(text, reason):
    with pytest.raises(PageRefused) as refusal:
        parse_page(text)
    assert refusal.value.reason == reason


@pytest.mark.parametrize("sample", ["marked.txt", "letters_with_neighbours.txt", "numbered_faq.txt", "interview.txt"])
def test_a_megabyte_is_read_in_two_seconds(sample):
    text = (FOLDER / "pages" / sample).read_text(encoding="utf-8")
    title, _, body = text.partition("\n\n")
    started = time.process_time()
    parse_page(f"{title}\n\n" + body * (350_000 // len(body)))
    assert time.process_time() - started < 2


HOSTILE = [
    "问：",
    "答：",
    "？",
    "「",
    "【",
    "**",
    "- ",
    "> ",
    "#",
    "1、",
    "<div>",
    "<p>",
    "[",
    "](",
    "|",
    "`",
    "~",
    "=",
    "我",
]


@pytest.mark.parametrize(
    "piece", [*HOSTILE, "亮哥，", "你好", "—", "@", "http://", "<", "&", "\t", "（", "2019-", "上一篇 "]
)
@pytest.mark.parametrize("page", ["{0}", "问：怎么办？\n答：{0}", "<html><body><p>{0}</p></body></html>"])
def test_endless_repetition_is_read_or_refused(piece, page):
    for text in (piece * 3000, f"{piece}\n" * 1500):
        started = time.process_time()
        try:
            pairs = parse_page(page.format(text)).pairs
        except PageRefused:
            pairs = ()
        assert all(pair.heading and pair.question and pair.answer for pair in pairs)
        assert time.process_time() - started < 2


@pytest.mark.parametrize("cut", range(0, 600, 37))
def test_any_piece_of_a_page_is_read_or_refused(cut):
    for path in PAGES[::4]:
        text = path.read_text(encoding="utf-8")
        try:
            pairs = parse_page(text[cut:] + text[:cut]).pairs
        except PageRefused:
            continue
        assert all(pair.heading and pair.question and pair.answer for pair in pairs)


def test_what_no_database_stores_is_dropped():
    page = parse_page("问：怎么\x00办\ud800？\n答：好\x0b办。\x07")
    assert (page.pairs[0].question, page.raw_text) == ("怎么办？", "问：怎么办？\n答：好\x0b办。")


@pytest.mark.parametrize(
    "counters",
    ["01 02", "1. 2.", "「1」 「2」", "【一】 【二】", "Part1 Part2", "/1/ /2/", "问题一 问题二", "第1问 第2问"],
)
def test_a_number_alone_counts_the_question_beneath(counters):
    first, second = counters.split()
    page = parse_page(f"某期\n\n{first}\n怎么开始？\n\n先开始。\n\n{second}\n怎么结束？\n\n先停下。\n")
    assert [(pair.question, pair.answer) for pair in page.pairs] == [
        ("怎么开始？", "先开始。"),
        ("怎么结束？", "先停下。"),
    ]


def test_the_name_that_signs_every_answer_is_the_authors():
    text = "夜班信箱\n\n四哥，周报怎么写？我想了很久。\n\n城南 小鱼\n\n小鱼：\n\n先写结论。\n\n四哥\n"
    page = parse_page(text + "\n四哥，群里没人说话，我该怎么办？\n\n小虾\n\n小虾：\n\n先问一句。\n\n四哥\n")
    assert page.author_name == "四哥"
    assert [pair.signature for pair in page.pairs] == ["城南 小鱼", "小虾"]
    assert [pair.answer for pair in page.pairs] == ["小鱼：\n\n先写结论。\n\n四哥", "小虾：\n\n先问一句。\n\n四哥"]


@pytest.mark.parametrize("name, signature, begins", [("小周", "小周", "先把"), ("周老师", "", "周老师")])
def test_a_nickname_alone_above_the_answer_signs_the_letter(name, signature, begins):
    letter = "编辑你好：\n\n我接手了一个群，没人说话。要不要解散重来？"
    page = parse_page(f"{letter}\n\n{name}\n\n先把最近一个月的发言翻一遍。\n\n再挑十个人私聊。")
    assert [(pair.signature, pair.answer[: len(begins)]) for pair in page.pairs] == [(signature, begins)]
