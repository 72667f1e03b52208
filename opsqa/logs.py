"""How a line of the log looks: what visitors sent can neither begin a line of its own nor steer a terminal."""

import logging
import re

CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")


def escaped(text: str) -> str:
    return CONTROL.sub(lambda found: found[0].encode("unicode_escape").decode(), text)


class LineFormatter(logging.Formatter):
    def formatMessage(self, record: logging.LogRecord) -> str:
        return escaped(super().formatMessage(record))

    def formatException(self, exc_info) -> str:
        """Set a traceback in: its last lines may quote what a visitor sent."""
        return "\n".join(f"    {escaped(line)}" for line in super().formatException(exc_info).split("\n"))
