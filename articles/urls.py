"""Readers' addresses."""

from django.contrib.sitemaps.views import sitemap
from django.urls import path, register_converter

from articles import feeds
from articles.imaging import NAME
from articles.sitemaps import SITEMAPS
from articles.views import archive, columns, home, machines, pictures, preview, topics
from articles.views import articles as article_views
from articles.views import search as search_views


class YearConverter:
    """A year of four digits that the calendar of Python knows with room to spare."""

    regex = "[12][0-9]{3}"

    def to_python(self, value: str) -> int:
        return int(value)

    def to_url(self, value: int) -> str:
        return f"{value:04d}"


class PictureConverter:
    """The name that a stored picture has."""

    regex = NAME

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(YearConverter, "year")
register_converter(PictureConverter, "picture")

XML = "application/xml; charset=utf-8"

app_name = "articles"
urlpatterns = [
    path("", home.home, name="home"),
    path("articles/", article_views.article_list, name="article_list"),
    path("articles/<slug:slug>/", article_views.article, name="article"),
    path("articles/<slug:slug>/qr.svg", article_views.article_qr, name="article_qr"),
    path("columns/", columns.column_list, name="column_list"),
    path("columns/<slug:slug>/", columns.column, name="column"),
    path("columns/<slug:slug>/feed/", feeds.ColumnFeed(), name="column_feed"),
    path("authors/<slug:slug>/", columns.author, name="author"),
    path("topics/", topics.topic_list, name="topic_list"),
    path("topics/<slug:slug>/", topics.topic, name="topic"),
    path("topics/<slug:slug>/feed/", feeds.TopicFeed(), name="topic_feed"),
    path("archive/", archive.archive, name="archive"),
    path("archive/<year:year>/", archive.year, name="archive_year"),
    path("archive/<year:year>/<int:month>/", archive.month, name="archive_month"),
    path("images/<picture:name>", pictures.picture, name="picture"),
    path("search/", search_views.search_page, name="search"),
    path("search/suggest/", search_views.suggestions, name="suggest"),
    path("preview/<str:token>/", preview.preview, name="preview"),
    path("feed/", feeds.LatestFeed(), name="feed"),
    path("sitemap.xml", sitemap, {"sitemaps": SITEMAPS, "content_type": XML}, name="sitemap"),
    path("robots.txt", machines.robots, name="robots"),
    path("healthz", machines.healthz, name="healthz"),
]
