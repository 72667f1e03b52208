"""Pages whose lines say who speaks: 问/答, Q1/A1, 读者/编辑, interviews with named speakers."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from articles.importing.assembly import Assembly, Turn
from articles.importing.drafts import Finding, said
from articles.importing.evidence import find_signature
from articles.importing.labels import Label, Role, Trust, read_label
from articles.importing.lines import Kind, Line
from articles.importing.questions import is_asking, is_question

INLINE_ANSWER = re.compile(r"(?<=[？?。！!\s])\s*(?=(?:答|回答|[Aa]\d{0,2})\s*[：:])")


def find_turns(lines: Sequence[Line]) -> Finding:
    """Return the pairs of a page that labels its speakers."""
    lines = part_inline_answers(lines)
    labels = cast([(i, label) for i, line in enumerate(lines) if (label := read_line_label(line))])
    turns = choose_turns(lines, labels)
    if not any(turn.role is Role.ASKS for turn in turns) and not answers_headings(lines, turns):
        return Finding()
    has_answers = any(turn.role is Role.ANSWERS for turn in turns)
    is_certain = has_answers or any(turn.label.is_numbered for turn in turns)
    return replace(Assembly(lines, turns).run(), is_certain=is_certain)


def cast(labels: Sequence[tuple[int, Label]]) -> list[tuple[int, Label]]:
    """Return the labels with those in the asker's role who mostly ask: a 主播 or 老师 answers letters, but hosts talks."""
    spoken = [label for _, label in labels if label.trust is Trust.PART and label.role is Role.ANSWERS and label.rest]
    counts = Counter(label.name for label in spoken)
    asked = Counter(label.name for label in spoken if is_question(label.rest))
    askers = {name for name in asked if name and asked[name] > 1 and asked[name] * 2 > counts[name]}
    return [(i, replace(label, role=Role.ASKS) if label.name in askers else label) for i, label in labels]


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
    beside = [index in known for index, _ in labels]
    replies = {
        label.name
        for place, (_, label) in enumerate(labels)
        if label.trust is Trust.NAME and any(beside[max(place - 1, 0) : place + 2])
    }
    wanted = {name for name in replies if speakers[name] > 1 or len(turns) == 1}
    named = [Turn(i, label, missing) for i, label in labels if label.trust is Trust.NAME and label.name in wanted]
    return sorted([*turns, *named], key=lambda turn: turn.index)


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
