"""Pages for what went wrong. None of them asks the database or the request, so they work when those fail."""

from http import HTTPStatus

from django.conf import settings
from django.http import HttpResponse
from django.template.loader import render_to_string


def error_page(status: HTTPStatus) -> HttpResponse:
    context = {"site_name": settings.SITE_NAME, "LANGUAGE_CODE": settings.LANGUAGE_CODE}
    return HttpResponse(render_to_string(f"{status.value}.html", context), status=status)


def bad_request(request, exception=None):
    return error_page(HTTPStatus.BAD_REQUEST)


def permission_denied(request, exception=None):
    return error_page(HTTPStatus.FORBIDDEN)


def csrf_failure(request, reason=""):
    return error_page(HTTPStatus.FORBIDDEN)


def page_not_found(request, exception=None):
    return error_page(HTTPStatus.NOT_FOUND)


def server_error(request):
    return error_page(HTTPStatus.INTERNAL_SERVER_ERROR)


def service_unavailable(request):
    response = error_page(HTTPStatus.SERVICE_UNAVAILABLE)
    response["Retry-After"] = "60"
    response["Cache-Control"] = "no-store"
    return response
