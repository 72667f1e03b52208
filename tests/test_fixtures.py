"""The starter content, and content as fixtures in general."""

import json
from collections import Counter
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.utils import timezone

from articles.choices import Origin, Status
from articles.models import Article, Column, QAPair, StalePair, SynonymGroup, Topic
from articles.tallies.reading import years
from articles.tallies.settling import settle
from tests.factories import make_article, make_column, make_topic

STARTER = Path(settings.BASE_DIR) / "fixtures" / "starter.json"


def dump() -> list[dict]:
    out = StringIO()
    options = {"use_natural_primary_keys": True, "use_natural_foreign_keys": True}
    call_command("dumpdata", "articles", stdout=out, **options)
    return json.loads(out.getvalue())


@pytest.fixture
def starter(db):
    call_command("loaddata", "starter", verbosity=0)


@pytest.mark.django_db(transaction=True)
def test_loading_twice_changes_nothing():
    call_command("loaddata", "starter", verbosity=0)
    once = dump()
    call_command("loaddata", "starter", verbosity=0)
    assert dump() == once
    assert not StalePair.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_loading_over_other_content_leaves_it_alone():
    column = make_column(slug="ours", title="自家专栏")
    topic = make_topic("自家话题")
    make_article(slug="ours", title="自家文章", column=column, topics=["自家话题"], pairs=2)
    before = dump()
    call_command("loaddata", "starter", verbosity=0)
    after = dump()
    assert [record for record in before if record not in after] == []
    assert topic.tagged.count() == 2


@pytest.mark.django_db(transaction=True)
def test_a_dump_reloads_equal():
    call_command("loaddata", "starter", verbosity=0)
    Article.objects.filter(slug="kaihui-taiduo").update(slug="kai-hui")
    dumped = dump()
    call_command("flush", interactive=False, verbosity=0)
    assert not QAPair.objects.exists()
    records = settings.VAR_DIR / "dump.json"
    records.write_text(json.dumps(dumped), encoding="utf-8")
    call_command("loaddata", str(records), verbosity=0)
    assert dump() == dumped


@pytest.mark.django_db(transaction=True)
def test_pages_are_right_straight_after_loading(client):
    call_command("loaddata", "starter", verbosity=0)
    assert not QAPair.objects.filter(question_html="").exists()
    assert "淘宝客" in client.get("/search/?q=淘宝客").content.decode()
    response = client.get("/articles/taobaoke-suanzhang/")
    assert response.context["related"]
    assert client.get("/").context["pair_count"] == QAPair.objects.published().count()


def test_the_starter_carries_no_primary_keys():
    records = json.loads(STARTER.read_text(encoding="utf-8"))
    assert [record for record in records if "pk" in record] == []


def test_the_starter_is_large_enough_to_look_real(starter):
    settle()
    articles = Article.objects.published()
    assert articles.count() >= 24
    assert QAPair.objects.published().count() >= 60
    assert Topic.objects.in_use().exclude(description="").count() >= 20
    assert Column.objects.in_use().count() >= 3
    assert len(years()) >= 5
    assert {Origin.ORIGINAL, Origin.RETOLD, Origin.REPRINT} == set(articles.values_list("origin", flat=True).distinct())


def test_several_articles_share_a_month_and_day(starter):
    dates = [timezone.localtime(article.published_at) for article in Article.objects.published()]
    days = Counter((date.month, date.day) for date in dates)
    assert sum(count > 1 for count in days.values()) >= 4


def test_the_starter_holds_a_draft_and_a_scheduled_article(starter):
    assert Article.objects.filter(status=Status.DRAFT).exists()
    assert Article.objects.filter(status=Status.PUBLISHED, published_at__gt=timezone.now()).exists()


def test_every_row_of_the_starter_is_valid(starter):
    for model in (Column, Topic, SynonymGroup, Article, QAPair):
        for row in model.objects.all():
            row.full_clean()


def test_links_between_answers_lead_somewhere(starter, client):
    for pair in QAPair.objects.published():
        for part in pair.answer_html.split('href="/articles/')[1:]:
            slug, _, anchor = part.partition('"')[0].partition("/")
            target = Article.objects.published().get(slug=slug)
            assert target.pairs.filter(number=anchor.removeprefix("#q") or 1).exists(), (pair.natural_key(), part[:60])
