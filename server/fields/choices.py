"""One of few: true or false, a member of an Enum, one of some texts."""

from enum import Enum
from typing import Any

from marshmallow import ValidationError
from marshmallow import fields
from marshmallow import validate

from server.fields.blank import BlankIsNull


class TrueOrFalse(fields.Boolean):
    """True or false, and nothing that would count as one of them in a program."""

    default_error_messages = {"required": "Please fill this in.", "null": "Please fill this in."}

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> bool:
        if not isinstance(value, bool):
            raise ValidationError("Must be true or false.")
        return value


class Choice(BlankIsNull, fields.Enum[Any]):
    """A member of an Enum, written and sent by its value, a text or a whole number: its Python name stays inside."""

    default_error_messages = {"required": "Please choose one.", "null": "Please choose one."}

    def __init__(self, enum: type[Enum], **kwargs: Any) -> None:
        super().__init__(enum, by_value=True, **kwargs)
        self._members = {(type(member.value), member.value): member for member in enum}
        if not {kind for kind, _ in self._members} <= {str, int}:
            raise TypeError(f"{enum.__name__}: the values of an Enum in a record must be texts or whole numbers")

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Enum:
        # An Enum itself would take true for 1.
        member = self._members.get((type(value), value)) if isinstance(value, str | int) else None
        if member is None:
            raise ValidationError(f"Must be one of: {self.choices_text}.")
        return member


class OneOfTexts(BlankIsNull, fields.String):
    """One of some texts: a column of the type Enum that names them itself."""

    default_error_messages = {
        "required": "Please choose one.",
        "null": "Please choose one.",
        "invalid": "Must be text.",
    }

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        # That they are not too long goes without saying.
        self.validators = [rule for rule in self.validators if isinstance(rule, validate.OneOf)]
