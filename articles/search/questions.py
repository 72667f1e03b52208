"""Question words that ask the same in other words, so that 如何 and 怎么 do not look like a difference."""

# A word holding another stands before it.
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
SHORT_FORMS = [(word, short) for short, words in ALIKE.items() for word in words]


def ask_alike(folded: str) -> str:
    """Return the text with one short form for question words that ask the same."""
    for word, short in SHORT_FORMS:
        folded = folded.replace(word, short)
    return folded
