"""Take the furniture off a page, and keep what it says about the article."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from articles.importing import furniture
from articles.importing.dates import DATE, find_date
from articles.importing.labels import Role, read_label
from articles.importing.lines import Kind, Line
from articles.importing.names import is_person
from articles.importing.records import Facts

LONGEST = 160  # characters of a furniture line
HEAD, TAIL = 8, 15  # lines at the top and the bottom where bylines stand
BODY = 120  # characters of text that must stand before the comments
PROSE = 40  # characters from which a finished sentence is content
SENTENCE_END = re.compile(r"[。！？!?；…][」』”\"'）)]*$")
MARKS = re.compile(r"!?\[([^\]]*)\]\([^)]*\)|[*_]{1,3}")
DECORATION = re.compile(r"^[\W_]+|[\s*_~\-—=+|｜·•●▪◆★☆▼▲↓↑←→>«»…👇👆👉👈]+$")
SEPARATORS = re.compile(r"[\s|｜丨·•/／,，\-—–:：()（）【】\[\]«»]+")


@dataclass(frozen=True, slots=True)
class Swept:
    lines: tuple[Line, ...]
    facts: Facts
    dropped: tuple[str, ...]


def sweep(lines: Sequence[Line], surroundings: Sequence[Line] = (), title: str = "") -> Swept:
    """Return the content lines, the facts the furniture states, and the furniture itself, in order.

    The surroundings of an extracted main text are read for the byline under the title and the
    dates of its neighbours.
    """
    facts = Facts()
    keep = [True] * len(lines)
    words = [bare(line) for line in lines]
    for index, line in enumerate(lines):
        is_edge = index < HEAD or index >= len(lines) - TAIL
        is_own_title = index == 0 and not title and furniture.QA_TITLE.search(line.text) is not None
        stated = read_furniture(line, words[index], is_edge=is_edge and not is_own_title)
        if stated is not None:
            keep[index] = False
            facts = facts.or_else(stated)
    facts = facts.or_else(byline_under(title, surroundings))
    facts = facts.or_else(neighbour_dates(lines)).or_else(neighbour_dates(surroundings))
    drop_link_lists(lines, words, keep)
    for index in range(find_end(lines, words), len(lines)):
        keep[index] = False
    drop_after_words(lines, words, keep)
    content = tuple(line for line, kept in zip(lines, keep, strict=True) if kept)
    dropped = tuple(line.text for line, kept in zip(lines, keep, strict=True) if not kept and line.text)
    return Swept(content, facts, dropped)


def bare(line: Line) -> str:
    """Return the words of a line without links, emphasis and ornaments."""
    if len(line.text) > LONGEST * 3:
        return line.text
    text = MARKS.sub(r"\1", line.text)
    return DECORATION.sub("", text).strip() or text.strip()


def read_furniture(line: Line, words: str, *, is_edge: bool) -> Facts | None:
    """Return the facts of a furniture line, None for content. Costs little on long lines."""
    text = line.text.strip()
    if line.kind in (Kind.CODE, Kind.TABLE) or len(text) > LONGEST * 3:
        return None
    if match := furniture.COPYRIGHT.search(text):
        is_name = is_person(match["name"])
        return Facts(
            author_name=match["name"] if is_name else "",
            source_name="" if is_name else match["name"],
            source_url=match["url"] or "",
        )
    if len(text) > LONGEST:
        return None
    if match := furniture.SOURCE_LINK.match(text):
        return Facts(source_url=match["url"])
    if furniture.ALWAYS.fullmatch(words) or furniture.ALWAYS.fullmatch(text) or furniture.END_MARK.fullmatch(text):
        return Facts()
    if furniture.EARLIER.match(text) or furniture.LATER.match(text):
        return Facts()
    return read_byline(words) if is_edge and line.kind is not Kind.CODE else None


def read_byline(text: str) -> Facts | None:
    """Return what a line such as 「作者：张三 来源：某站 2019-05-06 阅读 1234」 states, None for other lines."""
    if len(text) > 100 or SENTENCE_END.search(text):
        return None
    if (match := furniture.ANSWERER.fullmatch(text)) and is_person(match["name"]):
        return Facts(author_name=match["name"])
    rest = furniture.TAGGED.sub(" ", text)
    found: dict[str, str] = {}
    for name, pattern in (
        ("author_name", furniture.AUTHOR),
        ("source_name", furniture.SOURCE),
        ("column_title", furniture.COLUMN),
    ):
        if match := pattern.search(rest):
            found[name] = match["name"]
            rest = rest[: match.start()] + " " + rest[match.end() :]
    published_at = find_date(rest)
    rest = DATE.sub(" ", furniture.COUNTER.sub(" ", drop_credits(rest)))
    rest = re.sub(
        r"posted on|\bin\b|\s\d+\s*(?:天|小时|分钟|周|个月)前$|发表于[㐀-鿿]{2,4}$|(?:发[布表]|更新|编辑|首发|发稿)?(?:时间|日期|于)|原创|转载|20\d\d年?|\d{1,2}月\d{1,2}日",
        " ",
        rest,
        flags=re.IGNORECASE,
    )
    pieces = [piece for piece in SEPARATORS.split(rest) if piece]
    is_changed = "".join(pieces) != "".join(piece for piece in SEPARATORS.split(text) if piece)
    if not is_changed or len("".join(pieces)) > 12:
        return None
    author = next((piece for piece in pieces if is_person(piece)), "")
    if "原创" in text and len(pieces) == 2:  # 原创 编辑部 某公众号 2020-03-04
        author, found["source_name"] = pieces
    return Facts(**{"author_name": author, **found}, published_at=published_at)


def byline_under(title: str, lines: Sequence[Line]) -> Facts:
    """Return what the short lines under the title of a whole page state."""
    facts = Facts()
    for index, line in enumerate(lines):
        if not title or line.text != title:
            continue
        for below in lines[index + 1 : index + 6]:
            if len(below.text) > LONGEST:
                break
            facts = facts.or_else(read_byline(below.text) or Facts())
    return facts


def drop_credits(text: str) -> str:
    """Return the text without 「编辑：张三」; 「编辑：先别急」 is an answer and stays."""

    def replace_credit(match: re.Match[str]) -> str:
        is_credit = is_person(match["name"]) or not re.search(r"[：:]", match["bar"])
        return " " if is_credit else match[0]

    return furniture.CREDIT.sub(replace_credit, text)


def neighbour_dates(lines: Sequence[Line]) -> Facts:
    """Return the bounds that the dates of the previous and the next article set."""
    bounds = {}
    for index, line in enumerate(lines):
        for name, pattern in (("earliest", furniture.EARLIER), ("latest", furniture.LATER)):
            if pattern.match(line.text) and len(line.text) <= LONGEST:
                following = lines[index + 1].text if index + 1 < len(lines) else ""
                date = find_date(line.text) or (find_date(following) if DATE.match(following) else None)
                bounds[name] = bounds.get(name) or date
    earliest, latest = bounds.get("earliest"), bounds.get("latest")
    if earliest and latest and earliest > latest:
        earliest, latest = latest, earliest
    return Facts(earliest=earliest, latest=latest)


def drop_link_lists(lines: Sequence[Line], words: Sequence[str], keep: list[bool]) -> None:
    """Drop each heading such as 相关阅读 with the links under it."""
    index = 0
    while index < len(lines):
        header = words[index]
        index += 1
        if len(header) > 30 or not furniture.LINKS_HEADER.fullmatch(header):
            continue
        keep[index - 1] = False
        while index < len(lines) and (not keep[index] or is_link(lines[index])):
            keep[index] = False
            index += 1


def is_link(line: Line) -> bool:
    """Tell whether a line under 相关阅读 is one of its titles."""
    if line.kind is Kind.ITEM or line.text.startswith("["):
        return True
    return line.kind is Kind.TEXT and len(line.text) <= 50 and not line.text.endswith("。") and not speaks(line)


def speaks(line: Line) -> bool:
    label = read_label(line.text)
    return label is not None and label.role is not Role.UNKNOWN


def find_end(lines: Sequence[Line], words: Sequence[str]) -> int:
    """Return where the article is over: at the comments, or at an end mark with nothing but furniture behind it."""
    written = 0
    for index, line in enumerate(lines):
        if written >= BODY and len(words[index]) <= 40 and furniture.COMMENTS_HEADER.fullmatch(words[index]):
            return index
        if written >= BODY and ends_article(line, words[index]) and is_all_furniture(lines[index + 1 :]):
            return index
        written += len(line.text)
    return len(lines)


def ends_article(line: Line, words: str) -> bool:
    if len(line.text) > LONGEST * 3:
        return False
    is_header = len(words) <= 30 and furniture.LINKS_HEADER.fullmatch(words) is not None
    is_neighbour = furniture.EARLIER.match(line.text) or furniture.LATER.match(line.text)
    is_mark = furniture.END_MARK.fullmatch(line.text) or furniture.COPYRIGHT.search(line.text)
    return is_header or is_neighbour is not None or is_mark is not None


def is_all_furniture(lines: Iterable[Line]) -> bool:
    """Tell whether the lines hold no question and at most two finished sentences of prose."""
    prose = 0
    for line in lines:
        if speaks(line):
            return False
        prose += len(line.text) >= PROSE and SENTENCE_END.search(line.text) is not None
        if prose > 2:
            return False
    return True


def drop_after_words(lines: Sequence[Line], words: Sequence[str], keep: list[bool]) -> None:
    """Drop what follows the last answer, from the bottom up to the first line of content."""
    for index in range(len(lines) - 1, -1, -1):
        if not keep[index] or lines[index].kind is Kind.RULE:
            continue
        if len(words[index]) > LONGEST or not furniture.AFTER.fullmatch(words[index]):
            return
        keep[index] = False
