"""Names that nearly are one, each couple with its reason; found by keys, never by comparing each with each."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from enum import StrEnum
from itertools import combinations
from typing import NamedTuple

from articles.search.pinyin import syllables
from articles.search.segmentation import IS_UNSPACED, fold

# What people leave out or put in without meaning anything else; + and # tell C++ and C# from C.
SIGNS = re.compile(r"[^\w+#]|_")
SUFFIX = re.compile(
    "(?:管理|运营|工作|问题|方法|技巧|策略|能力|经验|分析|平台|相关|建设|方案|体系|流程|指标|数据|知识|案例|话题|类|性|化|者|师|们|的)$"
)
SHORTEST_STEM, SHORTEST, SHORTEST_LATIN = 2, 3, 5
# More names than this under one key have something in common that is no mistake.
GROUP_MOST = 20


class Reason(StrEnum):
    """Why two names are taken for one, the surest first."""

    SPELLING = "spelling"
    SOUND = "sound"
    SUFFIX = "suffix"
    LETTER = "letter"


class Alike(NamedTuple):
    name: str
    other: str
    reason: Reason


def find_alike(names: Iterable[str]) -> list[Alike]:
    """Return the couples of different names that nearly are one, by reason; each couple once."""
    plain = {name: SIGNS.sub("", fold(name)) for name in dict.fromkeys(names)}
    found: dict[tuple[str, str], Alike] = {}
    for reason, (keys, fits) in RULES.items():
        for name, other in couples(plain, keys):
            if (name, other) not in found and fits(plain[name], plain[other]):
                found[name, other] = Alike(name, other, reason)
    return list(found.values())


def couples(plain: dict[str, str], keys: Callable[[str], Iterable[object]]) -> Iterator[tuple[str, str]]:
    """Yield the couples of names that share a key."""
    groups: dict[object, list[str]] = defaultdict(list)
    for name, text in plain.items():
        for key in keys(text) if text else ():
            groups[key].append(name)
    for group in groups.values():
        yield from combinations(group[:GROUP_MOST], 2)


def spelling_keys(text: str) -> Iterable[str]:
    return [text]


def sound_keys(text: str) -> Iterable[str]:
    return ["".join(syllables(text))] if len(text) > 1 else []


def is_written(text: str, other: str) -> bool:
    """Tell whether either is Chinese: of Latin names the sound is the spelling."""
    return bool(IS_UNSPACED.search(text) or IS_UNSPACED.search(other))


def suffix_keys(text: str) -> Iterable[str]:
    stem = SUFFIX.sub("", text)
    return {text, stem} if len(stem) >= SHORTEST_STEM else [text]


def is_stem(text: str, other: str) -> bool:
    shorter, longer = sorted((text, other), key=len)
    return SUFFIX.sub("", longer) == shorter


def letter_keys(text: str) -> Iterable[tuple[str, str]]:
    """Return the name without each of its characters in turn, and whole; names of other numbers share no key."""
    if len(text) < (SHORTEST_LATIN if text.isascii() else SHORTEST):
        return []
    digits = re.sub(r"\D", "", text)
    return {(text[:i] + text[i + 1 :], digits) for i in range(len(text))} | {(text, digits)}


def is_one_apart(text: str, other: str) -> bool:
    """Tell whether one character put in, left out, changed, or changed places with the next makes them the same."""
    shorter, longer = sorted((text, other), key=len)
    start = next((i for i, (a, b) in enumerate(zip(shorter, longer, strict=False)) if a != b), len(shorter))
    rest, long_rest = shorter[start:], longer[start:]
    if len(rest) < len(long_rest):
        return rest == long_rest[1:]
    return rest[1:] == long_rest[1:] or (rest[1::-1] == long_rest[:2] and rest[2:] == long_rest[2:])


def always(text: str, other: str) -> bool:
    return True


RULES: dict[Reason, tuple[Callable[[str], Iterable[object]], Callable[[str, str], bool]]] = {
    Reason.SPELLING: (spelling_keys, always),
    Reason.SOUND: (sound_keys, is_written),
    Reason.SUFFIX: (suffix_keys, is_stem),
    Reason.LETTER: (letter_keys, is_one_apart),
}
