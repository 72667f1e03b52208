"""Opens the site's own search over any documents, for an evaluator of ranked lists.

    search = open_engine(docs)      # docs: dicts with id, question and answer
    search("第一次做经理怎么带团队", 10)  # ids, best first

Everything runs through the real tables: a scratch database that Django's test runner would make,
on SQLite unless DATABASE_URL says otherwise.
"""

import atexit
import os
from collections.abc import Callable, Sequence
from functools import cache

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "opsqa.settings")
django.setup()

# ruff: noqa: E402 -- models can be imported only once Django is set up
from django.db import connection
from django.utils import timezone

from articles.choices import Status
from articles.derived import is_backlog, refresh_batch, work_off_backlog
from articles.models import Article, Author, Column, QAPair, StalePair, UnrelatedPair
from articles.search.engine import search
from articles.search.query import parse_query

# A pair's number is a small integer, so documents are spread over articles.
PAIRS_PER_ARTICLE = 1000


def open_engine(docs: Sequence[dict]) -> Callable[[str, int], list]:
    """Write the documents as published pairs and return search(text, k) over them, until the next call."""
    make_database()
    Article.objects.all().delete()
    ids = dict(zip(write_pairs(docs), (doc["id"] for doc in docs), strict=True))
    return lambda text, k: [ids[pk] for pk in search(parse_query(text)).pair_ids[:k]]


@cache
def make_database() -> None:
    """Make the scratch database, once in a process; it goes when the process ends."""
    name = connection.settings_dict["NAME"]
    connection.creation.create_test_db(verbosity=0, autoclobber=True)
    atexit.register(connection.creation.destroy_test_db, name, verbosity=0)


def write_pairs(docs: Sequence[dict]) -> list[int]:
    """Write and index the documents. The links between pairs, which take longest, are left out: search reads none."""
    author, _ = Author.objects.get_or_create(slug="scratch", name="scratch")
    column, _ = Column.objects.get_or_create(slug="scratch", title="", author=author)
    connection.is_refreshing = True
    pair_ids = create_pairs(docs, column)
    if is_backlog():
        work_off_backlog()
    while StalePair.objects.exists():
        refresh_batch()
    UnrelatedPair.objects.all().delete()
    connection.is_refreshing = False
    return pair_ids


def create_pairs(docs: Sequence[dict], column: Column) -> list[int]:
    """Return the keys of new pairs; all is written in bulk, because a model that is saved alone has the notes worked off."""
    starts = range(0, len(docs), PAIRS_PER_ARTICLE)
    articles = Article.objects.bulk_create(
        Article(slug=f"scratch-{n}", column=column, title="", status=Status.PUBLISHED, published_at=timezone.now())
        for n in starts
    )
    pairs = [
        QAPair(article=article, number=n, question=doc.get("question") or "", answer=doc.get("answer") or "")
        for article, start in zip(articles, starts, strict=True)
        for n, doc in enumerate(docs[start : start + PAIRS_PER_ARTICLE], 1)
    ]
    return [pair.pk for pair in QAPair.objects.bulk_create(pairs, batch_size=1000)]
