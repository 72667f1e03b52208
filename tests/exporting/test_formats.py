"""What is exported comes back equal: over the same content nothing changes, an empty database becomes the same."""

import csv
import io
import json
import zipfile

import pytest
from django.core.management import call_command
from openpyxl import load_workbook

from articles.exporting.formats import FORMATS, ExportRefused
from articles.importing.planning import Terms
from articles.importing.reading import read_file
from articles.importing.writing import write_articles
from articles.models import Article, QAPair, TaggedPair
from tests.factories import at, make_article, make_author, make_column, make_topic

pytestmark = pytest.mark.django_db(transaction=True)

NAMES = {"csv": "a.csv", "xlsx": "a.xlsx", "markdown": "a.zip"}
HOSTILE = '=HYPERLINK("http://evil.example","点我")'


def exported(name: str, articles=None) -> bytes:
    file = io.BytesIO()
    FORMATS[name].write(Article.objects.all() if articles is None else articles, file)
    return file.getvalue()


def imported(name: str, data: bytes, **options):
    read = read_file(data, NAMES[name])
    assert read.faults == ()
    return write_articles(read.copies, Terms(keeps_status=True), **options)


def outcome(written) -> tuple:
    problems = [str(problem) for plan in written.refused for problem in plan.problems]
    return len(written.new), len(written.changed), written.same, problems


def empty() -> None:
    call_command("flush", interactive=False, verbosity=0)


@pytest.fixture
def starter():
    call_command("loaddata", "starter", verbosity=0)


@pytest.fixture
def awkward():
    """An article of everything that a format could trip over."""
    column = make_column(title="信箱：甲、乙", author=make_author(name="编辑, 部"))
    make_topic("甲乙丙", aliases=["ABC"])
    pairs = [
        {
            "heading": "- 甲",
            "question": HOSTILE,
            "answer": "> 引\n\n## 假标题 {#q9}\n\n\\## 假 {#q1}\n正文",
            "number": 3,
        },
        {
            "heading": "乙 # {#q2}",
            "question": "一\n\n  二 “引”,\n",
            "answer": "- 一\n- 二",
            "number": 1,
            "topics": ["甲乙丙"],
        },
        {"heading": "丙", "question": "'=1", "answer": "1,2\t3；4", "signature": "@小陈", "number": 7},
    ]
    for position, pair in enumerate(pairs, 1):
        pair["position"] = position
        pair["question"] = pair["question"].strip()
    return make_article(
        slug="awkward",
        title="真: 的 #1",
        column=column,
        pairs=pairs,
        published_at=at(2017, 3, 27, 11, 29, 5),
        summary="yes",
    )


def contents() -> list[tuple]:
    pairs = QAPair.objects.order_by("article__slug", "position").values_list(
        "article__slug", "number", "heading", "question", "answer", "signature"
    )
    return list(pairs)


@pytest.mark.parametrize("name", NAMES)
def test_what_was_exported_changes_nothing(starter, awkward, name):
    count = Article.objects.count()
    assert outcome(imported(name, exported(name))) == (0, 0, count, [])


@pytest.mark.parametrize("name", NAMES)
def test_an_empty_database_becomes_the_same(starter, awkward, name):
    data, before, tags = exported(name), contents(), TaggedPair.objects.count()
    count = Article.objects.count()
    empty()
    assert outcome(imported(name, data)) == (count, 0, 0, [])
    assert contents() == before
    assert TaggedPair.objects.count() == tags
    if name != "xlsx":  # a workbook holds the time at which it was written
        assert exported(name) == data


def test_a_fixture_loads_into_an_empty_database(starter, awkward, tmp_path):
    Article.objects.filter(slug="awkward").update(slug="changed")
    data, before = exported("fixture"), contents()
    path = tmp_path / "out.json"
    path.write_bytes(data)
    empty()
    call_command("load_articles", str(path), verbosity=0)
    assert contents() == before
    assert exported("fixture") == data
    assert Article.objects.get(slug="changed").former_slugs.get().slug == "awkward"


def test_a_fixture_holds_what_belongs_to_the_articles_and_no_more(awkward):
    make_article(slug="other", topics=["别的"])
    records = json.loads(exported("fixture", Article.objects.filter(slug="awkward")))
    assert [record["model"].removeprefix("articles.") for record in records] == [
        "author", "column", "topic", "topicalias", "article", "qapair", "qapair", "qapair", "taggedpair",
    ]  # fmt: skip
    assert "answer_html" not in records[5]["fields"]


@pytest.mark.parametrize("name", ["csv", "xlsx"])
def test_no_cell_begins_with_a_formula_sign(awkward, name):
    data = exported(name)
    if name == "csv":
        assert data.startswith("\ufeff".encode())
        rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))
    else:
        rows = [
            [cell or "" for cell in row] for row in load_workbook(io.BytesIO(data)).active.iter_rows(values_only=True)
        ]
    cells = [cell for row in rows for cell in row]
    assert [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))] == []
    assert f"'{HOSTILE}" in cells and "''=1" in cells


def test_a_markdown_file_is_readable(awkward):
    with zipfile.ZipFile(io.BytesIO(exported("markdown"))) as archive:
        assert archive.namelist() == ["awkward.md"]
        text = archive.read("awkward.md").decode()
    assert text.startswith(
        "---\ntitle: '真: 的 #1'\ncolumn: 信箱：甲、乙\nauthor: 编辑, 部\nslug: awkward\nsummary: 'yes'\nstatus: published\n"
        "published_at: '2017-03-27 11:29:05'\norigin: original\n---\n\n## - 甲 {#q3}\n\n> =HYPERLINK"
    )
    assert "## 乙 # {#q2} {#q1}\n\n话题：甲乙丙\n\n> 一\n>\n>   二 “引”,\n\n- 一\n- 二\n" in text


def test_a_text_that_no_workbook_cell_holds_is_refused():
    make_article(title="长文", pairs=[{"answer": "长" * 32_768}])
    with pytest.raises(ExportRefused, match="《长文》"):
        exported("xlsx")


@pytest.mark.parametrize("name", ["csv", "markdown", "fixture"])
def test_the_number_of_queries_does_not_grow(name, django_assert_num_queries):
    counts = {"csv": 4, "markdown": 4, "fixture": 16}
    make_article(topics=["甲"])
    for _ in range(2):
        with django_assert_num_queries(counts[name]):
            exported(name)
        make_article(topics=["乙"])
        make_article(topics=["丙"], pairs=2)
