"""Versions of articles: kept with every write, written back, revisions handed in and adopted."""

from datetime import datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.utils import timezone, translation

from articles import pending, revisions
from articles.derived import refresh_derived
from articles.importing.fixture import load_fixture
from articles.models import Article, Column, PendingRevision, QAPair, Revision, Topic
from tests.factories import at, make_article, make_column, make_pair, make_topic

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


@pytest.fixture
def writer(django_user_model):
    return django_user_model.objects.create_user("writer", first_name="小林")


@pytest.fixture
def chief(django_user_model):
    return django_user_model.objects.create_user("chief")


def kept(article) -> list[tuple]:
    """Return number, who and note of each version, the oldest first."""
    return list(article.revisions.order_by("number").values_list("number", "made_by_name", "note"))


def headings(article) -> list[str]:
    return list(article.pairs.order_by("position").values_list("heading", flat=True))


def retitle(article, title, *, by, **credit):
    with revisions.recorded([article], by=by, **credit):
        Article.objects.filter(pk=article.pk).update(title=title)


def test_a_snapshot_holds_all_that_an_editor_writes():
    column = make_column()
    article = make_article(
        column=column, title="带团队", summary="短", published_at=at(2024, 5, 1, 8), pairs=[{"heading": "乙", "position": 2}, {"heading": "甲", "position": 1, "question": "问", "answer": "答", "signature": "名", "topics": ["留存", "KPI"]}], slug="tuandui",
    )  # fmt: skip
    content = revisions.snapshot(article)
    assert content["article"] == {
        "title": "带团队",
        "column": column.pk,
        "summary": "短",
        "origin": "original",
        "source_name": "",
        "source_url": "",
        "slug": "tuandui",
        "status": "published",
        "published_at": "2024-05-01T00:00:00+00:00",
        "expires_at": None,
        "review_by": None,
    }
    first = {
        "number": 2,
        "heading": "甲",
        "question": "问",
        "signature": "名",
        "answer": "答",
        "topics": ["KPI", "留存"],
    }
    assert content["pairs"][0] == first
    assert [pair["heading"] for pair in content["pairs"]] == ["甲", "乙"]


def test_the_state_that_was_found_is_the_first_version(writer):
    article = make_article(title="旧")
    retitle(article, "新", by=writer, note="换题")
    assert kept(article) == [(1, "", "As it was found"), (2, "小林", "换题")]
    assert [version.content["article"]["title"] for version in article.revisions.order_by("number")] == ["旧", "新"]


def test_a_save_that_changes_nothing_is_no_version(writer):
    article = make_article(title="旧")
    retitle(article, "新", by=writer)
    retitle(article, "新", by=writer)
    assert len(kept(article)) == 2


def test_what_was_written_by_other_means_is_kept_before_the_next_save(writer):
    article = make_article()
    retitle(article, "一", by=writer)
    QAPair.objects.update(answer="命令行改的")
    retitle(article, "二", by=writer)
    assert [note for _number, _name, note in kept(article)][2:] == ["Changed by other means", ""]
    assert article.revisions.get(number=3).content["pairs"][0]["answer"] == "命令行改的"


def test_nothing_is_kept_of_a_write_that_fails(writer):
    article = make_article()
    with pytest.raises(ZeroDivisionError), revisions.recorded([article], by=writer):
        Article.objects.update(title=str(1 / 0))
    assert kept(article) == []


@pytest.mark.parametrize("rows", [1, 3])
def test_keeping_costs_the_same_for_any_number_of_articles(writer, django_assert_num_queries, rows):
    articles = [make_article(pairs=rows, topics=["KPI"]) for _row in range(rows)]
    with django_assert_num_queries(13), revisions.recorded(articles, by=writer):
        Article.objects.update(title="改过")


def test_autosaving_makes_one_version_for_author_and_hour(writer, chief, monkeypatch):
    article = make_article(status="draft")
    clock(monkeypatch, 10, 5)
    retitle(article, "一", by=writer, is_autosaved=True)
    clock(monkeypatch, 10, 20)
    retitle(article, "二", by=writer, is_autosaved=True)
    assert titles(article)[1:] == ["二"]
    clock(monkeypatch, 11, 2)
    retitle(article, "三", by=writer, is_autosaved=True)
    retitle(article, "四", by=chief, is_autosaved=True)
    assert titles(article)[1:] == ["二", "三", "四"]


def test_saving_at_last_takes_the_place_of_what_saved_itself(writer, monkeypatch):
    article = make_article(status="draft")
    clock(monkeypatch, 10, 5)
    retitle(article, "一", by=writer, is_autosaved=True)
    retitle(article, "一", by=writer, note="写完了")
    assert kept(article)[1:] == [(2, "小林", "写完了")]
    assert not article.revisions.get(number=2).is_autosaved


def test_of_versions_that_saved_themselves_the_newest_stay(writer, monkeypatch):
    monkeypatch.setattr(revisions, "MOST_AUTOSAVED", 2)
    article = make_article(status="draft")
    for hour in range(5):
        clock(monkeypatch, hour, 0)
        retitle(article, f"{hour}", by=writer, is_autosaved=True)
    assert titles(article)[1:] == ["3", "4"]


def clock(monkeypatch, hour, minute):
    moment = timezone.make_aware(datetime(2024, 5, 1, hour, minute))
    monkeypatch.setattr(revisions.timezone, "now", lambda: moment)


def titles(article) -> list[str]:
    return [version.content["article"]["title"] for version in article.revisions.order_by("number")]


def test_going_back_is_a_new_version_and_loses_nothing(writer):
    article = make_article(title="旧", pairs=[{"heading": "甲", "topics": ["KPI"]}, {"heading": "乙"}])
    with revisions.recorded([article], by=writer):
        article.title = "新"
        article.save()
        article.pairs.get(number=1).delete()
        make_pair(article, heading="丙")
    revisions.restore(article.revisions.get(number=1), by=writer)
    article.refresh_from_db()
    assert (article.title, headings(article)) == ("旧", ["甲", "乙"])
    back = article.pairs.get(number=1)
    assert (back.heading, [topic.name for topic in back.topics.all()]) == ("甲", ["KPI"])
    assert kept(article)[-1] == (3, "小林", "Version 1 restored")
    assert [pair["heading"] for pair in article.revisions.get(number=2).content["pairs"]] == ["乙", "丙"]
    assert article.last_number == 3


def test_going_back_leaves_state_times_and_address(writer):
    article = make_article(status="draft", published_at=None, slug="jiu", title="旧")
    with revisions.recorded([article], by=writer):
        Article.objects.update(title="新", slug="xin", status="published", published_at=at(2024, 1, 1))
    revisions.restore(article.revisions.get(number=1), by=writer)
    article = Article.objects.get()
    assert (article.title, article.slug, article.status, article.published_at) == (
        "旧",
        "xin",
        "published",
        at(2024, 1, 1),
    )


def test_topics_come_back_by_any_of_their_names(writer):
    article = make_article(topics=["淘客", "拉新"])
    retitle(article, "新", by=writer)
    Topic.objects.all().delete()
    make_topic("淘宝客", aliases=["淘客"])
    revisions.restore(article.revisions.get(number=1), by=writer)
    assert {topic.name for topic in article.pairs.get().topics.all()} == {"淘宝客", "拉新"}


def test_going_back_to_a_gap_is_refused_where_readers_would_see_it(writer):
    article = make_article(status="draft", pairs=[{"answer": ""}])
    with revisions.recorded([article], by=writer):
        QAPair.objects.update(answer="答")
        Article.objects.update(status="published")
    with pytest.raises(ValidationError):
        revisions.restore(article.revisions.get(number=1), by=writer)
    assert article.pairs.get().answer == "答"
    assert len(kept(article)) == 2


def test_going_back_to_a_column_that_is_gone_stays_in_this_one(writer):
    article = make_article()
    column, other = article.column, make_column()
    with revisions.recorded([article], by=writer):
        Article.objects.update(column=other)
    Column.objects.filter(pk=column.pk).delete()
    revisions.restore(article.revisions.get(number=1), by=writer)
    assert Article.objects.get().column == other


def test_going_back_dates_the_change_that_readers_see(writer):
    article = make_article(title="旧")
    retitle(article, "新", by=writer)
    revisions.restore(article.revisions.get(number=1), by=writer)
    assert timezone.now() - Article.objects.get().content_updated_at < timedelta(minutes=1)


def revised(article, writer, **changes) -> PendingRevision:
    content = revisions.snapshot(article)
    content["article"] |= changes
    return pending.hand_in(article, content, by=writer, note="改题")


def test_adopting_is_one_version_with_both_names(writer, chief):
    article = make_article(title="旧")
    pending.adopt(revised(article, writer, title="新"), by=chief)
    assert Article.objects.get().title == "新"
    assert kept(article) == [(1, "", "As it was found"), (2, "小林", "改题")]
    assert article.revisions.get(number=2).approved_by_name == "chief"
    assert not PendingRevision.objects.exists()


def test_a_revision_says_nothing_of_state_and_times(writer, chief):
    article = make_article()
    waiting = revised(article, writer, status="draft", published_at=None, review_by="2030-01-02")
    pending.adopt(waiting, by=chief)
    article = Article.objects.get()
    assert (article.status, article.review_by.isoformat()) == ("published", "2030-01-02")


def test_a_new_pair_of_a_revision_takes_no_number_of_another(writer, chief):
    article = make_article(pairs=[{"heading": "甲"}])
    content = revisions.snapshot(article)
    content["pairs"].append(content["pairs"][0] | {"number": 2, "heading": "修订里的"})
    waiting = pending.hand_in(article, content, by=writer)
    make_pair(article, heading="先上线的")
    assert [pair["number"] for pair in waiting.content["pairs"]] == [1, None]
    pending.adopt(waiting, by=chief)
    assert list(article.pairs.order_by("number").values_list("number", "heading")) == [(1, "甲"), (3, "修订里的")]


def test_an_address_that_was_taken_meanwhile_is_refused(writer, chief):
    article = make_article(slug="jiu")
    waiting = revised(article, writer, slug="xin")
    make_article(slug="xin")
    with pytest.raises(ValidationError):
        pending.adopt(waiting, by=chief)
    assert PendingRevision.objects.exists()


def test_handing_in_again_takes_the_place_of_what_was_sent_back(writer, chief):
    article = make_article()
    pending.send_back(revised(article, writer, title="一"), by=chief, reply="题目太短")
    waiting = revised(article, writer, title="两个字")
    assert PendingRevision.objects.count() == 1
    assert (waiting.is_returned, waiting.reply, waiting.content["article"]["title"]) == (False, "", "两个字")


def test_a_backup_holds_versions_and_loads_without_them(writer, tmp_path):
    article = make_article(title="旧")
    retitle(article, "新", by=writer)
    revised(article, writer, title="更新")
    refresh_derived()
    dump = tmp_path / "backup.json"
    call_command("dumpdata", "articles", natural_primary=True, natural_foreign=True, output=dump)
    call_command("loaddata", dump, verbosity=0)
    assert (Revision.objects.count(), PendingRevision.objects.count()) == (2, 1)
    Article.objects.all().delete()
    load_fixture(dump)
    assert (Article.objects.get().title, Revision.objects.count(), PendingRevision.objects.count()) == ("新", 0, 0)
