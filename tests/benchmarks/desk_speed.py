"""Measures the index of the admin among many articles: python -m tests.benchmarks.desk_speed 20000 200000 [--long]

Prints for each number of pairs what the whole page and each part of it takes, the median of some runs in ms. Every
fifth answer links to an article, none of the links is dead, and every pair has its topics: what is not there is the
dearest to count. The database is a scratch one, on SQLite unless DATABASE_URL says otherwise.
"""

import os
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from datetime import timedelta

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
django.setup()

# ruff: noqa: E402 -- models can be imported only once Django is set up
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth.models import User
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test import Client
from django.utils import timezone

from articles import desk
from articles.deadlinks import count_dead, note_places
from articles.models import Article, QAPair
from articles.search.postings import chunks
from tests.benchmarks.filling import Content, content_parser

RUNS = 7
ENTRIES = 100_000
LINKS_EVERY = 5


def main(arguments: Sequence[str]) -> None:
    options = content_parser(__doc__).parse_args(arguments)
    content = Content.of(options)
    for size in options.sizes:
        content.fill(size)
        user = User.objects.get_or_create(username="editor", is_staff=True, is_superuser=True)[0]
        link_answers()
        fill_histories(user)
        print(f"{connection.vendor}, {size:,} pairs")
        for name, work in parts(user).items():
            print(f"  {name}: {median(work):.1f}")


def link_answers() -> None:
    slugs = list(Article.objects.order_by("pk").values_list("slug", flat=True)[:1000])
    linked = QAPair.objects.order_by("pk").values_list("pk", flat=True)[::LINKS_EVERY]
    for part in chunks(linked):
        note_places(part, {pk: f'<a href="/articles/{slugs[pk % len(slugs)]}/">' for pk in part})


def fill_histories(user: User) -> None:
    """Have the user have changed articles, one a minute."""
    LogEntry.objects.all().delete()
    keys = list(Article.objects.order_by("pk").values_list("pk", flat=True)[:5000])
    content_type = ContentType.objects.get_for_model(Article)
    now = timezone.now()
    entries = (
        LogEntry(
            user=user,
            content_type=content_type,
            object_id=str(keys[ago % len(keys)]),
            object_repr="",
            action_flag=CHANGE,
            action_time=now - timedelta(minutes=ago),
        )
        for ago in reversed(range(ENTRIES))
    )
    LogEntry.objects.bulk_create(entries, batch_size=1000)


def parts(user: User) -> dict[str, Callable[[], object]]:
    today = timezone.localdate()
    client = Client(SERVER_NAME="localhost")
    client.force_login(user)
    kept = Article.objects.kept()
    return {
        "the whole page": lambda: client.get("/admin/"),
        "without topic": lambda: desk.capped(kept.partly_untagged()),
        "without source": lambda: desk.capped(kept.unsourced()),
        "dead links": lambda: count_dead(desk.MOST_COUNTED),
        "all that waits": lambda: desk.count_waiting(today),
        "own drafts": lambda: desk.drafts_of(user.pk, 8),
        "this day in other years": lambda: desk.published_on_this_day(6),
        "the figures": lambda: desk.figures(today),
    }


def median(work: Callable[[], object]) -> float:
    times = []
    for _ in range(RUNS):
        start = time.perf_counter()
        work()
        times.append(1000 * (time.perf_counter() - start))
    return statistics.median(times)


if __name__ == "__main__":
    main(sys.argv[1:])
