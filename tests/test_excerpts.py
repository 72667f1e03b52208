import pytest

from articles.excerpts import excerpt


@pytest.mark.parametrize(
    "html, text",
    [
        ("<p>先问目标。</p>\n<p>再谈数字。</p>", "先问目标。再谈数字。"),
        ("<p>See <strong>KPI</strong> &amp; ROI.</p>", "See KPI & ROI."),
        ("<p>看表：</p><table><tr><td>甲</td></tr></table><pre>图</pre><p>完。</p>", "看表：完。"),
        ("<p>" + "字" * 30 + "</p>", "字" * 9 + "…"),
        ("", ""),
    ],
)
def test_an_excerpt_is_one_line_of_sentences(html, text):
    assert excerpt(html, 10 if "字字" in html else 120) == text
