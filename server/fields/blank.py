"""What says that there is nothing: null, and what HTML has in its place."""

from typing import Any

from marshmallow import fields

from server.values.text import trimmed


def is_blank(value: object) -> bool:
    """Whether a value says that there is none: null, or an empty string, since HTML inputs have no other way."""
    return value is None or (isinstance(value, str) and not trimmed(value))


class BlankIsNull(fields.Field[Any]):
    """An optional field in which an empty string means null."""

    # Whether it means null in a required field too, which says that it must not be: else it is just no fit value.
    blank_is_missing = False

    def deserialize(self, value: Any, attr: str | None = None, data: Any = None, **kwargs: Any) -> Any:
        if (self.allow_none or self.blank_is_missing) and is_blank(value):
            value = None
        return super().deserialize(value, attr, data, **kwargs)
