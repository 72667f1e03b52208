"""Times as the database has them in SQL that no model writes."""

from datetime import UTC, datetime

from django.db import connection
from django.utils import timezone
from django.utils.dateparse import parse_datetime


def adapted(*moments: datetime | None) -> list:
    """Return the times as parameters."""
    return [moment and connection.ops.adapt_datetimefield_value(moment) for moment in moments]


def moment_of(value: datetime | str) -> datetime:
    """Return the time of a row; SQLite has text, in universal time."""
    moment = parse_datetime(value) if isinstance(value, str) else value
    return moment if timezone.is_aware(moment) else moment.replace(tzinfo=UTC)
