"""Exports of WordPress: posts with letters become articles, the others are named with a reason."""

import pytest

from articles.importing.copies import FileRefused
from articles.importing.wordpress import Export, copy_post, read_posts
from tests.factories import at

HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/" xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:wp="http://wordpress.org/export/1.2/">
<channel><title>运营信箱</title><wp:wxr_version>1.2</wp:wxr_version>
<wp:author><wp:author_login>bj</wp:author_login><wp:author_display_name><![CDATA[编辑部]]></wp:author_display_name></wp:author>
"""
LETTERS = (
    "问：群里没人说话，怎么办？\n\n答：先找三个人，约好每天说一句。\n\n问：群规要写多长？\n\n答：三条就够，多了没人看。"
)


def item(
    title="群里没人说话",
    content=LETTERS,
    slug="qun-li",
    kind="post",
    status="publish",
    terms="",
    link="https://old.example/yunying/qun-li.html",
) -> str:
    return f"""<item><title>{title}</title><link>{link}</link><dc:creator>bj</dc:creator><wp:post_id>17</wp:post_id>
<content:encoded><![CDATA[{content}]]></content:encoded><excerpt:encoded><![CDATA[摘要]]></excerpt:encoded>
<wp:post_date>2017-03-27 11:29:00</wp:post_date><wp:post_date_gmt>2017-03-27 03:29:00</wp:post_date_gmt>
<wp:post_name>{slug}</wp:post_name><wp:status>{status}</wp:status><wp:post_type>{kind}</wp:post_type>{terms}</item>"""


def posts(*items: str, export: Export | None = None):
    return list(read_posts((HEAD + "".join(items) + "</channel></rss>").encode(), export or Export()))


def copied(*items: str):
    return [copy_post(post, salutations=(), topics={}) for post in posts(*items)]


def test_a_post_of_letters_becomes_an_article():
    terms = '<category domain="category" nicename="a">社群</category><category domain="post_tag" nicename="b">Q&amp;amp;A</category>'
    terms += '<category domain="category" nicename="c">未分类</category>'
    (article,) = copied(item(terms=terms))
    assert article.problems == []
    assert {name: article.values[name] for name in ("title", "slug", "author", "column", "published_at")} == {
        "title": "群里没人说话",
        "slug": "qun-li",
        "author": "编辑部",
        "column": "运营信箱",
        "published_at": at(2017, 3, 27, 11, 29),
    }
    assert [(pair.values["question"], pair.values["answer"], pair.values["topics"]) for pair in article.pairs] == [
        ("群里没人说话，怎么办？", "先找三个人，约好每天说一句。", ("社群", "Q&A")),
        ("群规要写多长？", "三条就够，多了没人看。", ("社群", "Q&A")),
    ]
    assert article.source_text == LETTERS


def test_pages_and_pictures_are_passed_over_and_counted():
    export = Export()
    files = [item(kind="attachment", status="inherit")] * 2
    assert posts(item(kind="page"), *files, item(status="auto-draft"), export=export) == []
    assert export.passed_over == {"attachment": 2, "page": 1}


@pytest.mark.parametrize(
    "status, expected",
    [
        ("publish", "published"),
        ("future", "published"),
        ("pending", "review"),
        ("draft", "draft"),
        ("private", "draft"),
        ("trash", "draft"),
        ("nonsense", "draft"),
    ],
)
def test_the_state_of_a_post_is_kept(status, expected):
    (article,) = copied(item(status=status))
    assert (article.values["status"], article.values["published_at"]) == (expected, at(2017, 3, 27, 11, 29))


def test_a_post_behind_a_password_is_a_draft():
    (article,) = copied(item(terms="<wp:post_password>x</wp:post_password>"))
    assert article.values["status"] == "draft"


def test_the_addresses_of_a_post_are_kept():
    assert copied(item())[0].addresses == ("/yunying/qun-li.html", "/?p=17", "/2017/03/qun-li", "/2017/03/27/qun-li")
    chinese = item(link="https://old.example/%E7%BE%A4%E9%87%8C/", slug="%e7%be%a4%e9%87%8c")
    assert copied(chinese)[0].addresses == ("/群里", "/?p=17", "/2017/03/群里", "/2017/03/27/群里")
    assert copied(item(link="https://old.example/?p=17", slug=""))[0].addresses == ("/?p=17",)


@pytest.mark.parametrize(
    "picture, expected",
    [
        ('<img class="a" src="https://img.example/a.png" alt="群公告">', "![群公告](https://img.example/a.png)"),
        ("<img src='b.png' />", "![picture](https://old.example/yunying/b.png)"),
        (
            '<a href="https://img.example/c.png"><img src="https://img.example/c-300.png" alt="截图" /></a>',
            "![截图](https://img.example/c-300.png)",
        ),
        ('<img src="data:image/png;base64,AAAA" alt="截图">', "截图"),
        ('[caption id="a" align="left"]<img src="/d.png" alt="图">[/caption]', "![图](https://old.example/d.png)"),
        ('<img src="https://[" alt="截图">', "截图"),
        ('<img src="/a (1).png" alt="a] &lt;b&gt;">', "![a <b>](https://old.example/a%20%281%29.png)"),
    ],
)
def test_pictures_become_links(picture, expected, english):
    (article,) = copied(item(content=f"问：群公告怎么写？\n\n答：三行就够，像下面这样写。\n\n{picture}"))
    assert article.pairs[0].values["answer"] == f"三行就够，像下面这样写。\n\n{expected}"


def test_a_post_without_a_question_says_so(english):
    (article,) = copied(item(title="公告", content="<p>本周停更一次，下周恢复，谢谢大家。</p>"))
    assert [str(problem) for problem in article.problems] == ["《公告》：No question with an answer was found."]


@pytest.mark.parametrize("slug", ["%e7%be%a4", "", "a" * 101, "../x"])
def test_a_slug_that_is_none_here_is_left_out(slug):
    assert posts(item(slug=slug))[0].slug == ""


@pytest.mark.parametrize(
    "data, reason",
    [
        ("", "no XML"),
        ("<rss><channel><item></channel></rss>", "no XML"),
        ("<rss><channel/></rss>", "no export of WordPress"),
        ('<!DOCTYPE a [<!ENTITY b "c"><!ENTITY d "&b;&b;">]><rss>&d;</rss>', "entities of its own"),
        ('<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><rss>&b;</rss>', "entities of its own"),
    ],
)
def test_hostile_files_get_one_line(data, reason, english):
    with pytest.raises(FileRefused, match=reason):
        list(read_posts(data.encode(), Export()))


def test_too_many_posts_are_refused(monkeypatch, english):
    monkeypatch.setattr("articles.importing.wordpress.MAX_POSTS", 2)
    with pytest.raises(FileRefused, match="more than 2 posts"):
        posts(*[item()] * 3)
