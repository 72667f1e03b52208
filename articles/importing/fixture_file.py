"""A fixture file as numbered records, read piece by piece; what cannot be read is refused by record and field."""

import json
import re
from codecs import utf_8_decode
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from django.utils.translation import gettext as _

PIECE = 256 * 1024
# Memory holds one record whole: a picture is the largest, and has less than a tenth of this.
LONGEST_RECORD = 16 * 1024 * 1024
REASON_LENGTH = 300
BLANKS = re.compile(r"[ \t\r\n]*")
ESCAPED_BYTE = re.compile("[\udc80-\udcff]")

Record = dict[str, Any]
Report = Callable[[float], None]


def silent(share: float) -> None:
    pass


class FixtureRefused(Exception):
    """The file is not loaded; says in one line why, with the record (from 1) and field where they are known."""

    def __init__(self, reason: object, *, record: int | None = None, field: str = ""):
        super().__init__(reason)
        self.reason = one_line(str(reason))
        self.record = record
        self.field = field

    def __str__(self) -> str:
        if self.record is None:
            return self.reason
        if not self.field:
            return _("record %(record)d: %(reason)s") % {"record": self.record, "reason": self.reason}
        field = one_line(self.field)
        return _("record %(record)d, %(field)s: %(reason)s") % {
            "record": self.record,
            "field": field,
            "reason": self.reason,
        }


class NotUTF8(FixtureRefused):
    """A byte of the file is not UTF-8."""


@dataclass(frozen=True, slots=True)
class Unreadable:
    """Stands in a record for what JSON writers produce but JSON does not have: NaN, numbers of thousands of digits."""

    source: str


def one_line(text: str) -> str:
    """Return the text without line breaks and control characters, cut where it goes on for long."""
    printable = "".join(character if character.isprintable() else " " for character in text[: REASON_LENGTH + 1])
    line = " ".join(printable.split())
    return line if len(text) <= REASON_LENGTH else f"{line[:REASON_LENGTH]}…"


@contextmanager
def naming(record: int) -> Iterator[None]:
    """Name the record in every refusal that comes from within."""
    try:
        yield
    except FixtureRefused as refusal:
        refusal.record = record
        raise


def read_fixture(path: Path, report: Report = silent) -> Iterator[tuple[int, Record]]:
    """Yield the file's records with their numbers from 1, each a JSON object with values of any kind."""
    if path.suffix.lower() not in READERS:
        raise FixtureRefused(_("Only .json and .jsonl files are loaded."))
    try:
        yield from read_file(path, report)
    except OSError as error:
        raise FixtureRefused(_("The file cannot be read: %(reason)s") % {"reason": error.strerror}) from error
    except NotUTF8 as refusal:
        raise locate(refusal, path) from refusal


def read_file(path: Path, report: Report = silent, errors: str = "strict") -> Iterator[tuple[int, Record]]:
    with path.open("rb") as file:
        pieces = decode(file, path.stat().st_size, report, errors)
        yield from READERS[path.suffix.lower()](Text(pieces))


def decode(file: BinaryIO, size: int, report: Report, errors: str) -> Iterator[str]:
    """Yield the file's text in pieces, without a byte order mark."""
    rest, done, is_end = b"", 0, False
    while not is_end:
        data = file.read(PIECE)
        is_end = not data
        data = rest + data
        try:
            text, length = utf_8_decode(data, errors, is_end)
        except UnicodeDecodeError as error:
            place = {"position": done + error.start + 1}
            raise NotUTF8(_("Byte %(position)d is not UTF-8.") % place) from error
        yield text if done else text.removeprefix("\ufeff")
        rest, done = data[length:], done + length
        report(done / max(size, done, 1))


def locate(refusal: NotUTF8, path: Path) -> FixtureRefused:
    """Return the refusal with record and field, where the rest of the file can be read."""
    try:
        for number, record in read_file(path, errors="surrogateescape"):
            fields = record.get("fields")
            for field, value in fields.items() if isinstance(fields, dict) else ():
                if ESCAPED_BYTE.search(f"{field}{value}"):
                    return FixtureRefused(refusal.reason, record=number, field=field)
    except FixtureRefused:
        pass
    return FixtureRefused(refusal.reason)


def read_list(text: "Text") -> Iterator[tuple[int, Record]]:
    """Yield the records of a JSON list one by one, so that a mistake is known by its record."""
    if not text.takes("["):
        raise FixtureRefused(_("The file is not a JSON list of records."))
    number = 0
    is_end = text.takes("]")
    while not is_end:
        number += 1
        with naming(number):
            record = text.take_record()
            is_end = text.takes("]")
            if not (is_end or text.takes(",")):
                raise text.bad_json(text.position)
        yield number, record
    if not text.is_at_end():
        raise FixtureRefused(_("More text follows after the list of records."))


def read_lines(text: "Text") -> Iterator[tuple[int, Record]]:
    """Yield the records of JSON Lines, one after the other without a list around them."""
    number = 0
    while not text.is_at_end():
        number += 1
        with naming(number):
            record = text.take_record()
        yield number, record


READERS = {".json": read_list, ".jsonl": read_lines}


class Text:
    """A text that comes in pieces, of which what is read is forgotten."""

    def __init__(self, pieces: Iterator[str]):
        self.pieces = pieces
        self.held = ""
        self.position = 0
        self.lines = self.column = 0  # what came before the text that is held

    def takes(self, mark: str) -> bool:
        """Tell whether the mark comes next, blanks apart, and read it if it does."""
        is_next = not self.is_at_end() and self.held.startswith(mark, self.position)
        self.position += is_next * len(mark)
        return is_next

    def is_at_end(self) -> bool:
        """Skip blanks; tell whether nothing else follows."""
        self.position = BLANKS.match(self.held, self.position).end()
        while self.position == len(self.held) and self.read_on():
            self.position = BLANKS.match(self.held, self.position).end()
        return self.position == len(self.held)

    def read_on(self) -> bool:
        """Hold at least twice as much of the text as is not read yet; tell whether there was more."""
        ahead = len(self.held) - self.position
        more: list[str] = []
        while sum(map(len, more)) <= ahead and (piece := next(self.pieces, "")):
            more.append(piece)
        if more:
            self.count(self.held[: self.position])
            self.held = "".join([self.held[self.position :], *more])
            self.position = 0
        return bool(more)

    def count(self, passed: str) -> None:
        self.lines += passed.count("\n")
        self.column = len(passed) - passed.rfind("\n") - 1 if "\n" in passed else self.column + len(passed)

    def take_record(self) -> Record:
        """Read an object. What ends too early may only be cut off, so it is tried again with more of the text."""
        self.is_at_end()
        while True:
            try:
                record, self.position = DECODER.raw_decode(self.held, self.position)
                break
            except json.JSONDecodeError as error:
                if len(self.held) - self.position > LONGEST_RECORD and error.msg.startswith("Unterminated string"):
                    size = {"size": LONGEST_RECORD // 1024**2}
                    raise FixtureRefused(_("The record is larger than %(size)d MB.") % size) from error
                if len(self.held) - self.position > LONGEST_RECORD or not self.read_on():
                    raise self.bad_json(error.pos) from error
            except RecursionError as error:
                raise FixtureRefused(_("The record is nested too deeply.")) from error
        if not isinstance(record, dict):
            raise FixtureRefused(_("A record is an object with model and fields."))
        return record

    def bad_json(self, position: int) -> FixtureRefused:
        self.count(self.held[:position])
        place = {"line": self.lines + 1, "column": self.column + 1}
        return FixtureRefused(_("This is not JSON at line %(line)d, column %(column)d.") % place)


def read_object(members: list[tuple[str, Any]]) -> Record:
    found = dict(members)
    if len(found) < len(members):
        names = [name for name, _value in members]
        twice = next(name for place, name in enumerate(names) if name in names[:place])
        raise FixtureRefused(_("The name stands twice in one object."), field=twice)
    return found


def read_integer(digits: str) -> int | Unreadable:
    try:
        return int(digits)
    except ValueError:  # more digits than Python turns into a number
        return Unreadable(digits)


DECODER = json.JSONDecoder(object_pairs_hook=read_object, parse_constant=Unreadable, parse_int=read_integer)
