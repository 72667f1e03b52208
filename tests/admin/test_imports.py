"""Importing in the admin: choosing a file, seeing what it would change, and only then writing it."""

import io
import zipfile

import pytest
from django.contrib.admin.models import ADDITION, CHANGE, LogEntry
from django.contrib.auth.models import Group
from django.core.files.uploadedfile import SimpleUploadedFile

from articles.admin import imports
from articles.models import Article, Column
from articles.rights import make_groups
from tests.admin.posting import LIST
from tests.factories import make_article, make_column
from tests.reading import text_of

pytestmark = pytest.mark.django_db

IMPORT = f"{LIST}import/"
TABLE = "专栏,文章标题,问,答,话题\n信箱,甲,怎么涨粉？,写好标题。,KPI\n,,怎么留人？,常说话。,\n"


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    settings.VAR_DIR = tmp_path


@pytest.fixture
def member(client, django_user_model):
    """Return a function that signs in a member of a group."""

    def sign_in(group: str):
        make_groups()
        user = django_user_model.objects.create_user(group, password="x", is_staff=True)
        user.groups.add(Group.objects.get(name=group))
        client.force_login(user)
        return client

    return sign_in


def upload(client, data: str | bytes = TABLE, name: str = "a.csv"):
    content = data.encode() if isinstance(data, str) else data
    return client.post(IMPORT, {"file": SimpleUploadedFile(name, content)})


def uploaded(client, *args) -> str:
    response = upload(client, *args)
    assert response.status_code == 302
    return response["Location"]


def choices(client, address: str) -> dict:
    """Return what the form of the page would send."""
    form = client.get(address).context["form"]
    return {name: form[name].value() or "" for name in form.fields if name.startswith("field-") or name == "column"}


def said(response) -> list[str]:
    return [str(message) for message in response.context["messages"]]


def shown(response) -> dict:
    context = response.context
    reasons = [str(problem) for plan in context["refused"] for problem in plan.problems]
    return {"counts": context["counts"], "reasons": reasons}


def test_nothing_is_saved_before_it_is_confirmed(admin_client):
    address = uploaded(admin_client)
    response = admin_client.get(address)
    assert shown(response) == {"counts": {"new": 1, "changed": 0, "same": 0, "refused": 0}, "reasons": []}
    assert "Import 1 article" in text_of(response.content.decode())
    assert not Article.objects.exists() and not Column.objects.exists()
    response = admin_client.post(address, choices(admin_client, address) | {"_import": ""}, follow=True)
    assert said(response) == ["Imported: 1 articles new, 0 changed, 0 as they were."]
    article = Article.objects.get()
    assert [pair.question for pair in article.pairs.all()] == ["怎么涨粉？", "怎么留人？"]
    entry = LogEntry.objects.get(object_id=article.pk)
    assert (entry.action_flag, entry.get_change_message()) == (ADDITION, "Imported from a.csv.")


def test_a_confirmed_file_is_gone(admin_client):
    address = uploaded(admin_client)
    admin_client.post(address, choices(admin_client, address) | {"_import": ""})
    assert said(admin_client.get(address, follow=True))[-1] == "The file is no longer here. Please choose it again."
    assert Article.objects.count() == 1


def test_columns_are_given_their_fields_by_the_editor(admin_client):
    make_column(title="信箱")
    address = uploaded(admin_client, "专栏,甲列,乙列\n信箱,怎么涨粉？,写好标题。\n")
    assert admin_client.get(address).context["faults"] == ("No column is the question.",)
    data = {"field-0": "column", "field-1": "question", "field-2": "answer", "column": "", "skip": ""}
    response = admin_client.post(address, data | {"_check": ""})
    assert shown(response)["counts"]["new"] == 1
    assert not Article.objects.exists()
    admin_client.post(address, data | {"_import": ""})
    assert Article.objects.get().pairs.get().answer == "写好标题。"


def test_a_field_given_to_two_columns_is_said(admin_client):
    address = uploaded(admin_client, "问,答\n甲？,乙\n")
    data = {"field-0": "question", "field-1": "question", "column": "", "_import": ""}
    assert admin_client.post(address, data).context["faults"] == ("“question” is given to two columns.",)


def test_problem_rows_keep_all_out_unless_they_are_skipped(admin_client):
    address = uploaded(admin_client, TABLE + f"信箱,乙,问？,答,{'话' * 101}\n信箱,{'长' * 201},问？,,\n")
    data = choices(admin_client, address) | {"_import": ""}
    response = admin_client.post(address, data)
    assert said(response) == ["Nothing was imported: see the problems below."]
    assert shown(response)["reasons"] == [
        f"row 4：topics：The topic “{'话' * 20}…” is too long.",
        "row 5：article title：Ensure this value has at most 200 characters (it has 201).",
    ]
    assert not Article.objects.exists()
    response = admin_client.post(address, data | {"skip": "1"}, follow=True)
    assert said(response)[-2:] == ["Imported: 1 articles new, 0 changed, 0 as they were.", "2 articles were left out."]
    assert Article.objects.get().title == "甲"


def test_what_is_here_is_changed_and_logged(admin_client):
    article = make_article(
        title="甲", column=make_column(title="信箱"), pairs=[{"question": "怎么涨粉？", "answer": "旧"}]
    )
    address = uploaded(admin_client)
    assert shown(admin_client.get(address))["counts"] == {"new": 0, "changed": 1, "same": 0, "refused": 0}
    admin_client.post(address, choices(admin_client, address) | {"_import": ""})
    assert article.pairs.count() == 2
    assert LogEntry.objects.get(object_id=article.pk).action_flag == CHANGE


def test_markup_in_a_file_is_shown_as_text(admin_client):
    hostile = "<script>alert(1)</script>"
    page = admin_client.get(
        uploaded(admin_client, f"{hostile},文章标题,问\n{hostile},{hostile},{hostile}？\n")
    ).content.decode()
    assert hostile not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


def test_a_zip_of_markdown_is_imported_as_published_when_asked(admin_client):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr(
            "a.md", "---\ntitle: 甲\ncolumn: 信箱\nstatus: published\n---\n\n## 问 {#q4}\n\n> 来信\n\n回信\n"
        )
    address = uploaded(admin_client, file.getvalue(), "a.zip")
    assert shown(admin_client.get(address))["counts"]["new"] == 1
    admin_client.post(address, {"column": "", "publish": "on", "_import": ""})
    article = Article.objects.get()
    assert article.is_public
    assert article.pairs.get().number == 4


@pytest.mark.parametrize(
    "name, data, reason",
    [
        ("a.exe", b"x", "Only .csv .tsv .xlsx .md .markdown .zip .xml files are read."),
        ("a.csv", b"", "The submitted file is empty."),
        ("a.csv", b"x" * 2_000, "The file is larger than 0 MB."),
    ],
)
def test_a_file_that_is_not_taken_is_refused_in_one_line(admin_client, monkeypatch, name, data, reason):
    monkeypatch.setattr(imports, "MOST_BYTES", 1_000)
    assert upload(admin_client, data, name).context["form"].errors == {"file": [reason]}


@pytest.mark.parametrize(
    "name, data, reason",
    [
        ("a.csv", b"a", "a.csv：The table has no rows below its header."),
        ("a.xlsx", b"x", "a.xlsx：This is no XLSX file that can be read."),
        ("a.zip", b"x", "a.zip：This is no ZIP file that can be read."),
        ("a.xml", b"<rss/>", "a.xml：This is no export of WordPress."),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_in_one_line(admin_client, name, data, reason):
    response = admin_client.get(uploaded(admin_client, data, name), follow=True)
    assert said(response) == [reason]


def test_more_rows_than_can_be_waited_for_are_refused(admin_client, monkeypatch):
    monkeypatch.setattr(imports, "MOST_ROWS", 1)
    response = admin_client.get(uploaded(admin_client), follow=True)
    assert "Use manage.py import_articles." in said(response)[0]


def test_another_editors_file_is_not_shown(admin_client, member):
    address = uploaded(admin_client)
    assert member("Writers").get(address)["Location"] == IMPORT


@pytest.mark.parametrize("group, status", [("Writers", 200), ("Editors in chief", 200), ("Operations", 403)])
def test_who_may_add_articles_may_import(member, group, status):
    client = member(group)
    assert client.get(IMPORT).status_code == status
    assert client.get(f"{IMPORT}x/").status_code == (302 if status == 200 else 403)
    assert ("/import/" in client.get(LIST).content.decode()) == (status == 200)


def test_writers_neither_publish_nor_make_columns(member):
    client = member("Writers")
    address = uploaded(client, TABLE.replace("信箱", "没有的"))
    response = client.get(address)
    assert "publish" not in response.context["form"].fields
    assert shown(response)["reasons"] == ["row 2：column：There is no column “没有的” here."]


def test_the_pages_cost_the_same_for_any_number_of_articles(admin_client, django_assert_num_queries):
    make_column(title="信箱")
    for rows in (1, 3):
        table = "专栏,文章标题,问\n" + "".join(f"信箱,甲{n},问{n}？\n" for n in range(rows))
        address = uploaded(admin_client, table)
        with django_assert_num_queries(7):
            admin_client.get(address)
