"""The beginning of a text, for lists, share cards and descriptions."""

import re

from django.utils.text import Truncator

from articles.markup import to_plain_text

NO_SENTENCES = re.compile(r"<(table|pre)>.*?</\1>", re.DOTALL)
AFTER_CHINESE_STOP = re.compile(r"(?<=[。？！；：，、」』）》”]) ")


def excerpt(html: str, length: int = 120) -> str:
    """Return the beginning of stored HTML as one line of text, at most that many characters.

    Tables and templates are left out: cells in a row are no sentence.
    """
    return Truncator(one_line(NO_SENTENCES.sub("", html))).chars(length, truncate="…")


def one_line(html: str) -> str:
    """Return the text on one line; where Chinese punctuation ends a paragraph, no blank follows it."""
    return AFTER_CHINESE_STOP.sub("", " ".join(to_plain_text(html).split()))
