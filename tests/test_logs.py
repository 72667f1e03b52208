import logging
import sys

from opsqa.logs import LineFormatter

HOSTILE = "a\r\n2026-01-01 INFO forged\x1b[31m\u2028"


def line(**fields) -> str:
    record = logging.LogRecord("django", logging.WARNING, "", 0, "Not Found: %s", (HOSTILE,), fields.get("exc_info"))
    return LineFormatter("{levelname} {message}", style="{").format(record)


def test_what_a_visitor_sent_stays_on_its_line():
    assert line() == r"WARNING Not Found: a\r\n2026-01-01 INFO forged\x1b[31m\u2028"


def test_a_traceback_is_set_in_and_quotes_nothing_at_the_beginning_of_a_line():
    try:
        raise ValueError(HOSTILE)
    except ValueError:
        lines = line(exc_info=sys.exc_info()).split("\n")
    assert lines[1] == "    Traceback (most recent call last):"
    assert [text for text in lines[1:] if not text.startswith("    ")] == []
    assert "\x1b" not in "".join(lines)
