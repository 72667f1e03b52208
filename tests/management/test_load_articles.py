import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import translation

from articles.management.progress import WIDTH
from articles.models import Author
from tests.terminal import Terminal

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


@pytest.fixture
def write(tmp_path, monkeypatch):
    """Write one author per name into a file of the current folder."""
    monkeypatch.chdir(tmp_path)

    def write(file, *names):
        records = [
            {"model": "articles.author", "fields": {"slug": f"a{n}", "name": name}} for n, name in enumerate(names)
        ]
        (tmp_path / file).write_text(json.dumps(records))
        return file

    return write


def run(*arguments, **options):
    out = StringIO()
    call_command("load_articles", *arguments, stdout=out, **options)
    return out.getvalue()


def test_each_file_is_reported(write):
    write("one.json", "甲", "乙")
    write("two.json", "甲", "丙")
    assert run("one.json", "two.json") == (
        "one.json: 2 new, 0 changed, 0 as they were\ntwo.json: 0 new, 1 changed, 1 as they were\n"
    )
    assert list(Author.objects.order_by("slug").values_list("name", flat=True)) == ["甲", "丙"]


def test_check_writes_nothing(write):
    assert run(write("one.json", "甲"), "--check") == "one.json: 1 would be new, 0 changed, 0 as they are\n"
    assert not Author.objects.exists()


def test_quiet(write):
    assert run(write("one.json", "甲"), verbosity=0) == ""


def test_a_bad_file_is_one_line_and_undoes_no_good_one(write):
    write("good.json", "甲")
    write("bad.json", "乙", "")
    write("late.json", "甲", "丙")
    out = StringIO()
    with pytest.raises(CommandError) as error:
        call_command("load_articles", "good.json", "bad.json", "none.json", "late.json", stdout=out)
    assert str(error.value) == (
        "bad.json: record 2, name: This field cannot be blank.\n"
        "none.json: The file cannot be read: No such file or directory"
    )
    assert error.value.returncode == 1
    assert out.getvalue() == (
        "good.json: 1 new, 0 changed, 0 as they were\nlate.json: 1 new, 0 changed, 1 as they were\n"
    )
    assert list(Author.objects.order_by("slug").values_list("name", flat=True)) == ["甲", "丙"]


def test_a_terminal_shows_how_far_reading_and_writing_are(write):
    terminal = Terminal()
    write("good.json", "甲")
    write("bad.json", "乙", "")
    with pytest.raises(CommandError):
        call_command("load_articles", "good.json", "bad.json", stdout=StringIO(), stderr=terminal)
    full = "█" * WIDTH
    assert terminal.getvalue() == f"\r{full} 100% reading\n\r{full} 100% writing\n\n"


def test_check_refuses_as_loading_does(write):
    write("bad.json", "甲", "")
    with pytest.raises(CommandError, match=r"^bad\.json: record 2, name: This field cannot be blank\.$"):
        run("bad.json", "--check")


def test_a_file_name_cannot_break_the_line(write):
    with pytest.raises(CommandError, match=r"^two lines\.json: record 1, name: This field cannot be blank\.$"):
        run(write("two\nlines.json", ""))


def test_an_operator_is_told_in_the_sites_language(write):
    write("bad.json", "")
    with translation.override("zh-hans"), pytest.raises(CommandError, match=r"bad\.json: .*1.*name.*此字段不能为空。$"):
        run("bad.json")
