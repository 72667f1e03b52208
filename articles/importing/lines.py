"""Text as a list of lines that know what they are: paragraph, heading, list item, quote, table, code."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum, auto


class Kind(Enum):
    TEXT = auto()
    HEADING = auto()
    ITEM = auto()
    QUOTE = auto()
    TABLE = auto()
    CODE = auto()
    RULE = auto()


BOLD_LEVEL = 7  # a whole line in bold heads what follows, below every # heading


@dataclass(frozen=True, slots=True)
class Line:
    """A line: what it says, how it is written in Markdown, whether a blank line stands before it, its place in the page."""

    text: str
    source: str
    kind: Kind = Kind.TEXT
    level: int = 0
    gap: bool = True
    place: int = field(default=0, compare=False)

    @property
    def is_prose(self) -> bool:
        return self.kind in (Kind.TEXT, Kind.HEADING)


HEADING = re.compile(r"(#{1,6})\s+(.*?)(?:\s#+)?\s*$|(#{2,6})([^#\s].*)$")
RULE = re.compile(r"(?:[-*_=—－─~～·•]\s*){3,}$")
ITEM = re.compile(r"(?:[-*+•·▪●○]|\d{1,2}[.)．]|[(（]?\d{1,2}[)）、]|[①-⑳])\s*(?=\S)")
BOLD_ITEM = re.compile(rf"(?P<marker>{ITEM.pattern})\*\*(?P<words>[^*]+)\*\*$")
FENCE = re.compile(r"\s*(```+|~~~+)")
BOLD = re.compile(r"(\*\*|__)((?:(?!\1).)+)\1$")
ITALIC = re.compile(r"([*_])([^*_]+)\1$")
BOLD_LABEL = re.compile(r"(\*\*|__)([^*_]{1,16}?)(?:([：:])\1\s*|\1\s*([：:]))")
BLANKS = re.compile(r"[\t\u00a0\u2000-\u200a\u202f\u205f\u3000]")
UNDERLINE = re.compile(r"(?:={3,}|-{3,})$")


def read_lines(text: str) -> list[Line]:
    """Return the lines of Markdown or plain text. Blank lines are kept as the gap before the next line."""
    lines: list[Line] = []
    fence, gap = "", True
    for raw in text.splitlines():
        opening = FENCE.match(raw)
        if fence:
            lines.append(Line(raw.rstrip(), raw.rstrip(), Kind.CODE, gap=False))
            fence = "" if opening and opening[1].startswith(fence) else fence
        elif opening:
            fence = opening[1]
            lines.append(Line(raw.rstrip(), raw.rstrip(), Kind.CODE, gap=gap))
        elif not BLANKS.sub(" ", raw).strip():
            gap = True
            continue
        elif lines and not gap and is_underline(raw, lines):
            lines[-1] = replace(lines[-1], kind=Kind.HEADING, level=1 if raw.startswith("=") else 2)
        else:
            lines.append(read_line(raw, gap))
        gap = False
    return [replace(line, place=place) for place, line in enumerate(open_up(lines))]


def is_underline(raw: str, lines: Sequence[Line]) -> bool:
    """Tell whether a row of = or - underlines the single short line above it."""
    above = lines[-1]
    is_title = above.kind is Kind.TEXT and above.gap and len(above.text) <= 60 and above.text[-1] not in "。！；，"
    return UNDERLINE.match(raw.strip()) is not None and is_title


def read_line(raw: str, gap: bool) -> Line:
    source = BLANKS.sub(" ", raw).rstrip()
    text = source.strip()
    if RULE.match(text):
        return Line(text, "", Kind.RULE, gap=True)
    if heading := HEADING.match(text):
        marks, words = heading[1] or heading[3], heading[2] or heading[4] or ""
        return Line(without_bold(words), f"{marks} {words}", Kind.HEADING, len(marks))
    if text.startswith(">"):
        return Line(text.lstrip("> ").strip(), text, Kind.QUOTE, gap=gap)
    if text.startswith("|") and text.endswith("|") and len(text) > 2:
        return Line(text, text, Kind.TABLE, gap=gap)
    if bold := BOLD.match(text):
        is_title = len(bold[2]) <= 80 and bold[2][-1] not in "。；，"
        return Line(bold[2].strip(), text, Kind.HEADING if is_title else Kind.TEXT, BOLD_LEVEL * is_title, gap)
    if italic := ITALIC.match(text):
        return Line(italic[2].strip(), text, gap=gap)
    text = (
        BOLD_LABEL.sub(lambda label: label[2] + (label[3] or label[4]), text, count=1)
        if text[:2] in ("**", "__")
        else text
    )
    if ITEM.match(text):
        return Line(BOLD_ITEM.sub(r"\g<marker>\g<words>", text), source, Kind.ITEM, gap=gap)
    return Line(text, text, gap=gap)


def without_bold(text: str) -> str:
    bold = BOLD.match(text.strip())
    return (bold[2] if bold else text).strip()


def open_up(lines: list[Line]) -> list[Line]:
    """Give every paragraph of a text without blank lines its own gap, as it was meant."""
    prose = [line for line in lines[1:] if line.kind in (Kind.TEXT, Kind.ITEM)]
    if sum(line.gap for line in prose) * 10 > len(prose):
        return lines
    return [replace(line, gap=True) if line.kind is Kind.TEXT else line for line in lines]


def join_lines(lines: Iterable[Line]) -> str:
    """Return the lines as Markdown, paragraphs apart, list items and code as close as they were."""
    return "\n\n".join(join_block(block) for block in part_blocks(lines)).strip()


def join_block(block: Sequence[Line]) -> str:
    return "\n".join(line.source for line in block)


def part_blocks(lines: Iterable[Line]) -> list[list[Line]]:
    """Return the lines that Markdown keeps together, without the rules between them."""
    blocks: list[list[Line]] = []
    for line in lines:
        if line.kind is Kind.RULE:
            continue
        if blocks and not begins_block(blocks[-1][-1], line):
            blocks[-1].append(line)
        else:
            blocks.append([line])
    return blocks


def begins_block(previous: Line, line: Line) -> bool:
    return line.gap or Kind.HEADING in (line.kind, previous.kind) or starts_block(previous, line)


def starts_block(previous: Line, line: Line) -> bool:
    """Tell whether Markdown needs a blank line between the two kinds."""
    return previous.kind is not line.kind and (Kind.TABLE in (previous.kind, line.kind) or line.kind is Kind.TEXT)
