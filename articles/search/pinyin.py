"""How Chinese sounds: names in pinyin, and the characters that sound alike."""

import re
from collections import defaultdict
from functools import cache, lru_cache

from pypinyin import Style, lazy_pinyin

# Rows and cells of GB 2312 that hold its 6,763 characters: those in common use.
ROWS, CELLS = range(0xB0, 0xF8), range(0xA1, 0xFF)
OTHER_SIGNS = re.compile(r"[^a-z0-9]")


@lru_cache(maxsize=4096)
def spellings(name: str) -> tuple[str, str]:
    """Return the name in pinyin, and in the first letters of its pinyin; Latin parts stay whole."""
    full, first = (
        OTHER_SIGNS.sub("", "".join(lazy_pinyin(name, style=style)).lower())
        for style in (Style.NORMAL, Style.FIRST_LETTER)
    )
    return full, first


@lru_cache(maxsize=8192)
def sound(character: str) -> str:
    """Return the pinyin of a character without its tone; the most common reading of several."""
    return lazy_pinyin(character)[0]


def homophones(character: str) -> list[str]:
    """Return the other characters in common use that sound like the character."""
    return [other for other in characters_by_sound().get(sound(character), []) if other != character]


@cache
def characters_by_sound() -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    codes = bytes(code for row in ROWS for cell in CELLS for code in (row, cell))
    for character in codes.decode("gb2312", "ignore"):
        found[sound(character)].append(character)
    return found
