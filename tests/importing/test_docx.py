import io
import random
import zipfile

import pytest

from articles.importing import docx as reader
from articles.importing import reasons
from articles.importing.docx import read_docx
from articles.importing.parser import parse_page
from articles.importing.records import PageRefused
from tests.importing.documents import docx, paragraph

COLUMN = "".join(
    [
        paragraph("新人不敢提问怎么办？", heading=True),
        paragraph("先让他写下来。"),
        paragraph("写完再问", bold=True),
        paragraph("一次只问一件事。"),
        paragraph("周报没人看还要写吗？", heading=True),
        paragraph("写给自己看。"),
    ]
)
ENTITIES = '<!DOCTYPE x [<!ENTITY a "甲甲甲甲"><!ENTITY b "&a;&a;&a;&a;">]>'
FILE = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]>'


def refusal(data: bytes) -> str:
    with pytest.raises(PageRefused) as refused:
        read_docx(data)
    return refused.value.reason


def test_headings_and_bold_words_stay():
    assert read_docx(docx(COLUMN)) == (
        "## 新人不敢提问怎么办？\n\n先让他写下来。\n\n**写完再问**\n\n一次只问一件事。\n\n## 周报没人看还要写吗？\n\n写给自己看。"
    )
    assert [pair.question for pair in parse_page(read_docx(docx(COLUMN))).pairs] == [
        "新人不敢提问怎么办？",
        "周报没人看还要写吗？",
    ]


@pytest.mark.parametrize("doctype, text", [(ENTITIES, "&b;"), (FILE, "&e;"), ("<!DOCTYPE x SYSTEM 'http://x/'>", "x")])
def test_a_document_with_a_doctype_is_refused(doctype, text):
    assert refusal(docx(paragraph(text), doctype=doctype)) == reasons.NOT_DOCX


@pytest.mark.parametrize(
    "data",
    [
        docx(paragraph("字" * 200_000)),
        docx(paragraph("字"), parts={"word/media/image1.png": b"\0" * 3_000_000}),
        docx(paragraph("字"), parts={f"word/p{number}.xml": b"<p/>" for number in range(reader.MOST_PARTS)}),
    ],
    ids=["text", "picture", "parts"],
)
def test_what_unpacks_to_far_more_than_its_size_is_not_opened(data, monkeypatch):
    monkeypatch.setattr(reader, "SMALL", 100_000)
    assert refusal(data) == reasons.UNPACKS_TOO_LARGE


def test_endless_nesting_is_refused():
    assert refusal(docx("<w:p>" * 5_000 + "</w:p>" * 5_000)) == reasons.NOT_DOCX


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0 old Word", docx(COLUMN)[:400], docx("<w:p>")])
def test_what_is_no_document_is_refused(data):
    assert refusal(data) == reasons.NOT_DOCX


def test_an_empty_document_is_refused():
    assert refusal(docx("")) == reasons.EMPTY


def test_another_archive_is_refused():
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("../../x.txt", "x")
    assert refusal(file.getvalue()) == reasons.NOT_DOCX


def test_damage_anywhere_is_refused_or_read():
    """Every byte may be wrong: the outcome is text or a refusal, never another error."""
    whole = docx(COLUMN)
    chance = random.Random(7)
    for _ in range(300):
        data = bytearray(whole)
        for _ in range(chance.randint(1, 4)):
            data[chance.randrange(len(data))] = chance.randrange(256)
        try:
            assert read_docx(bytes(data))
        except PageRefused as refused:
            assert refused.reason in (reasons.NOT_DOCX, reasons.UNPACKS_TOO_LARGE, reasons.EMPTY)


@pytest.mark.parametrize(
    "name", ["w:tbl", "w:tr", "w:hyperlink", "w:drawing", "w:sdt", "w:fldChar", "w:ins", "w:numPr"]
)
def test_elements_out_of_place_are_refused_or_read(name):
    try:
        assert "先聊" in read_docx(docx(f"<{name}/>{paragraph('先聊')}<w:p><{name}><{name}/></{name}></w:p>"))
    except PageRefused as refused:
        assert refused.reason == reasons.NOT_DOCX
