"""Word documents as Markdown: unpacked within bounds, read without what documents may point at."""

import io
import zipfile
import zlib
from xml.parsers import expat

import mammoth

from articles.importing import reasons
from articles.importing.extraction import extract_html
from articles.importing.records import PageRefused

MOST_PARTS = 1_000
MOST_UNPACKED = 20_000_000  # bytes of a part that is text
MOST_RATIO = 200  # unpacked to packed; text reaches 30
SMALL = 1_000_000  # bytes that may be packed as tightly as they like
DEEPEST = 200  # elements within one another
XML = (".xml", ".rels")
# What the archive, its parts, and the reader say of a file that is broken.
BROKEN = (zipfile.BadZipFile, zlib.error, expat.ExpatError, LookupError, ValueError, OSError, RuntimeError)
BROKEN_TREE = (AttributeError, TypeError)  # elements missing where the reader expects them


def is_docx(data: bytes) -> bool:
    return data.startswith(b"PK\x03\x04")


def read_docx(data: bytes) -> str:
    """Return the text of a document as Markdown. Pictures are left out, and nothing outside the file is read.

    Raises PageRefused for an archive that unpacks to more than it should, and for one that is no document.
    """
    try:
        check_archive(data)
        html = mammoth.convert_to_html(
            io.BytesIO(data), convert_image=leave_out, include_embedded_style_map=False, external_file_access=False
        ).value
    except (*BROKEN, *BROKEN_TREE) as error:
        raise PageRefused(reasons.NOT_DOCX) from error
    text, _facts, _surroundings = extract_html(html)
    if not text.strip():
        raise PageRefused(reasons.EMPTY)
    return text


def leave_out(image) -> list:
    return []


def check_archive(data: bytes) -> None:
    """Raise PageRefused before anything is unpacked that could fill the memory, or whose XML could."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = archive.infolist()
        texts = [part for part in parts if part.filename.endswith(XML)]
        if len(parts) > MOST_PARTS or sum(part.file_size for part in texts) > MOST_UNPACKED:
            raise PageRefused(reasons.UNPACKS_TOO_LARGE)
        if any(part.file_size > max(SMALL, part.compress_size * MOST_RATIO) for part in parts):
            raise PageRefused(reasons.UNPACKS_TOO_LARGE)
        for part in texts:
            check_xml(archive.read(part))


def check_xml(data: bytes) -> None:
    """Raise PageRefused for XML that declares entities of its own or is nested without end."""
    parser = expat.ParserCreate()
    depth = 0

    def refuse(*_declaration):
        raise PageRefused(reasons.NOT_DOCX)

    def enter(_name, _attributes):
        nonlocal depth
        depth += 1
        if depth > DEEPEST:
            refuse()

    def leave(_name):
        nonlocal depth
        depth -= 1

    parser.StartDoctypeDeclHandler = refuse
    parser.StartElementHandler = enter
    parser.EndElementHandler = leave
    parser.Parse(data, True)
