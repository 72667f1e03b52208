"""A selection of articles as a fixture that loads into an empty database."""

import io
from collections.abc import Iterator
from itertools import chain
from typing import BinaryIO

from django.core import serializers
from django.db.models import Model, Q, QuerySet

from articles.exporting.copying import Report, silent
from articles.imaging import ADDRESS
from articles.models import (
    Article,
    ArticleFormerSlug,
    Author,
    AuthorFormerSlug,
    Column,
    ColumnFormerSlug,
    DistinctCouple,
    FormerPlace,
    OldAddress,
    PairLink,
    Picture,
    QAPair,
    TaggedPair,
    Topic,
    TopicAlias,
    TopicFormerSlug,
)

AT_ONCE = 500
DERIVED = {"question_html", "answer_html"}  # made anew where the fixture is loaded
MODELS = [Author, Column, Topic, TopicAlias, Article, QAPair, TaggedPair, PairLink, DistinctCouple]
MODELS += [Picture, FormerPlace]
MODELS += [AuthorFormerSlug, ColumnFormerSlug, TopicFormerSlug, ArticleFormerSlug, OldAddress]


def write_fixture(articles: QuerySet[Article], file: BinaryIO, report: Report = silent) -> None:
    """Write the articles with all that belongs to them, rows named by their natural keys."""
    names = {field.name for model in MODELS for field in model._meta.concrete_fields} - DERIVED
    text = io.TextIOWrapper(file, "utf-8", newline="\n", write_through=True)
    options = {"use_natural_foreign_keys": True, "use_natural_primary_keys": True, "ensure_ascii": False}
    serializers.serialize("json", rows_of(articles), stream=text, indent=1, fields=names, **options)
    text.detach()
    report(1)


def rows_of(articles: QuerySet[Article]) -> Iterator[Model]:
    """Yield the rows, those that others refer to first."""
    chosen = articles.order_by().values("pk")
    pairs = QAPair.objects.filter(article__in=chosen)
    columns = Column.objects.filter(articles__in=chosen).distinct()
    authors = Author.objects.filter(columns__in=columns.order_by().values("pk")).distinct()
    topics = Topic.objects.filter(tagged__content_object__article__in=chosen).distinct()
    keys = {name: rows.order_by().values("pk") for name, rows in [("pair", pairs), ("topic", topics)]}
    within = Q(pair__in=keys["pair"], other__in=keys["pair"])
    querysets = [
        authors,
        columns.select_related("author"),
        topics,
        TopicAlias.objects.filter(topic__in=keys["topic"]).select_related("topic"),
        Article.objects.filter(pk__in=chosen).select_related("column").order_by("pk"),
        pairs.select_related("article").order_by("article", "number"),
        TaggedPair.objects.filter(content_object__in=keys["pair"])
        .select_related("content_object__article", "tag")
        .order_by("pk"),
        *(
            model.objects.filter(within).select_related("pair__article", "other__article").order_by("pk")
            for model in (PairLink, DistinctCouple)
        ),
        FormerPlace.objects.filter(article__in=chosen, pair__in=keys["pair"])
        .select_related("article", "pair__article")
        .order_by("pk"),
        *(
            model.objects.filter(target__in=rows.order_by().values("pk")).select_related("target").order_by("pk")
            for model, rows in [
                (AuthorFormerSlug, authors),
                (ColumnFormerSlug, columns),
                (TopicFormerSlug, topics),
                (ArticleFormerSlug, Article.objects.filter(pk__in=chosen)),
                (OldAddress, Article.objects.filter(pk__in=chosen)),
            ]
        ),
    ]
    yield from chain.from_iterable(rows.iterator(chunk_size=AT_ONCE) for rows in querysets)
    yield from Picture.objects.filter(name__in=picture_names(pairs)).order_by("pk").iterator(chunk_size=20)


def picture_names(pairs: QuerySet[QAPair]) -> set[str]:
    """Return the names of the pictures that the answers show."""
    answers = pairs.filter(answer__contains="/images/").values_list("answer", flat=True)
    return {found[0].rpartition("/")[2] for answer in answers for found in ADDRESS.finditer(answer)}
