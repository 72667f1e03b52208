import pytest
from django.db import IntegrityError

from articles.choices import Status
from articles.models import Article, QAPair
from tests.factories import at, make_article, make_column, make_pair, tomorrow

pytestmark = pytest.mark.django_db


def test_a_number_is_given_once_and_never_again():
    article = make_article(pairs=2)
    article.pairs.get(number=2).delete()
    assert make_pair(article).number == 3


def test_an_outdated_copy_of_the_article_does_not_turn_the_numbers_back():
    article = make_article(pairs=0)
    outdated = Article.objects.get(pk=article.pk)
    make_pair(article).delete()
    outdated.save()
    assert make_pair(article).number == 2


def test_a_pair_comes_last_unless_placed():
    article = make_article(pairs=2)
    make_pair(article, position=1, heading="插到前面")
    assert list(article.pairs.values_list("number", "position")) == [(1, 1), (3, 1), (2, 2)]


def test_re_ordering_leaves_the_anchor_alone():
    pair = make_article(pairs=2).pairs.get(number=2)
    pair.position = 0
    pair.save()
    assert pair.get_absolute_url().endswith("/#q2")


def test_numbers_are_unique_within_an_article():
    article = make_article()
    with pytest.raises(IntegrityError):
        QAPair.objects.bulk_create([QAPair(article=article, number=1, heading="重号", question="问")])


def test_the_database_refuses_a_published_article_without_a_time():
    with pytest.raises(IntegrityError):
        make_article(pairs=0, published_at=None)


def test_an_article_without_a_slug_gets_one_from_its_title():
    column = make_column()
    slugs = [Article.objects.create(column=column, title="第一次做经理").slug for _ in range(2)]
    assert slugs == ["di-yi-ci-zuo-jing-li", "di-yi-ci-zuo-jing-li-2"]


def test_the_database_refuses_an_empty_slug():
    with pytest.raises(IntegrityError):
        Article.objects.bulk_create([Article(column=make_column(), title="无名", slug="")])


@pytest.mark.parametrize(
    "fields, public, scheduled",
    [
        ({"published_at": at(2017, 3, 27)}, True, False),
        ({"published_at": tomorrow()}, False, True),
        ({"status": Status.DRAFT, "published_at": at(2017, 3, 27)}, False, False),
        ({"status": Status.DRAFT, "published_at": None}, False, False),
    ],
)
def test_who_sees_an_article(fields, public, scheduled):
    article = make_article(pairs=0, **fields)
    assert (article.is_public, article.is_scheduled) == (public, scheduled)
    assert Article.objects.published().exists() is public


@pytest.mark.parametrize("update", ["save", "update"])
def test_a_former_slug_is_kept_whichever_way_it_changes(update):
    article = make_article(pairs=0, slug="old")
    if update == "save":
        article.slug = "new"
        article.save()
    else:
        Article.objects.update(slug="new")
    assert list(article.former_slugs.values_list("slug", flat=True)) == ["old"]


def test_a_former_slug_belongs_to_the_row_that_had_it_last():
    first, second = make_article(pairs=0, slug="a"), make_article(pairs=0, slug="b")
    Article.objects.filter(pk=first.pk).update(slug="c")
    Article.objects.filter(pk=second.pk).update(slug="a")
    Article.objects.filter(pk=second.pk).update(slug="d")
    assert list(second.former_slugs.values_list("slug", flat=True).order_by("slug")) == ["a", "b"]
    assert not first.former_slugs.exists()
