"""How far long work has come, on a terminal."""

from collections.abc import Callable

from django.core.management.base import OutputWrapper

WIDTH = 40


def progress_bar(stream: OutputWrapper) -> Callable[[float], None]:
    """Return a function that draws the share done, from 0 to 1; on what is no terminal it draws nothing."""

    def draw(share: float) -> None:
        if stream.isatty():
            done = "█" * round(share * WIDTH)
            stream.write(f"\r{done:░<{WIDTH}} {share:4.0%}", str, ending="\n" if share >= 1 else "")
            stream.flush()

    return draw
