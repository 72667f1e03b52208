"""Columns, and the people who answer in them."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from articles.models import Author, Column
from articles.tallies.lists import articles_of_columns
from articles.views.lookup import find, follows_former_slugs, paginate


@require_safe
def column_list(request):
    columns = Column.objects.in_use().select_related("author")
    return render(request, "articles/column_list.html", {"columns": columns})


@require_safe
@follows_former_slugs
def column(request, slug):
    row = find(Column.objects.in_use().select_related("author"), slug)
    page = paginate(articles_of_columns([row.pk]), request)
    return render(request, "articles/column.html", {"column": row, "page": page})


@require_safe
@follows_former_slugs
def author(request, slug):
    row = find(Author.objects.filter(columns__in=Column.objects.in_use().values("pk")).distinct(), slug)
    columns = list(row.columns.in_use())
    page = paginate(articles_of_columns([column.pk for column in columns]), request)
    context = {"author": row, "columns": columns, "page": page}
    return render(request, "articles/author.html", context)
