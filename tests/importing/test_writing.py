"""Copies of articles against what is here: what would change, what is refused, and what is written."""

import pytest

from articles.choices import Status
from articles.importing.planning import Terms, plan_articles
from articles.importing.table import Table, guess_mapping, read_articles
from articles.importing.writing import write_articles
from articles.models import Article, Author, Column, OldAddress, Topic
from tests.factories import at, make_article, make_author, make_column, make_topic

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]

HEADER = ("专栏", "文章标题", "编号", "问", "答", "话题")


def copies(*rows, header=HEADER):
    return read_articles(Table(header, rows, guess_mapping(header)))


def refusals(*rows, header=HEADER, **terms) -> list[str]:
    return [
        str(problem)
        for plan in plan_articles(copies(*rows, header=header), Terms(**terms))
        for problem in plan.problems
    ]


def write(*rows, header=HEADER, terms=None, **options):
    return write_articles(copies(*rows, header=header), terms or Terms(), **options)


def pairs_of(article) -> list[tuple]:
    pairs = article.pairs.with_topics()
    return [(pair.number, pair.question, pair.answer, [topic.name for topic in pair.topics.all()]) for pair in pairs]


def test_new_articles_become_drafts_in_their_columns():
    column = make_column(title="运营信箱")
    make_topic("KPI", aliases=["绩效"])
    written = write(
        ["运营信箱", "甲", "", "怎么考核？", "看去年。", "绩效、新话题"], ["新专栏", "乙", "", "怎么涨粉？", "", ""]
    )
    first, second = written.new
    assert (first.column, first.status, first.published_at) == (column, Status.DRAFT, None)
    assert pairs_of(first) == [(1, "怎么考核？", "看去年。", ["KPI", "新话题"])]
    assert first.pairs.get().heading == "怎么考核？"
    assert (second.column.title, second.column.author.name) == ("新专栏", "Editors")
    assert written.pairs == 2


def test_the_columns_author_is_the_one_named():
    mine = make_column(title="信箱", author=make_author(name="甲"))
    make_column(title="信箱", author=make_author(name="乙"))
    header = ("专栏", "作者", "问", "答")
    written = write(["信箱", "甲", "问一？", "答"], ["新信箱", "甲", "问二？", "答"], header=header)
    assert [article.column.author.name for article in written.new] == ["甲", "甲"]
    assert written.new[0].column == mine
    assert Author.objects.count() == 2


def test_what_is_here_takes_over_what_differs_and_keeps_the_rest():
    article = make_article(
        title="甲",
        column=make_column(title="信箱"),
        pairs=[{"question": "问一", "answer": "旧", "topics": ["KPI"]}, {"question": "问二", "answer": "原样"}],
    )
    written = write(["信箱", "甲", "1", "问一", "新", "KPI"], ["信箱", "甲", "", "问三", "加", ""])
    assert written.changed == [article]
    assert pairs_of(article) == [(1, "问一", "新", ["KPI"]), (2, "问二", "原样", []), (3, "问三", "加", [])]
    article.refresh_from_db()
    assert article.status == Status.PUBLISHED
    assert article.content_updated_at is not None


def test_pairs_take_the_order_of_a_file_that_has_them_all():
    article = make_article(
        title="甲", column=make_column(title="信箱"), pairs=[{"question": "问一"}, {"question": "问二"}]
    )
    header = ("专栏", "文章标题", "编号", "问")
    written = write(["信箱", "甲", "2", "问二"], ["信箱", "甲", "1", "问一"], header=header)
    assert (len(written.changed), [row[0] for row in pairs_of(article)]) == (1, [2, 1])
    assert write(["信箱", "甲", "2", "问二"], ["信箱", "甲", "1", "问一"], header=header).same == 1


def test_a_number_that_was_given_once_is_not_given_again():
    article = make_article(title="甲", column=make_column(title="信箱"), pairs=2)
    article.pairs.get(number=2).delete()
    write(["信箱", "甲", "2", "又一问？", "答", ""])
    assert [row[0] for row in pairs_of(article)] == [1, 3]


def test_minutes_of_a_spreadsheet_are_no_change():
    make_article(
        slug="a", column=make_column(title="信箱"), published_at=at(2017, 3, 27, 11, 29, 5), pairs=[{"question": "问"}]
    )
    assert write(["a", "2017-03-27 11:29", "问"], header=("网址名", "日期", "问")).same == 1
    assert write(["a", "2017-03-27 11:30", "问"], header=("网址名", "日期", "问")).changed != []


def test_one_refused_article_keeps_all_out_unless_it_is_skipped():
    rows = [["信箱", "甲", "", "问一？", "答", ""], ["信箱", "乙", "两", "问二？", "答", ""]]
    written = write(*rows)
    assert (Article.objects.count(), len(written.refused), written.new) == (0, 1, [])
    assert len(write(*rows, skips_refused=True).new) == 1
    assert Article.objects.get().title == "甲"


def test_a_dry_run_tells_and_writes_nothing():
    written = write(["信箱", "甲", "", "问一？", "答", "KPI"], dry_run=True)
    assert (len(written.new), written.pairs) == (1, 1)
    assert not Article.objects.exists() and not Column.objects.exists() and not Topic.objects.exists()


def test_what_is_refused_is_named_with_its_reason():
    column = make_column(title="信箱")
    for _ in range(2):
        make_article(title="同名", column=column)
    make_article(title="丢掉", column=column, status=Status.TRASHED)
    rows = [
        ["", "甲", "", "问？", "答", ""],
        ["信箱", "同名", "", "问？", "答", ""],
        ["信箱", "丢掉", "", "问？", "答", ""],
        ["信箱", "长" * 201, "", "问？", "答", ""],
        ["信箱", "话题", "", "问？", "答", "话" * 101],
        ["信箱", "空", "", "", "", ""],
    ]
    assert refusals(*rows) == [
        "row 2：column：No column is named, and none was chosen for such articles.",
        "row 3：article title：Several articles here have this title; a slug tells which is meant.",
        "row 4：This article lies in the trash here.",
        "row 5：article title：Ensure this value has at most 200 characters (it has 201).",
        f"row 6：topics：The topic “{'话' * 20}…” is too long.",
        "row 7：There is no question.",
    ]


def test_what_the_editor_may_not_do_is_refused():
    make_article(title="甲", column=make_column(title="信箱"))
    rows = [
        ["信箱", "甲", "", "问？", "答", ""],
        ["新专栏", "乙", "", "问？", "答", ""],
        ["信箱", "丙", "", "问？", "答", "新话题"],
    ]
    assert refusals(*rows, may_change=False, may_add_columns=False, may_add_topics=False) == [
        "row 2：This article is here already, and you may not change it.",
        "row 3：column：There is no column “新专栏” here.",
        "row 4：topics：There is no topic “新话题” here.",
    ]


def test_only_who_publishes_moves_dates_of_what_is_here():
    article = make_article(slug="a", published_at=at(2017, 3, 27), pairs=[{"question": "问"}])
    rows = [["a", "2018-01-01", "问"]]
    assert write(*rows, header=("网址名", "日期", "问"), terms=Terms(may_publish=False)).same == 1
    assert write(*rows, header=("网址名", "日期", "问")).changed == [article]


def test_the_status_of_the_file_counts_only_when_asked():
    make_column(title="信箱")
    rows = [["信箱", "已发布", "2017-03-27", "问？", "答"], ["信箱", "published", "", "问二？", ""]]
    header = ("专栏", "状态", "日期", "问", "答")
    with_terms = Terms(keeps_status=True)
    # In English the Chinese word is unknown, the code is known, and a published article has no gaps.
    written = write(*rows, header=header, terms=with_terms, skips_refused=True)
    assert [str(problem) for plan in written.refused for problem in plan.problems] == [
        "row 2：状态：This is none of: draft、in review、published.",
        "row 3：answer：A published article has no gaps.",
    ]
    (article,) = write(["信箱", "published", "", "问三？", "答"], header=header, terms=with_terms).new
    assert article.is_public


@pytest.mark.parametrize("count", [1, 3])
def test_planning_costs_the_same_for_any_number_of_articles(count, django_assert_num_queries):
    column = make_column(title="信箱")
    rows = []
    for n in range(count):
        make_article(title=f"甲{n}", column=column, topics=["KPI"])
        rows.append(["信箱", f"甲{n}", "1", "新问？", "答", "KPI、新"])
    with django_assert_num_queries(6):
        assert [plan.outcome for plan in plan_articles(copies(*rows), Terms())] == ["changed"] * count


@pytest.mark.parametrize("count", [1, 3])
def test_writing_costs_the_same_for_any_number_of_articles(count, django_assert_num_queries):
    column = make_column(title="信箱")
    make_topic("KPI")
    for n in range(count):
        make_article(title=f"旧{n}", column=column, topics=["拉新"])
    rows = [["信箱", f"{kind}{n}", "1", f"新问{n}？", "答", "KPI"] for kind in "新旧" for n in range(count)]
    with django_assert_num_queries(36):
        written = write(*rows)
    assert (len(written.new), len(written.changed), written.pairs) == (count, count, 2 * count)


def test_equal_titles_get_different_slugs():
    make_article(slug="jia", title="旧文")
    make_article(slug="jia-3", title="又一篇")
    rows = [[f"信箱{n}", "甲", "", "问？"] for n in range(3)] + [["信箱", "乙", "jia-4", "问？"]]
    written = write(*rows, header=("专栏", "文章标题", "网址名", "问"))
    assert [article.slug for article in written.new] == ["jia-2", "jia-5", "jia-6", "jia-4"]


def test_a_new_topic_in_two_spellings_is_one():
    written = write(["信箱", "甲", "", "问一？", "答", "Roi、留存"], ["信箱", "乙", "", "问二？", "答", "ROI"])
    assert [pairs_of(article)[0][3] for article in written.new] == [["Roi", "留存"], ["Roi"]]
    assert Topic.objects.count() == 2


def test_new_pairs_have_the_numbers_of_the_file_or_the_next_ones():
    (article,) = write(*(["信箱", "甲", number, f"问{n}？", "答", ""] for n, number in enumerate(["3", "", "1"]))).new
    assert [row[:2] for row in pairs_of(article)] == [(3, "问0？"), (4, "问1？"), (1, "问2？")]
    assert Article.objects.get().last_number == 4


def test_topics_of_a_pair_become_those_of_the_file():
    article = make_article(title="甲", column=make_column(title="信箱"), topics=["KPI", "拉新"])
    write(["信箱", "甲", "1", "问？", "答", "拉新、留存"])
    assert pairs_of(article) == [(1, "问？", "答", ["拉新", "留存"])]


def test_old_addresses_lead_to_the_new_articles_and_stay_with_the_first():
    first, second = copies(
        ["运营信箱", "甲", "", "怎么考核？", "看去年。", ""], ["运营信箱", "乙", "", "怎么留人？", "常说话。", ""]
    )
    first.addresses, second.addresses = ("/?p=1", "/2014/05/jia"), ("/?p=2", "/2014/05/jia")
    first, second = write_articles([first, second], Terms()).new
    assert dict(OldAddress.objects.values_list("address", "target")) == {
        "/?p=1": first.pk,
        "/2014/05/jia": first.pk,
        "/?p=2": second.pk,
    }
