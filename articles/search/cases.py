"""Judged searches, read from a CSV file: what a reader types, and the pairs that should come first."""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import NamedTuple

from django.utils.translation import gettext as _

from articles.importing.fixture_file import one_line

LARGEST = 5 * 1024 * 1024
# What spreadsheets write: UTF-8 with or without its mark, and the encoding of Chinese Windows.
ENCODINGS = ("utf-8-sig", "gb18030")
NEEDED = ("query", "expected")
# The end of a pair's address will do: shequn-tuo#q2 and https://qa.example.com/articles/shequn-tuo/#q2.
ADDRESS = re.compile(r"(?:\S*/)?(?P<slug>[-\w]+)/?#q(?P<number>[0-9]{1,5})", re.ASCII)


class PairAddress(NamedTuple):
    """A pair by its article's slug and its own number: shequn-tuo#q2."""

    slug: str
    number: int

    def __str__(self) -> str:
        return f"{self.slug}#q{self.number}"


@dataclass(frozen=True)
class Case:
    """One judged search; any of the expected pairs answers it. The row counts as a spreadsheet does, from 1."""

    row: int
    query: str
    expected: tuple[PairAddress, ...]
    kind: str = ""


class CasesRefused(Exception):
    """The file cannot be used; says in one line why, with the row and the field where they are known."""

    def __init__(self, reason: str, *, row: int | None = None, field: str = ""):
        super().__init__(reason)
        self.reason = one_line(reason)
        self.row = row
        self.field = field

    def __str__(self) -> str:
        if self.row is None:
            return self.reason
        place = {"row": self.row, "field": self.field, "reason": self.reason}
        if not self.field:
            return _("row %(row)d: %(reason)s") % place
        return _("row %(row)d, %(field)s: %(reason)s") % place


def read_cases(path: Path) -> list[Case]:
    """Read every case of the file, or raise CasesRefused. Blank rows are passed over, further columns too."""
    rows = read_rows(decode(read_bytes(path)))
    _row, names = next(rows, (1, []))
    columns = [name.strip().lower() for name in names]
    for name in NEEDED:
        if name not in columns:
            raise CasesRefused(_("The column is missing."), row=1, field=name)
    cases = [read_case(row, columns, cells) for row, cells in rows]
    if not cases:
        raise CasesRefused(_("The file holds no cases."))
    return cases


def read_bytes(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)
    except OSError as error:
        raise CasesRefused(_("The file cannot be read: %(reason)s") % {"reason": error.strerror}) from error
    if len(data) > LARGEST:
        raise CasesRefused(_("The file is larger than %(size)d MB.") % {"size": LARGEST // 1024**2})
    return data


def decode(data: bytes) -> str:
    for encoding in ENCODINGS:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise CasesRefused(_("The file is neither UTF-8 nor GB18030."))


def read_rows(text: str) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows that hold anything, with their numbers."""
    row = 0
    try:
        for row, cells in enumerate(csv.reader(StringIO(text, newline=""), strict=True), 1):
            if any(cell.strip() for cell in cells):
                yield row, cells
    except csv.Error as error:
        raise CasesRefused(_("This is not CSV: %(reason)s") % {"reason": error}, row=row + 1) from error


def read_case(row: int, columns: list[str], cells: list[str]) -> Case:
    if len(cells) > len(columns):
        raise CasesRefused(_("There are more cells than columns; a comma inside a cell needs quotes."), row=row)
    values = {name: cell.strip() for name, cell in zip(columns, cells, strict=False)}
    for name in NEEDED:
        if not values.get(name):
            raise CasesRefused(_("The cell is empty."), row=row, field=name)
    expected = tuple(read_address(row, text) for text in values["expected"].split())
    return Case(row, values["query"], expected, values.get("kind", ""))


def read_address(row: int, text: str) -> PairAddress:
    found = ADDRESS.fullmatch(text)
    if not found:
        reason = _("“%(text)s” is no address of a pair such as article-slug#q1.") % {"text": one_line(text)}
        raise CasesRefused(reason, row=row, field="expected")
    return PairAddress(found["slug"], int(found["number"]))
