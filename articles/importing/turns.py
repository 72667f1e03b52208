"""Pages whose lines say who speaks: 问/答, Q1/A1, 读者/编辑, interviews with named speakers."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from articles.importing.drafts import Draft, Finding, said, take_heading, take_signature, without_number, words_of
from articles.importing.evidence import find_signature, is_heading
from articles.importing.furniture import CLOSING_SECTION
from articles.importing.labels import Label, Role, Trust, is_interviewer, read_label, reader_name
from articles.importing.letters import answer_index
from articles.importing.lines import Kind, Line
from articles.importing.questions import is_asking, is_question

INLINE_ANSWER = re.compile(r"(?<=[？?。！!\s])\s*(?=(?:答|回答|[Aa]\d{0,2})\s*[：:])")


@dataclass(frozen=True, slots=True)
class Turn:
    """A labelled line: where it stands, and who speaks."""

    index: int
    label: Label
    role: Role


def find_turns(lines: Sequence[Line]) -> Finding:
    """Return the pairs of a page that labels its speakers."""
    lines = part_inline_answers(lines)
    labels = [(i, label) for i, line in enumerate(lines) if (label := read_line_label(line))]
    turns = choose_turns(lines, labels)
    if not any(turn.role is Role.ASKS for turn in turns) and not answers_headings(lines, turns):
        return Finding()
    has_answers = any(turn.role is Role.ANSWERS for turn in turns)
    is_certain = has_answers or any(turn.label.is_numbered for turn in turns)
    return replace(Assembly(lines, turns).run(), is_certain=is_certain)


def read_line_label(line: Line) -> Label | None:
    """Return the label of a line; 「读者：小鱼」 under a letter only signs it."""
    label = read_label(line.text) if line.kind not in (Kind.CODE, Kind.TABLE, Kind.RULE) else None
    if label and label.trust is Trust.PART and find_signature(line) and not is_asking(label.rest):
        return None
    return label


def part_inline_answers(lines: Sequence[Line]) -> list[Line]:
    """Return the lines with 「问：…？答：…」 in one line made two."""
    parted: list[Line] = []
    for line in lines:
        label = read_line_label(line) if len(line.text) < 5000 else None
        pieces = INLINE_ANSWER.split(line.text, maxsplit=1) if label and label.role is Role.ASKS else [line.text]
        if len(pieces) == 2 and pieces[0].strip() != line.text:
            parted += [replace(said(line, pieces[0].strip()), gap=line.gap), said(line, pieces[1].strip())]
        else:
            parted.append(line)
    return parted


def choose_turns(lines: Sequence[Line], labels: Sequence[tuple[int, Label]]) -> list[Turn]:
    """Return the labels that carry the conversation: of each role the most trusted kind on the page.

    An answer may hold a dialogue of its own (用户：…客服：…); on a page with 问 and 答 that is text.
    """
    asks = trusted(Role.ASKS, labels)
    answers = trusted(Role.ANSWERS, labels)
    turns = [
        Turn(i, label, label.role)
        for i, label in labels
        if label.trust in (asks if label.role is Role.ASKS else answers)
    ]
    turns = without_options([turn for turn in turns if turn.role is not Role.UNKNOWN])
    if (asks and not answers) or (answers and not asks and not answers_headings(lines, turns)):
        turns = with_named(turns, labels)
    if not asks and not answers:
        turns = name_roles(lines, labels)
    if {turn.role for turn in turns} == {Role.ASKS} and not all_ask(lines, turns):
        return []
    return turns


def without_options(turns: Sequence[Turn]) -> list[Turn]:
    """Drop the A of a list A. B. C. inside an answer: a bare letter answers a question only once."""
    kept: list[Turn] = []
    for turn in turns:
        is_again = bool(kept) and kept[-1].role is Role.ANSWERS and turn.role is Role.ANSWERS
        if not (turn.label.is_bare and is_again):
            kept.append(turn)
    return kept


def trusted(role: Role, labels: Sequence[tuple[int, Label]]) -> set[Trust]:
    """Return the most trusted kind of label that plays a role on the page."""
    kinds = {label.trust for _, label in labels if label.role is role}
    return {min(kinds, key=lambda trust: trust.value)} if kinds else set()


def all_ask(lines: Sequence[Line], turns: Sequence[Turn]) -> bool:
    """Tell whether labels that nobody answers by label at least introduce questions."""
    asking = [turn for turn in turns if is_asking(turn.label.rest or next_text(lines, turn.index))]
    return len(asking) * 2 > len(turns)


def next_text(lines: Sequence[Line], index: int) -> str:
    return lines[index + 1].text if index + 1 < len(lines) else ""


def with_named(turns: Sequence[Turn], labels: Sequence[tuple[int, Label]]) -> list[Turn]:
    """Return the turns with the named speaker who takes the missing role: 记者：…, 张三：…"""
    missing = Role.ANSWERS if turns[0].role is Role.ASKS else Role.ASKS
    speakers = Counter(label.name for _, label in labels if label.trust is Trust.NAME)
    known = {turn.index for turn in turns}
    replies = {label.name for i, label in labels if label.trust is Trust.NAME and follows_turn(i, labels, known)}
    wanted = {name for name in replies if speakers[name] > 1 or len(turns) == 1}
    named = [Turn(i, label, missing) for i, label in labels if label.trust is Trust.NAME and label.name in wanted]
    return sorted([*turns, *named], key=lambda turn: turn.index)


def follows_turn(index: int, labels: Sequence[tuple[int, Label]], known: set[int]) -> bool:
    """Tell whether the label before or after this one is of a known role."""
    positions = [i for i, _ in labels]
    place = positions.index(index)
    neighbours = positions[max(place - 1, 0) : place] + positions[place + 1 : place + 2]
    return any(position in known for position in neighbours)


def name_roles(lines: Sequence[Line], labels: Sequence[tuple[int, Label]]) -> list[Turn]:
    """Return the turns of an interview in which names alone are labels: who mostly asks is the asker."""
    named = [(i, label) for i, label in labels if label.trust is Trust.NAME]
    counts = Counter(label.name for _, label in named)
    named = [(i, label) for i, label in named if counts[label.name] > 1]
    asked = Counter(label.name for _, label in named if is_asking(label.rest) and is_question(label.rest))
    askers = {name for name in asked if asked[name] * 2 > counts[name] and asked[name] > 1}
    turns = [Turn(i, label, Role.ASKS if label.name in askers else Role.ANSWERS) for i, label in named]
    changes = sum(a.role is Role.ASKS and b.role is Role.ANSWERS for a, b in pairwise(turns))
    return turns if changes > 1 else []


def answers_headings(lines: Sequence[Line], turns: Sequence[Turn]) -> bool:
    """Tell whether the page labels answers only, under questions that stand as headings or numbered lines."""
    answers = [turn for turn in turns if turn.role is Role.ANSWERS and turn.label.trust is not Trust.NAME]
    if len(answers) != len(turns) or not answers:
        return False
    above = [lines[turn.index - 1] for turn in answers if turn.index > 0]
    return sum(is_question(line.text) or line.kind is Kind.HEADING for line in above) * 2 > len(answers)


class Assembly:
    """Walks the lines once and puts every line where its speaker belongs."""

    def __init__(self, lines: Sequence[Line], turns: Sequence[Turn]):
        self.lines = lines
        self.turns = {turn.index: turn for turn in turns}
        self.askers = {turn.label.name for turn in turns if turn.role is Role.ASKS}
        self.answerers = {turn.label.name for turn in turns if turn.role is Role.ANSWERS} - {""}
        self.has_answers = any(turn.role is Role.ANSWERS for turn in turns)
        self.is_titled = is_titled(lines, self.turns)
        self.before: list[Line] = []
        self.drafts: list[Draft] = []
        self.in_answer = False
        self.remark = ""

    def run(self) -> Finding:
        last = max(self.turns)
        end = next((i for i, line in enumerate(self.lines) if i > last and closes_page(line)), len(self.lines))
        for index, line in enumerate(self.lines[:end]):
            self.place(line, self.turns.get(index))
        if self.remark and self.in_answer:
            self.part.pop()
        for draft in self.drafts:
            settle(draft)
        return Finding(
            [draft for draft in self.drafts if draft.is_whole],
            [*self.before, *self.lines[end:]],
            answerer=next(iter(self.answerers)) if len(self.answerers) == 1 else "",
        )

    def place(self, line: Line, turn: Turn | None) -> None:
        remark, self.remark = self.remark, ""
        if turn is None:
            self.part.append(line)
        elif turn.role is Role.ANSWERS:
            self.answer(line, turn.label, is_interrupted=bool(remark))
        elif is_remark(turn.label):
            self.remark = turn.label.rest
            self.part.append(said(line, f"**{turn.label.name}**：{turn.label.rest}"))
        else:
            self.ask(line, turn.label, remark)

    @property
    def part(self) -> list[Line]:
        """The lines that grow: before the first question, a question, or its answer."""
        if not self.drafts:
            return self.before
        return self.drafts[-1].answer if self.in_answer else self.drafts[-1].question

    def ask(self, line: Line, label: Label, remark: str) -> None:
        """Begin a pair, or go on with a question that has no answer yet."""
        if not self.drafts or self.in_answer or not self.has_answers:
            self.begin(line, label, remark)
        elif is_title(words_of(self.drafts[-1].question)):
            self.drafts[-1].heading = self.drafts[-1].heading or words_of(self.drafts[-1].question)
            self.drafts[-1].question.clear()
        if label.rest:
            self.drafts[-1].question.append(said(line, label.rest))

    def begin(self, line: Line, label: Label, remark: str) -> None:
        above = self.part
        question = []
        if remark and self.in_answer:
            above.pop()
            question.append(said(line, remark))
        heading = take_heading(above, keep=len(self.drafts) > 0, trusts_text=self.is_titled)
        self.drafts.append(Draft(question, heading=heading, signature=self.signature(label)))
        self.in_answer = False

    def signature(self, label: Label) -> str:
        """Return the reader's name; one who asks every question is the interviewer, and signs nothing."""
        return reader_name(label.name) if label.trust is Trust.PART or len(self.askers) > 1 else ""

    def answer(self, line: Line, label: Label, *, is_interrupted: bool) -> None:
        if not self.askers or (not self.drafts and any(is_asking(above.text) for above in self.before[-3:])):
            self.open_under_heading()
        if not self.drafts:
            self.before.append(line)
            return
        self.in_answer = True
        is_named = label.name and (len(self.answerers) > 1 or is_interrupted)
        if label.rest:
            self.part.append(said(line, f"**{label.name}**：{label.rest}" if is_named else label.rest))

    def open_under_heading(self) -> None:
        """Begin a pair whose question is the heading, or the lines since the heading, above the answer."""
        above = self.part
        start = question_start(above)
        taken = above[start:]
        del above[start:]
        draft = Draft(question=taken)
        if len(taken) > 1 and is_heading(taken[0]):
            draft.heading = without_number(taken[0].text)
            draft.question = taken[1:]
        draft.question = [said(line, without_number(line.text)) for line in draft.question]
        self.drafts.append(draft)
        self.in_answer = False


def settle(draft: Draft) -> None:
    """Part question and answer where only the question was marked, and take the signature."""
    if not draft.answer and draft.question:
        index = answer_index(draft.question)
        draft.question, draft.answer = draft.question[:index], draft.question[index:]
    take_signature(draft)


def closes_page(line: Line) -> bool:
    return line.kind is Kind.HEADING and CLOSING_SECTION.fullmatch(line.text) is not None


def is_remark(label: Label) -> bool:
    """Tell whether an interviewer only comments (原来如此): that belongs to the answer it interrupts."""
    is_talk = label.trust is Trust.NAME or (label.trust is Trust.PART and is_interviewer(label.name))
    return is_talk and bool(label.rest) and not is_asking(label.rest) and TALK.match(label.rest) is not None


# What an interviewer says without wanting an answer.
TALK = re.compile(r".{0,6}$|.{0,4}(?:谢谢|感谢|明白|原来|好的|是的|确实|大家好|各位好|欢迎|辛苦|期待|再见)")


def is_titled(lines: Sequence[Line], turns: Mapping[int, Turn]) -> bool:
    """Tell whether a plain line stands as a title above every question, so that none is an answer's last words."""
    starts = [i for i, turn in turns.items() if turn.role is Role.ASKS]
    return all(i > 0 and i - 1 not in turns and is_heading(lines[i - 1]) for i in starts)


TITLE_END = re.compile(r"[。！？!?，,；;…：:]$")


def is_title(words: str) -> bool:
    return 2 <= len(words) <= 24 and TITLE_END.search(words) is None and not is_asking(words)


def question_start(lines: Sequence[Line]) -> int:
    """Return where the question above a labelled answer begins: at its heading, or else its last line."""
    for index in range(len(lines) - 1, max(len(lines) - 6, -1), -1):
        if lines[index].kind is Kind.HEADING or (
            without_number(lines[index].text) != lines[index].text and is_question(lines[index].text)
        ):
            return index
    return max(len(lines) - 1, 0)
