"""Half-width punctuation beside Han characters, made full-width; characters nobody can see, dropped."""

import re

HAN = r"㐀-䶿一-鿿豈-﫿\U00020000-\U0003134f"
# Closing marks of Chinese typesetting count as Han: 《书名》,后文.
BESIDE = re.compile(rf"[{HAN}\u3007》」』】]")
WIDE = str.maketrans(",:;!?()", "，：；！？（）")

# Places where a half-width mark is syntax: code, links, entities, smileys.
PROTECTED = re.compile(
    r"```.*?(?:```|\Z)"
    r"|`[^`\n]*`"
    r"|[a-z][a-z0-9+.-]{1,15}://(?:[!-~]|(?<=[/=&?#_-])[一-鿿]+)*[0-9a-z/#=&_~%+-]"
    r"|\]\([^()\n]*(?:\([^()\n]*\)[^()\n]*)*\)"
    r"|!(?=\[)"
    r"|&#?\w{1,12};"
    r"|(?<![0-9A-Za-z(])[:;]-?[)(](?!\w)",
    re.DOTALL | re.IGNORECASE,
)
MARKS = re.compile(r"[,:;!?，：；！？]*[,:;!?][,:;!?，：；！？]*")
BRACKETS = re.compile(r"[()（）\n]")
INVISIBLE = re.compile(
    r"[\u00ad\u180e\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]"
    r"|\u200d(?![\u2600-\u27bf\U0001f000-\U0001faff])"
)


def drop_invisible(text: str) -> str:
    """Drop zero-width characters and direction marks; the joiner inside an emoji stays."""
    return INVISIBLE.sub("", text)


def to_full_width(text: str) -> str:
    """Return the text with , : ; ! ? ( ) full-width where they touch a Han character.

    Brackets change in pairs, a run such as ?! as a whole; code, links and figures (11:29, 1,000)
    stay. A blank after a widened mark goes: the wide mark has its own. Idempotent, never raises.
    """
    if not any(mark in text for mark in ",:;!?()"):
        return text
    protected = protect(text)
    marks = [i for span in wide_runs(text) for i in range(*span) if text[i] in ",:;!?" and not protected[i]]
    characters = list(text)
    for index in marks:
        drop_blanks_after(index, characters)
    for index in marks + wide_brackets(text, protected):
        characters[index] = text[index].translate(WIDE)
    return "".join(characters)


def protect(text: str) -> bytearray:
    """Return one byte per character, 1 where the text is syntax."""
    protected = bytearray(len(text))
    for span in PROTECTED.finditer(text):
        protected[span.start() : span.end()] = b"\1" * (span.end() - span.start())
    return protected


def drop_blanks_after(index: int, characters: list[str]) -> None:
    """Empty the blanks between a mark and the next word of its line; those at a line's end may mean a break."""
    end = index + 1
    while end < len(characters) and characters[end] == " ":
        end += 1
    if end < len(characters) and characters[end] != "\n":
        characters[index + 1 : end] = [""] * (end - index - 1)


def touches(text: str, index: int) -> bool:
    return 0 <= index < len(text) and BESIDE.match(text, index) is not None


def wide_runs(text: str) -> list[tuple[int, int]]:
    """Return the spans of marks with a Han character at either end."""
    return [run.span() for run in MARKS.finditer(text) if touches(text, run.start() - 1) or touches(text, run.end())]


def wide_brackets(text: str, protected: bytearray) -> list[int]:
    """Return the positions of the brackets to widen, both of a pair or neither."""
    open_brackets: list[int] = []
    found: list[int] = []
    for match in BRACKETS.finditer(text):
        index = match.start()
        if match[0] == "\n":
            open_brackets.clear()
        elif protected[index]:
            continue
        elif match[0] in "(（":
            open_brackets.append(index)
        elif open_brackets:
            start = open_brackets.pop()
            if is_chinese_pair(text, start, index):
                found += [start, index]
    return found


def is_chinese_pair(text: str, start: int, end: int) -> bool:
    if text[start] == "（" or text[end] == "）":
        return True
    if touches(text, start - 1) or touches(text, start + 1) or touches(text, end - 1):
        return True
    is_call = start > 0 and text[start - 1].isascii() and text[start - 1].isalnum()
    return touches(text, end + 1) and not is_call
