"""Articles as texts by field, the form in which tables and Markdown files hold them."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.db.models import F, QuerySet

from articles.importing.copies import write_moment
from articles.models import Article, QAPair

AT_ONCE = 200
Report = Callable[[float], None]  # is told the share done, from 0 to 1


def silent(share: float) -> None:
    """Report nothing."""


@dataclass(frozen=True, slots=True)
class ArticleTexts:
    """One article for a file: its values and those of its pairs in order, as texts by field."""

    slug: str
    values: dict[str, str]
    pairs: list[dict[str, str]]


def article_texts(articles: QuerySet[Article], report: Report = silent) -> Iterator[ArticleTexts]:
    """Yield the articles, newest first. Costs three queries for every AT_ONCE of them."""
    count = articles.count()
    newest = articles.order_by(F("published_at").desc(nulls_first=True), "slug")
    found = newest.for_listing().defer("source_text").iterator(chunk_size=AT_ONCE)
    for number, article in enumerate(found, 1):
        yield ArticleTexts(article.slug, texts_of(article), [pair_texts(pair) for pair in article.pairs.all()])
        report(min(number / count, 1))


def texts_of(article: Article) -> dict[str, str]:
    return {
        "title": article.title,
        "column": article.column.title,
        "author": article.column.author.name,
        "slug": article.slug,
        "summary": article.summary,
        "status": article.status,
        "published_at": write_moment(article.published_at),
        "expires_at": write_moment(article.expires_at),
        "review_by": article.review_by.isoformat() if article.review_by else "",
        "origin": article.origin,
        "source_name": article.source_name,
        "source_url": article.source_url,
    }


def pair_texts(pair: QAPair) -> dict[str, str]:
    return {
        "number": str(pair.number),
        "heading": pair.heading,
        "question": pair.question,
        "answer": pair.answer,
        "signature": pair.signature,
        "topics": "、".join(sorted(topic.name for topic in pair.topics.all())),
    }
