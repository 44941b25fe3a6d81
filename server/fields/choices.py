"""A choice: true or false, a member of an Enum, one of some texts."""

from enum import Enum
from typing import Any

from marshmallow import ValidationError, fields, validate

from server.fields.blank import BlankIsNull
from server.fields.messages import CHOOSE_ONE, missing


class TrueOrFalse(fields.Boolean):
    """True or false; the strings and numbers that Marshmallow would take for them are refused."""

    default_error_messages = missing()

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> bool:
        if not isinstance(value, bool):
            raise ValidationError("Must be true or false.")
        return value


class Choice(BlankIsNull, fields.Enum[Any]):
    """A member of an Enum, written and sent by its value, which is a text or a whole number.

    Raises TypeError for an Enum with other values.
    """

    default_error_messages = missing(CHOOSE_ONE)

    def __init__(self, enum: type[Enum], **kwargs: Any) -> None:
        super().__init__(enum, by_value=True, **kwargs)
        self._members = {(type(member.value), member.value): member for member in enum}
        if not {kind for kind, _ in self._members} <= {str, int}:
            raise TypeError(f"{enum.__name__}: the values of an Enum in a record must be texts or whole numbers")

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Enum:
        # By type too: Enum(True) is Enum(1).
        member = self._members.get((type(value), value)) if isinstance(value, str | int) else None
        if member is None:
            raise ValidationError(f"Must be one of: {self.choices_text}.")
        return member


class OneOfTexts(BlankIsNull, fields.String):
    """One of some texts: the field of a column of SQLAlchemy's type Enum without a Python Enum."""

    default_error_messages = missing(CHOOSE_ONE) | {"invalid": "Must be text."}

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        # Without the Length of the column.
        self.validators = [rule for rule in self.validators if isinstance(rule, validate.OneOf)]
