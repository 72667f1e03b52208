from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import translation

from articles.choices import Status
from articles.models import Article
from tests.factories import make_column, make_topic
from tests.importing.test_parser import LETTERS

pytestmark = pytest.mark.django_db

QA = "问：直播没人看怎么办？\n答：先换时间。\n"


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


@pytest.fixture
def write(tmp_path, monkeypatch):
    """Write files into the current folder."""
    monkeypatch.chdir(tmp_path)

    def write(**files):
        for name, content in files.items():
            data = content if isinstance(content, bytes) else content.encode()
            (tmp_path / name.replace("_", ".")).write_bytes(data)

    return write


def run(*arguments, **options):
    out = StringIO()
    call_command("import_pages", *arguments, stdout=out, **options)
    return out.getvalue()


def test_each_page_is_reported_in_a_line(write):
    make_topic("直播")
    write(a_txt=LETTERS, b_md=QA)
    assert run("a.txt", "b.md").splitlines() == [
        "a.txt: 李四：夜班来信 · column: 夜班来信 · pairs: 2 · topics: - · li-si-ye-ban-lai-xin (draft)",
        "b.md: 直播没人看怎么办？ · column: Readers' questions · pairs: 1 · topics: 直播 · zhi-bo-mei-ren-kan-zen-me-ban (draft)",
    ]


def test_good_pages_stay_when_others_are_refused(write):
    write(a_txt="一篇没有问题的短文。", b_txt=QA, c_txt=b"\x00\x01\x02", d_pdf="问：", e_html="")
    with pytest.raises(CommandError) as error:
        run("a.txt", "b.txt", "c.txt", "d.pdf", "e.html", "f.txt")
    assert str(error.value).splitlines() == [
        "a.txt: No question with an answer was found.",
        "c.txt: This is not a text file.",
        "d.pdf: Only .html .htm .md .txt files are read.",
        "e.html: The file is empty.",
        "f.txt: The file cannot be read: No such file or directory.",
    ]
    assert error.value.returncode == 1
    assert Article.objects.get().title == "直播没人看怎么办？"


def test_too_large_a_file_is_refused(write):
    write(a_txt=b"a" * (5 * 1024 * 1024 + 1))
    with pytest.raises(CommandError, match=r"^a\.txt: The file is larger than 5 MB\.$"):
        run("a.txt")


def test_column_and_publish(write):
    column = make_column(slug="wen")
    write(a_txt=QA)
    assert run("a.txt", column="wen", publish=True).endswith("(published)\n")
    article = Article.objects.get()
    assert (article.column, article.status) == (column, Status.PUBLISHED)


def test_unknown_column_stops_the_command(write):
    write(a_txt=QA)
    with pytest.raises(CommandError, match=r"^There is no column nowhere\.$"):
        run("a.txt", column="nowhere")


def test_dry_run_says_what_would_be_and_writes_nothing(write):
    write(a_txt=QA)
    assert run("a.txt", dry_run=True).endswith("(would be imported)\n")
    assert not Article.objects.exists()


def test_details_on_request(write):
    write(a_txt=LETTERS)
    lines = run("a.txt", verbosity=2).splitlines()
    assert lines[1:3] == ["  去年今日", "  1. 2021: 三个办法让周报有用!(0)"]
    assert len(lines) == 12


def test_silence_on_request(write):
    write(a_txt=QA)
    assert run("a.txt", verbosity=0) == ""
