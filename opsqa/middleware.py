"""What holds for every request and answer, whatever view, file or error answers it."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed

METHODS = ["GET", "HEAD", "POST"]


def headers(get_response: Callable) -> Callable:
    """Add the headers of the settings; first of all middleware, so that no other one answers without them."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        for name, value in settings.HEADERS.items():
            response.setdefault(name, value)
        if is_for_one_visitor(response):
            response.setdefault("Cache-Control", "private, no-store")
        return response

    return middleware


def is_for_one_visitor(response: HttpResponse) -> bool:
    """Tell whether another visitor may be answered otherwise: a cache in between must not keep it."""
    return bool(response.cookies) or "cookie" in response.get("Vary", "").lower()


def methods(get_response: Callable) -> Callable:
    """Refuse what no address takes, before anything is looked up; Django itself answers TRACE like GET."""

    def middleware(request: HttpRequest) -> HttpResponse:
        return get_response(request) if request.method in METHODS else HttpResponseNotAllowed(METHODS)

    return middleware
