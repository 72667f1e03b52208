"""Numbered lines as Chinese authors type them, rewritten as Markdown lists."""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

FENCE = re.compile(r"[ \t>]*(`{3,}|~{3,})")
NUMBERED = re.compile(
    r"(?P<margin>(?:[ \t]*>)*[ \t]*)"
    r"(?P<mark>[(（]\d{1,3}[)）]|\d{1,3}(?:[)）、]|[.．](?!\d)))"
    r"(?P<space>[ \t\u3000]*)(?P<text>\S.*)"
)


@dataclass(frozen=True, slots=True)
class NumberedLine:
    """A line that begins with a number: `1、`, `1.`, `1)`, `(1)`, in either width."""

    margin: str
    number: int
    style: str
    space: str
    text: str

    @property
    def marker(self) -> str:
        """The number as Markdown writes it."""
        return f"{self.number}{'.' if self.style in '、.' else ')'}{self.space}"


def number_lists(text: str) -> str:
    """Rewrite the numbered lines of Chinese authors as Markdown list items that keep their numbers.

    A line is an item when the line numbered before or after it in the same manner counts on by one, so
    `3、4月份` stays text. A manner that begins inside another one's list, such as （1） under 1、, is a
    list inside that item. Code in fences is left alone.
    """
    lines = text.split("\n")
    numbered = {index: item for index in outside_fences(lines) if (item := read_numbered(lines[index]))}
    items = {index: numbered[index] for index in in_sequence(numbered)}
    return "\n".join(write_items(lines, items)) if items else text


def outside_fences(lines: Sequence[str]) -> Iterator[int]:
    fence = ""
    for index, line in enumerate(lines):
        mark = FENCE.match(line)
        if mark and not fence:
            fence = mark[1]
        elif mark and mark[1].startswith(fence):
            fence = ""
        elif not fence:
            yield index


def read_numbered(line: str) -> NumberedLine | None:
    match = NUMBERED.match(line)
    if match is None:
        return None
    mark = unicodedata.normalize("NFKC", match["mark"])
    digits = mark.strip("()、.")
    space = match["space"].replace("\u3000", " ") or " "
    return NumberedLine(match["margin"], int(digits), mark.replace(digits, ""), space, match["text"])


def in_sequence(numbered: Mapping[int, NumberedLine]) -> set[int]:
    """Return where the lines stand that have a neighbour of the same manner one number away."""
    latest: dict[tuple[str, str], int] = {}
    found: set[int] = set()
    for index, item in numbered.items():
        manner = item.margin, item.style
        if manner in latest and item.number == numbered[latest[manner]].number + 1:
            found |= {latest[manner], index}
        latest[manner] = index
    return found


def write_items(lines: Sequence[str], items: Mapping[int, NumberedLine]) -> Iterator[str]:
    outline: dict[tuple[str, str], int] = {}  # the open lists, outermost first: manner → column of the text
    previous = ""
    for index, line in enumerate(lines):
        item = items.get(index)
        if item is not None:
            if not outline and item.number != 1 and previous.strip(" >"):
                yield item.margin.rstrip()  # only a list from 1 may follow a paragraph's line at once
            line = place(item, outline)
        elif line.strip(" >") and not previous.strip(" >"):
            outline.clear()
        yield line
        previous = line


def place(item: NumberedLine, outline: dict[tuple[str, str], int]) -> str:
    """Return the item's line, indented under the list that it is part of, and note its list as the innermost."""
    manner = item.margin, item.style
    if manner not in outline and item.number != 1:
        outline.clear()
    while manner in outline and next(reversed(outline)) != manner:
        outline.popitem()
    outline.pop(manner, None)
    margin = item.margin.ljust(max(outline.values(), default=0))
    outline[manner] = len(margin + item.marker)
    return margin + item.marker + item.text
