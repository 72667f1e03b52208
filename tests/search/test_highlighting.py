import time
from dataclasses import replace

import pytest
from django.utils.safestring import SafeString

from articles.markup import render_markdown
from articles.search.highlighting import highlight, snippet
from articles.search.query import parse_query
from articles.templatetags.searching import passage


@pytest.mark.parametrize(
    "text, query, expected",
    [
        ("团队怎么带", "团队", "<mark>团队</mark>怎么带"),
        ("團隊管理", "团队", "<mark>團隊</mark>管理"),
        ("团队管理", "團隊", "<mark>团队</mark>管理"),
        ("定kpi与ＫＰＩ", "KPI", "定<mark>kpi</mark>与<mark>ＫＰＩ</mark>"),
        ("KPI", "kp", "<mark>KP</mark>I"),
        ("skpi", "kpi", "s<mark>kpi</mark>"),
        ("email 与 ai", "ai", "email 与 <mark>ai</mark>"),
        (
            "<script>客</script>&\"'",
            "客 script",
            "&lt;<mark>script</mark>&gt;<mark>客</mark>&lt;/<mark>script</mark>&gt;&amp;&quot;&#x27;",
        ),
        ("淘宝客与淘宝店", "淘宝客", "<mark>淘宝客</mark>与淘宝店"),
        ("新团队怎么带", "怎么带团队", "新<mark>团队怎么带</mark>"),
        ("团队好，带新团队", "怎么带团队", "<mark>团队</mark>好，带新<mark>团队</mark>"),
        ("这件事怎么办", "怎么带团队", "这件事怎么办"),
        ("社群运营", "运营 社群", "<mark>社群运营</mark>"),
        ("要团队，不要微商", '"团队" -微商', "要<mark>团队</mark>，不要微商"),
        ("没有的词", "", "没有的词"),
        ("", "客", ""),
    ],
)
def test_highlight(text, query, expected):
    marked = highlight(text, parse_query(query))
    assert marked == expected
    assert isinstance(marked, SafeString)


LONG = "开头说点别的。" * 10 + "再说正题，第一次带人，先和每个人聊一次。" + "后面还有许多话。" * 20


@pytest.mark.parametrize(
    "text, query, length, expected",
    [
        ("短的文字", "文字", 90, "短的<mark>文字</mark>"),
        ("没有 换行\n的 文字", "文字", 90, "没有 换行 的 <mark>文字</mark>"),
        (LONG, "带人", 24, "…再说正题，第一次<mark>带人</mark>，先和每个人聊一次。…"),
        (LONG, "许多", 12, "…后面还有<mark>许多</mark>话。…"),
        (LONG, "没有这个", 8, "开头说点别的。…"),
        (
            "团队在前面出现一次，" + "填" * 40 + "带团队要先定考核",
            "团队 考核",
            20,
            f"…{'填' * 5}带<mark>团队</mark>要先定<mark>考核</mark>",
        ),
        ("<b>团队</b>" + "填" * 30, "团队", 12, "&lt;b&gt;<mark>团队</mark>&lt;/b&gt;填填填…"),
        ("", "团队", 90, ""),
    ],
)
def test_snippet(text, query, length, expected):
    assert snippet(text, parse_query(query), length) == expected


EARLY = "先说说我自己的情况，我在一家公司做了很久。" * 3


@pytest.mark.parametrize(
    "text, query, expected",
    [
        # The sentence that holds most of a question, though its commonest words stand earlier.
        (
            "我们应该怎么办，大家都在问。" + EARLY + "佣金一降再降，淘宝客还能做吗？" + EARLY,
            "淘宝客佣金低应该怎么办",
            "…<mark>佣金</mark>一降再降，<mark>淘宝客</mark>还能做吗？…",
        ),
        # One rare word tells more than two common ones.
        (
            "我想说大家说。" + EARLY + "裂变做完了。" + EARLY,
            "大家 裂变",
            "…<mark>裂变</mark>做完了。先说说我自己的情况…",
        ),
        # The same words closer together.
        (
            "社群里说了半天才讲到运营。" + EARLY + "社群运营要先定规矩。" + EARLY,
            "社群 运营",
            "…<mark>社群运营</mark>要先定规矩。先说说我自己的情况…",
        ),
        (
            "說說。" + EARLY + "團隊的ＫＰＩ怎麼定。" + EARLY,
            "团队 kpi",
            "…<mark>團隊</mark>的<mark>ＫＰＩ</mark>怎麼定。先说说我自己的情况…",
        ),
        ("😀" * 50 + "。𠮷野家做活动。" + EARLY, "𠮷野家", "…<mark>𠮷野家</mark>做活动。先说说我自己的情况…"),
    ],
)
def test_the_passage_holds_most_of_what_was_asked(text, query, expected):
    assert snippet(text, parse_query(query), 24) == expected


def test_synonyms_that_were_looked_for_are_shown():
    query = replace(parse_query("淘宝客"), phrases=("淘客",))
    assert snippet(EARLY + "做淘客三年了。" + EARLY, query, 24) == "…做<mark>淘客</mark>三年了。先说说我自己的情况…"


ANSWER = """
看表：

| 指标 | 目标 |
|---|---|
| 拉新 | **100** |

- 先看[这篇旧文](https://example.com/kpi)
- 再问 `select kpi`
"""


def test_a_passage_of_markdown_is_text():
    marked = passage(render_markdown(ANSWER), parse_query("拉新 kpi"))
    assert marked == "看表：指标 目标 <mark>拉新</mark> 100 先看这篇旧文 再问 select <mark>kpi</mark>"


@pytest.mark.parametrize(
    "text, length, expected",
    [
        ("一二三👨‍👩‍👧四五六", 5, "一二三…"),
        ("一二三👍🏽四五六", 4, "一二三…"),
        ("一🇨🇳🇨🇳二三四", 4, "一🇨🇳…"),
        ("一二e\u0301三四五", 3, "一二…"),
        ("一二❤\ufe0f三四五", 3, "一二…"),
        ("一二三 word 四五六", 6, "一二三 …"),
    ],
)
def test_no_cut_splits_what_is_seen_as_one_character_or_word(text, length, expected):
    assert snippet(text, parse_query("无"), length) == expected


def test_where_nothing_begins_a_passage_begins_twelve_characters_before_its_match():
    text = "铺垫" * 100 + "关键" + "收尾" * 100
    marked = str(snippet(text, parse_query("关键")))
    assert marked.index("<mark>") == len("…") + 12


@pytest.mark.parametrize("text", ["客" * 50_000, "客户 " * 16_000, "🇨🇳" * 25_000, "e" + "\u0301" * 50_000])
def test_a_hostile_text_takes_little_time(text):
    start = time.process_time()
    snippet(text, parse_query("客 户 客户 户外客户"))
    highlight(text, parse_query("客 户 客户 户外客户"))
    assert time.process_time() - start < 1


def test_a_long_question_costs_no_more_than_it_must():
    text = "这一段说的是别的事情，和问的没有关系。" * 100
    question = parse_query("第一次做经理不知道怎么带好一个五个人的新团队" * 12)
    start = time.process_time()
    for _ in range(10):
        snippet(text, question)
    assert time.process_time() - start < 0.1
