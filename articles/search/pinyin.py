"""How Chinese sounds: texts in pinyin, and the characters that sound alike. Texts are expected folded."""

import re
from collections import defaultdict
from functools import cache, lru_cache

from pypinyin.constants import PHRASES_DICT, PINYIN_DICT
from pypinyin.contrib.tone_convert import to_normal

# Rows and cells of GB 2312 that hold its 6,763 characters: those in common use.
ROWS, CELLS = range(0xB0, 0xF8), range(0xA1, 0xFF)
PHRASE_LENGTHS = (4, 3, 2)
OTHER_SIGNS = re.compile(r"[^a-z0-9]")
LONGEST_SYLLABLE = 6
VOWEL = re.compile("[aeiouv]")
# Of the ways to read letters in a row, so many are looked at, and so much is tried for them.
MOST_READINGS = 8
MOST_STEPS = 200


@lru_cache(maxsize=8192)
def sound(character: str) -> str:
    """Return the pinyin of a character without its tone, the most common reading of several; other signs as they are."""
    readings = PINYIN_DICT.get(ord(character))
    return to_normal(readings.partition(",")[0], v_to_u=False) if readings else character


def is_known_phrase(text: str) -> bool:
    return text in PHRASES_DICT


@lru_cache(maxsize=8192)
def sounds_of_phrase(phrase: str) -> tuple[str, ...]:
    """Return the syllables of a phrase whose reading is known as a whole; nothing for others."""
    return tuple(to_normal(reading[0], v_to_u=False) for reading in PHRASES_DICT.get(phrase, ()))


def syllables(text: str) -> list[str]:
    """Return one syllable for each character, by the longest known phrases; other signs as they are."""
    found: list[str] = []
    while len(found) < len(text):
        start = len(found)
        phrases = (
            sounds_of_phrase(text[start : start + n]) for n in PHRASE_LENGTHS if text[start : start + n] in PHRASES_DICT
        )
        found += next(phrases, (sound(text[start]),))
    return found


@lru_cache(maxsize=4096)
def spellings(name: str) -> tuple[str, str]:
    """Return the name in pinyin, and in the first letters of its pinyin; Latin parts stay whole."""
    parts = syllables(name)
    return OTHER_SIGNS.sub("", "".join(parts)), OTHER_SIGNS.sub("", "".join(part[0] for part in parts))


def homophones(character: str) -> list[str]:
    """Return the other characters in common use that sound like the character."""
    return [other for other in characters_by_sound().get(sound(character), []) if other != character]


@cache
def characters_by_sound() -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    codes = bytes(code for row in ROWS for cell in CELLS for code in (row, cell))
    for character in codes.decode("gb2312", "ignore"):
        found[sound(character)].append(character)
    return dict(found)


def readings(letters: str) -> list[tuple[str, ...]]:
    """Return the ways to read letters as syllables, the longest first; the last one may be half typed."""
    found: list[tuple[str, ...]] = []
    unread: list[tuple[tuple[str, ...], str]] = [((), letters)]
    for _ in range(MOST_STEPS):
        if not unread or len(found) == MOST_READINGS:
            break
        read, rest = unread.pop()
        if rest in beginnings():
            found.append((*read, rest))
        # Longer syllables come last, and so are taken first.
        lengths = range(1, min(len(rest), LONGEST_SYLLABLE + 1))
        unread += [((*read, rest[:n]), rest[n:]) for n in lengths if rest[:n] in all_syllables()]
    return found


@cache
def all_syllables() -> frozenset[str]:
    return frozenset(filter(VOWEL.search, characters_by_sound()))


@cache
def beginnings() -> frozenset[str]:
    """Return every syllable and what it begins with."""
    return frozenset(syllable[:n] for syllable in all_syllables() for n in range(1, len(syllable) + 1))
