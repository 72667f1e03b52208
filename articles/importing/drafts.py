"""Pairs in the making: lines of question and answer, before they become text."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from articles.importing.evidence import find_signature, is_heading, signs_off
from articles.importing.lines import Kind, Line
from articles.importing.names import is_person, is_readers_nickname, signs_answers


@dataclass(slots=True)
class Draft:
    question: list[Line] = field(default_factory=list)
    answer: list[Line] = field(default_factory=list)
    heading: str = ""
    signature: str = ""
    salutation: str = ""

    @property
    def is_whole(self) -> bool:
        return all(re.search(r"\w", words_of(part)) for part in (self.question, self.answer))


@dataclass(frozen=True, slots=True)
class Finding:
    """The pairs that one way of reading found, and the lines it left out."""

    drafts: Sequence[Draft] = ()
    left_out: Sequence[Line] = ()
    is_certain: bool = False
    answerer: str = ""  # the one name that all answers are labelled with


def words_of(lines: Sequence[Line]) -> str:
    return "".join(line.text for line in lines if line.kind is not Kind.RULE)


def said(line: Line, words: str) -> Line:
    """Return the line with other words, as an ordinary paragraph."""
    return replace(line, text=words, source=words, kind=Kind.TEXT)


def signed_answers(drafts: Sequence[Draft]) -> str:
    """Return the name in the last line of all answers."""
    names = {draft.answer[-1].text.lstrip("-—－– ") for draft in drafts}
    name = names.pop() if len(names) == 1 else ""
    return name if signs_answers(name) else ""


def take_signature(draft: Draft) -> None:
    """Move a letter's signature from its last line into the draft; politeness stays in the letter."""
    if draft.signature:
        return
    take_name_below(draft)
    for index in range(len(draft.question) - 1, max(len(draft.question) - 3, 0), -1):
        line = draft.question[index]
        name = find_signature(line)
        if not name and is_lone_name(draft, index):
            name = line.text
        if name:
            draft.signature = name.removeprefix("读者：")
            del draft.question[index]
            return


def take_name_below(draft: Draft) -> None:
    """Move a nickname that stands alone above the answer to the end of the letter: it signs the one, not the other."""
    if len(draft.answer) > 1 and draft.answer[0].kind is Kind.TEXT and is_readers_nickname(draft.answer[0].text):
        draft.question.append(draft.answer.pop(0))


def is_lone_name(draft: Draft, index: int) -> bool:
    """Tell whether a short last line is a name: it has the form of one, stands under 祝好, or is called by the answer."""
    line, text = draft.question[index], draft.question[index].text
    if line.kind is not Kind.TEXT or len(text) > 12 or text[-1:] in "。！？!?，；：" or index < len(draft.question) - 1:
        return False
    address = draft.answer[0].text[:12] if draft.answer else ""
    is_called = any(len(word) > 1 and address.startswith(word) for word in text.split())
    return not signs_off(text) and (is_person(text) or is_called or signs_off(draft.question[index - 1].text))


def take_heading(lines: list[Line], *, keep: int = 1, trusts_text: bool = True) -> str:
    """Take the title that ends a list of lines off it, and return its words. At least `keep` lines stay.

    A plain line is a title only under a finished sentence: in unpunctuated prose every line looks like one.
    """
    while len(lines) > keep and (lines[-1].kind is Kind.RULE or ORDINAL.match(lines[-1].text)):
        lines.pop()
    if len(lines) <= keep or not is_heading(lines[-1]):
        return ""
    is_counted = len(lines) > 1 and ORDINAL.match(lines[-2].text) is not None
    is_marked = is_counted or lines[-1].kind is Kind.HEADING or without_number(lines[-1].text) != lines[-1].text
    is_after_sentence = len(lines) == 1 or FINISHED.search(lines[-2].text) is not None
    if not (is_marked or (trusts_text and is_after_sentence)):
        return ""
    heading = without_number(lines.pop().text)
    if is_counted:
        lines.pop()
    return heading


# A line that only counts: 01, 「1」, Part 1, 来信一, 第二封信.
ORDINAL = re.compile(
    r"[「『【\[（(/]?\s*(?:来信|第|no\.?|part\.?|问题|疑问|#)?\s*(?P<number>[一二三四五六七八九十]{1,3}|\d{1,2})"
    r"\s*(?:封|位|问|号|个)?(?:来信|信|问题)?\s*[」』】\]）)/]?[.、．]?$",
    re.IGNORECASE,
)


FINISHED = re.compile(r"[。！？!?；;：:…）)」』”\"]$")
NUMBER = re.compile(
    r"(?:\d{1,3}\s*[、.．)）:：](?!\d)|[（(]\s*(?:\d{1,3}|[一二三四五六七八九十]{1,3})\s*[)）]\s*[、.]?|[一二三四五六七八九十]{1,3}\s*[、.．：:]"
    r"|(?:问题|第)\s*(?:\d{1,3}|[一二三四五六七八九十]{1,3})\s*(?:[问个封]?(?:问题|来信)?[：:、.\s])|(?:q|no\.?|#)\s*\d{1,3}\s*[、.．：:|｜\s]?)\s*(?=\S)",
    re.IGNORECASE,
)


def without_number(text: str) -> str:
    """Return a heading without the number in front of it."""
    return NUMBER.sub("", text, count=1) if NUMBER.match(text) else text
