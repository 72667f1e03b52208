"""Which pairs a query may find by what the content says of them, whatever their texts hold."""

from dataclasses import dataclass
from functools import cached_property
from typing import Self

from django.core.exceptions import EmptyResultSet
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

from articles.models import Article, Column, QAPair, Topic
from articles.search.matching import Fragment, there_is
from articles.search.query import Query
from articles.search.segmentation import fold


@dataclass(frozen=True)
class Scope:
    """The pairs that a query may find, as a queryset and as a demand on a pair of the index."""

    pairs: QuerySet

    @classmethod
    def of(cls, query: Query, *, everything: bool) -> Self:
        """Return the published pairs, or for editors all, that are of the query's topic and column."""
        pairs = QAPair.objects.all() if everything else QAPair.objects.of(Article.objects.published())
        topics = Topic.objects.resolve(query.topics)
        for name in query.topics:
            pairs = pairs.filter(tagged__tag=topics[name]) if name in topics else pairs.none()
        for name in query.columns:
            columns = [column for column in Column.objects.all() if fold(column.title) == name]
            pairs = pairs.filter(article__column__in=columns) if columns else pairs.none()
        return cls(pairs)

    # Compiled once: a search asks it of many pairs, in several statements.
    @cached_property
    def demand(self) -> Fragment:
        """The demand that the pair is one of these."""
        this = self.pairs.order_by().filter(pk=RawSQL("held.pair_id", ())).values("pk")
        try:
            sql, params = this.query.sql_with_params()
        except EmptyResultSet:
            return Fragment("1 = 0", ())
        return Fragment(there_is(sql), params)
