from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import translation

from articles.choices import Status
from tests.factories import make_article, make_column

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def place(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with translation.override("en"):
        yield tmp_path


@pytest.fixture
def articles():
    make_article(title="公开", column=make_column(slug="xinxiang"))
    make_article(title="别栏")
    make_article(title="草稿", status=Status.DRAFT)
    make_article(title="丢掉", status=Status.TRASHED)


def run(*arguments) -> str:
    out = StringIO()
    call_command("export_articles", *arguments, stdout=out)
    return out.getvalue()


@pytest.mark.parametrize(
    "arguments, titles",
    [
        ([], {"公开", "别栏"}),
        (["--drafts"], {"公开", "别栏", "草稿"}),
        (["--column", "xinxiang"], {"公开"}),
    ],
)
def test_what_readers_see_is_exported_and_drafts_when_asked(articles, place, arguments, titles):
    assert run("out.csv", *arguments) == f"out.csv: {len(titles)} articles\n"
    text = (place / "out.csv").read_text("utf-8-sig")
    assert {title for title in ("公开", "别栏", "草稿", "丢掉") if title in text} == titles
    assert [path.name for path in place.iterdir()] == ["out.csv"]


@pytest.mark.parametrize(
    "arguments, reason",
    [
        (["out.doc"], "Only .csv .xlsx .zip .json files are written."),
        (["out.csv", "--column", "none"], "There are no such articles."),
        (["none/out.csv"], "The file cannot be written: No such file or directory"),
    ],
)
def test_what_cannot_be_exported_is_one_line(articles, place, arguments, reason):
    with pytest.raises(CommandError) as refusal:
        run(*arguments)
    assert str(refusal.value) == reason
    assert list(place.iterdir()) == []
