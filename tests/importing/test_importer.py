from datetime import datetime

import pytest
from django.utils import timezone, translation

from articles.choices import Origin, Status
from articles.importing.dates import SHANGHAI
from articles.importing.importer import import_page, parse_for_site
from articles.importing.parser import parse_page
from articles.importing.records import PageRefused
from articles.models import Article, Author, Column, QAPair, TaggedPair
from tests.factories import make_article, make_author, make_column, make_topic
from tests.importing.test_parser import LETTERS

pytestmark = pytest.mark.django_db

COUNTED = (Author, Column, Article, QAPair, TaggedPair)


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


def counts():
    return [model.objects.count() for model in COUNTED]


def test_page_becomes_a_draft_with_all_that_it_says():
    make_topic("实习生")
    result = import_page(parse_for_site(LETTERS))
    article = Article.objects.get()
    assert (result.article, result.pairs, result.topics) == (article, 2, ("实习生",))
    assert (result.is_new_column, result.is_new_author) == (True, True)
    assert (article.title, article.slug) == ("李四：夜班来信", "li-si-ye-ban-lai-xin")
    assert (article.column.title, article.column.author.name) == ("夜班来信", "李四")
    assert (article.status, article.origin) == (Status.DRAFT, Origin.REPRINT)
    assert (article.source_name, article.source_url) == ("夜班站", "https://example.com/yb/7.html")
    assert article.source_text == LETTERS
    assert article.published_at == datetime(2018, 3, 5, 12, 15, tzinfo=SHANGHAI)
    first, second = article.pairs.all()
    assert [(pair.number, pair.position) for pair in (first, second)] == [(1, 1), (2, 2)]
    assert first.heading == "请假不丢人"
    assert first.question.startswith("四哥，我们组最近走了三个人，")
    assert first.answer.endswith("怕显得不合群？合群不是靠不请假。")
    assert [topic.name for topic in second.topics.all()] == ["实习生"]
    assert list(first.topics.all()) == []


def test_column_and_author_are_found_again():
    author = make_author(name="李四")
    make_column(title="夜班来信")
    column = make_column(title="夜班来信", author=author)
    result = import_page(parse_page(LETTERS))
    assert (result.article.column, result.is_new_column, result.is_new_author) == (column, False, False)


def test_a_given_column_wins():
    column = make_column()
    assert import_page(parse_page(LETTERS), column=column).article.column == column
    assert Column.objects.count() == 1


@pytest.mark.parametrize(
    "text, column, author",
    [
        ("问：怎么开始？\n答：先开始。", "Readers' questions", "Editors"),
        ("来源：某刊\n\n问：怎么开始？\n答：先开始。", "某刊", "Editors"),
        ("作者：王五\n\n问：怎么开始？\n答：先开始。", "王五", "王五"),
    ],
)
def test_page_without_a_column_gets_that_of_its_publisher_or_author(text, column, author):
    article = import_page(parse_page(text)).article
    assert (article.column.title, article.column.author.name) == (column, author)


@pytest.mark.parametrize(
    "line, expected",
    [
        ("2018年3月1日 上午9:10\n", datetime(2018, 3, 1, 9, 10, tzinfo=SHANGHAI)),
        ("上一篇 2018年3月5日 上午11:00\n", datetime(2018, 3, 5, 11, 0, tzinfo=SHANGHAI)),
        ("下一篇 2018年3月5日 上午11:00\n", datetime(2018, 3, 5, 11, 0, tzinfo=SHANGHAI)),
        ("", None),
    ],
)
def test_date_of_a_draft_is_the_stated_one_or_the_neighbours(line, expected):
    assert import_page(parse_page(f"{line}问：怎么开始？\n答：先开始。")).article.published_at == expected


def test_published_at_once():
    before = timezone.now()
    article = import_page(parse_page("问：怎么开始？\n答：先开始。"), publish=True).article
    assert article.status == Status.PUBLISHED
    assert before <= article.published_at <= timezone.now()
    assert list(Article.objects.published()) == [article]


def test_draft_is_not_public():
    import_page(parse_page(LETTERS))
    assert list(Article.objects.published()) == []


@pytest.mark.parametrize("text", [LETTERS, "问：怎么开始？\n答：先开始。"])
def test_the_same_page_is_refused_the_second_time(text):
    slug = import_page(parse_page(text)).article.slug
    before = counts()
    with pytest.raises(PageRefused, match=rf"^Already imported as {slug}\.$"):
        import_page(parse_page(text))
    assert counts() == before


def test_a_page_that_was_only_retold_may_come_in():
    make_article(origin=Origin.RETOLD, source_url="https://example.com/yb/7.html")
    assert import_page(parse_page(LETTERS)).article.source_url == "https://example.com/yb/7.html"


def test_dry_run_writes_nothing():
    result = import_page(parse_page(LETTERS), dry_run=True)
    assert (result.article.title, result.pairs, result.is_new_column) == ("李四：夜班来信", 2, True)
    assert counts() == [0, 0, 0, 0, 0]


def test_a_page_that_breaks_a_rule_leaves_nothing_behind():
    page = parse_page(f"问：怎么开始？\n答：先开始。\n\n问：怎么写长？\n答：{'长' * 50_001}")
    with pytest.raises(PageRefused, match="50000"):
        import_page(page)
    assert counts() == [0, 0, 0, 0, 0]


def test_an_address_no_browser_can_follow_is_left_out():
    article = import_page(parse_page("原文链接：https://例子\n\n问：怎么开始？\n答：先开始。")).article
    assert article.source_url == ""


def test_only_known_topics_are_linked_by_name_and_alias():
    topic = make_topic("直播", aliases=["直播间"])
    article = import_page(parse_for_site("问：直播间没人怎么办？\n答：先播着，再看数据。")).article
    assert list(article.pairs.get().topics.all()) == [topic]


def test_salutations_of_the_site_part_letters():
    make_column(salutations="掌灯人")
    page = parse_for_site("某刊\n\n掌灯人我该换行业么\n\n先算一笔账。\n\n掌灯人工资不涨要不要走\n\n先谈一次。\n")
    assert [pair.answer for pair in page.pairs] == ["先算一笔账。", "先谈一次。"]
