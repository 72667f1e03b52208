"""Atom feeds: the newest articles of the site and of a column, the newest pairs of a topic."""

import re

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.http import HttpResponse
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from articles.models import Article, Column, QAPair, Topic
from articles.tallies.lists import pairs_of_topic
from articles.views.lookup import find, follows_former_slugs

ENTRIES = 20
# XML 1.0 has no way to write these, so a feed that holds one is not a feed.
NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")

# Readers of feeds do not know which site a picture's path belongs to.
PICTURE = re.compile('(<img src=")/images/')


def xml_text(text: str) -> str:
    return NOT_IN_XML.sub("", text)


def pair_html(pair: QAPair) -> str:
    """Return a pair's stored, cleaned HTML under its heading."""
    return format_html(
        "<h2>{}</h2><blockquote>{}</blockquote>{}",
        pair.heading,
        mark_safe(pair.question_html),
        mark_safe(PICTURE.sub(rf"\1{on_site('/images/')}", pair.answer_html)),
    )


def on_site(path: str) -> str:
    """Return the address on OPSQA_SITE_URL; without it the path, which Django completes from the request."""
    return f"{settings.SITE_URL}{path}"


class AtomFeed(Feed):
    feed_type = Atom1Feed

    @property
    def language(self) -> str:
        return get_language()

    def item_link(self, item) -> str:
        return on_site(item.get_absolute_url())

    def __call__(self, request, *args, **kwargs) -> HttpResponse:
        if request.method not in {"GET", "HEAD"}:
            return HttpResponse(status=405, headers={"Allow": "GET, HEAD"})
        return follows_former_slugs(super().__call__)(request, *args, **kwargs)


class ArticleFeed(AtomFeed):
    """Whole articles, each with its letters and answers."""

    def item_title(self, item: Article) -> str:
        return xml_text(item.title)

    def item_description(self, item: Article) -> str:
        return xml_text("".join(pair_html(pair) for pair in item.pairs.all()))

    def item_author_name(self, item: Article) -> str:
        return xml_text(item.column.author.name)

    def item_pubdate(self, item: Article):
        return item.published_at

    def item_updateddate(self, item: Article):
        return item.last_changed

    def item_categories(self, item: Article) -> list[str]:
        return sorted({topic.name for pair in item.pairs.all() for topic in pair.topics.all()})


class LatestFeed(ArticleFeed):
    subtitle = settings.SITE_TAGLINE

    def title(self) -> str:
        return str(settings.SITE_NAME)

    def link(self) -> str:
        return on_site(reverse("articles:home"))

    def feed_url(self) -> str:
        return on_site(reverse("articles:feed"))

    def items(self):
        return Article.objects.published().for_listing().newest_first()[:ENTRIES]


class ColumnFeed(ArticleFeed):
    def get_object(self, request, slug) -> Column:
        return find(Column.objects.in_use().select_related("author"), slug)

    def title(self, column: Column) -> str:
        return f"{column.title} · {settings.SITE_NAME}"

    def subtitle(self, column: Column) -> str:
        return xml_text(column.description)

    def link(self, column: Column) -> str:
        return on_site(column.get_absolute_url())

    def feed_url(self, column: Column) -> str:
        return on_site(reverse("articles:column_feed", args=[column.slug]))

    def items(self, column: Column):
        return Article.objects.published().filter(column=column).for_listing().newest_first()[:ENTRIES]


class TopicFeed(AtomFeed):
    def get_object(self, request, slug) -> Topic:
        return find(Topic.objects.in_use(), slug)

    def title(self, topic: Topic) -> str:
        return _("Topic %(topic)s · %(site)s") % {"topic": topic.name, "site": settings.SITE_NAME}

    def subtitle(self, topic: Topic) -> str:
        return xml_text(topic.description)

    def link(self, topic: Topic) -> str:
        return on_site(topic.get_absolute_url())

    def feed_url(self, topic: Topic) -> str:
        return on_site(reverse("articles:topic_feed", args=[topic.slug]))

    def items(self, topic: Topic):
        return pairs_of_topic(topic.pk)[:ENTRIES]

    def item_title(self, item: QAPair) -> str:
        return xml_text(item.heading)

    def item_description(self, item: QAPair) -> str:
        return xml_text(pair_html(item))

    def item_author_name(self, item: QAPair) -> str:
        return xml_text(item.article.column.author.name)

    def item_pubdate(self, item: QAPair):
        return item.article.published_at

    def item_updateddate(self, item: QAPair):
        return item.article.last_changed

    def item_categories(self, item: QAPair) -> list[str]:
        return [topic.name for topic in item.topics.all()]
