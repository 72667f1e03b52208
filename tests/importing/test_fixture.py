import json
from copy import deepcopy
from datetime import UTC, datetime

import pytest
from django.core.management import call_command
from django.forms.models import model_to_dict
from django.utils import translation

from articles.importing import fixture_file, spool
from articles.importing.fixture import Loaded, load_fixture
from articles.importing.fixture_file import FixtureRefused
from articles.importing.fixture_records import MODELS
from articles.merging import merge_topics
from articles.models import (
    Article,
    Author,
    DistinctCouple,
    DistinctNames,
    PairLink,
    QAPair,
    TaggedPair,
    Topic,
    TopicAlias,
)
from tests.factories import at, make_article, make_author, make_topic

pytestmark = pytest.mark.django_db

RECORDS = [
    {
        "model": "articles.author",
        "fields": {"slug": "desk", "name": "编辑部", "role": "答读者来信", "bio": "轮流执笔。"},
    },
    {"model": "articles.column", "fields": {"slug": "mailbox", "title": "来信", "author": ["desk"]}},
    {"model": "articles.topic", "fields": {"slug": "kpi", "name": "KPI", "description": "考核用的指标。"}},
    {"model": "articles.topicalias", "fields": {"topic": ["kpi"], "name": "绩效指标"}},
    {
        "model": "articles.article",
        "fields": {
            "slug": "first-kpi",
            "column": ["mailbox"],
            "title": "头一回定指标",
            "summary": "",
            "status": "published",
            "origin": "reprint",
            "published_at": "2019-05-06T09:30:00+08:00",
            "content_updated_at": "2020-01-02T10:00:00+08:00",
            "source_name": "编辑部周报",
            "source_url": "https://example.com/weekly",
            "source_text": "",
        },
    },
    {
        "model": "articles.qapair",
        "fields": {
            "article": ["first-kpi"],
            "number": 1,
            "position": 1,
            "heading": "指标从哪里来",
            "question": "指标怎么定？",
            "answer": "1、看去年\n2、看目标",
            "signature": "一位新主管",
        },
    },
    {"model": "articles.taggedpair", "fields": {"content_object": ["first-kpi", 1], "tag": ["kpi"]}},
]
AUTHOR, COLUMN, TOPIC, ALIAS, ARTICLE, PAIR, TAG = range(len(RECORDS))
MISSING = object()
BLANK = "This field cannot be blank."
NULL = "This field cannot be null."
TEXT = "Text is wanted here."
NUMBER = "A whole number is wanted here."
KEY = "A key is a positive whole number."
SLUG_KEY = 'A reference is a list such as ["slug"].'
PAIR_KEY = 'A reference is a list such as ["slug", 1].'
NOT_A_SLUG = "Enter a valid “slug” consisting of letters, numbers, underscores or hyphens."


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


@pytest.fixture
def load(tmp_path):
    """Write records, text or bytes as a fixture file and load it."""

    def load(content, *, check=False, name="content.json"):
        path = tmp_path / name
        if not isinstance(content, str | bytes):
            content = json.dumps(content, ensure_ascii=False)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return load_fixture(path, check=check)

    return load


def changed(index, **fields):
    """Return the good records with some fields of one changed, added or taken out."""
    records = deepcopy(RECORDS)
    merged = records[index]["fields"] | fields
    records[index]["fields"] = {name: value for name, value in merged.items() if value is not MISSING}
    return records


def with_record(record):
    return [RECORDS[AUTHOR], record]


def content():
    """Return all rows of the content, to compare before with after."""
    return {label: list(model.objects.order_by("pk").values()) for label, model in MODELS.items()}


def refusal(load, content):
    with pytest.raises(FixtureRefused) as refused:
        load(content)
    return str(refused.value)


def test_a_file_is_loaded(load, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        assert load(RECORDS) == Loaded(created=7, changed=0, unchanged=0)
    pair = QAPair.objects.get_by_natural_key("first-kpi", 1)
    assert model_to_dict(pair, exclude=["id", "article", "topics"]) == {
        "position": 1,
        "heading": "指标从哪里来",
        "question": "指标怎么定？",
        "answer": "1、看去年\n2、看目标",
        "signature": "一位新主管",
    }
    assert pair.answer_html == "<ol>\n<li>看去年</li>\n<li>看目标</li>\n</ol>\n"
    assert [topic.name for topic in pair.topics.all()] == ["KPI"]
    article = pair.article
    assert (article.published_at, article.content_updated_at) == (at(2019, 5, 6, 9, 30), at(2020, 1, 2, 10))
    assert (str(article.column), str(article.column.author), article.last_number) == ("来信", "编辑部", 1)


def test_loading_twice_changes_nothing(load):
    load(RECORDS)
    before = content()
    assert load(RECORDS) == Loaded(created=0, changed=0, unchanged=7)
    assert content() == before


def test_records_may_stand_in_any_order(load):
    assert load(RECORDS[::-1]) == Loaded(created=7, changed=0, unchanged=0)


def test_references_are_found_in_the_database(load):
    load(RECORDS[:ARTICLE])
    assert load(RECORDS[ARTICLE:]) == Loaded(created=3, changed=0, unchanged=0)


def test_only_what_differs_is_written(load):
    load(RECORDS)
    assert load(changed(PAIR, answer="看目标。", signature=MISSING)) == Loaded(created=0, changed=1, unchanged=6)
    pair = QAPair.objects.get()
    assert (pair.answer, pair.signature) == ("看目标。", "一位新主管")


def test_a_pk_is_not_used_so_strangers_keep_their_rows(load):
    stranger = make_author(name="别人")
    record = {"pk": stranger.pk, **RECORDS[AUTHOR]}
    assert load([record]) == Loaded(created=1, changed=0, unchanged=0)
    assert list(Author.objects.order_by("pk").values_list("pk", "name")) == [
        (stranger.pk, "别人"),
        (stranger.pk + 1, "编辑部"),
    ]


def test_check_says_the_same_and_writes_nothing(load):
    make_article()
    before = content()
    assert load(RECORDS, check=True) == Loaded(created=7, changed=0, unchanged=0)
    assert content() == before


def test_a_time_without_zone_is_the_sites(load):
    load(changed(ARTICLE, published_at="2019-05-06T09:30:00", content_updated_at="2019-05-07"))
    article = Article.objects.get()
    assert article.published_at == datetime(2019, 5, 6, 1, 30, tzinfo=UTC)
    assert article.content_updated_at == at(2019, 5, 7)


def test_names_are_stored_and_compared_as_the_site_writes_them(load):
    records = changed(TOPIC, name=" #\uff2b\uff30\uff29# ")
    records[ALIAS]["fields"]["name"] = "绩效  指标"
    load(records)
    assert (Topic.objects.get().name, TopicAlias.objects.get().name) == ("KPI", "绩效 指标")
    assert load(records) == Loaded(created=0, changed=0, unchanged=7)


def test_a_pair_without_place_comes_last_and_stays_there(load):
    records = changed(PAIR, number=3, position=0)[:TAG]
    load(records)
    assert QAPair.objects.get().position == 3
    assert load(records) == Loaded(created=0, changed=0, unchanged=6)


def test_an_older_file_does_not_turn_the_counter_back(load):
    load(changed(ARTICLE, last_number=9))
    assert load(changed(ARTICLE, last_number=2)) == Loaded(created=0, changed=0, unchanged=7)
    assert Article.objects.get().last_number == 9


def test_stored_html_is_never_read(load, django_capture_on_commit_callbacks):
    hostile = {"question_html": "<script>alert(1)</script>", "answer_html": "<script>alert(2)</script>"}
    with django_capture_on_commit_callbacks(execute=True):
        load(changed(PAIR, question="<script>", **hostile))
        load(changed(PAIR, question="<script>", **hostile))
    pair = QAPair.objects.get()
    assert (pair.question_html, pair.answer_html) == (
        "<p>&lt;script&gt;</p>\n",
        "<ol>\n<li>看去年</li>\n<li>看目标</li>\n</ol>\n",
    )


def test_a_dump_is_taken_back(load, tmp_path):
    make_article(pairs=2, topics=[make_topic("拉新", aliases=["增粉"])], published_at=at(2019, 5, 6, 9, 30))
    article = Article.objects.get()
    pair, other = article.pairs.all()
    PairLink.objects.create(pair=pair, other=other, kind="pin", position=2)
    DistinctCouple.objects.create(pair=pair, other=other)
    Article.objects.update(slug="renamed")
    tables = [label for label in MODELS if not label.endswith("slug")]
    call_command("dumpdata", *tables, natural_primary=True, natural_foreign=True, output=tmp_path / "dump.json")
    call_command("dumpdata", "articles.articleformerslug", natural_foreign=True, output=tmp_path / "former.json")
    before = content()
    assert load_fixture(tmp_path / "dump.json") == Loaded(created=0, changed=0, unchanged=11)
    assert load_fixture(tmp_path / "former.json") == Loaded(created=0, changed=0, unchanged=1)
    assert content() == before
    Article.objects.all().delete()
    assert load_fixture(tmp_path / "dump.json") == Loaded(created=7, changed=0, unchanged=4)
    assert load_fixture(tmp_path / "former.json") == Loaded(created=1, changed=0, unchanged=0)
    assert Article.objects.get().former_slugs.get().slug == article.slug
    assert TaggedPair.objects.count() == 2


def test_a_dump_of_everything_is_taken_back_without_what_was_done_in_its_database(load, tmp_path):
    merge_topics(make_topic("KPI", slug="kpi"), [make_topic("指标", slug="zhibiao")], by=None)
    DistinctNames.objects.create(name="会员", other="会员制")
    call_command("dumpdata", "articles", natural_primary=True, natural_foreign=True, output=tmp_path / "dump.json")
    # The topic, its alias, the slug of the merged one, and the two names.
    assert load_fixture(tmp_path / "dump.json") == Loaded(created=0, changed=0, unchanged=4)
    DistinctNames.objects.all().delete()
    assert load_fixture(tmp_path / "dump.json") == Loaded(created=1, changed=0, unchanged=3)


@pytest.mark.parametrize("text", ["[]", " \n[\n]\n", "\ufeff[]"])
def test_an_empty_list_is_nothing_to_do(load, text):
    assert load(text) == Loaded(created=0, changed=0, unchanged=0)


def test_a_byte_order_mark_does_no_harm(load):
    assert load("\ufeff" + json.dumps(RECORDS)) == Loaded(created=7, changed=0, unchanged=0)


@pytest.mark.parametrize(
    "index, field, value, reason",
    [
        (AUTHOR, "name", "", BLANK),
        (AUTHOR, "name", " \u3000\n", BLANK),
        (AUTHOR, "name", None, NULL),
        (AUTHOR, "name", MISSING, BLANK),
        (AUTHOR, "name", ["编辑部"], TEXT),
        (AUTHOR, "name", {"zh": "编辑部"}, TEXT),
        (AUTHOR, "name", 5, TEXT),
        (AUTHOR, "name", 1.5, TEXT),
        (AUTHOR, "name", True, TEXT),
        (AUTHOR, "name", float("nan"), TEXT),
        (AUTHOR, "name", float("inf"), TEXT),
        (AUTHOR, "name", "编" * 61, "Ensure this value has at most 60 characters (it has 61)."),
        (AUTHOR, "slug", "编辑 部/../x", NOT_A_SLUG),
        (AUTHOR, "slug", "", BLANK),
        (AUTHOR, "slug", MISSING, BLANK),
        (AUTHOR, "slug", None, NULL),
        (AUTHOR, "bio", "甲\0乙", "Character 2 is a NUL."),
        (AUTHOR, "nickname", "小编", "There is no such field."),
        (AUTHOR, "id", 1, "There is no such field."),
        (COLUMN, "author", ["nobody"], "Neither the file nor the database has the author “nobody”."),
        (COLUMN, "author", "desk", SLUG_KEY),
        (COLUMN, "author", 1, SLUG_KEY),
        (COLUMN, "author", None, SLUG_KEY),
        (COLUMN, "author", [], SLUG_KEY),
        (COLUMN, "author", ["desk", 1], SLUG_KEY),
        (COLUMN, "author", [["desk"]], SLUG_KEY),
        (COLUMN, "author", ["de\0sk"], "Character 3 is a NUL."),
        (COLUMN, "author", MISSING, BLANK),
        (TOPIC, "name", "", BLANK),
        (ARTICLE, "status", "live", "Value 'live' is not a valid choice."),
        (ARTICLE, "status", "", BLANK),
        (ARTICLE, "origin", 3, TEXT),
        (ARTICLE, "published_at", "2019-02-30T09:30:00+08:00", None),
        (ARTICLE, "published_at", "昨天", None),
        (ARTICLE, "published_at", 1557106200, TEXT),
        (ARTICLE, "published_at", "9999-12-31T23:59:59-08:00", "This moment is too far away."),
        (ARTICLE, "published_at", "0001-01-01T00:00:00+08:00", "This moment is too far away."),
        (ARTICLE, "source_url", "javascript:alert(1)", "Enter a valid URL."),
        (ARTICLE, "title", "长" * 201, "Ensure this value has at most 200 characters (it has 201)."),
        (ARTICLE, "source_text", None, NULL),
        (ARTICLE, "last_number", None, NULL),
        (ARTICLE, "last_number", -1, "Ensure this value is greater than or equal to 0."),
        (PAIR, "article", ["first-kpi", 1], SLUG_KEY),
        (PAIR, "number", 0, "Ensure this value is greater than or equal to 1."),
        (PAIR, "number", "1", NUMBER),
        (PAIR, "number", 1.0, NUMBER),
        (PAIR, "number", True, NUMBER),
        (PAIR, "number", None, NULL),
        (PAIR, "number", MISSING, BLANK),
        (PAIR, "number", 10**30, None),
        (PAIR, "question", "", BLANK),
        (PAIR, "answer", "长" * 50_001, "Ensure this value has at most 50000 characters (it has 50001)."),
        (PAIR, "topics", ["kpi"], "There is no such field."),
        (TAG, "content_object", ["first-kpi"], PAIR_KEY),
        (TAG, "content_object", ["first-kpi", True], PAIR_KEY),
        (TAG, "content_object", ["first-kpi", 2], "Neither the file nor the database has the Q&A pair “first-kpi 2”."),
        (TAG, "content_object", ["first-kpi", 10**30], None),
    ],
)
def test_a_broken_value_is_refused_by_record_and_field(load, index, field, value, reason):
    records = changed(index, **{field: value})
    message = refusal(load, records)
    assert message.startswith(f"record {index + 1}, {field}: ")
    assert reason is None or message == f"record {index + 1}, {field}: {reason}"
    assert not any(content().values())


@pytest.mark.parametrize(
    "record, message",
    [
        (None, "record 2: A record is an object with model and fields."),
        ("articles.author", "record 2: A record is an object with model and fields."),
        ([{}], "record 2: A record is an object with model and fields."),
        ({}, "record 2, model: There is no such kind of content."),
        ({"model": None, "fields": {}}, "record 2, model: There is no such kind of content."),
        ({"model": ["articles.author"]}, "record 2, model: There is no such kind of content."),
        ({"model": "author"}, "record 2, model: There is no such kind of content."),
        ({"model": "auth.user", "fields": {"username": "root"}}, "record 2, model: There is no such kind of content."),
        ({"model": "articles.stalepair", "fields": {}}, "record 2, model: There is no such kind of content."),
        ({"model": "articles.author"}, "record 2: The record has no fields."),
        ({"model": "articles.author", "fields": [1]}, "record 2: The record has no fields."),
        ({"model": "articles.author", "fields": {}}, f"record 2, slug: {BLANK}"),
        ({"model": "articles.author", "pk": "7"}, f"record 2, pk: {KEY}"),
        ({"model": "articles.author", "pk": 0}, f"record 2, pk: {KEY}"),
        ({"model": "articles.author", "pk": -7}, f"record 2, pk: {KEY}"),
        ({"model": "articles.author", "pk": 1.5}, f"record 2, pk: {KEY}"),
        ({"model": "articles.author", "pk": True}, f"record 2, pk: {KEY}"),
        ({"model": "articles.author", "pk": 2**63}, f"record 2, pk: {KEY}"),
        (RECORDS[AUTHOR], "record 2, slug: Record 1 is about the same row."),
        (
            {"model": "articles.author", "fields": {"slug": "two\nlines\x1b", "name": "甲"}},
            f"record 2, slug: {NOT_A_SLUG}",
        ),
        ({"model": "articles.author", "fields": {"two\nlines": 1}}, "record 2, two lines: There is no such field."),
    ],
)
def test_a_broken_record_is_refused_by_its_number(load, record, message):
    assert refusal(load, with_record(record)) == message
    assert not any(content().values())


@pytest.mark.parametrize(
    "index, twin, message",
    [
        (TOPIC, {"slug": "kpis"}, "record 8, name: Topic with this Name already exists."),
        (TOPIC, {"slug": "kpis", "name": "kpi"}, "record 8: This name is taken; capital letters make no difference."),
        (ALIAS, {}, "record 8, name: Record 4 is about the same row."),
        (ARTICLE, {}, "record 8, slug: Record 5 is about the same row."),
        (ARTICLE, {"slug": "b", "published_at": None}, "record 8: A published article needs a time of publication."),
        (PAIR, {"position": 2}, "record 8, number: Record 6 is about the same row."),
        (TAG, {}, "record 8, tag: Record 7 is about the same row."),
    ],
)
def test_what_contradicts_another_record_is_refused(load, index, twin, message):
    record = {**RECORDS[index], "fields": RECORDS[index]["fields"] | twin}
    assert refusal(load, [*RECORDS, record]) == message
    assert not any(content().values())


def test_what_contradicts_the_database_is_refused(load):
    make_topic("kpi", slug="metrics")
    before = content()
    assert refusal(load, RECORDS) == "record 3: This name is taken; capital letters make no difference."
    assert content() == before


@pytest.mark.parametrize(
    "text, message",
    [
        ("", "The file is not a JSON list of records."),
        (" \n", "The file is not a JSON list of records."),
        ("<html></html>", "The file is not a JSON list of records."),
        ("null", "The file is not a JSON list of records."),
        ('{"model": "articles.author"}', "The file is not a JSON list of records."),
        ("// 作者\n[]", "The file is not a JSON list of records."),
        ("[", "record 1: This is not JSON at line 1, column 2."),
        ("[1", "record 1: A record is an object with model and fields."),
        ("[{'model': 'articles.author'}]", "record 1: This is not JSON at line 1, column 3."),
        ("[{}\n{}]", "record 1: This is not JSON at line 2, column 1."),
        ("[{}]]", "record 1, model: There is no such kind of content."),
        ("[]]", "More text follows after the list of records."),
        ('[{"model": "x", "model": "y"}]', "record 1, model: The name stands twice in one object."),
        (
            '[{"model": "articles.author", "fields": {"name": "甲\n"}}]',
            "record 1: This is not JSON at line 1, column 52.",
        ),
        ("[" * 100_000, "record 1: The record is nested too deeply."),
        ('[{"model":' * 100_000, "record 1: The record is nested too deeply."),
        (f'[{{"model": "articles.author", "pk": {"9" * 5000}}}]', f"record 1, pk: {KEY}"),
    ],
    ids=lambda text: text[:30],
)
def test_a_file_that_is_no_list_of_records_is_refused(load, text, message):
    assert refusal(load, text) == message


@pytest.mark.parametrize(
    "broken, message",
    [
        (json.dumps(RECORDS)[:-30], "record 7: This is not JSON at line 1, column "),
        (json.dumps(RECORDS)[:-1] + ",]", "record 8: This is not JSON at line 1, column "),
    ],
)
def test_a_file_that_breaks_off_is_refused_where_it_does(load, broken, message):
    assert refusal(load, broken).startswith(message)
    assert not any(content().values())


@pytest.mark.parametrize(
    "data, message",
    [
        (json.dumps(RECORDS, ensure_ascii=False).encode("gb18030"), "record 1, name: Byte 67 is not UTF-8."),
        (json.dumps(RECORDS).encode("utf-16"), "Byte 1 is not UTF-8."),
        (b'[{"model": "articles.author", "fields": {"bio": "\xff"}}]', "record 1, bio: Byte 50 is not UTF-8."),
        (b'[{"model": "\xff"}]', "Byte 13 is not UTF-8."),
        (b"\xff[]", "Byte 1 is not UTF-8."),
        (
            rb'[{"model": "articles.author", "fields": {"slug": "a", "name": "\ud800"}}]',
            "record 1, name: Character 1 is half of one.",
        ),
    ],
)
def test_text_in_another_encoding_is_refused_by_its_place(load, data, message):
    assert refusal(load, data) == message


@pytest.mark.parametrize("name", ["content.yaml", "content.xml", "content", "content.json.gz"])
def test_other_kinds_of_file_are_refused(load, name):
    with pytest.raises(FixtureRefused, match=r"^Only \.json and \.jsonl files are loaded\.$"):
        load(RECORDS, name=name)


def test_a_file_that_cannot_be_read_is_refused(tmp_path):
    with pytest.raises(FixtureRefused, match=r"^The file cannot be read: No such file or directory$"):
        load_fixture(tmp_path / "nothing.json")
    (tmp_path / "folder.json").mkdir()
    with pytest.raises(FixtureRefused, match=r"^The file cannot be read: Is a directory$"):
        load_fixture(tmp_path / "folder.json")


@pytest.fixture
def small_pieces(monkeypatch):
    """Have files read by seven bytes, which part letters, and written by two records."""
    monkeypatch.setattr(fixture_file, "PIECE", 7)
    monkeypatch.setattr(spool, "RECORDS", 2)


@pytest.mark.usefixtures("small_pieces")
@pytest.mark.parametrize("indent", [None, 1])
def test_a_file_is_read_and_written_piece_by_piece(load, indent):
    text = "\ufeff" + json.dumps(RECORDS[::-1], ensure_ascii=False, indent=indent)
    assert load(text) == Loaded(created=7, changed=0, unchanged=0)
    before = content()
    assert load(text) == Loaded(created=0, changed=0, unchanged=7)
    assert content() == before
    assert load(changed(PAIR, answer="改")) == Loaded(created=0, changed=1, unchanged=6)


@pytest.mark.usefixtures("small_pieces")
@pytest.mark.parametrize(
    "text, message",
    [
        ('[\n{"model": "articles.author",\n  "fields" {}}]', "record 1: This is not JSON at line 3, column 12."),
        ('[{"model": "articles.author", "fields" {}}]', "record 1: This is not JSON at line 1, column 40."),
        (f"[{json.dumps(RECORDS[AUTHOR])},\n  nothing]", "record 2: This is not JSON at line 2, column 3."),
        (f"[{json.dumps(RECORDS[AUTHOR])}\n\n", "record 1: This is not JSON at line 3, column 1."),
        (
            b'[{"model": "articles.topicmerge"}, {"fields": {"bio": "\xe4\xbd\xff"}}]',
            "record 2, bio: Byte 56 is not UTF-8.",
        ),
        (b'[{"fields": {"bio": "\xe4', "Byte 22 is not UTF-8."),
    ],
)
def test_what_is_broken_is_told_by_its_place_in_the_whole_file(load, text, message):
    assert refusal(load, text) == message


@pytest.mark.usefixtures("small_pieces")
def test_a_row_that_two_records_far_apart_are_about_is_refused(load):
    authors = [{"model": "articles.author", "fields": {"slug": f"a{n}", "name": "甲"}} for n in range(5)]
    assert refusal(load, [*authors, authors[1]]) == "record 6, slug: Record 2 is about the same row."
    load(authors)
    assert refusal(load, [*authors, authors[1]]) == "record 6, slug: Record 2 is about the same row."
    assert Author.objects.count() == 5


def test_a_name_may_be_taken_that_an_earlier_record_gives_up(load):
    def topics(**names):
        return [{"model": "articles.topic", "fields": {"slug": slug, "name": name}} for slug, name in names.items()]

    load(topics(a="甲", b="乙"))
    assert load(topics(a="丙", c="甲")) == Loaded(created=1, changed=1, unchanged=0)
    assert load(topics(a="丁", c="丙", b="甲")) == Loaded(created=0, changed=3, unchanged=0)
    assert list(Topic.objects.order_by("slug").values_list("name", flat=True)) == ["丁", "甲", "丙"]


@pytest.mark.parametrize("count", [1, 3])
def test_the_number_of_queries_does_not_grow_with_the_records(load, count, django_assert_num_queries):
    records = RECORDS[:ARTICLE]
    for n in range(count):
        for record in deepcopy(RECORDS[ARTICLE:]):
            fields = record["fields"]
            for name in fields.keys() & {"slug"}:
                fields[name] = f"a{n}"
            for name in fields.keys() & {"article", "content_object"}:
                fields[name][0] = f"a{n}"
            records.append(record)
    with django_assert_num_queries(36):
        load(records)
    with django_assert_num_queries(29):
        load(records)


def test_a_record_beyond_the_limit_is_refused(load, monkeypatch):
    monkeypatch.setattr(fixture_file, "PIECE", 1000)
    monkeypatch.setattr(fixture_file, "LONGEST_RECORD", 10_000)
    long = {"model": "articles.author", "fields": {"slug": "b", "name": "乙", "bio": "长" * 20_000}}
    assert refusal(load, with_record(long)) == "record 2: The record is larger than 0 MB."
    assert refusal(load, b"\0" * 100_000) == "The file is not a JSON list of records."
    assert refusal(load, f'[{{"fields" {"长" * 20_000}}}]') == "record 1: This is not JSON at line 1, column 12."


def test_lines_of_json_are_loaded(load):
    lines = "\n".join(json.dumps(record) for record in RECORDS)
    assert load(lines, name="content.jsonl") == Loaded(created=7, changed=0, unchanged=0)
    assert load(f"\n{lines}\n\n", name="content.jsonl") == Loaded(created=0, changed=0, unchanged=7)
    assert load("", name="content.jsonl") == Loaded(created=0, changed=0, unchanged=0)
    with pytest.raises(FixtureRefused, match=r"^record 8: This is not JSON at line 8, column 1\.$"):
        load(f"{lines}\n]", name="content.jsonl")
    with pytest.raises(FixtureRefused, match=r"^record 1: A record is an object with model and fields\.$"):
        load(RECORDS, name="content.jsonl")


@pytest.mark.usefixtures("small_pieces")
def test_it_is_told_how_far_the_work_has_come(tmp_path):
    file = tmp_path / "content.json"
    file.write_text(json.dumps(RECORDS))
    read, written = [], []
    load_fixture(file, reading=read.append, writing=written.append)
    assert (read, read[-1]) == (sorted(read), 1)
    assert written == [number / 7 for number in range(1, 8)]


def test_a_long_reason_is_cut(load):
    message = refusal(load, changed(ARTICLE, status="x\x1b" * 10_000))
    assert message.startswith("record 5, status: Value 'x")
    assert message.endswith("…")
    assert len(message) < 350
    assert message.isprintable()
