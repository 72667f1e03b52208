import inspect
import json
import sys
from textwrap import dedent
from time import process_time

import pytest

from articles.markup import MAX_LENGTH, MAX_NESTING, clean, render_markdown, render_plain, to_plain_text

REL = 'rel="nofollow noopener noreferrer"'


@pytest.mark.parametrize(
    "text, html",
    [
        ("", ""),
        (" \n\t\n", ""),
        ("先说结论。", "<p>先说结论。</p>\n"),
        ("头一段\n还是头一段\n\n第二段", "<p>头一段<br>\n还是头一段</p>\n<p>第二段</p>\n"),
        ("　　缩进两格的段落", "<p>缩进两格的段落</p>\n"),
        ("    空四格不是代码", "<p>空四格不是代码</p>\n"),
        ("上一节\n---\n下一节", "<p>上一节</p>\n<hr>\n<p>下一节</p>\n"),
        ("用 `utm` 标记", "<p>用 <code>utm</code> 标记</p>\n"),
        ("*斜* 与 **粗** 与 ~~删~~", "<p><em>斜</em> 与 <strong>粗</strong> 与 <s>删</s></p>\n"),
        ("> 引一句\n> 再引一句", "<blockquote>\n<p>引一句<br>\n再引一句</p>\n</blockquote>\n"),
        ("- 甲\n- 乙\n  - 丙", "<ul>\n<li>甲</li>\n<li>乙\n<ul>\n<li>丙</li>\n</ul>\n</li>\n</ul>\n"),
        ("3. 丙\n4. 丁", '<ol start="3">\n<li>丙</li>\n<li>丁</li>\n</ol>\n'),
        ('a < b && "c" &copy;', '<p>a &lt; b &amp;&amp; "c" ©</p>\n'),
        ("5 * 3 * 2 snake_case_name", "<p>5 * 3 * 2 snake_case_name</p>\n"),
        ("[1]: /x\n[1]", "<p>[1]: /x<br>\n[1]</p>\n"),
    ],
)
def test_markdown(text, html):
    assert render_markdown(text) == html


@pytest.mark.parametrize(
    "text, html",
    [
        ("**注意：**先看数据", "<strong>注意：</strong>先看数据"),
        ("做出**「爆款」**的人", "做出<strong>「爆款」</strong>的人"),
        ("他说**“再等等”**就走了", "他说<strong>“再等等”</strong>就走了"),
        ("**KPI（年度）**定了", "<strong>KPI（年度）</strong>定了"),
        ("原价~~99元。~~现价9元", "原价<s>99元。</s>现价9元"),
        ("**甲**、*乙*，***丙***", "<strong>甲</strong>、<em>乙</em>，<em><strong>丙</strong></em>"),
        ("孤零零的**星号", "孤零零的**星号"),
        ("** 空着 **不算", "** 空着 **不算"),
        ("下划线_不_拆词", "下划线_不_拆词"),
    ],
)
def test_emphasis_works_beside_chinese(text, html):
    assert render_markdown(text) == f"<p>{html}</p>\n"


def test_lists_as_chinese_authors_type_them():
    assert render_markdown("分三步：\n1、定目标\n（1）看去年\n（2）看同行\n2、**拆**\n\n说明一下。\n\n3、盯") == dedent("""\
        <p>分三步：</p>
        <ol>
        <li>定目标
        <ol>
        <li>看去年</li>
        <li>看同行</li>
        </ol>
        </li>
        <li><strong>拆</strong></li>
        </ol>
        <p>说明一下。</p>
        <ol start="3">
        <li>盯</li>
        </ol>
        """)


@pytest.mark.parametrize(
    "text, tags",
    [
        ("# 甲", ["h3"]),
        ("## 甲\n### 乙\n## 丙", ["h3", "h4", "h3"]),
        ("# 甲\n### 乙", ["h3", "h4"]),
        ("### 甲\n# 乙", ["h4", "h3"]),
        ("# 一\n## 二\n### 三\n#### 四\n##### 五\n###### 六", ["h3", "h4", "h5", "h6", "h6", "h6"]),
    ],
)
def test_headings_begin_at_h3_and_skip_no_level(text, tags):
    words = [line.strip("# ") for line in text.split("\n")]
    assert render_markdown(text) == "".join(f"<{tag}>{word}</{tag}>\n" for tag, word in zip(tags, words, strict=True))


def test_table_has_header_cells_and_no_style():
    assert render_markdown("| 渠道 | 成本 |\n|:---|---:|\n| 群 | 3 |\n| 店 |") == dedent("""\
        <table>
        <thead>
        <tr>
        <th scope="col">渠道</th>
        <th scope="col">成本</th>
        </tr>
        </thead>
        <tbody>
        <tr>
        <td>群</td>
        <td>3</td>
        </tr>
        <tr>
        <td>店</td>
        <td></td>
        </tr>
        </tbody>
        </table>
        """)


def test_the_empty_corner_of_a_table_is_no_header():
    assert '<tr>\n<td></td>\n<th scope="col">甲</th>\n</tr>' in render_markdown("| | 甲 |\n|---|---|\n| 乙 | 1 |")


@pytest.mark.parametrize(
    "fence, attribute",
    [
        ("```", ""),
        ("```python 3", ' class="language-python"'),
        ("~~~c++", ' class="language-c++"'),
        ('```" onclick="alert(1)', ""),
        ("```模板", ""),
    ],
)
def test_fenced_code(fence, attribute):
    html = f"<pre><code{attribute}>1、&lt;b&gt;\n2、**\n</code></pre>\n"
    assert render_markdown(f"{fence}\n1、<b>\n2、**\n{fence[:3]}") == html


@pytest.mark.parametrize(
    "text, html",
    [
        ("[站内](/articles/kpi/#q2)", '<a href="/articles/kpi/#q2">站内</a>'),
        ("[本页](#q1)", '<a href="#q1">本页</a>'),
        (
            '[站外](https://example.com/?a=1&b=2 "题")',
            f'<a href="https://example.com/?a=1&amp;b=2" title="题" {REL}>站外</a>',
        ),
        ("[站外](//example.com)", f'<a href="//example.com" {REL}>站外</a>'),
        ("<https://example.com>", f'<a href="https://example.com" {REL}>https://example.com</a>'),
        ("[信箱](mailto:a@example.com)", '<a href="mailto:a@example.com">信箱</a>'),
        ("[坏](javascript:alert(1))", "[坏](javascript:alert(1))"),
        ("[坏](JaVaScRiPt&colon;alert)", "[坏](JaVaScRiPt:alert)"),
        ("[坏](data:text/html,x)", "[坏](data:text/html,x)"),
        ("[坏](ftp://example.com)", "[坏](ftp://example.com)"),
        ("https://example.com", "https://example.com"),
        ('<b onclick="x">粗</b><!-- 注 -->', '&lt;b onclick="x"&gt;粗&lt;/b&gt;&lt;!-- 注 --&gt;'),
    ],
)
def test_links(text, html):
    assert render_markdown(text) == f"<p>{html}</p>\n"


@pytest.mark.parametrize(
    "text, html",
    [
        ('![图*一*](/static/a.png "题")', '<img src="/static/a.png" alt="图一" title="题">'),
        ("![](a.png)", '<img src="a.png" alt="">'),
        (
            f"![图](/images/{'0a' * 16}-800x600.webp)",
            f'<img src="/images/{"0a" * 16}-800x600.webp" alt="图" width="800" height="600" loading="lazy" '
            'decoding="async">',
        ),
        ("![别站的*图*](https://example.com/a.png)", f'<a href="https://example.com/a.png" {REL}>别站的图</a>'),
        ("![](//example.com/a.png)", f'<a href="//example.com/a.png" {REL}>//example.com/a.png</a>'),
        ("[![封面](https://example.com/a.png)](/articles/)", '<a href="/articles/">封面</a>'),
        ("![坏](data:image/png;base64,xx)", "![坏](data:image/png;base64,xx)"),
    ],
)
def test_images_of_other_hosts_become_links(text, html):
    assert render_markdown(text) == f"<p>{html}</p>\n"


@pytest.mark.parametrize(
    "html, cleaned",
    [
        ('<p id="q1" class="x" style="color:red" onclick="x">甲</p>', "<p>甲</p>"),
        ("<script>alert(1)</script><style>*{}</style>甲", "甲"),
        ('<img src="https://example.com/a.png" alt="甲" onerror="x">', '<img alt="甲">'),
        ('<a href="javascript:x" rel="me" target="_top">甲</a>', "<a>甲</a>"),
        ('<code class="language-python">x</code>', '<code class="language-python">x</code>'),
        ('<code class="letter">x</code><p class="language-x">甲</p>', "<code>x</code><p>甲</p>"),
        ('<svg><a xlink:href="javascript:x">甲</a></svg><h2>乙</h2><iframe src="/"></iframe>', "乙"),
    ],
)
def test_cleaning_holds_without_the_renderer(html, cleaned):
    assert clean(html) == cleaned


@pytest.mark.parametrize("render", [render_markdown, render_plain])
@pytest.mark.parametrize(
    "text, html",
    [
        ("甲\x00\x1b[31m乙\x85丙", "<p>甲[31m乙<br>\n丙</p>\n"),
        ("甲\ud800乙\uffff", "<p>甲乙</p>\n"),
        ("甲\r\n乙\r丙\u2028丁\v戊", "<p>甲<br>\n乙<br>\n丙<br>\n丁<br>\n戊</p>\n"),
        ("\ufeff", "<p>\ufeff</p>\n"),
    ],
)
def test_characters_that_html_cannot_hold_are_dropped(render, text, html):
    assert render(text) == html


@pytest.mark.parametrize("text", ["> " * MAX_NESTING + "底", "- " * MAX_NESTING + "底", "**粗**" + "长" * MAX_LENGTH])
def test_text_beyond_the_bounds_is_shown_plainly(text):
    assert render_markdown(text) == render_plain(text)


def test_nesting_within_the_bounds_is_rendered():
    depth = MAX_NESTING // 2 - 1
    assert render_markdown("- " * depth + "底") == "<ul>\n<li>\n" * (depth - 1) + "<ul>\n<li>底</li>\n</ul>\n" + (
        "</li>\n</ul>\n" * (depth - 1)
    )


def test_a_caller_without_stack_to_spare_gets_plain_text():
    text = "- " * (MAX_NESTING // 2 - 1) + "底"
    assert render_markdown(text) != render_plain(text)
    limit = sys.getrecursionlimit()
    sys.setrecursionlimit(len(inspect.stack(0)) + 25)
    try:
        assert render_markdown(text) == render_plain(text)
    finally:
        sys.setrecursionlimit(limit)


@pytest.mark.parametrize(
    "unit",
    [
        *(
            "[a",
            "a]",
            "![[]()",
            "[a](",
            "*a **a ",
            "a_ ",
            "**「",
            "中*",
            "~~中",
            "`a``",
            "<a ",
            "<!--",
            "&#",
            "\\",
            ">",
            "> ",
        ),
        *(
            "- ",
            "1、",
            "1、甲\n",
            "1、甲\n2、乙\n",
            "（1）甲\n（2）乙\n 1、丙\n 2、丁\n",
            "a|b\n-|-\n",
            "|a",
            "```\n",
            " \n",
            "# 甲\n",
        ),
        "[![a](https://example.com)](/b)",
    ],
    ids=json.dumps,
)
def test_hostile_repetition_is_quick(unit):
    text = unit * (MAX_LENGTH // len(unit))
    start = process_time()
    to_plain_text(render_markdown(text))
    render_plain(text)
    assert process_time() - start < 2


@pytest.mark.parametrize(
    "text, html",
    [
        ("", ""),
        (" \n　\n", ""),
        ("编辑你好", "<p>编辑你好</p>\n"),
        ("  编辑你好\n我做了两年社群\n\n\n  \n想请教：\n", "<p>编辑你好<br>\n我做了两年社群</p>\n<p>想请教：</p>\n"),
        ("<script>alert(1)</script> & \"引\" 'x'", "<p>&lt;script&gt;alert(1)&lt;/script&gt; &amp; \"引\" 'x'</p>\n"),
        ("https://example.com **不是** 1、列表", "<p>https://example.com **不是** 1、列表</p>\n"),
    ],
)
def test_letters_are_plain(text, html):
    assert render_plain(text) == html


@pytest.mark.parametrize(
    "html, text",
    [
        ("", ""),
        ("<p>一<br>\n二</p>\n<p>三</p>\n", "一\n二\n三"),
        ("<p>a &lt;b&gt; &amp;amp; <strong>粗</strong></p>", "a <b> &amp; 粗"),
        ("<ul>\n<li>甲\n<ul>\n<li>乙</li>\n</ul>\n</li>\n</ul>\n", "甲\n乙"),
        ("<h3>题</h3><blockquote>\n<p>引</p>\n</blockquote><hr><p>  多   空  </p>", "题\n引\n多 空"),
        (
            "<table>\n<tr>\n<th>项</th>\n<th>数</th>\n</tr>\n<tr>\n<td>群</td>\n<td>3</td>\n</tr>\n</table>",
            "项 数\n群 3",
        ),
        ("<pre><code>a\n  b\n</code></pre>", "a b"),
        ('<p><img src="/a.png" alt="x"><a href="/b" title="&gt;">链</a></p>', "链"),
        ("<script>x</script>3<5", "3<5"),
    ],
)
def test_plain_text(html, text):
    assert to_plain_text(html) == text


def test_plain_text_of_what_is_rendered_is_what_was_written():
    assert to_plain_text(render_plain("一 < 二\n三 & 四\n\n五 &lt;")) == "一 < 二\n三 & 四\n五 &lt;"
    assert (
        to_plain_text(render_markdown("# 题\n\n1、甲\n2、**乙**\n\n| a | b |\n|---|---|\n| c | d |"))
        == "题\n甲\n乙\na b\nc d"
    )
