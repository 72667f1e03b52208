import pytest

from articles.importing.dates import find_date
from articles.importing.extraction import extract_html, looks_like_html
from articles.importing.records import Facts

PAGE = """<html><head><title>标题 - 某站</title><meta property="og:site_name" content="某站">
<link rel="canonical" href="https://example.com/1"><meta property="article:published_time" content="2020-01-02T03:04:00+08:00">
</head><body><nav><a href="/">首页</a></nav><article><h1>标题</h1>{}</article>
<aside><ul><li>热门文章一</li></ul></aside></body></html>"""

LONG = "<p>这一段只是为了让正文足够长，好让提取的程序知道哪里是正文，哪里是页面上别的东西。</p>"
LONG_TEXT = LONG[3:-4]


@pytest.mark.parametrize(
    "html, markdown",
    [
        ("<p>一<br>二</p>", "一\n二"),
        ("<p>先<strong>看</strong>目标</p>", "先**看**目标"),
        ("<p><b>注意：</b>先看</p>", "**注意**：先看"),
        ("<h2>小标题</h2>", "## 小标题"),
        ("<ul><li>甲</li><li>乙<ol><li>丙</li></ol></li></ul>", "- 甲\n- 乙\n  1. 丙"),
        ("<blockquote><p>引</p><p>文</p></blockquote>", "> 引\n>\n> 文"),
        (
            "<table><tr><th>一</th><th>二</th></tr><tr><td>a|b</td><td>c</td></tr></table>",
            "| 一 | 二 |\n| --- | --- |\n| a\\|b | c |",
        ),
        ("<pre><code>a\nb</code></pre>", "```\na\nb\n```"),
        ('<p>看<a href="https://example.com/x">这里</a>。</p>', "看[这里](https://example.com/x)。"),
        ('<p>看<a href="javascript:alert(1)">这里</a>。</p>', "看这里。"),
        ("<dl><dt>怎么退？</dt><dd>点退款。</dd></dl>", "###### 怎么退？\n\n点退款。"),
        ("<details><summary>怎么换？</summary>点换货。</details>", "###### 怎么换？\n\n点换货。"),
    ],
)
def test_main_text_as_markdown(html, markdown):
    text, _, _ = extract_html(PAGE.format(LONG + html + LONG))
    assert text == f"# 标题\n\n{LONG_TEXT}\n\n{markdown}\n\n{LONG_TEXT}"


def test_head_states_facts():
    _, facts, _ = extract_html(PAGE.format(LONG))
    assert facts == Facts(
        title="标题", source_name="某站", source_url="https://example.com/1", published_at=find_date("2020-01-02 03:04")
    )


def test_a_pasted_piece_is_all_main_text():
    text, _, _ = extract_html("<p>问：怎么办？</p><ul><li>甲</li><li>乙</li></ul><p>答：好办。</p>")
    assert text == "问：怎么办？\n\n- 甲\n- 乙\n\n答：好办。"


@pytest.mark.parametrize("html", ["", "<html></html>", "<frameset></frameset>", "<p>" * 5000, "<div>" * 5000])
def test_html_without_text_gives_none(html):
    assert extract_html(html)[0] == ""


@pytest.mark.parametrize("text", ["<p>一</p>", "<!DOCTYPE html><html>", "一<div>二</div>"])
def test_html_is_known(text):
    assert looks_like_html(text)


@pytest.mark.parametrize("text", ["a < b > c", "用 `<p>` 和 `</p>` 标签", "```\n<div></div>\n```", "<p 只有一个", ""])
def test_text_about_html_is_text(text):
    assert not looks_like_html(text)
