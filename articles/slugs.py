"""Readable ASCII slugs from Chinese text."""

import re
import unicodedata
from collections.abc import Callable
from hashlib import sha256

from pypinyin import lazy_pinyin

MAX_LENGTH = 80
SPELLED_OUT = {"+": " plus ", "#": " sharp ", "&": " and ", "%": " percent ", "@": " at "}


def make_slug(text: str) -> str:
    """Return lower-case ASCII words joined by hyphens, at most MAX_LENGTH characters, never empty.

    Han characters become pinyin, one syllable a word. Text without any letter or digit gets a
    short digest of itself, so that two such texts still differ.
    """
    folded = unicodedata.normalize("NFKC", text).lower()
    spelled = "".join(SPELLED_OUT.get(character, character) for character in folded)
    latin = unicodedata.normalize("NFKD", " ".join(lazy_pinyin(spelled))).encode("ascii", "ignore").decode()
    slug = "-".join(re.findall("[a-z0-9]+", latin))
    return shorten(slug) or f"x-{sha256(text.encode('utf-8', 'replace')).hexdigest()[:8]}"


def shorten(slug: str, length: int = MAX_LENGTH) -> str:
    """Cut at a hyphen, so that no word is broken unless the first alone is too long."""
    if len(slug) <= length:
        return slug
    head = slug[: length + 1].rpartition("-")[0]
    return head or slug[:length]


def free_slug(text: str, is_taken: Callable[[str], bool]) -> str:
    """Return the slug of the text, numbered from 2 where it is taken."""
    return numbered_slug(make_slug(text), is_taken)


def numbered_slug(base: str, is_taken: Callable[[str], bool]) -> str:
    slug, number = base, 1
    while is_taken(slug):
        number += 1
        slug = f"{base}-{number}"
    return slug
