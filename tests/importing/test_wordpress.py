"""Exports of WordPress: posts with letters become articles, the others are named with a reason."""

import pytest

from articles.importing.copies import FileRefused
from articles.importing.wordpress import copy_post, read_posts
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


def item(title="群里没人说话", content=LETTERS, slug="qun-li", kind="post", status="publish", terms="") -> str:
    return f"""<item><title>{title}</title><link>https://old.example/?p=1</link><dc:creator>bj</dc:creator>
<content:encoded><![CDATA[{content}]]></content:encoded><excerpt:encoded><![CDATA[摘要]]></excerpt:encoded>
<wp:post_date>2017-03-27 11:29:00</wp:post_date><wp:post_date_gmt>2017-03-27 03:29:00</wp:post_date_gmt>
<wp:post_name>{slug}</wp:post_name><wp:status>{status}</wp:status><wp:post_type>{kind}</wp:post_type>{terms}</item>"""


def posts(*items: str):
    return list(read_posts((HEAD + "".join(items) + "</channel></rss>").encode()))


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


def test_pages_pictures_and_trash_are_passed_over():
    assert posts(item(kind="page"), item(kind="attachment", status="inherit"), item(status="trash")) == []


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
        list(read_posts(data.encode()))


def test_too_many_posts_are_refused(monkeypatch, english):
    monkeypatch.setattr("articles.importing.wordpress.MAX_POSTS", 2)
    with pytest.raises(FileRefused, match="more than 2 posts"):
        posts(*[item()] * 3)
