"""Articles by the year and month of their publication."""

from datetime import date
from itertools import groupby

from django.http import Http404
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from articles.models import Article
from articles.tallies.lists import articles_of_site
from articles.tallies.reading import years
from articles.views.lookup import paginate


@require_safe
def archive(request):
    return render(request, "articles/archive.html", {"years": years()})


@require_safe
def year(request, year):
    page = paginate(articles_of_site(year), request)
    if not page.object_list:
        raise Http404
    context = {"year": year, "page": page, "months": by_month(page.object_list)}
    return render(request, "articles/archive_year.html", context)


@require_safe
def month(request, year, month):
    if not 1 <= month <= 12:
        raise Http404
    page = paginate(articles_of_site(year, month), request)
    if not page.object_list:
        raise Http404
    return render(request, "articles/archive_month.html", {"month": date(year, month, 1), "page": page})


def by_month(articles) -> list[tuple[date, list[Article]]]:
    """Group articles, newest first, under the first day of their month."""

    def first_day(article: Article) -> date:
        return timezone.localdate(article.published_at).replace(day=1)

    return [(day, list(group)) for day, group in groupby(articles, first_day)]
