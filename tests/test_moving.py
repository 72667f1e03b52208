import pytest
from django.utils import timezone

from articles.derived import refresh_derived
from articles.models import Article, FormerPlace, QAPair
from articles.moving import NotMoved, move_pair
from articles.search.engine import search
from articles.search.query import parse_query
from articles.tallies.reading import column_months
from tests.factories import make_article

pytestmark = pytest.mark.django_db


def move(pair, target) -> int:
    number = move_pair(pair, target, now=timezone.now())
    refresh_derived()
    return number


def test_a_pair_comes_last_under_a_number_that_none_ever_had():
    source, target = make_article(pairs=2), make_article(pairs=3)
    target.pairs.get(number=3).delete()
    pair = source.pairs.get(number=1)
    assert move(pair, target) == 4
    pair.refresh_from_db()
    assert (pair.article, pair.number, pair.position) == (target, 4, 3)
    assert list(FormerPlace.objects.values_list("article", "number", "pair")) == [(source.pk, 1, pair.pk)]


def test_what_is_derived_follows():
    source, target = make_article(pairs=2), make_article(pairs=[{"heading": "别的"}], title="淘宝客专辑")
    pair = source.pairs.get(number=1)
    assert search(parse_query("淘宝客专辑")).total == 1
    move(pair, target)
    assert set(search(parse_query("淘宝客专辑")).pair_ids) == set(target.pairs.values_list("pk", flat=True))
    assert [row.pairs for row in column_months([source.column_id])] == [1]
    assert [row.pairs for row in column_months([target.column_id])] == [2]


def test_both_articles_tell_readers_of_the_change():
    source, target = make_article(pairs=2), make_article()
    move(source.pairs.get(number=1), target)
    assert Article.objects.filter(content_updated_at=None).count() == 0


def test_a_pair_that_comes_back_has_its_old_number():
    source, target = make_article(pairs=2), make_article()
    pair = source.pairs.get(number=1)
    move(pair, target)
    pair.refresh_from_db()
    assert move(pair, source) == 1
    assert list(FormerPlace.objects.values_list("article", "number")) == [(target.pk, 2)]


@pytest.mark.parametrize(
    ("reason", "pairs", "gap"), [(NotMoved.LAST, 1, "回信"), (NotMoved.INCOMPLETE, 2, "")], ids=["last", "incomplete"]
)
def test_a_published_article_stays_whole(reason, pairs, gap):
    source = make_article(pairs=[{"answer": gap}, *[{}] * (pairs - 1)], status="published" if gap else "draft")
    target = make_article()
    with pytest.raises(NotMoved, match=reason):
        move(source.pairs.get(number=1), target)
    assert (source.pairs.count(), FormerPlace.objects.count()) == (pairs, 0)


def test_within_its_article_a_pair_is_ordered_not_moved():
    article = make_article(pairs=2)
    with pytest.raises(NotMoved, match=NotMoved.SAME):
        move(article.pairs.first(), article)


def test_a_link_to_the_old_place_leads_on(client):
    source, target = make_article(slug="jiu", pairs=2), make_article(slug="xin", title="新的一篇")
    move(source.pairs.get(number=1), target)
    page = client.get("/articles/jiu/").content.decode()
    assert 'id="q1"' in page
    assert 'href="/articles/xin/#q2"' in page
    Article.objects.filter(pk=target.pk).update(status="draft")
    assert "xin" not in client.get("/articles/jiu/").content.decode()


def test_a_place_goes_with_its_pair():
    source, target = make_article(pairs=2), make_article()
    pair = source.pairs.get(number=1)
    move(pair, target)
    QAPair.objects.get(pk=pair.pk).delete()
    assert FormerPlace.objects.count() == 0
