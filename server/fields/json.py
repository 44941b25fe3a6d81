"""Any value of JSON."""

import re
from collections.abc import Callable
from typing import Any

import orjson
from marshmallow import ValidationError
from marshmallow import fields

# As JSON writes it: a text of a backslash, u0000 has one backslash more.
_ZERO = re.compile(rb"(?<!\\)(?:\\\\)*\\u0000")


class Json(fields.Raw):
    """Any value that JSON has, and that both databases keep and every client reads."""

    default_error_messages = {
        "required": "Please fill this in.",
        "null": "Please fill this in.",
        "unreadable": "Must not contain half characters, or whole numbers of over 64 bits.",
    }

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:
        try:
            if _ZERO.search(orjson.dumps(value)):
                raise ValidationError("Must not contain the character 0.")
        except TypeError:
            raise self.make_error("unreadable") from None
        return _canonical(value, self._refuse)

    def _serialize(self, value: Any, attr: str | None, obj: Any, **kwargs: Any) -> Any:
        # PostgreSQL writes 1e300 out.
        return _canonical(value, float)

    def _refuse(self, number: int) -> float:
        raise self.make_error("unreadable")


def _canonical(value: Any, fraction: Callable[[int], float]) -> Any:
    """JSON as everybody has it who read and wrote it: a whole number has no fraction, and there is one zero.

    So a program that knows no integers echoes what it got, and both databases give back what was written. `fraction`
    makes one of a whole number that databases don't have.
    """
    if isinstance(value, dict):
        return {key: _canonical(inner, fraction) for key, inner in value.items()}
    if isinstance(value, list):
        return [_canonical(inner, fraction) for inner in value]
    if isinstance(value, float) and value.is_integer() and _fits(value):
        return int(value)
    return fraction(value) if isinstance(value, int) and not _fits(value) else value


def _fits(number: float) -> bool:
    return -(2**63) <= number < 2**63
