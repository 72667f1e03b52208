"""How far long work has come, on a terminal."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.core.management.base import CommandError, OutputWrapper
from django.db import connection
from django.utils.translation import gettext as _

from articles.models import UnrelatedPair

WIDTH = 40
# Fewer pairs are linked within seconds.
MANY = 500


def progress_bar(stream: OutputWrapper, work: str = "") -> Callable[[float], None]:
    """Return a function that draws the share done, from 0 to 1, of the work; on what is no terminal it draws nothing."""
    drawn = ""

    def draw(share: float) -> None:
        nonlocal drawn
        done = "█" * round(share * WIDTH)
        line = f"{done:░<{WIDTH}} {share:4.0%} {work}".rstrip()
        if stream.isatty() and line != drawn:
            stream.write(f"\r{line}", str, ending="\n" if share >= 1 else "")
            stream.flush()
        drawn = line

    return draw


@contextmanager
def links_shown(stream: OutputWrapper) -> Iterator[None]:
    """Draw how far HTML and index of many new pairs are, and then their links to each other.

    These take hours for a million; Ctrl-C leaves the rest for later.
    """
    draw = progress_bar(stream)
    total = 0

    def report(linked: int) -> None:
        nonlocal total
        if not total:
            total = linked + UnrelatedPair.objects.values("pair_id").distinct().count()
            if total >= MANY and stream.isatty():
                stream.write(
                    _("Linking %(count)d questions to each other (Ctrl-C leaves the rest for later)")
                    % {"count": total},
                    str,
                )
        if total >= MANY:
            draw(min(linked / total, 1))

    connection.report_backlog = progress_bar(stream, _("rendering and indexing"))
    connection.report_links = report
    try:
        yield
    except KeyboardInterrupt as interruption:
        if not total:
            raise
        raise CommandError(
            _("Stopped. Nothing is lost: the rest is linked with the next start or write.")
        ) from interruption
    finally:
        connection.report_backlog = connection.report_links = None
