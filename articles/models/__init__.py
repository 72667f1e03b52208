"""The tables: authors and columns, articles and their pairs, topics, synonyms, pictures,
versions of articles, what editors say of two pairs or topics, and notes of what is out of date."""

from articles.models.articles import Article, ArticleFormerSlug, FormerPlace, OldAddress, QAPair
from articles.models.columns import Author, AuthorFormerSlug, Column, ColumnFormerSlug
from articles.models.derived import StalePair, UnrelatedPair
from articles.models.merges import DistinctNames, TopicMerge
from articles.models.pictures import Picture
from articles.models.related import DistinctCouple, PairLink
from articles.models.revisions import PendingRevision, Revision
from articles.models.saved_views import SavedView
from articles.models.synonyms import SynonymGroup
from articles.models.topics import TaggedPair, Topic, TopicAlias, TopicFormerSlug

__all__ = [
    "Article",
    "ArticleFormerSlug",
    "Author",
    "AuthorFormerSlug",
    "Column",
    "ColumnFormerSlug",
    "DistinctCouple",
    "DistinctNames",
    "FormerPlace",
    "OldAddress",
    "PairLink",
    "PendingRevision",
    "Picture",
    "QAPair",
    "Revision",
    "SavedView",
    "StalePair",
    "SynonymGroup",
    "TaggedPair",
    "Topic",
    "TopicAlias",
    "TopicFormerSlug",
    "TopicMerge",
    "UnrelatedPair",
]
