"""A fixture file as numbered records; what cannot be read is refused by record and field."""

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

MAX_BYTES = 64 * 1024 * 1024
REASON_LENGTH = 300
BLANKS = re.compile(r"[ \t\r\n]*")
ESCAPED_BYTE = re.compile("[\udc80-\udcff]")


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


def read_fixture(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    """Return the file's records with their numbers from 1, each a JSON object with values of any kind."""
    data = read_bytes(path)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise locate(error, data) from error
    return read_records(text)


def read_bytes(path: Path) -> bytes:
    if path.suffix.lower() != ".json":
        raise FixtureRefused(_("Only .json files are loaded."))
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise FixtureRefused(_("The file cannot be read: %(reason)s") % {"reason": error.strerror}) from error
    if len(data) > MAX_BYTES:
        raise FixtureRefused(_("The file is larger than %(size)d MB.") % {"size": MAX_BYTES // 1024**2})
    return data


def locate(error: UnicodeDecodeError, data: bytes) -> FixtureRefused:
    """Return the refusal of a file that is not UTF-8, with record and field where the rest can be read."""
    refusal = FixtureRefused(_("Byte %(position)d is not UTF-8.") % {"position": error.start + 1})
    try:
        for number, record in read_records(data.decode("utf-8-sig", "surrogateescape")):
            fields = record.get("fields")
            for field, value in fields.items() if isinstance(fields, dict) else ():
                if ESCAPED_BYTE.search(f"{field}{value}"):
                    return FixtureRefused(refusal.reason, record=number, field=field)
    except FixtureRefused:
        pass
    return refusal


def read_records(text: str) -> Iterator[tuple[int, dict[str, Any]]]:
    """Yield the records of a JSON list one by one, so that a mistake is known by its record."""
    position = skip_blanks(text, 0)
    if not text.startswith("[", position):
        raise FixtureRefused(_("The file is not a JSON list of records."))
    position = skip_blanks(text, position + 1)
    number = 0
    is_end = text.startswith("]", position)
    while not is_end:
        number += 1
        with naming(number):
            record, position = read_record(text, position)
            position, is_end = read_separator(text, position)
        yield number, record
    if skip_blanks(text, position + 1) < len(text):
        raise FixtureRefused(_("More text follows after the list of records."))


def skip_blanks(text: str, position: int) -> int:
    return BLANKS.match(text, position).end()


def read_separator(text: str, position: int) -> tuple[int, bool]:
    """Return where the next record begins, or where the list ends and that it does."""
    position = skip_blanks(text, position)
    if text.startswith("]", position):
        return position, True
    if not text.startswith(",", position):
        raise bad_json(text, position)
    return skip_blanks(text, position + 1), False


def bad_json(text: str, position: int) -> FixtureRefused:
    place = {"line": text.count("\n", 0, position) + 1, "column": position - text.rfind("\n", 0, position)}
    return FixtureRefused(_("This is not JSON at line %(line)d, column %(column)d.") % place)


def read_record(text: str, position: int) -> tuple[dict[str, Any], int]:
    try:
        record, end = DECODER.raw_decode(text, position)
    except json.JSONDecodeError as error:
        raise bad_json(text, error.pos) from error
    except RecursionError as error:
        raise FixtureRefused(_("The record is nested too deeply.")) from error
    if not isinstance(record, dict):
        raise FixtureRefused(_("A record is an object with model and fields."))
    return record, end


def read_object(members: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in members:
        if name in found:
            raise FixtureRefused(_("The name stands twice in one object."), field=name)
        found[name] = value
    return found


def read_integer(digits: str) -> int | Unreadable:
    try:
        return int(digits)
    except ValueError:  # more digits than Python turns into a number
        return Unreadable(digits)


DECODER = json.JSONDecoder(object_pairs_hook=read_object, parse_constant=Unreadable, parse_int=read_integer)
