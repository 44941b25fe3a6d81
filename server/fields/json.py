"""Any value of JSON."""

import re
from collections.abc import Callable
from typing import Any

import orjson
from marshmallow import ValidationError, fields

from server.fields.messages import missing

# The character 0 as JSON escapes it; after an even number of backslashes, each two of which are one backslash.
_ESCAPED_ZERO = re.compile(rb"(?<!\\)(?:\\\\)*\\u0000")


class Json(fields.Raw):
    """Any value of JSON that both databases store and every client can read."""

    default_error_messages = missing() | {
        "unreadable": "Must not contain half characters, or whole numbers of over 64 bits.",
    }

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:
        try:
            if _ESCAPED_ZERO.search(orjson.dumps(value)):
                raise ValidationError("Must not contain the character 0.")
        except TypeError:
            raise self.make_error("unreadable") from None
        return _canonical(value, self._refuse)

    def _serialize(self, value: Any, attr: str | None, obj: Any, **kwargs: Any) -> Any:
        # PostgreSQL gives 1e300 back as a whole number.
        return _canonical(value, float)

    def _refuse(self, number: int) -> float:
        raise self.make_error("unreadable")


def _canonical(value: Any, convert: Callable[[int], float]) -> Any:
    """The value with floats that are whole as ints, so that it is the same after a round trip.

    A client without integers (JavaScript) echoes 1.0 as 1, and the databases differ in -0.0 and 1.0. `convert` is
    called with each int that does not fit 64 bits.
    """
    if isinstance(value, dict):
        return {key: _canonical(inner, convert) for key, inner in value.items()}
    if isinstance(value, list):
        return [_canonical(inner, convert) for inner in value]
    if isinstance(value, float) and value.is_integer() and _fits(value):
        return int(value)
    return convert(value) if isinstance(value, int) and not _fits(value) else value


def _fits(number: float) -> bool:
    return -(2**63) <= number < 2**63
