from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import translation

from articles.models import Article
from tests.factories import at, make_article, make_column

pytestmark = pytest.mark.django_db

TABLE = "专栏,文章标题,状态,问,答\n信箱,甲,published,怎么涨粉？,写好标题。\n"
BAD = "信箱,乙,nonsense,怎么留人？,常说话。\n"


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


@pytest.fixture
def write(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    def write(name, text):
        (tmp_path / name).write_text(text)
        return name

    return write


def run(*arguments) -> str:
    out = StringIO()
    call_command("import_articles", *arguments, stdout=out)
    return out.getvalue()


def test_a_table_becomes_drafts(write):
    assert run(write("a.csv", TABLE)) == "a.csv: 1 articles new, 0 changed, 0 as they were, 0 refused\n"
    assert not Article.objects.get().is_public
    assert run("a.csv") == "a.csv: 0 articles new, 0 changed, 1 as they were, 0 refused\n"


def test_a_dry_run_writes_nothing(write):
    said = "a.csv: 1 articles would be new, 0 changed, 0 as they are, 0 refused\n"
    assert run(write("a.csv", TABLE), "--dry-run") == said
    assert not Article.objects.exists()


def test_published_when_asked_and_into_the_column_named(write):
    make_column(slug="xinxiang", title="信箱")
    run(
        write("a.csv", "文章标题,状态,问,答\n甲,published,怎么涨粉？,写好标题。\n"), "--publish", "--column", "xinxiang"
    )
    article = Article.objects.published().get()
    assert article.column.slug == "xinxiang"


def test_a_file_with_problems_is_kept_out_or_its_good_articles_come_in(write):
    reason = "a.csv: row 3：状态：This is none of: draft、in review、published."
    with pytest.raises(CommandError, match=reason):
        run(write("a.csv", TABLE + BAD))
    assert not Article.objects.exists()
    with pytest.raises(CommandError, match=reason):
        run("a.csv", "--skip-refused")
    assert Article.objects.get().title == "甲"


@pytest.mark.parametrize(
    "arguments, reason",
    [
        (["missing.csv"], "missing.csv: The file cannot be read: No such file or directory."),
        (["a.exe"], "a.exe: Only .csv .tsv .xlsx .md .markdown .zip .xml files are read."),
        (["b.csv"], "b.csv: No column is the question."),
        (["b.csv", "--column", "none"], "There is no column none."),
    ],
)
def test_what_cannot_be_imported_is_one_line(write, arguments, reason):
    write("a.exe", "x")
    write("b.csv", "甲,乙\n1,2\n")
    with pytest.raises(CommandError) as refusal:
        run(*arguments)
    assert str(refusal.value) == reason


def test_a_new_topic_is_refused_where_the_vocabulary_is_controlled(write, settings):
    settings.CONTROLLED_TOPICS = True
    with pytest.raises(CommandError, match=r"^a\.csv: row 2：topics：There is no topic “拉新” here\.$"):
        run(write("a.csv", "专栏,文章标题,问,答,话题\n信箱,甲,问？,答,拉新\n"))
    assert not Article.objects.exists()


def test_one_bad_file_does_not_keep_the_others_out(write):
    with pytest.raises(CommandError):
        run(write("b.csv", "x"), write("a.csv", TABLE))
    assert Article.objects.count() == 1


def test_what_is_exported_comes_back(write):
    make_article(column=make_column(title="信箱"), topics=["KPI"])
    call_command("export_articles", "out.zip", verbosity=0)
    assert run("out.zip") == "out.zip: 0 articles new, 0 changed, 1 as they were, 0 refused\n"


POSTS = """<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:wp="http://wordpress.org/export/1.2/"><channel><title>信箱</title>
<wp:wxr_version>1.2</wp:wxr_version>%s</channel></rss>"""
POST = """<item><title>%s</title><link>https://old.example/%s/</link><dc:creator>bj</dc:creator>
<content:encoded><![CDATA[问：群里没人说话，怎么办？%s

答：先找三个人，约好每天说一句。]]></content:encoded><wp:post_id>%d</wp:post_id>
<wp:post_date>2017-03-27 11:29:00</wp:post_date><wp:post_name>%s</wp:post_name><wp:status>%s</wp:status>
<wp:post_type>post</wp:post_type><category domain="category" nicename="a"><![CDATA[社群]]></category>
<category domain="post_tag" nicename="b"><![CDATA[新人]]></category></item>"""
PICTURE = "<item><wp:post_type>attachment</wp:post_type><wp:status>inherit</wp:status></item>"


def test_an_export_of_wordpress_keeps_states_topics_dates_and_addresses(write, client):
    posts = [
        POST % ("甲", "jia", "急", 1, "jia", "publish"),
        POST % ("乙", "yi", "在线等", 2, "yi", "private"),
        PICTURE,
    ]
    assert run(write("a.xml", POSTS % "".join(posts)), "--publish").splitlines() == [
        "a.xml: Not imported, because they are no posts: 1 files.",
        "a.xml: Pictures become links to where they are; add those that are needed by hand.",
        "a.xml: The old addresses of posts lead to the articles here, once these are published.",
        "a.xml: 2 articles new, 0 changed, 0 as they were, 0 refused",
    ]
    assert list(Article.objects.order_by("slug").values_list("slug", "status", "published_at")) == [
        ("jia", "published", at(2017, 3, 27, 11, 29)),
        ("yi", "draft", at(2017, 3, 27, 11, 29)),
    ]
    pair = Article.objects.get(slug="jia").pairs.get()
    assert sorted(topic.name for topic in pair.topics.all()) == ["新人", "社群"]
    assert client.get("/2017/03/jia/").headers["Location"] == "/articles/jia/"
    assert [client.get(address).status_code for address in ("/jia/", "/?p=1", "/yi/", "/?p=2")] == [301, 301, 404, 404]
