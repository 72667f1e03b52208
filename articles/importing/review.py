"""A parsed page as rows that an editor corrects, one for each paragraph, and the pairs that the rows make."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from heapq import merge
from operator import itemgetter

from articles.importing.drafts import Draft, without_number
from articles.importing.lines import Kind, Line, join_block, part_blocks
from articles.importing.parser import Reading, examine_page, make_pair, tag_pairs
from articles.importing.records import ParsedPage, ParsedPair


class Part(StrEnum):
    """What a paragraph is; what is dropped stays out of the article."""

    QUESTION = "question"
    ANSWER = "answer"
    HEADING = "heading"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class Head:
    """What a pair has besides its paragraphs. Topics of None are found in the text, an empty heading is made from it."""

    heading: str = ""
    signature: str = ""
    topics: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """A paragraph as Markdown. With a head a new pair begins here."""

    text: str
    part: Part
    head: Head | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """Rows that belong together, and the pair that they make, which may lack its question or its answer.

    What stands before the first pair makes none, nor do rows that are all dropped.
    """

    rows: tuple[Row, ...]
    pair: ParsedPair | None


@dataclass(frozen=True, slots=True)
class Review:
    page: ParsedPage
    rows: tuple[Row, ...]


def review_page(text: str, *, salutations: Sequence[str] = (), topics: Mapping[str, str] | None = None) -> Review:
    """Return the page as parse_page reads it, with its rows. Without a pair all its content is answer.

    Raises PageRefused where there is nothing to read.
    """
    reading = examine_page(text, salutations=salutations, topics=topics)
    return Review(reading.page, tuple(make_rows(reading)))


def make_rows(reading: Reading) -> Iterator[Row]:
    """Yield every paragraph of the page, in the page's order; what no pair took is dropped."""
    kept, taken = rows_of_pairs(reading) if reading.drafts else rows_of_content(reading)
    rest = [(line.place, Row(line.source, Part.DROPPED)) for line in reading.lines if line.place not in taken]
    return (row for _, row in merge(kept, rest, key=itemgetter(0)) if row.text.strip())


def rows_of_content(reading: Reading) -> tuple[list[tuple[int, Row]], set[int]]:
    return place_rows(reading.content, Part.ANSWER), {line.place for line in reading.content}


def rows_of_pairs(reading: Reading) -> tuple[list[tuple[int, Row]], set[int]]:
    """Return the rows of the pairs with their places, and the places of the lines in them."""
    taken = {line.place for draft in reading.drafts for line in (*draft.question, *draft.answer)}
    spare = {line.place: line for line in reading.content if line.place not in taken and line.kind is not Kind.RULE}
    kept: list[tuple[int, Row]] = []
    for draft, pair in zip(reading.drafts, reading.page.pairs, strict=True):
        own = [*place_rows(draft.question, Part.QUESTION), *place_rows(draft.answer, Part.ANSWER)]
        place = heading_place(draft, spare, after=kept[-1][0] if kept else -1, before=own[-1][0])
        if place is not None:
            taken.add(place)
            own = list(merge([(place, Row(draft.heading, Part.HEADING))], own, key=itemgetter(0)))
        head = Head("" if place is not None else pair.heading, pair.signature, pair.topics)
        first, row = own[0]
        kept += [(first, replace(row, head=head)), *own[1:]]
    return kept, taken


def place_rows(lines: Sequence[Line], part: Part) -> list[tuple[int, Row]]:
    return [(block[0].place, Row(join_block(block), part)) for block in part_blocks(lines)]


def heading_place(draft: Draft, spare: Mapping[int, Line], after: int, before: int) -> int | None:
    """Return where the line stands that the parser took for the pair's heading."""
    places = [place for place, line in spare.items() if after < place < before]
    named = [place for place in places if without_number(spare[place].text) == draft.heading]
    return named[-1] if draft.heading and named else None


def make_groups(rows: Sequence[Row], topics: Mapping[str, str] | None = None) -> list[Group]:
    """Return all rows by pairs; in their heads stands what will be saved."""
    groups = [Group(tuple(own), pair_of(own)) for own in part_rows(rows)]
    pairs = [group.pair for group in groups if group.pair]
    tagged = iter(tag_pairs(pairs, topics or {})[0])
    return [settle(group, next(tagged)) if group.pair else group for group in groups]


def part_rows(rows: Sequence[Row]) -> list[list[Row]]:
    """Return the rows before the first pair, and those of each pair; a question that no pair took begins one."""
    parts: list[list[Row]] = []
    for row in rows:
        has_begun = bool(parts) and parts[-1][0].head is not None
        if row.head is None and row.part is Part.QUESTION and not has_begun:
            row = replace(row, head=Head())
        if row.head is not None or not parts:
            parts.append([row])
        else:
            parts[-1].append(row)
    return parts


def pair_of(rows: Sequence[Row]) -> ParsedPair | None:
    head, question, answer = rows[0].head, join_rows(rows, Part.QUESTION), join_rows(rows, Part.ANSWER)
    if head is None or not (question or answer):
        return None
    return make_pair(question, answer, heading_line(rows) or head.heading, head.signature)


def heading_line(rows: Sequence[Row]) -> str:
    return " ".join(row.text.strip() for row in rows if row.part is Part.HEADING)


def join_rows(rows: Sequence[Row], part: Part) -> str:
    return "\n\n".join(row.text for row in rows if row.part is part).strip()


def settle(group: Group, tagged: ParsedPair) -> Group:
    """Return the group with heading and topics as they will be saved; found topics only where none were looked for yet."""
    first, *others = group.rows
    topics = tagged.topics if first.head.topics is None else first.head.topics
    heading = "" if heading_line(group.rows) else group.pair.heading
    head = Head(heading, group.pair.signature, topics)
    return Group((replace(first, head=head), *others), replace(group.pair, topics=topics))
