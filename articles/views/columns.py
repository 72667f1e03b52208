"""Columns, and the people who answer in them."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from articles.models import Article, Author, Column
from articles.views.lookup import find, follows_former_slugs, paginate


@require_safe
def column_list(request):
    columns = Column.objects.in_use().select_related("author")
    return render(request, "articles/column_list.html", {"columns": columns})


@require_safe
@follows_former_slugs
def column(request, slug):
    row = find(Column.objects.in_use().select_related("author"), slug)
    articles = Article.objects.published().filter(column=row).for_listing().newest_first()
    return render(request, "articles/column.html", {"column": row, "page": paginate(articles, request)})


@require_safe
@follows_former_slugs
def author(request, slug):
    row = find(Author.objects.filter(columns__in=Column.objects.in_use().values("pk")).distinct(), slug)
    articles = Article.objects.published().filter(column__author=row).for_listing().newest_first()
    context = {"author": row, "columns": row.columns.in_use(), "page": paginate(articles, request)}
    return render(request, "articles/author.html", context)
