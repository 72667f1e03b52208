"""Markdown files as articles, also those that a person wrote; what cannot be read is explained."""

import io
import zipfile

import pytest

from articles.importing.copies import FileRefused
from articles.importing.markdown_files import read_article, read_files, write_article

WRITTEN = """---
标题: 第一次带团队
专栏: 运营信箱
日期: 2017-03-27
---

## 怎么开口

署名：小陈
话题：团队管理、KPI

> 编辑你好：
>
> 我不敢布置任务。

先聊，再布置。

> 引一句

## 怎么考核

> 定多少？

看去年。
"""
PAIR = {"number": "1", "heading": "甲", "question": "问", "answer": "答", "signature": "", "topics": ""}


def packed(**members: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, text in members.items():
            archive.writestr(name, text)
    return file.getvalue()


def test_a_file_written_by_hand_is_read():
    article = read_article(WRITTEN.encode(), "a.md")
    assert article.problems == []
    assert [article.title, article.values["column"], str(article.values["published_at"])[:10]] == [
        "第一次带团队",
        "运营信箱",
        "2017-03-27",
    ]
    assert [pair.values for pair in article.pairs] == [
        {
            "heading": "怎么开口",
            "topics": ("团队管理", "KPI"),
            "signature": "小陈",
            "question": "编辑你好：\n\n我不敢布置任务。",
            "answer": "先聊，再布置。\n\n> 引一句",
        },
        {"heading": "怎么考核", "topics": (), "signature": "", "question": "定多少？", "answer": "看去年。"},
    ]


@pytest.mark.parametrize(
    "field, text",
    [
        ("answer", "> 一开头就是引用\n\n## 假的 {#q2}\n\n\\## 也是假的 {#q3}"),
        ("answer", ""),
        ("answer", "```\n---\n## 甲 {#q1}\n```"),
        ("answer", "落款：不是落款"),
        ("question", ""),
        ("question", "> 引\n\n  缩进\n## 甲 {#q1}"),
        ("heading", ""),
        ("heading", "甲 {#q9}"),
        ("signature", "：小陈"),
    ],
)
def test_whatever_a_pair_holds_comes_back(field, text):
    pair = PAIR | {field: text}
    article = read_article(write_article({"title": "标: 题 #1"}, [pair, PAIR | {"number": "2"}]).encode(), "a.md")
    assert article.problems == []
    assert article.title == "标: 题 #1"
    assert article.pairs[0].values == pair | {"number": 1, "topics": ()}
    assert len(article.pairs) == 2


@pytest.mark.parametrize(
    "text, reason",
    [
        ("", "a.md：The file has no front matter: lines such as “title: …” between two lines of ---."),
        ("---\na: [\n---\n", "a.md：The front matter is no YAML at line 2."),
        ("---\n- a\n---\n", "a.md：The front matter is no list of names and values."),
        (f"---\na: {'[' * 9000}\n---\n", "a.md：The front matter is nested too deeply."),
        (f"---\na: {'x' * 30_000}\n---\n", "a.md：The front matter is too long."),
        ("---\ntitle: [1]\n---\n## 甲\n", "a.md：title：One value is wanted here."),
        ("---\ndate: 那天\n---\n## 甲\n", "a.md：date：A date such as 2017-03-27 11:29 is wanted here."),
        ("---\ntitle: 甲\n---\n没有问", "a.md：No question was found: each begins with a line “## heading”, its letter follows as a quotation."),
        ("---\ntitle: 甲\n---\n## 甲 {#q1}\n## 乙 {#q1}", "a.md：Two questions have the number 1."),
        ("---\ntitle: 甲\n---\n## 甲 {#q0}", "a.md #q0：number：A whole number from 1 on is wanted here."),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_explained(text, reason, english):
    assert [str(problem) for problem in read_article(text.encode(), "a.md").problems] == [reason]


def test_no_object_is_built_from_front_matter(english):
    article = read_article(b"---\ntitle: !!python/object/apply:os.system ['true']\n---\n## a\n", "a.md")
    assert [str(problem) for problem in article.problems] == ["a.md：title：One value is wanted here."]


def test_a_zip_gives_its_articles_and_passes_over_the_rest():
    data = packed(
        **{"甲.md": WRITTEN, "__MACOSX/甲.md": "x", ".b.md": "x", "README.md": "x", "图.png": "x", "二/乙.md": WRITTEN}
    )
    assert [article.place for article in read_files(data, "a.zip")] == ["甲.md", "乙.md"]


@pytest.mark.parametrize(
    "data, reason",
    [(b"PK", "no ZIP file"), (packed(a="x"), "no Markdown files"), (packed(**{"a.md": "x"})[:-30], "no ZIP file")],
    # Archives hold the time of their making, and names of tests must not change between processes.
    ids=["not one", "nothing in it", "cut off"],
)
def test_what_is_no_zip_of_articles_is_refused(data, reason, english):
    with pytest.raises(FileRefused, match=reason):
        list(read_files(data, "a.zip"))
