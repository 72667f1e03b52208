import re
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import translation

from tests.factories import make_article

pytestmark = pytest.mark.django_db

CASES = """query,expected,kind
團隊,notes#q1,一个词
周报 团队,notes#q1,几个词
葡萄,notes#q2 notes#q1,一个词
"""


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


@pytest.fixture
def write(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    def write(content):
        (tmp_path / "cases.csv").write_text(content)
        return "cases.csv"

    return write


@pytest.fixture
def site():
    make_article(slug="notes", pairs=[{"heading": "第一次带团队"}, {"heading": "给团队写周报"}])


def run(*arguments):
    out = StringIO()
    call_command("search_eval", *arguments, stdout=out)
    return out.getvalue()


def figures_and_failures(text):
    """Return the lines with every time as 0.0, without the one that names the slowest query."""
    steady = re.sub(r" +\d+\.\d$", " 0.0", text, flags=re.MULTILINE)
    return [line for line in steady.splitlines() if not line.startswith("The slowest: ")]


def test_figures_and_failures(write, site):
    assert figures_and_failures(run(write(CASES))) == [
        "        cases  hit@1 %  with offer %  hit@5 %    MRR  nothing %  slowest ms",
        "all         3     33.3          33.3     66.7  0.500       33.3 0.0",
        "一个词      2     50.0          50.0     50.0  0.500       50.0 0.0",
        "几个词      1      0.0           0.0    100.0  0.500        0.0 0.0",
        "",
        "2 cases fail:",
        "周报 团队 · 几个词",
        "    expected  notes#q1 第一次带团队 (place 2)",
        "    got       notes#q2 给团队写周报",
        "葡萄 · 一个词",
        "    expected  notes#q2 给团队写周报 (not found)",
        "    got       nothing",
    ]


class Terminal(StringIO):
    def isatty(self):
        return True


def test_a_terminal_shows_how_far_it_is(write, site):
    screen, file = Terminal(), StringIO()
    for stderr in (screen, file):
        call_command("search_eval", write(CASES), stdout=StringIO(), stderr=stderr)
    assert [line.split()[-1] for line in screen.getvalue().split("\r")[1:]] == ["33%", "67%", "100%"]
    assert file.getvalue() == ""


@pytest.mark.parametrize("limit, last", [("1", "… and 1 more"), ("0", "… and 2 more"), ("-1", "… and 2 more")])
def test_failures_are_limited(limit, last, write, site):
    lines = run(write(CASES), "--limit-failures", limit).splitlines()
    assert lines[-1] == last
    assert sum(line.startswith("    got") for line in lines) == max(int(limit), 0)


def test_all_is_well_without_a_list_of_failures(write, site):
    assert figures_and_failures(run(write("query,expected\n团队,notes#q1\n"))) == [
        "     cases  hit@1 %  with offer %  hit@5 %    MRR  nothing %  slowest ms",
        "all      1    100.0         100.0    100.0  1.000        0.0 0.0",
    ]


def test_what_the_first_offer_cures_is_no_failure(write, site):
    make_article(slug="letters", pairs=[{"heading": "第一次做marketing"}])
    lines = figures_and_failures(run(write("query,expected\nmarketng,letters#q1\nmarketng,notes#q1\n")))
    assert lines[1:] == [
        "all      2      0.0          50.0      0.0  0.000      100.0 0.0",
        "",
        "1 case fails:",
        "marketng",
        "    expected  notes#q1 第一次带团队 (not found)",
        "    got       nothing",
        "    offered   marketing",
    ]


def test_the_slowest_query_is_named(write, site):
    assert run(write("query,expected\n团队,notes#q1\n")).splitlines()[2:] == ["The slowest: 团队"]


@pytest.mark.parametrize(
    "content, refusal",
    [
        ("query\n团队\n", "cases.csv: row 1, expected: The column is missing."),
        ("query,expected\n团队,notes#q3\n", "cases.csv: row 2, expected: No published pair has the address notes#q3."),
    ],
)
def test_a_bad_file_is_one_line(content, refusal, write, site):
    with pytest.raises(CommandError) as error:
        run(write(content))
    assert (str(error.value), error.value.returncode) == (refusal, 1)
