"""The tree that the extraction library returns (its own small TEI), written as Markdown."""

import re
from collections.abc import Iterator

from lxml.etree import _Element as Element

EMPHASIS = {"#b": "**", "#i": "*"}
BLOCKS = frozenset({"p", "head", "list", "item", "quote", "table", "row", "cell", "div", "ab"})
ITEM = re.compile(r"\s*(?:-|\d+\.) ")
HAN_BREAK = re.compile(r"(?<=[^\x00-\xff])\s*\n\s*(?=[^\x00-\xff])")
# CommonMark sees no end of bold in **注意：**先, but does in **注意**：先.
LONGEST_CELL = 200  # characters
BOLD_MARKS = re.compile(r"\*\*([^*\n]+?)([，。：；！？、]+)\*\*(?=[^\s*])")


def to_markdown(body: Element) -> str:
    return "\n\n".join(write_blocks(body))


def write_blocks(element: Element) -> Iterator[str]:
    """Yield the blocks inside an element; text that runs between blocks is a paragraph of its own."""
    inline = collapse(element.text)
    for child in element:
        if child.tag in BLOCKS or is_code_block(child):
            yield from paragraphs(inline)
            yield from write_block(child)
            inline = ""
        else:
            inline += write_inline(child)
        inline += collapse(child.tail)
    yield from paragraphs(inline)


def write_block(element: Element) -> Iterator[str]:
    if element.tag == "head":
        level = int((element.get("rend") or "h6")[-1])
        if words := " ".join(inner_text(element).split()):
            yield f"{'#' * level} {words}"
    elif element.tag == "list":
        yield write_list(element)
    elif element.tag == "quote":
        yield "\n".join(f"> {line}".rstrip() for line in "\n\n".join(write_blocks(element)).splitlines())
    elif element.tag == "table":
        yield from write_table(element)
    elif element.tag == "code":
        yield f"```\n{''.join(element.itertext()).strip(chr(10))}\n```"
    else:
        yield from write_blocks(element)


def write_inline(element: Element) -> str:
    if element.tag == "lb":
        return "\n"
    if element.tag == "graphic":
        return ""
    text = inner_text(element)
    if not text.strip():
        return text
    if element.tag == "hi" and (mark := EMPHASIS.get(element.get("rend") or "")):
        return surround(text, mark, mark)
    if element.tag == "code":
        return surround(text, "`", "`")
    if element.tag == "ref" and (element.get("target") or "").startswith(("https://", "http://")):
        return surround(text, "[", f"]({element.get('target')})")
    return text


def inner_text(element: Element) -> str:
    return collapse(element.text) + "".join(write_inline(child) + collapse(child.tail) for child in element)


def surround(text: str, before: str, after: str) -> str:
    """Put the marks around the words, each line's own, and leave blanks outside."""
    return "\n".join(
        re.sub(r"^(\s*)(.+?)(\s*)$", rf"\g<1>{before}\g<2>{escape(after)}\g<3>", line) for line in text.split("\n")
    )


def escape(text: str) -> str:
    return text.replace("\\", r"\\")


def collapse(text: str | None) -> str:
    """Return the text as a browser shows it; a line end inside Chinese is not a blank."""
    return re.sub(r"\s+", " ", HAN_BREAK.sub("", text or ""))


def paragraphs(inline: str) -> Iterator[str]:
    """Yield the paragraphs of running text: two line breaks part them."""
    for piece in re.split(r"\n[ \n]*\n", inline):
        lines = [line.strip() for line in piece.split("\n")]
        if text := "\n".join(filter(None, lines)):
            yield BOLD_MARKS.sub(r"**\1**\2", text)


def write_list(element: Element, indent: str = "") -> str:
    lines: list[str] = []
    for number, item in enumerate(element.iterchildren("item"), 1):
        marker = f"{number}. " if element.get("rend") == "ol" else "- "
        blocks = write_item(item).split("\n")
        padding = indent + " " * len(marker)
        lines.append(indent + marker + blocks[0])
        lines += [(padding + line).rstrip() for line in blocks[1:]]
    return "\n".join(lines)


def write_item(element: Element) -> str:
    """Return the blocks of an item, its paragraphs apart, a list within it close."""
    parts = ["\n" + block if ITEM.match(block) else "\n\n" + block for block in write_blocks(element)]
    return "".join(parts).strip("\n")


def write_table(element: Element) -> Iterator[str]:
    """Yield a table, or the plain blocks of one that only lays out a page."""
    rows = [list(row.iterchildren("cell")) for row in element.iterchildren("row")]
    width = max(map(len, rows), default=0)
    if width < 2 or any(is_layout(cell) for cells in rows for cell in cells):
        for cells in rows:
            for cell in cells:
                yield from write_blocks(cell)
        return
    texts = [[" ".join(" ".join(write_blocks(cell)).split()).replace("|", r"\|") for cell in row] for row in rows]
    lines = [f"| {' | '.join(row + [''] * (width - len(row)))} |" for row in texts]
    yield "\n".join([lines[0], f"|{' --- |' * width}", *lines[1:]])


def is_layout(cell: Element) -> bool:
    """Tell whether a cell holds an article, as in old pages that a table lays out."""
    return len(cell.findall("p")) > 3 or len("".join(cell.itertext())) > LONGEST_CELL


def is_code_block(element: Element) -> bool:
    return element.tag == "code" and "\n" in "".join(element.itertext())
