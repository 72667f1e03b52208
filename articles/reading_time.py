"""How long reading takes, counted in the words that a reader sees."""

import re

from articles.punctuation import HAN

HAN_PER_MINUTE = 400
WORDS_PER_MINUTE = 240

# Tags, bare addresses and link targets are not read.
UNREAD = re.compile(r"</?[a-z][^<>]*>|\]\([^()]*\)|https?://[!-~]+", re.IGNORECASE)
HAN_CHARACTER = re.compile(f"[{HAN}]")
LATIN = r"[0-9A-Za-z\u00c0-\u024f]+"
WORD = re.compile(rf"{LATIN}(?:['’.,-]{LATIN})*")


def reading_minutes(*texts: str) -> int:
    """Return the minutes for all texts together (plain text, Markdown or HTML), to the nearest, at least 1."""
    minutes = 0.0
    for text in texts:
        read = UNREAD.sub(" ", text)
        minutes += len(HAN_CHARACTER.findall(read)) / HAN_PER_MINUTE + len(WORD.findall(read)) / WORDS_PER_MINUTE
    return max(1, int(minutes + 0.5))
