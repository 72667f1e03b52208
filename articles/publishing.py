"""An article's way: in review, before readers, checked again, taken back, into the trash and out of it.

And the date of the last change that readers could see.
"""

from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime, timedelta
from operator import attrgetter

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone

from articles.choices import Status
from articles.models import Article, Column, QAPair

UNPUBLISHED = [Status.DRAFT, Status.REVIEW]
# How long an article holds that was found to hold still, where its own dates do not tell.
HOLDS = timedelta(days=365)

SEEN_OF_ARTICLE = ["title", "summary", "column_id", "origin", "source_name", "source_url"]
SEEN_OF_PAIR = ["number", "heading", "question", "answer", "signature"]


def submit(articles: Iterable[Article]) -> int:
    """Hand the drafts among the articles to those who publish, and return their number."""
    return among(articles, Status.DRAFT).update(status=Status.REVIEW)


def complete(articles: QuerySet[Article]) -> QuerySet[Article]:
    """Keep the articles that have pairs, and none of them with a gap."""
    pairs = QAPair.objects.filter(article=OuterRef("pk")).order_by()
    gaps = pairs.filter(Q(heading="") | Q(question="") | Q(answer=""))
    return articles.filter(Exists(pairs), ~Exists(gaps))


def ready_to_publish(articles: Iterable[Article]) -> QuerySet[Article]:
    return complete(among(articles, *UNPUBLISHED))


def among(articles: Iterable[Article], *states: Status) -> QuerySet[Article]:
    return Article.objects.filter(pk__in=[article.pk for article in articles], status__in=states)


def publish(articles: Iterable[Article], *, now: datetime) -> int:
    """Publish the complete ones among the unpublished articles and return their number.

    The time of first publication is written once: a withdrawn article returns with the time it had.
    """
    first = Coalesce("published_at", now)
    return ready_to_publish(articles).update(status=Status.PUBLISHED, published_at=first)


def schedule(articles: Iterable[Article], *, at: datetime, now: datetime) -> int:
    """Have the complete ones among the articles published at the time, and return their number.

    What readers saw already keeps its time.
    """
    unseen = among(articles, *UNPUBLISHED) | among(articles, Status.PUBLISHED).filter(published_at__gt=now)
    return complete(unseen).update(status=Status.PUBLISHED, published_at=at)


def expire(articles: Iterable[Article], *, at: datetime | None) -> int:
    """Have readers see the articles until the time, without one for ever, and return the number of articles."""
    return among(articles, *UNPUBLISHED, Status.PUBLISHED).update(expires_at=at)


def set_review_date(articles: Iterable[Article], *, day: date | None) -> int:
    """Have the articles checked again by the day, without one never, and return the number of articles."""
    return among(articles, *UNPUBLISHED, Status.PUBLISHED).update(review_by=day)


@transaction.atomic
def move_to_column(articles: Iterable[Article], *, column: Column, now: datetime) -> int:
    """Let the articles appear in the column, and return their number."""
    moved = among(articles, *UNPUBLISHED, Status.PUBLISHED).exclude(column=column)
    date_change(moved, now=now)
    return moved.update(column=column)


def date_change(articles: QuerySet[Article], *, now: datetime) -> None:
    """Date the last change of those among the articles that readers see."""
    articles.published(now).update(content_updated_at=now)


def withdraw(articles: Iterable[Article]) -> int:
    """Turn those in review, published or scheduled among the articles into drafts and return their number."""
    return among(articles, Status.REVIEW, Status.PUBLISHED).update(status=Status.DRAFT)


def trash(articles: Iterable[Article]) -> int:
    """Put the articles out of everybody's way, to be restored or deleted for good, and return their number."""
    return among(articles, *UNPUBLISHED, Status.PUBLISHED).update(status=Status.TRASHED)


def restore(articles: Iterable[Article]) -> int:
    """Take the trashed ones among the articles back as drafts: what readers saw before is published anew, or not."""
    return among(articles, Status.TRASHED).update(status=Status.DRAFT)


@transaction.atomic
def confirm(articles: Iterable[Article], *, today: date) -> int:
    """Write down that the published ones among the articles still hold, and return their number.

    They are to be checked again after as long a time as they were given before.
    """
    published = list(among(articles, Status.PUBLISHED))
    for article in published:
        article.review_by = today + term(article)
        article.checked_on = today
        article.save(update_fields=["review_by", "checked_on"])
    return len(published)


def term(article: Article) -> timedelta:
    """Return how long the article was held to be true: from the last check, or its publication, to the next check."""
    since = article.checked_on or timezone.localdate(article.published_at)
    return max(article.review_by - since, timedelta(days=1)) if article.review_by else HOLDS


def public_content(article_id: int | None) -> tuple | None:
    """Return all that readers see of the stored article; None where they see nothing. Costs three queries."""
    return public_contents([article_id]).get(article_id)


def public_contents(article_ids: Collection[int | None]) -> dict[int, tuple]:
    """Return all that readers see of each of the stored articles that they see. Costs three queries."""
    articles = Article.objects.published().filter(pk__in=article_ids)
    seen = {pk: (fields, []) for pk, *fields in articles.values_list("pk", *SEEN_OF_ARTICLE)}
    for pair in QAPair.objects.filter(article__in=seen).with_topics():
        topics = {topic.pk for topic in pair.topics.all()}
        seen[pair.article_id][1].append((attrgetter(*SEEN_OF_PAIR)(pair), topics))
    return seen


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


def touch_contents(before: Mapping[int, tuple], *, now: datetime) -> None:
    """Date the last change of those articles of which readers see something else than before."""
    after = public_contents(before)
    changed = [pk for pk, content in after.items() if content != before[pk]]
    Article.objects.filter(pk__in=changed).update(content_updated_at=now)
