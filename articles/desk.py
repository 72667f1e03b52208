"""What the editors' desk shows of the day: what waits, who worked on what, and what the week brought."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db.models import Aggregate, Count, Model, QuerySet, Subquery
from django.db.models.functions import TruncDate
from django.utils import timezone

from articles.choices import Status
from articles.deadlinks import count_dead
from articles.models import Article
from articles.querysets import WAITING, day_start
from articles.related.store import count_alike

# A queue is counted up to so many, which costs the same however long it is.
MOST_COUNTED = 100
MOST_OWN = 500
WEEK = 7
DAYS = 2 * WEEK
# Of the histories, so many of the newest entries are looked at: Django keeps no index on their time.
NEWEST_ENTRIES = 10_000


def count_waiting(today: date) -> dict[str, int]:
    """Return how much waits in each queue; MOST_COUNTED stands for as much or more. One query for each."""
    kept = Article.objects.kept()
    return {
        "review": capped(Article.objects.filter(status=Status.REVIEW)),
        "revised": capped(Article.objects.filter(WAITING)),
        "due": capped(Article.objects.due(today)),
        "untagged": capped(kept.partly_untagged()),
        "unsourced": capped(kept.unsourced()),
        "duplicates": count_alike(MOST_COUNTED),
        "dead_links": count_dead(MOST_COUNTED),
        "trash": capped(Article.objects.filter(status=Status.TRASHED)),
    }


def capped(rows: QuerySet) -> int:
    return rows.order_by()[:MOST_COUNTED].count()


def drafts_of(user_id: int, limit: int) -> list[Article]:
    """Return the drafts that the user worked on last, the latest first."""
    entries = newest_entries([Article]).filter(user=user_id).values_list("object_id", flat=True)
    keys = list(dict.fromkeys(int(key) for key in entries[:MOST_OWN]))
    drafts = Article.objects.filter(status=Status.DRAFT).with_headings().in_bulk(keys)
    return [drafts[key] for key in keys if key in drafts][:limit]


def newest_entries(models: Collection[type[Model]]) -> QuerySet[LogEntry]:
    """Return entries in the histories of rows of the models, the newest first."""
    types = ContentType.objects.get_for_models(*models).values()
    newest = Subquery(LogEntry.objects.order_by("-pk").values("pk")[:1])
    return LogEntry.objects.filter(content_type__in=types, pk__gt=newest - NEWEST_ENTRIES).order_by("-pk")


def last_editors(articles: Collection[int]) -> dict[int, str]:
    """Return who is named last in the history of each of the articles, as far as the newest entries tell."""
    entries = newest_entries([Article]).filter(object_id__in=[str(key) for key in articles])
    oldest_first = reversed(entries.values_list("object_id", "user__username"))
    return {int(key): name for key, name in oldest_first}


def recent_entries(models: Collection[type[Model]], limit: int, *, user_id: int | None = None) -> list[LogEntry]:
    """Return the newest entries in the histories of rows of the models: everybody's, or one user's."""
    entries = newest_entries(models).select_related("user", "content_type")
    return list((entries if user_id is None else entries.filter(user=user_id))[:limit])


def published_on_this_day(limit: int) -> list[Article]:
    """Return what readers see and was published on this day of other years, the newest first."""
    return list(Article.objects.published().on_this_day(timezone.now()).with_headings()[:limit])


@dataclass(frozen=True)
class Figure:
    """How much of something there was on each day of two weeks, the oldest first; the last of them is today."""

    days: tuple[int, ...]

    @property
    def week(self) -> int:
        return sum(self.days[WEEK:])

    @property
    def week_before(self) -> int:
        return sum(self.days[:WEEK])

    @property
    def more(self) -> int:
        """How much more than in the week before; less is negative."""
        return self.week - self.week_before


def figures(today: date) -> dict[str, Figure]:
    """Return what two weeks brought: articles and questions published, articles edited. Three queries."""
    published = Article.objects.published()
    edits = newest_entries([Article]).filter(action_flag=CHANGE)
    return {
        "published": per_day(published, "published_at", today, Count("pk")),
        "edited": per_day(edits, "action_time", today, Count("object_id", distinct=True)),
        "questions": per_day(published, "published_at", today, Count("pairs")),
    }


def last_days(today: date) -> list[date]:
    return [today - timedelta(days=ago) for ago in reversed(range(DAYS))]


def per_day(rows: QuerySet, field: str, today: date, count: Aggregate) -> Figure:
    days = last_days(today)
    since = day_start(days[0].year, days[0].month, days[0].day)
    dated = rows.filter(**{f"{field}__gte": since}).annotate(day=TruncDate(field)).order_by()
    counted = dict(dated.values("day").annotate(n=count).values_list("day", "n"))
    return Figure(tuple(counted.get(day, 0) for day in days))
