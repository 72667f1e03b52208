"""The tables: authors and columns, articles and their pairs, topics, and notes of what is out of date."""

from articles.models.articles import Article, ArticleFormerSlug, QAPair
from articles.models.columns import Author, AuthorFormerSlug, Column, ColumnFormerSlug
from articles.models.derived import StalePair
from articles.models.topics import TaggedPair, Topic, TopicAlias, TopicFormerSlug

__all__ = [
    "Article",
    "ArticleFormerSlug",
    "Author",
    "AuthorFormerSlug",
    "Column",
    "ColumnFormerSlug",
    "QAPair",
    "StalePair",
    "TaggedPair",
    "Topic",
    "TopicAlias",
    "TopicFormerSlug",
]
