"""Dates and times."""

import datetime
import re
from typing import Any

from marshmallow import ValidationError
from marshmallow import fields

from server.fields.blank import BlankIsNull
from server.values.text import trimmed


class _Written(BlankIsNull):
    """A date or a time, written as ISO 8601 has it in full, and as HTML's inputs do."""

    default_error_messages = {"required": "Please fill this in.", "null": "Please fill this in."}
    blank_is_missing = True
    spelled = re.compile("")
    wrong = ""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:
        text = trimmed(value) if isinstance(value, str) and len(value) < 100 else ""
        try:
            if self.spelled.fullmatch(text):
                return self.parsed(text)
        except (ValueError, OverflowError):
            # No such day, hour or zone.
            pass
        raise ValidationError(self.wrong)

    def _serialize(self, value: Any, attr: str | None, obj: Any, **kwargs: Any) -> str | None:
        return None if value is None else str(value.isoformat())

    def parsed(self, text: str) -> Any:
        """The value of a text that is spelled as it should be; ValueError or OverflowError if there is none."""
        raise NotImplementedError


_DAY, _TIME, _ZONE = (
    "[0-9]{4}-[0-9]{2}-[0-9]{2}",
    r"[0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]{1,6})?)?",
    "(Z|[-+][0-9]{2}:[0-9]{2})",
)


class Day(_Written, fields.Date):
    """A date: `2026-12-31`."""

    spelled = re.compile(_DAY)
    wrong = "Must be a date such as 2026-12-31."

    def parsed(self, text: str) -> datetime.date:
        """The same, read."""
        return datetime.date.fromisoformat(text)


class TimeOfDay(_Written, fields.Time):
    """A time of day without a zone: `18:30`, sent with its seconds."""

    spelled = re.compile(_TIME)
    wrong = "Must be a time of day such as 18:30."

    def parsed(self, text: str) -> datetime.time:
        """The same, read."""
        return datetime.time.fromisoformat(text)


class LocalMoment(_Written, fields.String):
    """A date and a time without a zone, as a clock on the wall shows them: `2026-12-31T18:30`."""

    spelled = re.compile(f"{_DAY}[T ]{_TIME}")
    wrong = "Must be a date and a time such as 2026-12-31T18:30."

    def parsed(self, text: str) -> datetime.datetime:
        """The same, read."""
        return datetime.datetime.fromisoformat(text)


class Moment(_Written, fields.DateTime):
    """A point in time, written with any zone, and sent in UTC whatever a database makes of zones."""

    spelled = re.compile(f"{_DAY}[T ]{_TIME}{_ZONE}")
    wrong = "Must be a date and a time with its zone, such as 2026-12-31T18:30:00Z."

    def parsed(self, text: str) -> datetime.datetime:
        """In UTC. Of the first and the last year there are days that are in no year elsewhere."""
        moment = datetime.datetime.fromisoformat(text).astimezone(datetime.UTC)
        if not datetime.MINYEAR < moment.year < datetime.MAXYEAR:
            raise OverflowError(text)
        return moment

    def _serialize(self, value: Any, attr: str | None, obj: Any, **kwargs: Any) -> str | None:
        if value is not None:
            # SQLite has no zones: what was written in UTC comes back without.
            value = value.astimezone(datetime.UTC) if value.tzinfo else value.replace(tzinfo=datetime.UTC)
        return super()._serialize(value, attr, obj, **kwargs)
