import pytest
from django.utils import translation

from articles.templatetags.reading import chinese_number, json_ld, ordinal


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


def test_structured_data_stands_in_a_data_block():
    written = json_ld({"headline": "</script>"})
    assert written == '<script type="application/ld+json">{"headline": "\\u003c/script\\u003e"}</script>'
