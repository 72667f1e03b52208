"""Tables of any encoding and separator as rows; what is no table, or too much, in one sentence."""

import io
import zipfile
from datetime import date, datetime

import pytest
from openpyxl import Workbook

from articles.importing import spreadsheet
from articles.importing.copies import FileRefused
from articles.importing.spreadsheet import guard_cell, read_table, unguard_cell

TABLE = [["问题", "回答"], ["怎么涨粉？", "先写标题，\n再写正文"]]
TEXT = '问题,回答\r\n怎么涨粉？,"先写标题，\n再写正文"\r\n'


def workbook(*rows) -> bytes:
    book, file = Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(file)
    return file.getvalue()


def archive(**members: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in members.items():
            packed.writestr(name, data)
    return file.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
def test_every_encoding_of_spreadsheets_is_told(encoding):
    assert read_table(TEXT.encode(encoding), "a.csv") == TABLE


@pytest.mark.parametrize("separator", [",", ";", "\t", "，", "|"])
def test_every_separator_is_told(separator):
    text = f'问{separator}答\n甲{separator}"乙{separator}丙"\n'
    assert read_table(text.encode(), "a.csv") == [["问", "答"], ["甲", f"乙{separator}丙"]]


def test_a_workbook_is_read_as_it_shows():
    data = workbook(
        ["问", "日期", "编号", "天"], ["甲", datetime(2024, 5, 2, 10, 30), 3.0, date(2024, 5, 2)], [None, None, 1.5]
    )
    assert read_table(data, "a.XLSX") == [
        ["问", "日期", "编号", "天"],
        ["甲", "2024-05-02 10:30:00", "3", "2024-05-02 00:00:00"],
        ["", "", "1.5"],
    ]


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM", "\t=1", "\r=1", "＝1", "'=1", "''-x"])
def test_a_formula_is_guarded_and_comes_back(text):
    assert guard_cell(text) == f"'{text}"
    assert unguard_cell(guard_cell(text)) == text


@pytest.mark.parametrize("text", ["", "1=1", "'引", "亮哥你好", " =1"])
def test_ordinary_text_is_left_alone(text):
    assert guard_cell(text) == unguard_cell(text) == text


@pytest.mark.parametrize(
    "name, data, reason",
    [
        ("a.csv", b"", "no rows below its header"),
        ("a.csv", "问,答\n".encode(), "no rows below its header"),
        ("a.csv", bytes(range(256)) * 20, "not a text file"),
        ("a.csv", b"a\n" + b"," * 60, "Row 2 has more than 60 columns"),
        ("a.csv", b"a\n" + b"x" * 60_001, "Row 2 has a cell of more than 60000 characters"),
        ("a.csv", b'a,b\n"' + b"x" * 200_000, "no CSV at line"),
        ("a.xlsx", TEXT.encode(), "no XLSX file"),
        ("a.xlsx", archive(a=b"x"), "no XLSX file"),
        ("a.xlsx", workbook(["问"], ["甲"])[:-200], "no XLSX file"),
        ("a.xlsx", archive(**{"[Content_Types].xml": b"<a", "xl/workbook.xml": b"<b"}), "no XLSX file"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)  # fmt: skip
def test_what_is_no_table_is_refused_in_one_sentence(name, data, reason, english):
    with pytest.raises(FileRefused, match=reason):
        read_table(data, name)


def test_a_bomb_is_refused_before_it_is_unpacked(monkeypatch, english):
    monkeypatch.setattr(spreadsheet, "MAX_UNPACKED", 1_000_000)
    with pytest.raises(FileRefused, match="unpacks to more"):
        read_table(archive(**{"xl/workbook.xml": b"0" * 2_000_000}), "a.xlsx")


def test_a_table_of_too_many_rows_is_refused(monkeypatch, english):
    monkeypatch.setattr(spreadsheet, "MAX_ROWS", 3)
    with pytest.raises(FileRefused, match="more than 3 rows"):
        read_table("问\n甲\n乙\n丙\n".encode(), "a.csv")
