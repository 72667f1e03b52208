import time

import pytest
from django.utils.safestring import SafeString

from articles.search.highlighting import highlight, snippet
from articles.search.query import parse_query


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
        (LONG, "带人", 24, "…再说正题，第一次<mark>带人</mark>，先和每个人聊一次。后面还有…"),
        (LONG, "许多", 12, "…后面还有<mark>许多</mark>话。后面还有…"),
        (LONG, "没有这个", 8, "开头说点别的。开…"),
        (
            "团队在前面出现一次，" + "填" * 40 + "带团队要先定考核",
            "团队 考核",
            20,
            f"…{'填' * 11}带<mark>团队</mark>要先定<mark>考核</mark>",
        ),
        ("<b>团队</b>" + "，" * 30, "团队", 8, "&lt;b&gt;<mark>团队</mark>&lt;/b…"),
        ("", "团队", 90, ""),
    ],
)
def test_snippet(text, query, length, expected):
    assert snippet(text, parse_query(query), length) == expected


@pytest.mark.parametrize(
    "text, length, expected",
    [
        ("一二三👨‍👩‍👧四五六", 5, "一二三…"),
        ("一二三👍🏽四五六", 4, "一二三…"),
        ("一🇨🇳🇨🇳二三四", 4, "一🇨🇳…"),
        ("一二e\u0301三四五", 3, "一二…"),
        ("一二❤\ufe0f三四五", 3, "一二…"),
    ],
)
def test_no_cut_splits_what_is_seen_as_one_character(text, length, expected):
    assert snippet(text, parse_query("无"), length) == expected


def test_a_passage_begins_at_most_twelve_characters_before_its_match():
    text = "铺垫" * 100 + "关键" + "收尾" * 100
    passage = str(snippet(text, parse_query("关键")))
    assert passage.index("<mark>") == len("…") + 12


@pytest.mark.parametrize("text", ["客" * 50_000, "客户 " * 16_000, "🇨🇳" * 25_000, "e" + "\u0301" * 50_000])
def test_a_hostile_text_takes_little_time(text):
    start = time.process_time()
    snippet(text, parse_query("客 户 客户 户外客户"))
    highlight(text, parse_query("客 户 客户 户外客户"))
    assert time.process_time() - start < 1
