"""Question words that ask the same in other words, so that 如何 and 怎么 do not look like a difference."""

import re

ALIKE = {
    "怎": ("怎么样", "怎样", "怎么", "如何", "咋样", "咋"),
    "为": ("为什么", "为何", "为啥", "干嘛"),
    "时": ("什么时候", "何时"),
    "啥": ("什么",),
    "哪": ("哪些", "哪儿", "哪里"),
    "几": ("多少钱", "多少"),
    "吗": ("是不是", "是否"),
    "能": ("能不能", "能否", "可不可以", "可以", "能够"),
    "有": ("有没有",),
}
SHORT_FORMS = {word: short for short, words in ALIKE.items() for word in words}
# One pass over the text: every candidate of every query goes through here.
QUESTION_WORDS = re.compile("|".join(sorted(map(re.escape, SHORT_FORMS), key=len, reverse=True)))


def ask_alike(folded: str) -> str:
    """Return the text with one short form for question words that ask the same."""
    return QUESTION_WORDS.sub(lambda word: SHORT_FORMS[word[0]], folded)
