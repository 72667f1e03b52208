"""Addresses of the site that articles came from: they lead to where the articles are now."""

from collections.abc import Callable
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.cache import patch_cache_control

from articles.importing.old_addresses import address_key
from articles.models import Article
from articles.views.errors import page_not_found


def old_addresses(get_response: Callable) -> Callable:
    """Look up what no page answers, and the front page asked for a post: only these can be old addresses.

    Only what readers may see is found, so that an old address gives away no draft.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        is_of_post = request.path_info == "/" and key_of(request) != ""
        response = page_not_found(request) if is_of_post else get_response(request)
        is_asked_in_vain = response.status_code == HTTPStatus.NOT_FOUND and request.method in ("GET", "HEAD")
        return (is_asked_in_vain and find_moved(request)) or response

    return middleware


def key_of(request: HttpRequest) -> str:
    return address_key(request.path_info, request.META.get("QUERY_STRING", ""))


def find_moved(request: HttpRequest) -> HttpResponse | None:
    key = key_of(request)
    article = Article.objects.published().filter(old_addresses__address=key).first() if key else None
    if article is None:
        return None
    response = redirect(article, permanent=True)
    # Browsers keep a permanent redirect for good; what is withdrawn must be able to come back elsewhere.
    patch_cache_control(response, no_cache=True)
    return response
