"""Empty form inputs: HTML sends an empty string where nothing was entered."""

from typing import Any

from marshmallow import fields

from server.values.text import trimmed


def is_blank(value: object) -> bool:
    """Whether a value is null, or a string without anything but white space."""
    return value is None or (isinstance(value, str) and not trimmed(value))


class BlankIsNull(fields.Field[Any]):
    """A field that reads a blank string as null if it may be null.

    With `blank_is_missing` it reads it as null in any case: a field that must not be null answers "fill this in"
    rather than that the value is not valid.
    """

    blank_is_missing = False

    def deserialize(self, value: Any, attr: str | None = None, data: Any = None, **kwargs: Any) -> Any:
        if (self.allow_none or self.blank_is_missing) and is_blank(value):
            value = None
        return super().deserialize(value, attr, data, **kwargs)
