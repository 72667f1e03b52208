"""Cuts text into what search compares: folded characters, runs, and the terms of the index.

Index and query go through the same functions, so that whatever is written can be found.
"""

import re
import unicodedata
from collections.abc import Iterable
from functools import cache

from opencc import OpenCC

# Scripts written without blanks: Han (with its repetition mark and zero), kana, bopomofo and hangul.
UNSPACED = (
    r"\u3005-\u3007\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff\u3105-\u312f\u31f0-\u31ff"
    r"\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufa6d\ufa70-\ufad9\uac00-\ud7a3\U00020000-\U0003ffff"
)
LETTER = rf"[^\W_{UNSPACED}]"
# A word keeps the signs inside it that people type: node.js, c++, c#, wi-fi.
RUN = re.compile(rf"[{UNSPACED}]+|{LETTER}+(?:[.+#\-_]{LETTER}+)*[+#]*")
IS_UNSPACED = re.compile(f"[{UNSPACED}]")
WORD_JOINT = re.compile(r"[.\-_]")
WORD_LIMIT = 64


class FoldTable(dict):
    """Maps a code point to its folded one; filled as characters are met, at most one entry each."""

    def __missing__(self, codepoint: int) -> int:
        self[codepoint] = folded = ord(fold_character(chr(codepoint)))
        return folded


@cache
def simplifier() -> OpenCC:
    return OpenCC("t2s")


def fold_character(character: str) -> str:
    """Fold width, case and traditional script; what would become longer (㎡, ﬁ) stays as it is."""
    folded = unicodedata.normalize("NFKC", character).lower()
    if len(folded) != 1:
        return character
    if IS_UNSPACED.match(folded):
        simplified = simplifier().convert(folded)
        return simplified if len(simplified) == 1 else folded
    return folded


FOLD_TABLE = FoldTable()


def fold(text: str) -> str:
    """Return the text with KPI = ＫＰＩ = kpi and 團隊 = 团队; every character keeps its place."""
    return text.translate(FOLD_TABLE)


def runs(folded: str) -> list[str]:
    """Return the unbroken stretches of a folded text: of Han and the like, or one word each."""
    return [run if is_unspaced(run) else run[:WORD_LIMIT] for run in RUN.findall(folded)]


def is_unspaced(run: str) -> bool:
    return IS_UNSPACED.match(run) is not None


def grams(run: str, n: int) -> list[str]:
    """Return the n-grams of an unspaced run; a word is one unit whatever n is."""
    return [run[i : i + n] for i in range(len(run) - n + 1)] if is_unspaced(run) else [run]


def word_parts(run: str) -> list[str]:
    """Return the pieces of a joined word (wi-fi: wi, fi), nothing for a simple one."""
    parts = [part for part in WORD_JOINT.split(run) if part]
    return parts if len(parts) > 1 else []


def terms(some_runs: Iterable[str]) -> list[str]:
    """Return all terms of the runs, with repeats: characters and bigrams, or words and their parts."""
    found: list[str] = []
    for run in some_runs:
        if is_unspaced(run):
            found += run
            found += grams(run, 2)
        else:
            found.append(run)
            found += word_parts(run)
    return found
