"""Questions that stand as headings or numbered lines, with their answers beneath."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from articles.importing import furniture
from articles.importing.drafts import ORDINAL, Draft, Finding, said, take_heading, without_number, words_of
from articles.importing.evidence import opens_answer
from articles.importing.lines import Kind, Line
from articles.importing.questions import ASKING, is_question

NUMBERS = [
    re.compile(rf"{form}\s*(?P<words>\S.*)$", re.DOTALL)
    for form in (
        r"(?P<number>\d{1,3})\s*、",
        r"(?P<number>\d{1,3})\s*[.．](?!\d)",
        r"(?P<number>\d{1,3})\s*[)）]",
        r"(?P<number>\d{1,3})\s*[:：](?!\d)",
        r"[（(](?P<number>\d{1,3})[)）]\s*[、.]?",
        r"(?P<number>[一二三四五六七八九十]{1,3})\s*[、.．：:]",
        r"[（(](?P<number>[一二三四五六七八九十]{1,3})[)）]\s*[、.]?",
        r"(?:问题|第)\s*(?P<number>\d{1,3}|[一二三四五六七八九十]{1,3})\s*(?:[问个]?(?:问题)?[：:、.\s])",
        r"(?:[Qq]\s*|NO\.?\s*|No\.?\s*|#\s?)(?P<number>\d{1,3})\s*[、.．：:\s]?",
    )
]
NUMBER_STARTS = frozenset("0123456789一二三四五六七八九十（(问第QqNn#")
LONGEST_QUESTION = 120
LONGEST_PREFACE = 200
DIGITS = {character: value for value, character in enumerate("一二三四五六七八九十", 1)}


def find_outline(lines: Sequence[Line], title: str = "") -> Finding:
    """Return the pairs of the heading level or the numbering that asks most."""
    is_lenient = furniture.QA_TITLE.search(title) is not None
    lines = join_counters(lines, is_lenient)
    candidates = [heading_questions(lines, level, is_lenient) for level in levels(lines)]
    candidates += [numbered_questions(lines, form, is_lenient) for form in NUMBERS]
    findings = [cut(lines, starts, level) for starts, level in candidates if starts]
    best = max(findings, key=lambda finding: len(finding.drafts), default=Finding())
    return Finding() if is_essay(best, is_lenient) else best


def join_counters(lines: Sequence[Line], is_lenient: bool) -> list[Line]:
    """Return the lines with a number that stands alone put before the question beneath it."""
    joined: list[Line] = []
    number = None
    for line in lines:
        counter = ORDINAL.match(line.text) if line.is_prose else None
        if number and line.is_prose and asks(line.text, is_lenient):
            words = f"{to_number(number['number'])}、{line.text}"
            joined[-1] = replace(line, text=words, source=words, gap=True)
        else:
            joined.append(line)
        number = counter
    return joined


def is_essay(finding: Finding, is_lenient: bool) -> bool:
    """Tell whether a lone question heading stands inside an essay."""
    preface = sum(len(line.text) for line in finding.left_out)
    return len(finding.drafts) == 1 and not is_lenient and preface > LONGEST_PREFACE


def levels(lines: Sequence[Line]) -> list[int]:
    return sorted({line.level for line in lines if line.kind is Kind.HEADING})


def asks(words: str, is_lenient: bool) -> bool:
    if len(words) > LONGEST_QUESTION:
        return False
    return is_question(words) or (is_lenient and ASKING.search(words) is not None)


def heading_questions(lines: Sequence[Line], level: int, is_lenient: bool) -> tuple[list[int], int]:
    """Return the question headings of a level, if most of the level's headings ask.

    Among questions, one without its mark is a question too: 没有预算怎么推广
    """
    headings = [
        i for i, line in enumerate(lines) if line.kind is Kind.HEADING and line.level == level and has_body(lines, i)
    ]
    starts = [i for i in headings if asks(without_number(lines[i].text), is_lenient)]
    if len(starts) * 5 < len(headings) * 3:
        return [], level
    return [i for i in headings if asks(without_number(lines[i].text), is_lenient=True)], level


def has_body(lines: Sequence[Line], index: int) -> bool:
    """Tell whether text stands under a heading, before the next heading of the same or a higher level."""
    following = lines[index + 1] if index + 1 < len(lines) else None
    return following is not None and (following.kind is not Kind.HEADING or following.level > lines[index].level)


def numbered_questions(lines: Sequence[Line], form: re.Pattern[str], is_lenient: bool) -> tuple[list[int], int]:
    """Return the numbered questions that count from one, each with text beneath.

    Lists inside answers restart at one or stand without text beneath; a number that is due but
    does not ask speaks for an essay with numbered parts.
    """
    starts: list[int] = []
    missed = 0
    previous, before = -2, 0
    for index, number, words in numbered(lines, form):
        is_listed = previous == index - 1 and before == number - 1 and is_question(lines[previous].text)
        previous, before = index, number
        if number != len(starts) + missed + 1 or is_listed or not has_answer_below(lines, index, form):
            continue
        if asks(words, is_lenient):
            starts.append(index)
        elif lines[index].kind is Kind.HEADING or not number_is_digit(lines[index].text):
            missed += 1
    is_faq = len(starts) > 1 and len(starts) * 5 >= (len(starts) + missed) * 3
    if is_faq and not is_lenient:
        return numbered_questions(lines, form, is_lenient=True)  # among questions, one without its mark is one too
    return (starts, 0) if is_faq else ([], 0)


def numbered(lines: Sequence[Line], form: re.Pattern[str]) -> Iterator[tuple[int, int, str]]:
    for index, line in enumerate(lines):
        is_prose = line.kind in (Kind.TEXT, Kind.ITEM, Kind.HEADING)
        if is_prose and line.text[:1] in NUMBER_STARTS and (match := form.match(line.text)):
            yield index, to_number(match["number"]), match["words"]


def to_number(text: str) -> int:
    """Return the value of digits or of a Chinese number below a hundred."""
    if text.isascii():
        return int(text)
    tens, ten, ones = text.rpartition("十")
    if not ten:
        return DIGITS.get(text, 0)
    return (DIGITS.get(tens, 1) if tens else 1) * 10 + DIGITS.get(ones, 0)


def number_is_digit(text: str) -> bool:
    return re.match(r"[（(]?\d", text) is not None


def has_answer_below(lines: Sequence[Line], index: int, form: re.Pattern[str]) -> bool:
    following = lines[index + 1] if index + 1 < len(lines) else None
    return following is not None and following.kind is not Kind.RULE and form.match(following.text) is None


def cut(lines: Sequence[Line], starts: Sequence[int], level: int) -> Finding:
    """Return a draft per start; a heading that is not above the question's own level ends the answer before it."""
    drafts: list[Draft] = []
    left_out = list(lines[: starts[0]])
    for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
        stop = next((i for i in range(start + 1, end) if closes(lines[i], level or lines[start].level)), end)
        question = said(lines[start], without_number(lines[start].text))
        draft = Draft(question=[question], answer=list(lines[start + 1 : stop]))
        if end < len(lines):
            take_heading(draft.answer, trusts_text=False)  # the title of the next group of questions
        drafts.append(draft)
        left_out += lines[stop:end]
    return Finding([draft for draft in drafts if len(words_of(draft.answer)) > 1], left_out)


def closes(line: Line, level: int) -> bool:
    return line.kind is Kind.HEADING and 0 < line.level <= level


def find_answered_title(lines: Sequence[Line], title: str) -> Finding:
    """Return the one pair of a page whose title asks and whose first paragraph speaks to the asker."""
    if not is_question(title) or not lines or opens_answer(lines[0].text) < 2:
        return Finding()
    question = Line(title, title, place=-1)  # the title stands above them all
    return Finding([Draft(question=[question], answer=list(lines))])
