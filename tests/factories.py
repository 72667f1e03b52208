"""Plain functions that make content; each brings derived data in step, as a commit would."""

from datetime import datetime, timedelta
from itertools import count

from django.utils import timezone

from articles.choices import Status
from articles.derived import refresh_derived
from articles.models import Article, Author, Column, QAPair, SynonymGroup, Topic

serial = count(1)


def at(*date) -> datetime:
    """Return a moment in the site's time zone: at(2017, 3, 27, 11, 29)."""
    return timezone.make_aware(datetime(*date))


def tomorrow() -> datetime:
    return timezone.now() + timedelta(days=1)


def make_author(**fields) -> Author:
    n = next(serial)
    return Author.objects.create(**{"slug": f"author-{n}", "name": f"作者{n}"} | fields)


def make_column(**fields) -> Column:
    n = next(serial)
    fields.setdefault("author", None)
    fields["author"] = fields["author"] or make_author()
    return Column.objects.create(**{"slug": f"column-{n}", "title": f"专栏{n}"} | fields)


def make_topic(name: str, *, aliases=(), **fields) -> Topic:
    topic = Topic.objects.create(name=name, **fields)
    for alias in aliases:
        topic.aliases.create(name=alias)
    return topic


def make_article(*, pairs: int | list[dict] = 1, topics=(), **fields) -> Article:
    """Make a published article; pairs is a number, or the fields of each pair."""
    n = next(serial)
    fields.setdefault("column", None)
    fields["column"] = fields["column"] or make_column()
    defaults = {
        "slug": f"article-{n}",
        "title": f"文章{n}",
        "status": Status.PUBLISHED,
        "published_at": timezone.now() - timedelta(days=1, minutes=n),
    }
    article = Article.objects.create(**defaults | fields)
    for pair in [{}] * pairs if isinstance(pairs, int) else pairs:
        make_pair(article, **{"topics": topics} | pair)
    refresh_derived()
    return article


def make_pair(article: Article, *, topics=(), **fields) -> QAPair:
    n = next(serial)
    defaults = {"heading": f"小标题{n}", "question": f"问题{n}怎么办？", "answer": f"回答{n}。"}
    pair = QAPair.objects.create(article=article, **defaults | fields)
    if topics:
        pair.topics.add(*topics)
    refresh_derived()
    return pair


def make_synonyms(words: str) -> SynonymGroup:
    return SynonymGroup.objects.create(words=words)
