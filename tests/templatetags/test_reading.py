import pytest
from django.utils import translation

from articles.templatetags.reading import chinese_number, excerpt, json_ld, ordinal


@pytest.mark.parametrize(
    "number, written",
    [
        (1, "一"),
        (9, "九"),
        (10, "十"),
        (11, "十一"),
        (20, "二十"),
        (35, "三十五"),
        (99, "九十九"),
        (100, "100"),
        (0, "0"),
    ],
)
def test_chinese_number(number, written):
    assert chinese_number(number) == written


def test_ordinals_speak_the_language_of_the_page():
    assert ordinal(2) == "其二"
    with translation.override("en"):
        assert ordinal(2) == "No. 2"


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


def test_structured_data_stands_in_a_data_block():
    written = json_ld({"headline": "</script>"})
    assert written == '<script type="application/ld+json">{"headline": "\\u003c/script\\u003e"}</script>'
