"""Fills a scratch database with as many published pairs as a measurement needs, made of real clauses.

Clauses of the given texts are recombined, so that words are as common and as rare as people write them.
A benchmark at growing sizes reads its options with content_parser, and fills by way of Content.
"""

import argparse
import atexit
import json
import random
import re
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import NamedTuple, Self

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from articles.choices import Status
from articles.models import Article, Author, Column, QAPair, StalePair, TaggedPair, Topic, UnrelatedPair
from articles.search import building

PAIRS_PER_ARTICLE = 5
COLUMNS, TOPICS, TOPICS_PER_PAIR = 20, 200, 2
BATCH = 10_000
# Characters of a question and of its answer.
SHORT, LONG = (16, 0), (88, 1000)
FIRST_DAY = datetime(2006, 1, 1, tzinfo=timezone.get_default_timezone())
CLAUSE_END = re.compile(r"[，。！？；：、\s,.!?;:|*#>「」（）()\[\]-]+")


class Content(NamedTuple):
    """What a benchmark fills the database with."""

    clauses: Sequence[str]
    question: int
    answer: int

    @classmethod
    def of(cls, options: argparse.Namespace) -> Self:
        texts = corpus_texts(options.corpus) if options.corpus else starter_texts()
        return cls(clauses(texts), *(LONG if options.long else SHORT))

    def fill(self, count: int) -> None:
        fill(count, self.clauses, question=self.question, answer=self.answer)


def content_parser(description: str) -> argparse.ArgumentParser:
    """Return a parser for the options that benchmarks at growing sizes share; more may be added to it."""
    parser = argparse.ArgumentParser(description=description.splitlines()[0])
    parser.add_argument("sizes", nargs="+", type=int, help="numbers of pairs")
    parser.add_argument("--long", action="store_true", help="answers of 1,000 characters")
    parser.add_argument("--corpus", nargs="*", type=Path, default=[], help="files of JSON lines")
    return parser


@cache
def make_database() -> None:
    """Make the scratch database, once in a process; it goes when the process ends."""
    name = connection.settings_dict["NAME"]
    if connection.vendor == "sqlite":
        folder = tempfile.TemporaryDirectory()
        atexit.register(folder.cleanup)
        connection.settings_dict["TEST"]["NAME"] = str(Path(folder.name) / "scratch.sqlite3")
    connection.creation.create_test_db(verbosity=0, autoclobber=True)
    atexit.register(connection.creation.destroy_test_db, name, verbosity=0)


def starter_texts() -> list[str]:
    """Return the questions and answers of the starter fixture."""
    rows = json.loads((settings.BASE_DIR / "fixtures" / "starter.json").read_text())
    pairs = [row["fields"] for row in rows if row["model"] == "articles.qapair"]
    return [pair[name] for pair in pairs for name in ("heading", "question", "answer")]


def corpus_texts(files: Iterable[Path]) -> list[str]:
    """Return the questions and answers of files of JSON lines."""
    rows = [json.loads(line) for file in files for line in file.open(encoding="utf-8")]
    return [row.get(name) or "" for row in rows for name in ("question", "answer")]


def clauses(texts: Iterable[str]) -> list[str]:
    """Return the different clauses of the texts, of a length that a heading may have."""
    found = {clause for text in texts for clause in CLAUSE_END.split(text) if 4 <= len(clause) <= 30}
    return sorted(found)


def recombined(some_clauses: Sequence[str], chance: random.Random, characters: int) -> str:
    """Return a text of about that many characters: halves of clauses, joined."""
    text = ""
    while len(text) < characters:
        clause = chance.choice(some_clauses)
        cut = chance.randint(2, len(clause))
        text += clause[:cut] if chance.random() < 0.5 else clause[-cut:]
    return text


def fill(count: int, some_clauses: Sequence[str], *, question: int, answer: int, seed: int = 1) -> None:
    """Replace all content by so many pairs, with questions and answers of about so many characters, and index them."""
    make_database()
    chance = random.Random(seed)
    with connection.cursor() as cursor:
        for model in (TaggedPair, QAPair, Article, Topic, Column, Author):
            cursor.execute(f"DELETE FROM {model._meta.db_table}")
    author = Author.objects.create(slug="scratch", name="scratch")
    columns = Column.objects.bulk_create(
        Column(slug=f"column-{n}", title=f"专栏{n}", author=author) for n in range(COLUMNS)
    )
    topics = Topic.objects.bulk_create(Topic(slug=f"topic-{n}", name=f"话题{n}") for n in range(TOPICS))
    texts = (
        (recombined(some_clauses, chance, question), recombined(some_clauses, chance, answer)) for _ in range(count)
    )
    for start in range(0, count, BATCH):
        write_batch(start, [next(texts) for _ in range(min(BATCH, count - start))], columns, topics, chance)
    StalePair.objects.all().delete()
    UnrelatedPair.objects.all().delete()
    building.rebuild()


@transaction.atomic
def write_batch(
    start: int,
    texts: Sequence[tuple[str, str]],
    columns: Sequence[Column],
    topics: Sequence[Topic],
    chance: random.Random,
) -> None:
    numbers = range(start, start + len(texts), PAIRS_PER_ARTICLE)
    articles = Article.objects.bulk_create(
        Article(
            slug=f"scratch-{number}",
            title=f"来信{number}",
            column=chance.choice(columns),
            status=Status.PUBLISHED,
            published_at=FIRST_DAY + timedelta(minutes=10 * number),
        )
        for number in numbers
    )
    pairs = QAPair.objects.bulk_create(
        make_pair(articles[n // PAIRS_PER_ARTICLE], n % PAIRS_PER_ARTICLE + 1, *text) for n, text in enumerate(texts)
    )
    TaggedPair.objects.bulk_create(tagged(pairs, topics, chance))
    # The index is built once at the end, beside which working off single notes would take hours;
    # links between pairs are left out.
    StalePair.objects.all().delete()
    UnrelatedPair.objects.all().delete()


def make_pair(article: Article, number: int, question: str, answer: str) -> QAPair:
    return QAPair(
        article=article,
        number=number,
        position=number,
        question=question,
        question_html=f"<p>{question}</p>",
        answer=answer,
        answer_html=f"<p>{answer}</p>" if answer else "",
    )


def tagged(pairs: Iterable[QAPair], topics: Sequence[Topic], chance: random.Random) -> Iterator[TaggedPair]:
    for pair in pairs:
        for topic in chance.sample(topics, TOPICS_PER_PAIR):
            yield TaggedPair(content_object=pair, tag=topic)
