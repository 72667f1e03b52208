"""Work on another database connection, as another worker of the site would do it."""

from collections.abc import Callable
from threading import Thread

from django.db import connection


def in_thread(act: Callable[[], object]) -> Thread:
    """Begin the act in a thread, whose connection is closed at the end."""

    def run():
        try:
            act()
        finally:
            connection.close()

    thread = Thread(target=run)
    thread.start()
    return thread
