"""Addresses that programs ask for."""

from django.db import DatabaseError, connection
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe


@require_safe
def robots(request):
    return render(request, "robots.txt", content_type="text/plain; charset=utf-8")


@require_safe
@never_cache
def healthz(request):
    """Answer 200 while the database can be read, 503 otherwise."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM articles_article LIMIT 1")
    except DatabaseError:
        return HttpResponse("database unavailable\n", status=503, content_type="text/plain; charset=utf-8")
    return HttpResponse("ok\n", content_type="text/plain; charset=utf-8")
