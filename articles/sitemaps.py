"""What search engines may index: every published page, with the date of its last visible change."""

from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.urls import reverse

from articles.models import Article, Author, Column, Topic
from articles.tallies.lists import articles_of_site, load_for_sitemap


class SiteMap(Sitemap):
    """Addresses on OPSQA_SITE_URL where it is set, on the host of the request otherwise."""

    limit = 10_000

    def get_domain(self, site=None) -> str:
        return urlsplit(settings.SITE_URL).netloc or super().get_domain(site)

    def get_protocol(self, protocol=None) -> str:
        return urlsplit(settings.SITE_URL).scheme or super().get_protocol(protocol)


class PageMap(SiteMap):
    def items(self) -> list[str]:
        return ["home", "article_list", "column_list", "topic_list", "archive"]

    def location(self, item: str) -> str:
        return reverse(f"articles:{item}")


class ArticleMap(SiteMap):
    def items(self):
        return articles_of_site(load=load_for_sitemap)

    def get_latest_lastmod(self):
        """Leave the date out of the list of maps: it would take reading every article."""
        return None

    def lastmod(self, item: Article):
        return item.last_changed


class ColumnMap(SiteMap):
    def items(self):
        return Column.objects.in_use()

    def lastmod(self, item: Column):
        return item.latest


class TopicMap(SiteMap):
    def items(self):
        return Topic.objects.in_use()


class AuthorMap(SiteMap):
    def items(self):
        return Author.objects.filter(columns__in=Column.objects.in_use().values("pk")).distinct().order_by("pk")


SITEMAPS = {"pages": PageMap, "articles": ArticleMap, "columns": ColumnMap, "topics": TopicMap, "authors": AuthorMap}
