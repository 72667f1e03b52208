from datetime import date, timedelta

import pytest
from django.db import IntegrityError
from django.utils import timezone

from articles.choices import Status
from articles.models import Article
from articles.publishing import (
    confirm,
    public_content,
    publish,
    ready_to_publish,
    restore,
    submit,
    touch_content,
    trash,
    withdraw,
)
from tests.factories import at, make_article, make_topic, tomorrow

pytestmark = pytest.mark.django_db
NOW = at(2024, 5, 1, 8)


def make_draft(**fields) -> Article:
    return make_article(**{"status": Status.DRAFT, "published_at": None} | fields)


def stored(article) -> Article:
    return Article.objects.get(pk=article.pk)


def test_publishing_a_draft_dates_it():
    draft = make_draft()
    assert publish([draft], now=NOW) == 1
    assert (stored(draft).status, stored(draft).published_at) == (Status.PUBLISHED, NOW)


def test_the_first_time_of_publication_is_written_once():
    article = make_article(published_at=at(2019, 1, 1))
    withdraw([article])
    publish([article], now=NOW)
    assert (stored(article).status, stored(article).published_at) == (Status.PUBLISHED, at(2019, 1, 1))


def test_a_draft_with_a_time_to_come_is_scheduled():
    draft = make_draft(published_at=tomorrow())
    publish([draft], now=NOW)
    assert stored(draft).is_scheduled


def test_what_is_published_already_is_not_counted():
    assert publish([make_article(), make_draft()], now=NOW) == 1


@pytest.mark.parametrize(
    "pairs",
    [
        [],
        [{"answer": ""}],
        [{}, {"answer": ""}],
        [{"question": ""}],
        [{"heading": ""}],
    ],
)
def test_an_article_with_a_gap_stays_a_draft(pairs):
    draft = make_draft(pairs=pairs)
    assert publish([draft], now=NOW) == 0
    assert stored(draft).status == Status.DRAFT


def test_ready_are_the_complete_ones_among_those_asked_about():
    complete, gap, published = make_draft(pairs=2), make_draft(pairs=[{"answer": ""}]), make_article()
    reviewed = make_article(status=Status.REVIEW)
    make_draft()
    asked = [complete, gap, published, reviewed, make_article(status=Status.TRASHED)]
    assert set(ready_to_publish(asked)) == {complete, reviewed}


def states(*articles) -> list[str]:
    return [stored(article).status for article in articles]


def test_a_draft_is_submitted_and_nothing_else():
    articles = [make_draft(), make_article(), make_article(status=Status.TRASHED)]
    assert submit(articles) == 1
    assert states(*articles) == ["review", "published", "trashed"]


def test_what_was_submitted_is_published():
    article = make_draft(status=Status.REVIEW)
    assert publish([article], now=NOW) == 1
    assert (stored(article).status, stored(article).published_at) == (Status.PUBLISHED, NOW)


def test_the_trash_takes_articles_of_every_state_and_gives_drafts_back():
    articles = [make_draft(), make_draft(status=Status.REVIEW), make_article(published_at=at(2019, 1, 1))]
    assert trash(articles) == 3
    assert (states(*articles), trash(articles)) == (["trashed"] * 3, 0)
    assert restore([*articles, make_article()]) == 3
    assert states(*articles) == ["draft"] * 3
    assert stored(articles[2]).published_at == at(2019, 1, 1)


@pytest.mark.parametrize(
    "fields, due",
    [
        ({}, date(2025, 5, 1)),
        ({"review_by": date(2024, 3, 1)}, date(2024, 6, 30)),  # 60 days after publication
        ({"review_by": date(2024, 5, 1), "checked_on": date(2024, 4, 1)}, date(2024, 5, 31)),
        ({"review_by": date(2023, 1, 1)}, date(2024, 5, 2)),
    ],
)
def test_what_still_holds_is_checked_again_after_the_same_time(fields, due):
    article = make_article(published_at=at(2024, 1, 1), **fields)
    assert confirm([article, make_draft()], today=NOW.date()) == 1
    assert (stored(article).review_by, stored(article).checked_on) == (due, NOW.date())


def test_readers_no_longer_see_what_has_expired():
    expired = make_article(expires_at=timezone.now() - timedelta(hours=1), published_at=at(2019, 1, 1))
    lasting = make_article(expires_at=tomorrow())
    assert list(Article.objects.published()) == [lasting]
    assert [(a.is_public, a.is_expired) for a in (expired, lasting)] == [(False, True), (True, False)]


def test_nothing_expires_before_it_is_published():
    with pytest.raises(IntegrityError):
        make_article(published_at=at(2024, 1, 2), expires_at=at(2024, 1, 1))


def test_withdrawing_takes_published_and_scheduled_articles_back():
    articles = [make_article(), make_article(published_at=tomorrow()), make_draft()]
    assert withdraw(articles) == 2
    assert set(Article.objects.values_list("status", flat=True)) == {Status.DRAFT}


def test_readers_see_nothing_of_what_is_not_public():
    assert public_content(make_draft().pk) is None
    assert public_content(make_article(published_at=tomorrow()).pk) is None
    assert public_content(None) is None


def rename(article):
    article.title = "改过的标题"


def rewrite(article):
    article.pairs.update(answer="改过的回信")


def swap(article):
    article.pairs.filter(number=1).update(position=9)


def retag(article):
    article.pairs.first().topics.add(make_topic("留存"))


def drop_a_pair(article):
    article.pairs.filter(number=2).delete()


@pytest.mark.parametrize("change", [rename, rewrite, swap, retag, drop_a_pair])
def test_a_change_readers_see_is_dated(change):
    article = make_article(pairs=2)
    before = public_content(article.pk)
    change(article)
    article.save()
    assert touch_content(article, before=before, now=NOW)
    assert stored(article).content_updated_at == NOW


def change_nothing(article):
    pass


def change_the_slug(article):
    article.slug = "xin-wang-zhi"


def change_the_time(article):
    article.published_at = at(2018, 1, 1)


def renumber(article):
    article.pairs.filter(number=2).update(position=7)


@pytest.mark.parametrize("change", [change_nothing, change_the_slug, change_the_time, renumber])
def test_a_change_readers_do_not_see_is_not_dated(change):
    article = make_article(pairs=2)
    before = public_content(article.pk)
    change(article)
    article.save()
    assert not touch_content(article, before=before, now=NOW)
    assert stored(article).content_updated_at is None


def test_first_publication_is_no_change():
    draft = make_draft()
    before = public_content(draft.pk)
    publish([draft], now=timezone.now())
    assert not touch_content(stored(draft), before=before, now=NOW)
    assert stored(draft).content_updated_at is None


def test_a_withdrawn_article_is_not_dated():
    article = make_article()
    before = public_content(article.pk)
    withdraw([article])
    rewrite(article)
    assert not touch_content(stored(article), before=before, now=NOW)
