"""The beginning of a text, for lists, share cards and descriptions."""

import re

from django.utils.text import Truncator
from django.utils.translation import pgettext_lazy

from articles.markup import to_plain_text

NO_SENTENCES = re.compile(r"<(table|pre)>.*?</\1>", re.DOTALL)
AFTER_CHINESE_STOP = re.compile(r"(?<=[。？！；：，、」』）》”]) ")

# Django's own Chinese catalogue ends a cut text with three dots; the entry here comes before it.
CUT = pgettext_lazy("String to return when truncating text", "%(truncated_text)s…")


def excerpt(html: str, length: int = 120) -> str:
    """Return the beginning of stored HTML as one line of text, at most that many characters.

    Tables and templates are left out: cells in a row are no sentence.
    """
    return Truncator(one_line(NO_SENTENCES.sub("", html))).chars(length, truncate="…")


def one_line(html: str) -> str:
    """Return the text on one line; where Chinese punctuation ends a paragraph, no blank follows it."""
    return AFTER_CHINESE_STOP.sub("", " ".join(to_plain_text(html).split()))
