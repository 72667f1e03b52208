"""What the editors' desk counts and lists."""

from datetime import timedelta

import pytest
from django.contrib.admin.models import ADDITION, CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.utils import timezone

from articles import desk
from articles.models import Article, Column
from articles.related.duplicates import call_distinct
from tests.factories import at, make_article, make_pair, tomorrow

pytestmark = pytest.mark.django_db

NOTHING = dict.fromkeys(("review", "revised", "due", "untagged", "unsourced", "duplicates", "dead_links", "trash"), 0)
TAGGED = {"topics": ["KPI"]}
TWICE = [{"heading": "粉丝一直掉怎么办", "question": "公众号粉丝一直掉，每天发文还是取关，怎么留住读者？"}] * 2


def today():
    return timezone.localdate()


def waiting() -> dict[str, int]:
    """Return the queues in which something waits."""
    return {name: count for name, count in desk.count_waiting(today()).items() if count}


def ago(**time):
    return timezone.now() - timedelta(**time)


@pytest.fixture
def editor(django_user_model):
    return django_user_model.objects.create_user("editor")


def note(user, row, *, flag=CHANGE, when=None) -> LogEntry:
    """Write into the history of the row, as the admin does."""
    entry = LogEntry.objects.create(
        user=user,
        content_type=ContentType.objects.get_for_model(row),
        object_id=str(row.pk),
        object_repr=str(row),
        action_flag=flag,
    )
    if when is not None:
        LogEntry.objects.filter(pk=entry.pk).update(action_time=when)
    return entry


def test_nothing_waits_on_an_empty_site():
    assert desk.count_waiting(today()) == NOTHING


@pytest.mark.parametrize(
    "fields, expected",
    [
        ({}, {}),
        ({"status": "review"}, {"review": 1}),
        ({"status": "trashed"}, {"trash": 1}),
        ({"review_by": timezone.localdate()}, {"due": 1}),
        ({"review_by": timezone.localdate() + timedelta(days=1)}, {}),
        ({"review_by": timezone.localdate(), "status": "draft"}, {}),
        ({"origin": "reprint"}, {"unsourced": 1}),
        ({"origin": "reprint", "status": "draft"}, {"unsourced": 1}),
        ({"origin": "reprint", "source_name": "旧刊"}, {}),
        ({"origin": "reprint", "source_url": "https://example.com/"}, {}),
        ({"origin": "retold"}, {}),
        ({"topics": ()}, {"untagged": 1}),
        ({"topics": (), "status": "draft"}, {"untagged": 1}),
        ({"topics": (), "origin": "reprint", "status": "trashed"}, {"trash": 1}),
        ({"pairs": 0}, {}),
        ({"pairs": TWICE}, {"duplicates": 1}),
        ({"pairs": [{"answer": "见[旧文](/articles/nowhere/)"}]}, {"dead_links": 1}),
    ],
)
def test_each_queue_counts_what_waits_in_it(fields, expected):
    for heading in ("报价单怎么做", "活动奖品选什么", "数据表太乱了"):
        make_article(pairs=[{"heading": heading, "question": f"{heading}，请老师指点"}], **TAGGED)
    make_article(**TAGGED | fields)
    assert waiting() == expected


def test_an_article_with_several_untagged_questions_waits_once():
    article = make_article(pairs=2)
    make_pair(article, topics=["KPI"])
    assert waiting()["untagged"] == 1


def test_couples_called_distinct_do_not_wait():
    for heading in ("报价单怎么做", "活动奖品选什么", "数据表太乱了"):
        make_article(pairs=[{"heading": heading, "question": f"{heading}，请老师指点"}], **TAGGED)
    call_distinct(*make_article(pairs=TWICE, **TAGGED).pairs.all())
    assert waiting() == {}


def test_counts_end_at_their_bound():
    column = make_article(**TAGGED).column
    Article.objects.bulk_create(Article(slug=f"a{n}", title="信", column=column, status="review") for n in range(101))
    assert waiting() == {"review": desk.MOST_COUNTED}


def test_drafts_are_those_the_editor_worked_on_last_first(editor, django_user_model):
    first, second, others, published = (
        make_article(status=state) for state in ("draft", "draft", "draft", "published")
    )
    for article in (first, second, published, first):
        note(editor, article)
    note(django_user_model.objects.create_user("other"), others)
    assert desk.drafts_of(editor.pk, 8) == [first, second]
    assert desk.drafts_of(editor.pk, 1) == [first]


def test_a_draft_that_is_gone_is_no_draft(editor):
    article = make_article(status="draft")
    note(editor, article)
    article.delete()
    assert desk.drafts_of(editor.pk, 8) == []


def test_the_newest_entries_are_everybodys_or_ones_own(editor, django_user_model):
    article = make_article()
    own = note(editor, article, flag=ADDITION)
    others = note(django_user_model.objects.create_user("other"), article)
    note(editor, editor)
    of_column = note(editor, article.column)
    assert desk.recent_entries([Article], 8) == [others, own]
    assert desk.recent_entries([Article], 1) == [others]
    assert desk.recent_entries([Article, Column], 8, user_id=editor.pk) == [of_column, own]


def test_this_day_of_other_years_shows_what_readers_see():
    month, day = today().month, today().day
    older, newer = (make_article(published_at=at(year, month, day, 9)) for year in (2012, 2016))
    make_article(published_at=at(2020, month, day, 9), status="trashed")
    make_article(published_at=timezone.now())
    make_article(published_at=at(2018, month % 12 + 1, 15))
    assert desk.published_on_this_day(6) == [newer, older]
    assert desk.published_on_this_day(1) == [newer]


def test_the_figures_count_by_day(editor):
    article = make_article(pairs=2, published_at=timezone.now())
    make_article(pairs=3, published_at=ago(days=8))
    make_article(published_at=ago(days=13))
    make_article(published_at=ago(days=15))
    make_article(published_at=tomorrow())
    make_article(published_at=ago(days=1), status="draft")
    for when in (timezone.now(), timezone.now(), ago(days=6), ago(days=20)):
        note(editor, article, when=when)
    note(editor, article, flag=ADDITION)
    note(editor, article.column)
    assert desk.figures(today()) == {
        "published": desk.Figure((1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 1)),
        "questions": desk.Figure((1, 0, 0, 0, 0, 3, 0, 0, 0, 0, 0, 0, 0, 2)),
        "edited": desk.Figure((0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 1)),
    }


def test_a_figure_compares_the_week_with_the_one_before():
    figure = desk.Figure((3, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 2))
    assert (figure.week, figure.week_before, figure.more) == (2, 4, -2)


def test_the_days_end_with_today():
    days = desk.last_days(today())
    assert (len(days), days[0], days[-1]) == (14, today() - timedelta(days=13), today())
