"""Which pairs a query may find by what the content says of them, whatever their texts hold."""

from dataclasses import dataclass
from functools import cached_property

from django.core.exceptions import EmptyResultSet
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

from articles.models import Article, Column, QAPair, Topic
from articles.search.facets import NO_FILTERS, Filters, narrow
from articles.search.matching import Fragment, there_is
from articles.search.query import Query
from articles.search.segmentation import fold
from articles.search.visibility import public_pair


@dataclass(frozen=True)
class Scope:
    """The published pairs, or for editors all, of the query's topics and columns that the reader's filters leave."""

    query: Query
    everything: bool = False
    filters: Filters = NO_FILTERS

    @property
    def is_all_public(self) -> bool:
        return not (self.query.topics or self.query.columns or self.filters.is_set or self.everything)

    @property
    def is_empty(self) -> bool:
        """Whether it can be told without asking that there are none."""
        return not self.is_all_public and self.pairs.query.is_empty()

    @cached_property
    def pairs(self) -> QuerySet:
        pairs = QAPair.objects.all() if self.everything else QAPair.objects.of(Article.objects.published())
        topics = Topic.objects.resolve(self.query.topics)
        for name in self.query.topics:
            pairs = pairs.filter(tagged__tag=topics[name]) if name in topics else pairs.none()
        for name in self.query.columns:
            columns = [column for column in Column.objects.all() if fold(column.title) == name]
            pairs = pairs.filter(article__column__in=columns) if columns else pairs.none()
        return narrow(pairs, self.filters)

    # Compiled once: a search asks it of many pairs, in several statements.
    @cached_property
    def demand(self) -> Fragment:
        """The demand that held.pair_id is one of these."""
        if self.is_all_public:
            return public_pair()
        this = self.pairs.order_by().filter(pk=RawSQL("held.pair_id", ())).values("pk")
        try:
            sql, params = this.query.sql_with_params()
        except EmptyResultSet:
            return Fragment("1 = 0", ())
        return Fragment(there_is(sql), params)
