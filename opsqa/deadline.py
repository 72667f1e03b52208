"""No query for readers runs long: a worker that computes for one reader keeps all others waiting."""

import time
from collections.abc import Callable
from contextlib import ExitStack, contextmanager

from django.conf import settings
from django.db import OperationalError, connections
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from psycopg.errors import QueryCanceled

from articles.views.errors import service_unavailable

# How many of SQLite's own instructions pass, some milliseconds, between two looks at the clock.
INSTRUCTIONS = 100_000


class Deadline:
    """Middleware: every query of a page for readers has QUERY_SECONDS; the page then is a kind 503.

    Editors have all the time they need, and what counts is the address: a cookie proves nothing before it is looked up.
    """

    def __init__(self, get_response: Callable):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        seconds = 0 if request.path.startswith(reverse("admin:index")) else settings.QUERY_SECONDS
        with ExitStack() as stack:
            for connection in connections.all():
                stack.enter_context(LIMITS[connection.vendor](connection, seconds))
            return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        return service_unavailable(request) if is_cut_short(exception) else None


def is_cut_short(exception: Exception | None) -> bool:
    """Tell whether a query ended because its time was over; a template may have wrapped the error."""
    return isinstance(exception, OperationalError) and (
        isinstance(exception.__cause__, QueryCanceled) or str(exception) == "interrupted"
    )


@contextmanager
def sqlite_limit(connection, seconds: float):
    """Let SQLite look at the clock while it computes."""
    ends = 0.0

    def start(execute, *arguments):
        nonlocal ends
        if not ends:
            connection.connection.set_progress_handler(lambda: time.monotonic() > ends, INSTRUCTIONS)
        ends = time.monotonic() + seconds
        return execute(*arguments)

    if not seconds:
        yield
        return
    with connection.execute_wrapper(start):
        try:
            yield
        finally:
            if connection.connection and ends:
                connection.connection.set_progress_handler(None, 0)


@contextmanager
def postgresql_limit(connection, seconds: float):
    """Let the server count; it is told only when the limit changes, as each telling is a way there and back."""

    def start(execute, *arguments):
        tell(connection, seconds)
        return execute(*arguments)

    if not seconds:
        # Before any transaction, whose end could bring the old limit back.
        tell(connection, seconds)
        yield
        return
    with connection.execute_wrapper(start):
        yield


def tell(connection, seconds: float) -> None:
    raw = connection.connection
    if raw and getattr(raw, "query_seconds", 0) != seconds and not connection.in_atomic_block:
        raw.execute(f"SET statement_timeout = {int(seconds * 1000)}")
        raw.query_seconds = seconds


LIMITS = {"sqlite": sqlite_limit, "postgresql": postgresql_limit}
