"""Which files of judged cases are read, and the one line that refuses the others."""

import pytest
from django.utils import translation

from articles.search.cases import LARGEST, Case, CasesRefused, PairAddress, read_cases

NOTES = PairAddress("notes", 1)
LETTERS = PairAddress("letters", 12)


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


@pytest.fixture
def write(tmp_path):
    def write(content):
        path = tmp_path / "cases.csv"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write


@pytest.mark.parametrize(
    "content, cases",
    [
        ("query,expected\n带团队,notes#q1\n", [Case(2, "带团队", (NOTES,))]),
        ("query,expected,kind\n带团队,notes#q1,两三个字\n", [Case(2, "带团队", (NOTES,), "两三个字")]),
        ("Kind, Expected ,QUERY,备注\n,notes#q1 letters#q12, 带 团队 ,好\n", [Case(2, "带 团队", (NOTES, LETTERS))]),
        ("query,expected\r\n\r\n,\r\n带团队,notes#q1\r\n", [Case(4, "带团队", (NOTES,))]),
        ('query,expected\n"""带团队""，KPI",notes#q1\n', [Case(2, '"带团队"，KPI', (NOTES,))]),
        ('query,expected,kind\n"带\n团队",notes#q1\nKPI,letters#q12\n', [Case(2, "带\n团队", (NOTES,)), Case(3, "KPI", (LETTERS,))]),
        ("query,expected\n团队,https://qa.example.com/articles/notes/#q1\n", [Case(2, "团队", (NOTES,))]),
        ("query,expected\n团队,/articles/letters/#q12\n", [Case(2, "团队", (LETTERS,))]),
        ("\ufeffquery,expected\n团队,notes#q1\n", [Case(2, "团队", (NOTES,))]),
        ("query,expected\n团队,notes#q1\n".encode("gb18030"), [Case(2, "团队", (NOTES,))]),
    ],
)  # fmt: skip
def test_read(content, cases, write):
    assert read_cases(write(content)) == cases


@pytest.mark.parametrize(
    "content, refusal",
    [
        ("", "row 1, query: The column is missing."),
        ("问题,答案\n团队,notes#q1\n", "row 1, query: The column is missing."),
        ("query;expected\n团队;notes#q1\n", "row 1, query: The column is missing."),
        ("query,kind\n团队,词\n", "row 1, expected: The column is missing."),
        ("query,expected\n", "The file holds no cases."),
        ("query,expected\n,notes#q1\n", "row 2, query: The cell is empty."),
        ("query,expected\n\n团队, \n", "row 3, expected: The cell is empty."),
        ("query,expected\n团队\n", "row 2, expected: The cell is empty."),
        (
            "query,expected\n带人, 管人,notes#q1\n",
            "row 2: There are more cells than columns; a comma inside a cell needs quotes.",
        ),
        ("query,expected\n团队,notes\n", "row 2, expected: “notes” is no address of a pair such as article-slug#q1."),
        (
            "query,expected\n团队,notes#q1 #q2\n",
            "row 2, expected: “#q2” is no address of a pair such as article-slug#q1.",
        ),
        ('query,expected\n团队,notes#q1\n"带团队,notes#q1\n', "row 3: This is not CSV: unexpected end of data"),
        (b"query,expected\n\xff\xff,notes#q1\n", "The file is neither UTF-8 nor GB18030."),
        ("query,expected\n团队,notes#q1\n".encode("utf-16"), "The file is neither UTF-8 nor GB18030."),
        (b"," * (LARGEST + 1), "The file is larger than 5 MB."),
    ],
)
def test_refused(content, refusal, write):
    with pytest.raises(CasesRefused) as error:
        read_cases(write(content))
    assert str(error.value) == refusal


def test_a_missing_file_is_refused(tmp_path):
    with pytest.raises(CasesRefused, match=r"^The file cannot be read: No such file or directory$"):
        read_cases(tmp_path / "none.csv")


def test_an_address_reads_as_it_is_written():
    assert f"{LETTERS}" == "letters#q12"
