"""How many of a pair's related links lead to pairs of its group, through the site's own tables and code.

    python -m tests.benchmarks.related_quality CORPUS.jsonl …

A corpus has a document a line, with question, answer and group. P@5 is the share of the first five links that lead
to the same group, or of as many as the group has, over up to a thousand documents.
"""

import json
import random
import sys
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

# The order matters: search_quality sets Django up.
from tests.benchmarks.search_quality import make_database

# ruff: isort: split
from django.utils import timezone

from articles.choices import Status
from articles.derived import refresh_derived
from articles.models import Article, Author, Column, QAPair
from articles.related.reading import related_pairs

LINKS = 5
MOST_ASKED = 1000


def main(paths: Sequence[str]) -> None:
    make_database()
    for path in paths:
        docs = [json.loads(line) for line in Path(path).read_text(encoding="utf-8").splitlines()]
        precision, seconds = measure(docs)
        rate = 1000 * seconds / len(docs)
        sys.stdout.write(f"{path}: {len(docs)} pairs, {rate:.1f} ms each to index and relate, P@5 {precision:.1f}\n")


def measure(docs: Sequence[dict]) -> tuple[float, float]:
    """Return the precision in per cent, and how many seconds all pairs took."""
    Article.objects.all().delete()
    refresh_derived()
    start = time.perf_counter()
    groups = dict(zip(write_pairs(docs), (doc["group"] for doc in docs), strict=True))
    seconds = time.perf_counter() - start
    sizes = Counter(groups.values())
    asked = [pk for pk, group in groups.items() if group and sizes[group] > 1]
    asked = random.Random(1).sample(asked, min(len(asked), MOST_ASKED))
    pairs = QAPair.objects.prefetch_related("topics").in_bulk(asked)
    return 100 * sum(precision(pairs[pk], groups, sizes) for pk in asked) / len(asked), seconds


def precision(pair: QAPair, groups: dict[int, str], sizes: Counter[str]) -> float:
    group = groups[pair.pk]
    links = related_pairs([pair], limit=LINKS)
    return sum(groups[link.pair.pk] == group for link in links) / min(LINKS, sizes[group] - 1)


def write_pairs(docs: Sequence[dict]) -> list[int]:
    """Write each document as the only pair of an article: links lead to other articles."""
    author, _ = Author.objects.get_or_create(slug="scratch", name="scratch")
    column, _ = Column.objects.get_or_create(slug="scratch", title="", author=author)
    shared = {"column": column, "title": "", "status": Status.PUBLISHED, "published_at": timezone.now()}
    articles = Article.objects.bulk_create(
        (Article(slug=f"scratch-{n}", **shared) for n in range(len(docs))), batch_size=1000
    )
    pairs = [
        QAPair(article=article, number=1, question=doc.get("question") or "", answer=doc.get("answer") or "")
        for article, doc in zip(articles, docs, strict=True)
    ]
    return [pair.pk for pair in QAPair.objects.bulk_create(pairs, batch_size=1000)]


if __name__ == "__main__":
    main(sys.argv[1:])
