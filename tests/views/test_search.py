import json

import pytest

from articles.choices import Status
from tests.factories import at, make_article, make_column, make_synonyms, make_topic, tomorrow
from tests.reading import headings, links, main_text

pytestmark = pytest.mark.django_db


@pytest.fixture
def letters():
    make_topic("KPI", slug="kpi")
    make_topic("离职", slug="li-zhi")
    mailbox = make_column(slug="xinxiang", title="运营信箱")
    people = make_column(slug="dairen", title="带人这件事")
    first = {"heading": "KPI 怎么定", "question": "老板让我定考核指标", "answer": "先问目标。", "topics": ["KPI"]}
    second = {"heading": "骨干要走", "question": "他说 KPI 太重", "answer": "先谈谈。", "topics": ["离职"]}
    make_article(slug="a", column=mailbox, pairs=[first], published_at=at(2016, 3, 1))
    make_article(slug="b", column=people, pairs=[{}, second], published_at=at(2018, 3, 1))


def test_a_hit_opens_at_its_pair_and_is_marked(client, letters):
    response = client.get("/search/?q=ｋｐｉ")
    assert headings(response) == ["KPI 怎么定", "骨干要走"]
    assert {"/articles/a/#q1", "/articles/b/#q2"} <= set(links(response))
    html = response.content.decode()
    assert "<mark>KPI</mark> 怎么定" in html
    assert "他说 <mark>KPI</mark> 太重" in html
    assert "「ｋｐｉ」找到 2 问" in main_text(response)


def test_newest_first_on_request(client, letters):
    assert headings(client.get("/search/?q=KPI&sort=newest")) == ["骨干要走", "KPI 怎么定"]


@pytest.mark.parametrize(
    "narrowing, found",
    [
        ("topic=kpi", ["KPI 怎么定"]),
        ("year=2018", ["骨干要走"]),
        ("column=xinxiang", ["KPI 怎么定"]),
        ("column=xinxiang&year=2018", []),
        ("topic=no-such-topic", []),
        ("year=99999&topic=%00&sort=x&column=<b>", ["KPI 怎么定", "骨干要走"]),
    ],
)
def test_facets_narrow_the_results(client, letters, narrowing, found):
    response = client.get(f"/search/?q=KPI&{narrowing}")
    assert response.status_code == 200
    assert headings(response) == found


def test_facets_count_what_they_would_show(client, letters):
    text = main_text(client.get("/search/?q=KPI"))
    assert "话题 全部 KPI1离职1 年份 全部 2018120161 专栏 全部" in text


def test_no_result_still_helps(client, letters):
    response = client.get("/search/?q=量子引力")
    assert "「量子引力」暂无回音" in main_text(response)
    assert "/topics/kpi/" in links(response)


def test_no_result_offers_what_pinyin_may_mean(client, letters):
    response = client.get("/search/?q=lizhi")
    assert "也许想找" in main_text(response)
    assert "/topics/li-zhi/" in links(response)


def test_an_empty_box_asks_back(client, letters):
    assert "想问什么？" in main_text(client.get("/search/"))


def test_drafts_and_scheduled_letters_are_not_found(client):
    for fields in ({"status": Status.DRAFT}, {"published_at": tomorrow()}):
        make_article(pairs=[{"heading": "机密计划"}], **fields)
    assert headings(client.get("/search/?q=机密计划")) == []
    assert json.loads(client.get("/search/suggest/?q=机密").content) == {"results": []}


@pytest.mark.parametrize(
    "typed",
    [
        "%00",
        "%ED%A0%80",
        "%22",
        "-",
        "%22%22%22",
        "topic:",
        "a" * 5000,
        "%25_%27%3B--",
        "(((((",
        "😀",
        "AND OR NOT NEAR",
    ],
)
def test_whatever_is_typed_is_answered(client, letters, typed):
    assert client.get(f"/search/?q={typed}").status_code == 200
    assert client.get(f"/search/suggest/?q={typed}").status_code == 200


def test_what_was_typed_is_shown_escaped(client):
    html = client.get("/search/?q=<script>alert(1)</script>").content.decode()
    assert "<script>alert" not in html
    assert 'value="&lt;script&gt;alert(1)&lt;/script&gt;"' in html


def test_suggestions_lead_to_topics_and_letters(client, letters):
    results = json.loads(client.get("/search/suggest/?q=kp").content)["results"]
    assert [(row["text"], row["url"]) for row in results[:2]] == [
        ("KPI", "/topics/kpi/"),
        ("KPI 怎么定", "/articles/a/#q1"),
    ]
    assert all(set(row) == {"text", "url", "hint"} for row in results)


def test_search_pages_are_not_for_search_engines(client):
    assert '<meta name="robots" content="noindex">' in client.get("/search/?q=KPI").content.decode()


def test_leaving_out_alone_is_told_what_is_missing(client, letters):
    text = main_text(client.get("/search/", {"q": "-KPI"}))
    assert "再加一个想找的词" in text
    assert "比如「团队 -KPI」" in text
    assert "暂无回音" not in text


def test_a_slip_is_offered_and_never_followed_silently(client):
    make_topic("KPI", slug="kpi")
    letters = [{"heading": f"淘宝客第{n}步", "answer": "淘宝客先选品。", "topics": ["KPI"]} for n in "一二三四"]
    make_article(pairs=[*letters, {"heading": "讲课"}])
    response = client.get("/search/?q=淘宝课&topic=kpi&page=2")
    assert "您是不是要找：淘宝客" in main_text(response)
    assert "?q=%E6%B7%98%E5%AE%9D%E5%AE%A2&topic=kpi" in links(response)
    assert 'value="淘宝课"' in response.content.decode()


def test_letters_are_read_as_pinyin_beside_the_results(client, letters):
    response = client.get("/search/?q=lizhi")
    assert "拼音 lizhi：离职" in main_text(response)
    assert "?q=%E7%A6%BB%E8%81%8C" in links(response)
    assert "拼音" not in main_text(client.get("/search/?q=kpi"))


def test_synonyms_are_shown_and_can_be_left_out(client, letters):
    make_synonyms("KPI、绩效")
    response = client.get("/search/?q=绩效")
    assert headings(response) == ["KPI 怎么定", "骨干要走"]
    assert "已包含：KPI · 只搜 绩效" in main_text(response)
    assert "?q=%22%E7%BB%A9%E6%95%88%22" in links(response)
    assert "<mark>KPI</mark> 怎么定" in response.content.decode()
    alone = client.get('/search/?q="绩效"')
    assert (headings(alone), "已包含" in main_text(alone)) == ([], False)


@pytest.mark.parametrize(
    "fields, query",
    [
        ("words=骨干&phrase=要走", '骨干 "要走"'),
        ("without=骨干&in_topic=KPI&q=x", '-骨干 topic:"KPI"'),
        ("in_column=带人这件事", 'column:"带人这件事"'),
    ],
)
def test_the_advanced_form_writes_a_query(client, letters, fields, query):
    response = client.get(f"/search/?{fields}", follow=True)
    assert [status for _, status in response.redirect_chain] == [302]
    assert response.context["form"].text == query


@pytest.mark.parametrize("fields", ["words=", "phrase=%22", "without=%00", "words=%ED%A0%80", f"words={'长' * 500}"])
def test_whatever_stands_in_the_advanced_form_is_answered(client, letters, fields):
    assert client.get(f"/search/?{fields}", follow=True).status_code == 200


def test_the_advanced_form_shows_what_was_asked(client):
    html = client.get("/search/", {"q": '考核 -微商 "定指标" <b>'}).content.decode()
    for name, value in [("words", "考核 b"), ("without", "微商"), ("phrase", "定指标"), ("in_topic", "")]:
        assert f'name="{name}" value="{value}"' in html
