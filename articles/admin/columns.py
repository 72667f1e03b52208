"""Authors and their columns."""

from django.contrib import admin
from django.db.models import Count
from django.utils.translation import gettext_lazy as _

from articles.admin.desk import DeskAdmin
from articles.admin.forms import SluggedForm
from articles.models import Author, Column


@admin.register(Author)
class AuthorAdmin(DeskAdmin):
    form = SluggedForm
    fields = ["name", "role", "bio", "slug"]
    list_display = ["name", "role", "column_count", "article_count", "slug"]
    search_fields = ["name", "role"]

    def get_queryset(self, request):
        return (
            super()
            .get_queryset(request)
            .annotate(
                column_count=Count("columns", distinct=True), article_count=Count("columns__articles", distinct=True)
            )
        )

    @admin.display(description=_("columns"), ordering="column_count")
    def column_count(self, author):
        return author.column_count

    @admin.display(description=_("articles"), ordering="article_count")
    def article_count(self, author):
        return author.article_count


@admin.register(Column)
class ColumnAdmin(DeskAdmin):
    form = SluggedForm
    fields = ["title", "author", "motto", "description", "salutations", "slug"]
    list_display = ["title", "author", "articles_in_all", "published_articles", "slug"]
    list_select_related = ["author"]
    search_fields = ["title", "author__name"]

    def get_queryset(self, request):
        counted = super().get_queryset(request).with_counts()
        return counted.annotate(articles_in_all=Count("articles", distinct=True))

    @admin.display(description=_("articles"), ordering="articles_in_all")
    def articles_in_all(self, column):
        return column.articles_in_all

    @admin.display(description=_("published"), ordering="article_count")
    def published_articles(self, column):
        return column.article_count
