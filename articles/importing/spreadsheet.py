"""CSV and XLSX files as rows of text, and the guard against cells that a spreadsheet would run."""

import csv
import io
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time
from itertools import islice

from django.utils.translation import gettext as _
from openpyxl import load_workbook

from articles.importing.copies import FileRefused
from articles.importing.page import decode_page
from articles.importing.records import PageRefused

MAX_ROWS = 100_000
MAX_COLUMNS = 60
MAX_CELL = 60_000
MAX_UNPACKED = 200 * 1024 * 1024
MAX_MEMBERS = 2_000
SEPARATORS = ",;\t，；|"
# A cell that begins so is taken for a formula by one spreadsheet or another, also after apostrophes taken off.
FORMULA = re.compile("'*[=+\\-@\\t\\r\\n＝＋－\uff20]")
# All that openpyxl and the standard library raise for files that are not what they claim to be.
BROKEN = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    EOFError,
    LookupError,
    OSError,
    RuntimeError,
    SyntaxError,
    TypeError,
    ValueError,
    zipfile.BadZipFile,
    zlib.error,
)


def guard_cell(text: str) -> str:
    """Return the text with an apostrophe before it where a spreadsheet would run it."""
    return f"'{text}" if FORMULA.match(text) else text


def unguard_cell(text: str) -> str:
    """Return the text that guard_cell was given."""
    return text[1:] if text.startswith("'") and FORMULA.match(text) else text


def read_table(data: bytes, name: str) -> list[list[str]]:
    """Return the rows of a .csv, .tsv or .xlsx file, the header first. Raises FileRefused."""
    rows = read_xlsx(data) if name.lower().endswith(".xlsx") else read_csv(data)
    table = [[unguard_cell(cell) for cell in row] for row in islice(rows, MAX_ROWS + 1)]
    if len(table) > MAX_ROWS:
        raise FileRefused(_("The table has more than %(most)d rows.") % {"most": MAX_ROWS})
    while table and not any(cell.strip() for cell in table[-1]):
        table.pop()
    if len(table) < 2:
        raise FileRefused(_("The table has no rows below its header."))
    return table


def read_csv(data: bytes) -> Iterator[list[str]]:
    try:
        text = decode_page(data).removeprefix("\ufeff")
    except PageRefused as refusal:
        raise FileRefused(str(refusal)) from refusal
    text = text.replace("\0", "")
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=find_separator(text))
    try:
        for row in reader:
            yield check_row(row, reader.line_num)
    except csv.Error as error:
        place = {"line": reader.line_num, "reason": error}
        raise FileRefused(_("This is no CSV at line %(line)d: %(reason)s.") % place) from error


def find_separator(text: str) -> str:
    """Return the character that the first line holds most of outside quotation marks."""
    first = re.sub(r'"[^"]*"', "", text.lstrip("\r\n")[:10_000]).splitlines()[:1]
    return max(SEPARATORS, key=first[0].count) if first else ","


def check_row(row: list[str], number: int) -> list[str]:
    if len(row) > MAX_COLUMNS:
        most = {"row": number, "most": MAX_COLUMNS}
        raise FileRefused(_("Row %(row)d has more than %(most)d columns.") % most)
    if any(len(cell) > MAX_CELL for cell in row):
        most = {"row": number, "most": MAX_CELL}
        raise FileRefused(_("Row %(row)d has a cell of more than %(most)d characters.") % most)
    return row


def read_xlsx(data: bytes) -> list[list[str]]:
    """Return the rows of the first sheet; what it unpacks to is measured before."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            check_archive(archive)
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
        sheet = book.worksheets[0]
        sheet.reset_dimensions()
        rows = sheet.iter_rows(max_row=MAX_ROWS + 1, max_col=MAX_COLUMNS, values_only=True)
        return [check_row(without_end([cell_text(cell) for cell in row]), number) for number, row in enumerate(rows, 1)]
    except BROKEN as error:
        raise FileRefused(_("This is no XLSX file that can be read.")) from error


def without_end(row: list[str]) -> list[str]:
    """Return the row up to its last cell that is not empty."""
    while row and not row[-1].strip():
        row.pop()
    return row


def check_archive(archive: zipfile.ZipFile) -> None:
    members = archive.infolist()
    if len(members) > MAX_MEMBERS or sum(member.file_size for member in members) > MAX_UNPACKED:
        raise FileRefused(_("The file unpacks to more than %(size)d MB.") % {"size": MAX_UNPACKED // 1024**2})
    if any(member.flag_bits & 1 for member in members):
        raise FileRefused(_("The file is locked by a password."))


def cell_text(cell: object) -> str:
    """Return what a cell shows: whole numbers without a point, dates as they are read back."""
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime):
        return cell.isoformat(" ", "seconds")
    if isinstance(cell, date | time):
        return cell.isoformat()
    return str(cell)


def write_csv(rows: Iterable[list[str]]) -> Iterator[bytes]:
    """Yield a CSV file in UTF-8 with its mark, by which spreadsheets know the encoding."""
    yield "\ufeff".encode()
    for row in rows:
        line = io.StringIO(newline="")
        csv.writer(line).writerow([guard_cell(cell) for cell in row])
        yield line.getvalue().encode()
