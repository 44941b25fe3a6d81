"""Numbers: integers, decimals, floats."""

import math
import re
from decimal import Decimal
from typing import Any

from marshmallow import ValidationError, fields, validate

from server.fields.blank import BlankIsNull, is_blank
from server.fields.messages import missing
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


# So many decimal digits are exact in a double, which is what SQLite stores fractions as.
_MOST_DIGITS = 15
_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?([eE][-+]?[0-9]{1,4})?", re.ASCII)


class WholeNumber(BlankIsNull, fields.Integer):
    """A whole number: no boolean, no fraction, nothing that JSON cannot carry.

    `blank` is what null and a blank string stand for.
    """

    default_error_messages = missing()

    def __init__(
        self, minimum: int | None = None, maximum: int | None = None, blank: int | None = None, **kwargs: Any
    ) -> None:
        super().__init__(**{"allow_none": blank is not None, **kwargs})
        self.blank = blank
        if minimum is not None or maximum is not None:
            message = f"Must be a whole number from {minimum} to {maximum}."
            self.validators.append(validate.Range(minimum, maximum, error=message))
        self.range = (minimum, maximum)

    def deserialize(self, value: Any, attr: str | None = None, data: Any = None, **kwargs: Any) -> Any:
        return super().deserialize(self.blank if is_blank(value) else value, attr, data, **kwargs)

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> int:
        try:
            return whole_number(value)
        except ValueError:
            raise ValidationError("Must be a whole number.") from None


class IntegerColumn(WholeNumber):
    """A whole number in a column that the schema does not declare itself: a blank string is a missing value."""

    blank_is_missing = True


class _Fraction(BlankIsNull, fields.Float):
    """Sent as a number. Adding 0 makes 0 of -0, whose sign only one of the databases stores."""

    default_error_messages = missing()
    blank_is_missing = True

    def _serialize(self, value: Any, attr: str | None, obj: Any, **kwargs: Any) -> float | None:
        return None if value is None else float(value) + 0.0


class Number(_Fraction):
    """A number as JSON has them: no boolean, nothing infinite."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> float:
        number = float(_decimal(value, exponent=True))
        if not math.isfinite(number):
            raise ValidationError("Must be a number.")
        return number + 0.0


class DecimalNumber(_Fraction):
    """A decimal of at most `digits` digits, `places` of them after the point. It is a number on the wire too.

    That is exact: a double has room for 15 digits. Raises TypeError for more.
    """

    def __init__(self, digits: int, places: int, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        if not (0 <= places <= digits and 1 <= digits <= _MOST_DIGITS):
            raise TypeError(f"A decimal of a record needs 1 to {_MOST_DIGITS} digits: Numeric({_MOST_DIGITS}, 2), say")
        self._step = Decimal(1).scaleb(-places)
        self._most = Decimal(10) ** (digits - places) - self._step
        self._error = f"Must be a number from {-self._most} to {self._most}, with at most {places} decimals."
        if places == 0:
            self._error = f"Must be a whole number from {-self._most} to {self._most}."
        self.metadata = {**self.metadata, "minimum": float(-self._most), "maximum": float(self._most)}

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Decimal:  # type: ignore[override]
        number = _decimal(value, exponent=not isinstance(value, str))
        if abs(number) > self._most or number != number.quantize(self._step):
            raise ValidationError(self._error)
        return number.quantize(self._step) + 0


def _decimal(value: object, *, exponent: bool) -> Decimal:
    """The exact value of a number, or of a string of digits; `exponent` says whether `1e3` is one."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        raise ValidationError("Must be a number.")
    text = trimmed(value) if isinstance(value, str) else repr(value)
    if len(text) > 400 or not _NUMBER.fullmatch(text) or ("e" in text.lower() and not exponent):
        raise ValidationError("Must be a number.")
    return Decimal(text)
