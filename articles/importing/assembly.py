"""Puts every line of a page with labelled speakers into the pair, question or answer, where it belongs."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from articles.importing.drafts import Draft, Finding, said, take_heading, take_signature, without_number, words_of
from articles.importing.evidence import is_heading
from articles.importing.furniture import CLOSING_SECTION
from articles.importing.labels import Label, Role, Trust, reader_name
from articles.importing.letters import answer_index
from articles.importing.lines import Kind, Line
from articles.importing.questions import is_asking, is_question


@dataclass(frozen=True, slots=True)
class Turn:
    """A labelled line: where it stands, and who speaks."""

    index: int
    label: Label
    role: Role


class Assembly:
    """Walks the lines once and puts every line where its speaker belongs."""

    def __init__(self, lines: Sequence[Line], turns: Sequence[Turn]):
        self.lines = lines
        self.turns = {turn.index: turn for turn in turns}
        self.asks = sum(turn.role is Role.ASKS for turn in turns)
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
        """Return the reader's name; one who asks several questions alone is an interviewer, and signs nothing."""
        return reader_name(label.name) if len(self.askers) > 1 or self.asks == 1 else ""

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
    return (
        label.trust is not Trust.PLAIN
        and bool(label.rest)
        and not is_asking(label.rest)
        and TALK.match(label.rest) is not None
    )


# What an interviewer says without wanting an answer.
TALK = re.compile(
    r".{0,6}$|.{0,8}(?:聊到这|到这里|到这儿)|.{0,4}(?:谢谢|感谢|明白|原来|好的|是的|确实|大家好|各位好|欢迎|辛苦|期待|再见)"
)


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
