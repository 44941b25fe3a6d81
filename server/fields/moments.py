"""Dates and times."""

import datetime
import re
from collections.abc import Callable
from typing import Any

from marshmallow import ValidationError, fields

from server.fields.blank import BlankIsNull
from server.fields.messages import missing
from server.values.text import trimmed


class _IsoField(BlankIsNull):
    """A date or a time in ISO 8601, in the extended form, as HTML's inputs send it.

    Subclasses have the `pattern` of the text, the `error` for all other values, and `parse` for a text of the pattern,
    which raises ValueError or OverflowError for a day, hour or zone that does not exist.
    """

    default_error_messages = missing()
    blank_is_missing = True
    pattern: re.Pattern[str]
    error: str
    parse: Callable[[str], Any]

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:
        text = trimmed(value) if isinstance(value, str) and len(value) < 100 else ""
        try:
            if self.pattern.fullmatch(text):
                return self.parse(text)
        except (ValueError, OverflowError):
            pass
        raise ValidationError(self.error)

    def _serialize(self, value: Any, attr: str | None, obj: Any, **kwargs: Any) -> str | None:
        return None if value is None else str(value.isoformat())


_DAY, _TIME, _ZONE = (
    "[0-9]{4}-[0-9]{2}-[0-9]{2}",
    r"[0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]{1,6})?)?",
    "(Z|[-+][0-9]{2}:[0-9]{2})",
)


class Day(_IsoField, fields.Date):
    """A date: `2026-12-31`."""

    pattern = re.compile(_DAY)
    error = "Must be a date such as 2026-12-31."
    parse = staticmethod(datetime.date.fromisoformat)


class TimeOfDay(_IsoField, fields.Time):
    """A time of day without a zone: `18:30`, sent with its seconds."""

    pattern = re.compile(_TIME)
    error = "Must be a time of day such as 18:30."
    parse = staticmethod(datetime.time.fromisoformat)


class LocalMoment(_IsoField, fields.String):
    """A date and a time without a zone: `2026-12-31T18:30`."""

    pattern = re.compile(f"{_DAY}[T ]{_TIME}")
    error = "Must be a date and a time such as 2026-12-31T18:30."
    parse = staticmethod(datetime.datetime.fromisoformat)


def _utc(text: str) -> datetime.datetime:
    """Not of the years 1 and 9999: in another zone some of their moments are in no year."""
    moment = datetime.datetime.fromisoformat(text).astimezone(datetime.UTC)
    if not datetime.MINYEAR < moment.year < datetime.MAXYEAR:
        raise OverflowError(text)
    return moment


class Moment(_IsoField, fields.DateTime):
    """A point in time, written with any zone, stored and sent in UTC."""

    pattern = re.compile(f"{_DAY}[T ]{_TIME}{_ZONE}")
    error = "Must be a date and a time with its zone, such as 2026-12-31T18:30:00Z."
    parse = staticmethod(_utc)

    def _serialize(self, value: Any, attr: str | None, obj: Any, **kwargs: Any) -> str | None:
        if value is not None:
            # SQLite stores no zone.
            value = value.astimezone(datetime.UTC) if value.tzinfo else value.replace(tzinfo=datetime.UTC)
        return super()._serialize(value, attr, obj, **kwargs)
