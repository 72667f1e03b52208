"""Which characters are typed for one another: they sound or look alike, or nearly so. Characters are expected folded.

The table beside this file says which look alike; tests/benchmarks/look_table.py made it from the glyphs of a font.
"""

import re
from functools import cache, lru_cache
from pathlib import Path

from articles.search.pinyin import characters_by_sound, homophones, sound

TABLE = Path(__file__).with_name("looks.txt")
# What many speakers of Chinese, and input methods for them, take for the same.
NEAR_SOUNDS = [
    (re.compile("^([zcs])h?"), r"\1", r"\1h"),
    (re.compile("^[nl]"), "n", "l"),
    (re.compile("^[fh]"), "f", "h"),
    (re.compile("(?<=[aei])ng?$"), "n", "ng"),
]


def near_sounds(syllable: str) -> list[str]:
    """Return the syllables that differ by one sound which is often taken for the other (zh, z; n, l; in, ing)."""
    found = {part.sub(other, syllable) for part, *others in NEAR_SOUNDS for other in others}
    return sorted(found - {syllable})


@lru_cache(maxsize=8192)
def near_homophones(character: str) -> tuple[str, ...]:
    """Return the characters in common use that sound nearly, but not just, like the character."""
    by_sound = characters_by_sound()
    return tuple(other for syllable in near_sounds(sound(character)) for other in by_sound.get(syllable, []))


@cache
def all_look_alikes() -> dict[str, str]:
    lines = (line for line in TABLE.read_text("utf-8").splitlines() if not line.startswith("#"))
    return {line[0]: line[1:] for line in lines}


@lru_cache(maxsize=8192)
def mixups(character: str) -> dict[str, bool]:
    """Return what may have been meant by the character, and whether it sounds just like it."""
    nearly = dict.fromkeys([*near_homophones(character), *all_look_alikes().get(character, "")], False)
    return nearly | dict.fromkeys(homophones(character), True)
