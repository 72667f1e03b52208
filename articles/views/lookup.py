"""Finding a row by the slug in its address, and following slugs it had before."""

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.cache import patch_cache_control

PAGE_SIZE = 20


class Moved(Exception):
    """The row has another address now."""

    def __init__(self, row):
        self.row = row


def find(rows: QuerySet, slug: str):
    """Return the row of the slug among the given ones; raise Moved for a former slug, Http404 otherwise.

    Only rows that readers may see are passed in, so that a former slug gives away no draft.
    """
    row = rows.filter(slug=slug).first()
    if row is not None:
        return row
    row = rows.filter(former_slugs__slug=slug).first()
    if row is None:
        raise Http404
    raise Moved(row)


def follows_former_slugs(view):
    """Answer a former slug with a permanent redirect to the same page, or feed, of the row; the query string stays."""

    def answer(request, *args, **kwargs):
        try:
            return view(request, *args, **kwargs)
        except Moved as moved:
            match = request.resolver_match
            path = reverse(match.view_name, kwargs=match.kwargs | {"slug": moved.row.slug})
            query = request.META.get("QUERY_STRING", "")
            response = redirect(f"{path}?{query}" if query else path, permanent=True)
            # Browsers keep a permanent redirect for good, and would go round in a ring once the slug is given back.
            patch_cache_control(response, no_cache=True)
            return response

    return answer


def paginate(rows, request, size: int = PAGE_SIZE) -> Page:
    """Return the page that ?page= asks for; nonsense gives the first, too far gives the last."""
    page = Paginator(rows, size).get_page(request.GET.get("page"))
    page.shown_numbers = list(page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1))
    return page
