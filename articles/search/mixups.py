"""Which characters are typed for one another: those that sound alike, or nearly so. Characters are expected folded."""

import re
from functools import lru_cache

from articles.search.pinyin import characters_by_sound, homophones, sound

# What many speakers of Chinese, and input methods for them, take for the same.
NEAR_SOUNDS = [
    (re.compile("^([zcs])h?(?!h)"), r"\1", r"\1h"),
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


@lru_cache(maxsize=8192)
def mixups(character: str) -> tuple[str, ...]:
    """Return what may have been meant by the character: homophones first."""
    return (*homophones(character), *near_homophones(character))
