import random
from collections import Counter
from datetime import timedelta

import pytest
from django.utils import timezone

from articles.choices import Status
from articles.models import Article, Column, QAPair, TaggedPair, Topic
from articles.search.postings import select
from articles.tallies.reading import (
    Tally,
    column_months,
    count_topics,
    site_months,
    site_tally,
    topic_months,
    used_topics,
    years,
)
from articles.tallies.settling import forget, settle, settle_if_due
from tests.factories import at, make_article, make_column, make_topic, tomorrow

pytestmark = pytest.mark.django_db


def counted() -> dict:
    """What the tallies say, whole and by month."""
    columns = {pk: column_months([pk]) for pk in Column.objects.values_list("pk", flat=True)}
    topics = {pk: topic_months(pk) for pk in Topic.objects.values_list("pk", flat=True)}
    return {
        "site": site_tally(),
        "months": [tuple(row) for row in site_months()],
        "columns": {pk: [tuple(row) for row in rows] for pk, rows in columns.items() if rows},
        "topics": {pk: [(row.month, row.pairs) for row in rows] for pk, rows in topics.items() if rows},
        "used": used_topics(),
        "shelf": sorted(select("SELECT topic_id, pair_id, article_id, position FROM articles_topicshelf")),
    }


def month_of(moment) -> int:
    local = timezone.localtime(moment)
    return local.year * 100 + local.month


def recounted() -> dict:
    """The same, counted from the content."""
    articles, pairs, topics = Counter(), Counter(), Counter()
    for article in Article.objects.published():
        articles[article.column_id, month_of(article.published_at)] += 1
    for pair in QAPair.objects.published().select_related("article"):
        month = month_of(pair.article.published_at)
        pairs[pair.article.column_id, month] += 1
        topics.update((topic.pk, month) for topic in pair.topics.all())
    by_topic = Counter()
    for (topic, _month), number in topics.items():
        by_topic[topic] += number
    shelved = TaggedPair.objects.filter(content_object__article__status=Status.PUBLISHED)
    return {
        "site": Tally(articles.total(), pairs.total()),
        "months": by_month(Counter(), articles, pairs),
        "columns": {pk: by_month(pk, articles, pairs) for pk in {key for key, _month in articles}},
        "topics": {
            pk: sorted(((m, n) for (key, m), n in topics.items() if key == pk), reverse=True) for pk in by_topic
        },
        "used": dict(sorted(by_topic.items(), key=lambda item: (-item[1], -item[0]))),
        "shelf": sorted(
            shelved.values_list("tag_id", "content_object_id", "content_object__article_id", "content_object__position")
        ),
    }


def by_month(column, articles, pairs) -> list[tuple[int, int, int]]:
    wanted = [key for key in articles if not isinstance(column, int) or key[0] == column]
    sums = Counter(), Counter()
    for key in wanted:
        sums[0][key[1]] += articles[key]
        sums[1][key[1]] += pairs[key]
    return sorted(((month, sums[0][month], sums[1][month]) for month in sums[0]), reverse=True)


def some(chance: random.Random, model):
    return chance.choice(list(model.objects.order_by("pk")))


def some_time(chance: random.Random):
    return timezone.now() + timedelta(days=chance.randint(-400, 3), seconds=chance.randint(0, 86_400))


def one(article):
    return Article.objects.filter(pk=article.pk)


def publish(chance):
    one(some(chance, Article)).update(status=Status.PUBLISHED, published_at=some_time(chance), expires_at=None)


def withdraw_all_or_none(chance):
    Article.objects.update(status=chance.choice([Status.DRAFT, Status.PUBLISHED]))


def end(chance):
    article = some(chance, Article)
    one(article).update(expires_at=article.published_at + timedelta(days=chance.randint(1, 300)))


def move_to_a_column(chance):
    article = some(chance, Article)
    article.column = some(chance, Column)
    article.save()


def move_a_pair(chance):
    article, pair = some(chance, Article), some(chance, QAPair)
    number = max(QAPair.objects.values_list("number", flat=True)) + 1
    QAPair.objects.filter(pk=pair.pk).update(article=article, number=number, position=chance.randint(1, 9))


def tag_anew(chance):
    pair, topic = some(chance, QAPair), some(chance, Topic)
    TaggedPair.objects.filter(content_object=pair).delete()
    pair.topics.add(topic)


def exchange_a_tag(chance):
    tagged, topic = some(chance, TaggedPair), some(chance, Topic)
    if not TaggedPair.objects.filter(content_object=tagged.content_object, tag=topic).exists():
        TaggedPair.objects.filter(pk=tagged.pk).update(tag=topic)


def add(chance):
    make_article(
        column=some(chance, Column), pairs=2, topics=[some(chance, Topic).name], published_at=some_time(chance)
    )


def throw_away(chance):
    if Article.objects.filter(pairs__tagged__isnull=False).distinct().count() > 3:
        some(chance, Article).delete()


WRITES = [
    publish,
    withdraw_all_or_none,
    end,
    move_to_a_column,
    move_a_pair,
    tag_anew,
    exchange_a_tag,
    add,
    throw_away,
    lambda chance: one(some(chance, Article)).update(status=Status.DRAFT),
    lambda chance: some(chance, QAPair).topics.add(some(chance, Topic)),
]


@pytest.mark.parametrize("seed", range(4))
def test_whatever_is_written_the_tallies_say_what_a_count_says(seed):
    chance = random.Random(seed)
    for name in "甲乙丙":
        make_column(title=name)
        make_topic(name)
    for _ in range(4):
        make_article(pairs=2, topics=["甲"])
    for _ in range(40):
        chance.choice(WRITES)(chance)
        if chance.random() < 0.6:
            settle()
            assert counted() == recounted()
    forget()
    settle()
    assert counted() == recounted()


def test_an_article_counts_from_its_time_until_it_expires(monkeypatch):
    article = make_article(pairs=3, topics=["KPI"], published_at=tomorrow(), expires_at=tomorrow() + timedelta(days=1))
    topic = Topic.objects.get()
    settle_if_due()
    assert (site_tally(), used_topics()) == ((0, 0), {})
    for days, seen in ((1, True), (2, False)):
        now = article.published_at + timedelta(days=days - 1, seconds=1)
        monkeypatch.setattr(timezone, "now", lambda now=now: now)
        settle_if_due()
        assert site_tally() == ((1, 3) if seen else (0, 0))
        assert used_topics() == ({topic.pk: 3} if seen else {})


def test_what_a_writer_left_uncounted_is_counted_for_the_next_reader(client):
    make_article(pairs=2, published_at=at(2017, 3, 27))
    Article.objects.update(published_at=at(2018, 1, 1))
    assert years() == [(2017, 1)]
    client.get("/archive/")
    assert years() == [(2018, 1)]


def test_settled_tallies_cost_a_reader_one_query(django_assert_num_queries):
    make_article()
    with django_assert_num_queries(1):
        settle_if_due()


def test_topics_that_only_drafts_have_are_none():
    make_article(topics=["KPI"], status=Status.DRAFT)
    assert count_topics() == 0


def test_nothing_is_left_of_what_is_gone():
    make_article(pairs=2, topics=["KPI"])
    Article.objects.all().delete()
    settle()
    for table in ("tally", "tallychange", "topicshelf"):
        assert select(f"SELECT * FROM articles_{table}") == []
