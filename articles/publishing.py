"""Putting articles before readers, taking them back, and the date of the last change readers could see."""

from collections.abc import Iterable
from datetime import datetime
from operator import attrgetter

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from articles.choices import Status
from articles.models import Article, QAPair

SEEN_OF_ARTICLE = ["title", "summary", "column_id", "origin", "source_name", "source_url"]
SEEN_OF_PAIR = ["number", "heading", "question", "answer", "signature"]


def ready_drafts(articles: Iterable[Article]) -> QuerySet[Article]:
    """Return the drafts among the articles that may be published: pairs, and none of them with a gap."""
    pairs = QAPair.objects.filter(article=OuterRef("pk")).order_by()
    gaps = pairs.filter(Q(heading="") | Q(question="") | Q(answer=""))
    drafts = Article.objects.filter(pk__in=[article.pk for article in articles], status=Status.DRAFT)
    return drafts.filter(Exists(pairs), ~Exists(gaps))


@transaction.atomic
def publish(articles: Iterable[Article], *, now: datetime) -> int:
    """Publish the complete drafts among the articles and return their number.

    The time of first publication is written once: a withdrawn article returns with the time it had.
    """
    ready = list(ready_drafts(articles))
    for article in ready:
        article.status = Status.PUBLISHED
        article.published_at = article.published_at or now
        article.save(update_fields=["status", "published_at"])
    return len(ready)


@transaction.atomic
def withdraw(articles: Iterable[Article]) -> int:
    """Turn the published and scheduled ones among the articles into drafts and return their number."""
    published = Article.objects.filter(pk__in=[article.pk for article in articles], status=Status.PUBLISHED)
    return published.update(status=Status.DRAFT)


def public_content(article_id: int | None) -> tuple | None:
    """Return all that readers see of the stored article; None where they see nothing. Costs three queries."""
    fields = Article.objects.published().filter(pk=article_id).values_list(*SEEN_OF_ARTICLE).first()
    if fields is None:
        return None
    pairs = QAPair.objects.filter(article=article_id).with_topics()
    return fields, [(attrgetter(*SEEN_OF_PAIR)(pair), {topic.pk for topic in pair.topics.all()}) for pair in pairs]


def touch_content(article: Article, *, before: tuple | None, now: datetime) -> bool:
    """Date the article's last change if readers see something else than before; tell whether they do.

    What was not public before is new to readers, not changed.
    """
    after = public_content(article.pk)
    if before is None or after is None or before == after:
        return False
    article.content_updated_at = now
    article.save(update_fields=["content_updated_at"])
    return True
