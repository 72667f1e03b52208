"""A page pasted or uploaded, reviewed, corrected, and saved as a draft."""

from datetime import datetime

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission
from django.core.files.uploadedfile import SimpleUploadedFile

from articles.admin import paste_forms
from articles.choices import Origin, Status
from articles.importing.dates import SHANGHAI
from articles.importing.parser import parse_page
from articles.models import Article, Author, Column, QAPair, TaggedPair, Topic
from tests.admin.posting import LIST, change_url
from tests.factories import make_article, make_column, make_topic
from tests.importing.documents import docx, paragraph
from tests.importing.reading import PAGES
from tests.importing.test_docx import COLUMN, ENTITIES
from tests.importing.test_parser import LETTERS
from tests.reading import text_of

pytestmark = pytest.mark.django_db

PASTE, REVIEW, MARKDOWN = f"{LIST}paste/", f"{LIST}paste/review/", f"{LIST}paste/markdown/"
STORED = (Article, QAPair, Author, Column, Topic, TaggedPair, LogEntry)
SHORT = "问：怎么开始？\n答：先开始。"


def stored() -> list[int]:
    return [model.objects.count() for model in STORED]


def paste(client, text=LETTERS, **data):
    return client.post(PASTE, {"text": text} | data)


def upload(client, name: str, data: bytes):
    return paste(client, "", file=SimpleUploadedFile(name, data))


def refusals(response) -> list[str]:
    assert "form" in response.context
    return [str(error) for errors in response.context["form"].errors.values() for error in errors]


def sent(response, **changes) -> dict[str, str]:
    """Return what the browser sends from the review when only these fields are changed; None takes one away."""
    context = response.context
    data = {name: context["facts"][name].value() or "" for name in context["facts"].fields} | {"rows": context["rows"]}
    if moment := data["published_at"]:
        data["published_at"] = moment if isinstance(moment, str) else f"{moment.astimezone(SHANGHAI):%Y-%m-%dT%H:%M}"
    for group in context["groups"]:
        for index, row in group["rows"]:
            data |= {f"row-{index}-text": row.text.replace("\n", "\r\n"), f"row-{index}-part": str(row.part)}
        if head := group["head"]:
            name = f"row-{group['index']}"
            data |= {f"{name}-begins": "on", f"{name}-heading": head.heading, f"{name}-signature": head.signature}
            data[f"{name}-topics"] = "、".join(head.topics)
    data |= {name.replace("_", "-") if name.startswith("row_") else name: value for name, value in changes.items()}
    return {name: value for name, value in data.items() if value is not None}


def save(client, response, **changes):
    return client.post(REVIEW, sent(response, **changes) | {"_save": "1"})


def problems(response) -> list[str]:
    assert "problems" in response.context
    errors = [f"{name}: {error}" for name, errors in response.context["facts"].errors.items() for error in errors]
    return [*map(str, response.context["problems"]), *errors]


def test_the_list_leads_to_the_form(admin_client):
    page = text_of(admin_client.get(LIST).content.decode())
    assert page.count("Paste a page") == 2  # the tool, and the word on an empty list
    make_article()
    assert text_of(admin_client.get(LIST).content.decode()).count("Paste a page") == 1
    assert "Review" in text_of(admin_client.get(PASTE).content.decode())


def test_a_pasted_page_is_reviewed_and_nothing_is_stored(admin_client):
    before = stored()
    response = paste(admin_client)
    assert response.context["pairs"] == 2
    facts = {name: response.context["facts"][name].value() for name in ("title", "column", "new_column", "author")}
    assert facts == {"title": "李四：夜班来信", "column": None, "new_column": "夜班来信", "author": "李四"}
    assert response.context["facts"]["source"].value() == LETTERS
    page = text_of(response.content.decode())
    assert "2 questions will be saved" in page
    assert "去年今日" in page
    assert stored() == before


def test_what_nobody_corrected_is_saved_as_the_parser_reads_it(admin_client):
    make_topic("实习生")
    response = save(admin_client, paste(admin_client))
    article = Article.objects.get()
    assert response.url == change_url(article)
    assert (article.title, article.status, article.source_text) == ("李四：夜班来信", Status.DRAFT, LETTERS)
    assert (article.column.title, article.column.author.name) == ("夜班来信", "李四")
    assert (article.origin, article.source_name) == (Origin.REPRINT, "夜班站")
    assert article.published_at == datetime(2018, 3, 5, 12, 15, tzinfo=SHANGHAI)
    fields = ("heading", "question", "answer", "signature")
    parsed = parse_page(LETTERS).pairs
    assert list(article.pairs.values_list(*fields)) == [tuple(getattr(p, f) for f in fields) for p in parsed]
    assert [[topic.name for topic in pair.topics.all()] for pair in article.pairs.all()] == [[], ["实习生"]]
    entry = LogEntry.objects.get()
    assert (entry.object_repr, entry.change_message) == ("李四：夜班来信", "Pasted as a draft: 2 questions.")
    messages = [str(message) for message in admin_client.get(response.url).context["messages"]]
    assert messages == ["Pasted as a draft: 2 questions."]


@pytest.mark.parametrize("path", PAGES[::9], ids=lambda path: path.name)
def test_sample_files_come_through_as_import_pages_reads_them(admin_client, path):
    response = upload(admin_client, path.name, path.read_bytes())
    assert save(admin_client, response, new_column="某栏").status_code == 302
    pairs = [(pair.heading, pair.question, pair.answer) for pair in QAPair.objects.order_by("position")]
    parsed = parse_page(path.read_bytes().decode()).pairs
    assert pairs == [(pair.heading, pair.question, pair.answer) for pair in parsed]


def test_corrections_are_saved(admin_client):
    column = make_column(title="旧专栏")
    topic = make_topic("KPI", aliases=["绩效"])
    changes = {
        "title": "新题",
        "column": column.pk,
        "origin": "original",
        "source_name": "",
        "source_url": "",
        "published_at": "",
        "row_3_part": "dropped",
        "row_8_text": "改过的一段。",
        "row_9_topics": "绩效，实习",
        "row_9_heading": "该教什么",
        "row_9_signature": "小鱼",
        "row_22_part": "answer",
    }
    save(admin_client, paste(admin_client), **changes)
    article = Article.objects.get()
    assert (article.title, article.column, article.origin, article.published_at) == ("新题", column, "original", None)
    first, second = article.pairs.all()
    assert first.heading != "请假不丢人"
    assert first.answer.endswith("\n\n改过的一段。")
    assert (second.heading, second.signature) == ("该教什么", "小鱼")
    assert second.answer == "教他怎么问问题。\n\n共勉。\n\n返回顶部"
    assert [tag.name for tag in second.topics.order_by("pk")] == ["KPI", "实习"]
    assert Topic.objects.get(name="KPI") == topic


def test_working_out_again_fills_in_a_new_question_without_storing(admin_client):
    make_topic("周报")
    before = stored()
    response = admin_client.post(REVIEW, sent(paste(admin_client), row_2_begins="on"))
    heads = [group["head"] for group in response.context["groups"] if group["head"]]
    assert [head.heading for head in heads][1:] == ["", "第一次带实习生，该教什么呢"]
    assert heads[1].topics == ("周报",)
    page = text_of(response.content.decode())
    assert "3 questions will be saved" in page
    assert "no answer" in page
    assert stored() == before


def test_a_page_without_questions_is_marked_by_hand(admin_client):
    text = "某刊\n\n要不要换城市\n\n先看合同。"
    response = paste(admin_client, text)
    assert response.context["notes"][0] == "No question with an answer was found. Mark the questions yourself."
    assert problems(save(admin_client, response)) == ["There is nothing to save yet: mark at least one question."]
    assert save(admin_client, response, row_1_part="question", new_column="某刊").status_code == 302
    pair = QAPair.objects.get()
    assert (pair.question, pair.answer) == ("要不要换城市", "先看合同。")


def test_a_page_that_is_here_already_is_named_and_its_text_not_lost(admin_client):
    first = paste(admin_client)
    save(admin_client, first)
    article = Article.objects.get()
    link = f'This page was imported before: <a href="{change_url(article)}">李四：夜班来信</a>'
    assert paste(admin_client).context["notes"][0] == link
    before = stored()
    again = save(admin_client, first, row_8_text="改过的一段。")
    assert problems(again) == [link]
    assert "改过的一段。" in again.content.decode()
    assert again.context["facts"]["source"].value() == LETTERS
    assert stored() == before


def test_the_same_text_with_other_line_ends_is_known(admin_client):
    save(admin_client, paste(admin_client, SHORT), new_column="某栏")
    response = upload(admin_client, "页.txt", SHORT.replace("\n", "\r\n").encode())
    assert "This page was imported before" in str(response.context["notes"][0])


@pytest.mark.parametrize(
    "changes, expected",
    [
        ({"title": ""}, ["title: This field is required."]),
        ({"new_column": ""}, ["new_column: Choose a column, or name a new one."]),
        ({"source_url": "javascript:alert(1)"}, ["source_url: Enter a valid URL."]),
        ({"published_at": "0001-01-01T00:00"}, ["published_at: The year must be between 1970 and 2100."]),
        ({"published_at": "明天"}, ["published_at: Enter a valid date/time."]),
        ({"column": "9" * 40}, ["column: Select a valid choice. That choice is not one of the available choices."]),
        ({"row_1_part": "dropped", "row_2_part": "dropped"}, ["Question 1 has no letter."]),
        ({"row_8_text": "长" * 50_001}, ["Question 1: Ensure this value has at most 50000 characters (it has 50040)."]),
        (
            {"row_9_topics": "长" * 101},
            [f"Question 2: “{'长' * 20}…” is too long for a topic: 100 characters at most."],
        ),
        ({"source": "x" * 1_000_001}, ["source: Ensure this value has at most 1000000 characters (it has 1000001)."]),
    ],
)
def test_what_cannot_be_saved_is_told_in_one_line_and_nothing_is_lost(admin_client, changes, expected):
    first = paste(admin_client)
    before = stored()
    response = save(admin_client, first, **changes)
    assert problems(response) == expected
    assert stored() == before
    assert sent(response)["row-10-text"] == "教他怎么问问题。"


@pytest.mark.parametrize(
    "data",
    [{}, {"rows": "x"}, {"rows": "9" * 50}, {"rows": "-1"}, {"rows": "3", "row-0-text": "\x00", "row-0-part": "x"}],
)
def test_nonsense_is_no_error(admin_client, data):
    before = stored()
    assert admin_client.post(REVIEW, data | {"_save": "1"}).status_code == 200
    assert stored() == before


def test_what_was_pasted_cannot_run(admin_client):
    text = "问：<script>alert(1)</script></textarea>怎么办？\n答：<img src=x onerror=alert(1)>先看。"
    page = paste(admin_client, text).content.decode()
    assert "<script>alert" not in page
    assert "<img src=x" not in page


@pytest.mark.parametrize(
    "name, data, expected",
    [
        ("页.pdf", b"%PDF", "页.pdf: Only .txt .md .html .htm .docx files are read."),
        ("页.txt", b"MZ\x00\x01", "页.txt: This is not a text file."),
        ("页.docx", b"MZ", "页.docx: This is not a Word document (.docx), or it is damaged."),
        ("a.docx", docx("x", doctype=ENTITIES), "a.docx: This is not a Word document (.docx), or it is damaged."),
        ("b\u202etxt.md", b"\xff" * 90, "btxt.md: This is not a text file."),
        ("空.txt", b"", "The submitted file is empty."),
        ("空.md", b" \n ", "Paste a text, or choose a file."),
    ],
)
def test_a_file_that_cannot_be_read_is_named_in_one_line(admin_client, name, data, expected):
    before = stored()
    assert refusals(upload(admin_client, name, data)) == [expected]
    assert stored() == before


def test_limits_of_size(admin_client, monkeypatch):
    monkeypatch.setattr(paste_forms, "LARGEST", 1_000_000)
    assert refusals(upload(admin_client, "a.txt", b"a" * 1_000_001)) == ["a.txt: The file is larger than 1 MB."]
    limit = "Ensure this value has at most 1000000 characters (it has 1000001)."
    assert refusals(paste(admin_client, "a" * 1_000_001)) == [limit]
    long = "\n\n".join(f"第{number}段。" for number in range(1_001))
    assert refusals(paste(admin_client, long)) == ["The page has 1001 paragraphs; at most 1000 are reviewed at once."]
    assert refusals(paste(admin_client, "")) == ["Paste a text, or choose a file."]
    assert refusals(paste(admin_client, "a\0b")) == ["Null characters are not allowed."]


@pytest.mark.parametrize("name, encoding", [("页.txt", "gb18030"), ("页.md", "utf-8-sig"), ("页.TXT", "utf-16")])
def test_files_are_read_in_any_usual_encoding(admin_client, name, encoding):
    assert upload(admin_client, name, LETTERS.encode(encoding)).context["pairs"] == 2


def test_a_word_document_is_reviewed_and_its_text_kept(admin_client):
    response = upload(admin_client, "专栏.docx", docx(paragraph("专栏", heading=True) + COLUMN))
    assert response.context["pairs"] == 2
    save(admin_client, response, new_column="某栏")
    assert Article.objects.get().source_text.startswith("## 专栏\n\n## 新人不敢提问怎么办？\n\n先让他写下来。")


def test_html_of_a_clipboard_keeps_headings_and_bold_words(admin_client):
    html = "<h2>怎么开始？</h2><p>先<b>开始</b>，再说。</p><script>alert(1)</script>"
    response = admin_client.post(MARKDOWN, {"html": html})
    assert response.content.decode() == "## 怎么开始？\n\n先**开始**，再说。"
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert admin_client.post(MARKDOWN, {"html": ""}).content == b""
    assert admin_client.post(MARKDOWN, {"html": "<p>" * 70_000}).content == b""
    assert admin_client.get(MARKDOWN).status_code == 405


def member(client, django_user_model, *permissions):
    user = django_user_model.objects.create_user("xiezuo", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__in=permissions))
    client.force_login(user)
    return client


def test_only_who_adds_articles_pastes(client, django_user_model):
    member(client, django_user_model, "view_article", "change_article")
    assert [client.get(PASTE).status_code, paste(client).status_code] == [403, 403]
    assert [client.post(address).status_code for address in (REVIEW, MARKDOWN)] == [403, 403]
    assert "Paste a page" not in text_of(client.get(LIST).content.decode())
    assert client.get(REVIEW).status_code == 405


def test_who_may_not_make_columns_chooses_one(client, django_user_model):
    member(client, django_user_model, "add_article")
    column = make_column(title="运营信箱")
    response = paste(client)
    assert {"new_column", "author"} & set(response.context["facts"].fields) == set()
    refused = save(client, response, new_column="私开的")
    assert problems(refused) == ["column: This field is required."]
    assert save(client, response, column=column.pk).url == "/admin/"
    assert (Article.objects.get().column, Column.objects.count()) == (column, 1)


@pytest.mark.parametrize("pairs", [1, 3])
def test_the_review_asks_the_same_queries_for_any_number_of_questions(admin_client, django_assert_num_queries, pairs):
    for number in range(pairs):
        make_column(title=f"栏{number}", salutations="编辑")
        make_topic(f"题{number}", aliases=[f"别名{number}"])
    text = "\n\n".join([f"问：怎么{number}？\n\n答：先{number}。" for number in range(pairs)])
    with django_assert_num_queries(9):  # two of them are the session and the user
        response = paste(admin_client, text)
    assert response.context["pairs"] == pairs
    with django_assert_num_queries(5):
        admin_client.post(REVIEW, sent(response))


def test_the_longest_page_fits_one_request(admin_client):
    response = paste(admin_client, "\n\n".join(f"问：怎么{number}？\n\n答：先{number}。" for number in range(500)))
    assert (response.context["pairs"], response.context["rows"]) == (500, paste_forms.MOST_ROWS)
    assert admin_client.post(REVIEW, sent(response)).context["pairs"] == 500
