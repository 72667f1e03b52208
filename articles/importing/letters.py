"""Unmarked letters and answers, told apart by salutations, openers, signatures and tone.

The lines are read as a chain of states (before the first letter, a letter, one that has asked, an answer). Every line adds
to the score of the state it is read in, every change of state needs evidence, and the best chain
wins, so that no single sign decides.
"""

import re
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from articles.importing.drafts import (
    FINISHED,
    ORDINAL,
    Draft,
    Finding,
    said,
    take_heading,
    take_signature,
    without_number,
)
from articles.importing.evidence import (
    find_salutation,
    find_signature,
    greets,
    has_question,
    is_heading,
    leaning,
    opens_answer,
    signs_off,
)
from articles.importing.labels import Role, read_label
from articles.importing.lines import Kind, Line
from articles.importing.questions import MARK

NEVER = -10_000
UNASKED = -5  # an answer to a letter that has not asked anything yet
CALLED = 6  # a letter that begins with the name of the one who answers
SKIPPED = -5  # such a line that begins no letter
BEFORE, LETTER, ASKED, ANSWER = range(4)
RESPECTED = re.compile(
    r"编辑|小编|主编|老师|站长|博主|[哥姐叔总爷]$|老大|大大|前辈|掌柜|店长|导师|教练|专家|大神|学长|学姐"
)
CALLED_NAME = re.compile(r"(?P<name>[^\s，,：:]{2,12}?)\s?(?:[你您]好)?[，,：:！!]")
CALL = re.compile(r"(?P<name>[^\s，,：:！!。？?我你您]{2,4})[，,：:！!\s]")
CONNECTIVE = re.compile(
    r"首先|其次|最后|所以|但是?|其实|另外|如果|因此|然后|比如|例如|当然|不过|而且|第.|最近|目前|现在|请问|今年|去年|以前|之前|那么|还有|同时|接着|这[个种样些]|那[个种样些]|因为|虽然|作为|关于|问题|.?好$|一[是方来]|刚刚|上[周个次]|昨天|今天|前[几段]|每[天次]"
)
EDITOR = re.compile(r"编辑|小编|主编|站长|店长")
JUNIOR = re.compile(r"同志|同学|朋友|读者|小姐|先生|女士")


@dataclass(frozen=True, slots=True)
class Signs:
    """What one line says, worked out once."""

    line: Line
    salutation: str
    signature: str
    is_heading: bool
    opener: int
    leaning: int
    asks: bool
    is_labelled: bool = False  # 张老师的回信：

    @property
    def tone(self) -> int:
        """What the line adds to a letter: those that neither ask nor tell of oneself cost, so letters stay short."""
        if self.signature or self.is_heading:
            return 0
        return max(self.leaning, -4) - 1


def find_letters(lines: Sequence[Line], salutations: Collection[str] = (), author: str = "") -> Finding:
    """Return the letters of a page whose questions carry no marks."""
    signs = read_signs(lines, salutations)
    names = answerers(signs, salutations, author)
    if names - set(salutations):
        signs = [knowing(sign, names) for sign in signs]
    starts = [letter_start(signs, index, names) for index in range(len(signs))]
    answers = [NEVER] + [answer_start(*pair, names) for pair in pairwise(signs)]
    for index in range(1, len(signs)):
        if signs[index - 1].is_heading and starts[index] != NEVER:
            answers[index - 1] = NEVER  # the title of the next letter begins no answer
    drafts, left_out = cut(signs, best_chain(starts, answers, signs))
    whole = [draft for draft in drafts if draft.is_whole]
    asking = [draft for draft in whole if has_question(draft.question)]
    return Finding([draft for draft in whole if draft in asking or (asking and draft.salutation)], left_out)


def knowing(sign: Signs, names: Collection[str]) -> Signs:
    """Return what the line says once the names are known under which letters address the one who answers."""
    return replace(
        sign,
        salutation=salutation(sign.line, names),
        signature="" if sign.line.text in names else sign.signature,
    )


def read_signs(lines: Sequence[Line], names: Collection[str]) -> list[Signs]:
    following = [*(line.text for line in lines[1:]), ""][: len(lines)]
    signatures = [find_signature(line) or called_next(line, text) for line, text in zip(lines, following, strict=True)]
    return [
        Signs(
            line,
            salutation(line, names),
            signature,
            is_heading(line) and not signature,
            opens_answer(line.text) if line.kind is Kind.TEXT else 0,
            leaning(line),
            has_question([line]),
            answers_by_label(line),
        )
        for line, signature in zip(lines, signatures, strict=True)
    ]


def called_next(line: Line, following: str) -> str:
    """Return the name that a short line is, when the next line calls it: 「杭州 小鱼」, then 「小鱼：」."""
    if line.kind is not Kind.TEXT or not 1 < len(line.text) <= 16:
        return ""
    called = CALLED_NAME.match(following)
    return line.text if called and called["name"] in (line.text, *line.text.split()) else ""


def answers_by_label(line: Line) -> bool:
    """Tell whether a label begins an answer; 「编辑：」 alone on its line begins a letter."""
    label = read_label(line.text) if line.is_prose else None
    if label is None or label.role is not Role.ANSWERS or label.is_bare:
        return False
    return bool(label.rest) or re.search(r"[答复信]\W*$", line.text) is not None


def salutation(line: Line, names: Collection[str]) -> str:
    """Return the name that a line is addressed to; a name alone on its line signs."""
    if line.kind not in (Kind.TEXT, Kind.QUOTE) or line.text in names or answers_by_label(line):
        return ""
    return find_salutation(line.text[:40], sorted(names, key=len, reverse=True))


def answerers(signs: Sequence[Signs], known: Collection[str], author: str) -> set[str]:
    """Return the names under which letters address the one who answers."""
    names = set(known)
    signed = "".join(sign.signature for sign in signs)
    called = Counter(sign.salutation for sign in signs if sign.salutation and sign.salutation not in known)
    for name, count in called.items():
        is_author = bool(author) and (name in author or (name[0] in author and RESPECTED.search(name) is not None))
        if (name in signed and count == 1) or (JUNIOR.search(name) and not EDITOR.search(name)):
            continue
        if is_author or RESPECTED.search(name) or count > 1:
            names.add(name)
    names |= repeated_calls(signs)
    first = next((name for name in called if name not in signed), "")
    if not names and first and not JUNIOR.search(first):
        names.add(first)
    return names


def repeated_calls(signs: Sequence[Signs]) -> set[str]:
    """Return the words that begin several asking paragraphs, each before a comma: names no pattern foresees."""
    calls: Counter[str] = Counter()
    for sign in signs:
        if sign.line.kind is Kind.TEXT and sign.leaning >= 2 and (match := CALL.match(sign.line.text)):
            calls[match["name"]] += 1
    return {name for name, count in calls.items() if count > 1 and not CONNECTIVE.match(name)}


def letter_start(signs: Sequence[Signs], index: int, names: Collection[str]) -> int:
    """Return the evidence that a letter begins at a line; NEVER without any."""
    sign = signs[index]
    if sign.salutation:
        return CALLED if sign.salutation in names else NEVER
    if greets(sign.line.text) and sign.leaning >= 1:
        return 2
    follows_break = index == 0 or is_break(signs[index - 1]) or begins_quote(signs[index - 1].line, sign.line)
    if follows_break and not sign.is_heading and sign.line.kind in (Kind.TEXT, Kind.QUOTE):
        return 5 if signature_ahead(signs, index) and sign.leaning >= 0 else NEVER
    return NEVER


def begins_quote(previous: Line, line: Line) -> bool:
    return line.kind is Kind.QUOTE and previous.kind is not Kind.QUOTE


def is_break(sign: Signs) -> bool:
    return sign.line.kind is Kind.RULE or sign.is_heading or ORDINAL.match(sign.line.text) is not None


def signature_ahead(signs: Sequence[Signs], index: int) -> bool:
    """Tell whether a signature follows before the next break, with an answer behind it."""
    for ahead in range(index + 1, min(index + 10, len(signs) - 1)):
        if is_break(signs[ahead]):
            return False
        if signs[ahead].signature:
            return not is_break(signs[ahead + 1]) and any(sign.leaning > 0 for sign in signs[index:ahead])
    return False


def answer_start(previous: Signs, sign: Signs, names: Collection[str]) -> int:
    """Return the evidence that the answer begins at a line, given the line before it."""
    if sign.signature or (signs_off(sign.line.text) and sign.opener < 2) or sign.salutation in names:
        return NEVER
    score = -6 + (12 if sign.is_labelled else (0, 3, 8)[sign.opener])
    if previous.signature:
        score += 9
    elif signs_off(previous.line.text):
        score += 4
    if sign.salutation:
        score += 8
    if sign.is_heading:
        score += 7
    if previous.line.kind is Kind.RULE:
        score += 5
    if previous.line.kind is Kind.QUOTE and sign.line.kind is not Kind.QUOTE:
        score += 9
    return score + 2 * (MARK.search(previous.line.text) is not None)


def best_chain(starts: Sequence[int], answers: Sequence[int], signs: Sequence[Signs]) -> list[int]:
    """Return the state of each line in the chain with the highest score."""
    scores = [0, NEVER, NEVER, NEVER]
    steps: list[tuple[int, int, int, int]] = []
    for index, sign in enumerate(signs):
        begun = max((scores[ANSWER] + starts[index], ANSWER), (scores[BEFORE] + starts[index], BEFORE))
        unasked = max(begun, (scores[LETTER], LETTER))
        asked = (scores[ASKED], ASKED)
        if sign.asks:
            unasked, asked = (NEVER, BEFORE), max(unasked, asked)
        skipped = SKIPPED if starts[index] == CALLED else 0
        answer = max(
            (scores[ANSWER] + skipped, ANSWER),
            (scores[ASKED] + answers[index], ASKED),
            (scores[LETTER] + answers[index] + UNASKED, LETTER),
        )
        steps.append((BEFORE, unasked[1], asked[1], answer[1]))
        scores = [scores[BEFORE] + skipped, unasked[0] + sign.tone, asked[0] + sign.tone, answer[0]]
    state = ANSWER if scores[ANSWER] > scores[BEFORE] else BEFORE
    states = []
    for step in reversed(steps):
        states.append(LETTER if state == ASKED else state)
        state = step[state]
    return states[::-1]


def cut(signs: Sequence[Signs], states: Sequence[int]) -> tuple[list[Draft], list[Line]]:
    """Return the drafts along the chain, their titles taken out of the text, and the lines before them."""
    drafts: list[Draft] = []
    waiting: list[Line] = []
    for index, (sign, state) in enumerate(zip(signs, states, strict=True)):
        if state == LETTER and (index == 0 or states[index - 1] != LETTER):
            heading = take_heading(drafts[-1].answer) if drafts else take_heading(waiting, keep=0)
            drafts.append(Draft(heading=heading, salutation=sign.salutation))
        if state == BEFORE:
            waiting.append(sign.line)
        elif state == LETTER:
            drafts[-1].question.append(sign.line)
        else:
            drafts[-1].answer.append(sign.line)
    for draft in drafts:
        settle(draft)
    return drafts, waiting


def settle(draft: Draft) -> None:
    """Take the title between letter and answer, and the signature, out of the text."""
    take_signature(draft)
    if draft.answer and answers_by_label(draft.answer[0]):
        words = read_label(draft.answer[0].text).rest
        draft.answer[:1] = [said(draft.answer[0], words)] if words else []
    if not draft.heading and len(draft.question) > 1 and is_heading(draft.question[-1]):
        draft.heading = without_number(draft.question.pop().text)
    if len(draft.answer) > 1 and is_heading(draft.answer[0]) and is_title_over(draft.answer):
        title = without_number(draft.answer.pop(0).text)
        draft.heading = draft.heading or title
        take_signature(draft)


def is_title_over(lines: Sequence[Line]) -> bool:
    """Tell whether a first line is a title and not the beginning of unpunctuated prose."""
    return lines[0].kind is Kind.HEADING or FINISHED.search(lines[1].text) is not None


def answer_index(lines: Sequence[Line]) -> int:
    """Return where the answer begins in the lines of one pair whose question carries the only mark."""
    signs = read_signs(lines, ())
    best, found = NEVER * 2, 1
    tone = 0
    for index in range(1, len(lines)):
        tone += signs[index - 1].tone
        score = (
            tone
            + answer_start(signs[index - 1], signs[index], ())
            + 4 * (MARK.search(lines[index - 1].text) is not None)
        )
        if score > best:
            best, found = score, index
    return found
