"""Numbers: whole ones, exact ones, and those that a machine has."""

import math
import re
from decimal import Decimal
from typing import Any

from marshmallow import ValidationError
from marshmallow import fields
from marshmallow import validate

from server.fields.blank import BlankIsNull
from server.values.text import trimmed

# Ids and counts are 32-bit integers in PostgreSQL.
LARGEST_INTEGER = 2**31 - 1


def whole_number(value: object) -> int:
    """`value` as an int; digits in a string count, as HTML forms send them. Raises ValueError for anything else."""
    if isinstance(value, str):
        text = trimmed(value)
        if not re.fullmatch(r"-?[0-9]{1,10}", text, re.ASCII):
            raise ValueError(value)
        value = int(text)
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, bool) or not isinstance(value, int) or abs(value) > LARGEST_INTEGER:
        raise ValueError(value)
    return value


# A double holds that many decimal digits, whatever they are; SQLite has no other fractions.
MOST_DIGITS = 15
_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?([eE][-+]?[0-9]{1,4})?", re.ASCII)


class WholeNumber(BlankIsNull, fields.Integer):
    """A whole number: no boolean, no fraction, nothing that JSON cannot carry."""

    default_error_messages = {"required": "Please fill this in.", "null": "Please fill this in."}

    def __init__(self, minimum: int | None = None, maximum: int | None = None, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        if minimum is not None or maximum is not None:
            message = f"Must be a whole number from {minimum} to {maximum}."
            self.validators.append(validate.Range(minimum, maximum, error=message))
        self.range = (minimum, maximum)

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> int:
        try:
            return whole_number(value)
        except ValueError:
            raise ValidationError("Must be a whole number.") from None


class Number(BlankIsNull, fields.Float):
    """A number as JSON has them: no boolean, nothing infinite. There is one zero, as one database keeps its sign."""

    default_error_messages = {"required": "Please fill this in.", "null": "Please fill this in."}
    blank_is_missing = True

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> float:
        number = float(_decimal(value, exponent=True))
        if not math.isfinite(number):
            raise ValidationError("Must be a number.")
        return number + 0.0

    def _serialize(self, value: Any, attr: str | None, obj: Any, **kwargs: Any) -> float | None:
        return None if value is None else float(value) + 0.0


class DecimalNumber(BlankIsNull, fields.Float):
    """An exact number of so many `digits`, of which `places` are decimals. It is a number on the wire too.

    That is exact, as there are at most 15 digits: a reader that makes a binary fraction of it finds the same digits.
    """

    default_error_messages = {"required": "Please fill this in.", "null": "Please fill this in."}
    blank_is_missing = True

    def __init__(self, digits: int, places: int, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        if not (0 <= places <= digits and 1 <= digits <= MOST_DIGITS):
            raise TypeError(f"A decimal of a record needs 1 to {MOST_DIGITS} digits: Numeric({MOST_DIGITS}, 2), say")
        self._step = Decimal(1).scaleb(-places)
        self._most = Decimal(10) ** (digits - places) - self._step
        self._wrong = f"Must be a number from {-self._most} to {self._most}, with at most {places} decimals."
        if places == 0:
            self._wrong = f"Must be a whole number from {-self._most} to {self._most}."
        self.metadata = {**self.metadata, "minimum": float(-self._most), "maximum": float(self._most)}

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Decimal:  # type: ignore[override]
        number = _decimal(value, exponent=not isinstance(value, str))
        if abs(number) > self._most or number != number.quantize(self._step):
            raise ValidationError(self._wrong)
        # There is one zero.
        return number.quantize(self._step) + 0

    def _serialize(self, value: Any, attr: str | None, obj: Any, **kwargs: Any) -> float | None:
        return None if value is None else float(value) + 0.0


def _decimal(value: object, *, exponent: bool) -> Decimal:
    """A number off the wire, or a string that a form made of one, with or without an exponent: as it was written."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        raise ValidationError("Must be a number.")
    text = trimmed(value) if isinstance(value, str) else repr(value)
    if len(text) > 400 or not _NUMBER.fullmatch(text) or ("e" in text.lower() and not exponent):
        raise ValidationError("Must be a number.")
    return Decimal(text)


class IntegerColumn(WholeNumber):
    """What a column of whole numbers holds, if its schema says nothing of it."""

    blank_is_missing = True
