"""Text: lines, paragraphs, web addresses, passwords."""

from typing import Any

from marshmallow import ValidationError, fields, validate

from server.fields.blank import is_blank
from server.fields.messages import FILL_IN, missing
from server.values.text import LONGEST_SPELLING, flaw, is_clean, normalized, shows_something, trimmed


class Text(fields.String):
    """One line of text: trimmed, in Unicode form NFC, otherwise stored as sent. It has a visible character.

    With `allow_none` it may be empty: `""`, also for null, which is never sent.
    """

    several_lines = False
    default_error_messages = missing()

    def __init__(self, minimum: int | None = None, maximum: int | None = None, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._length_error = f"Must have {'at most' if minimum is None else f'{minimum} to'} {maximum} characters."
        if maximum is not None:
            self.validators.append(validate.Length(minimum, maximum, error=self._length_error))
        self.length = (minimum, maximum)

    @property
    def may_be_empty(self) -> bool:
        """Whether null and blank load to `""`."""
        return self.allow_none and not self.required

    def deserialize(self, value: Any, attr: str | None = None, data: Any = None, **kwargs: Any) -> Any:
        if self.may_be_empty and is_blank(value):
            return ""
        return super().deserialize(value, attr, data, **kwargs)

    def _serialize(self, value: Any, attr: str | None, obj: Any, **kwargs: Any) -> str:
        return "" if value is None else str(value)

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> str:
        if not isinstance(value, str):
            raise ValidationError("Must be text.")
        text = trimmed(value)
        if not text and self.required:
            raise self.make_error("required")
        maximum = self.length[1]
        if maximum is not None and len(text) > LONGEST_SPELLING * maximum:
            raise ValidationError(self._length_error)
        if error := flaw(text, lines=self.several_lines):
            raise ValidationError(error)
        text = normalized(text)
        if text and not shows_something(text):
            raise ValidationError("Must have a character that can be seen.")
        return text


class Paragraph(Text):
    """Text that may have line breaks and tabs."""

    several_lines = True


class Password(fields.String):
    """A password as typed: not trimmed, and never dumped."""

    default_error_messages = {"required": FILL_IN, "null": "Must have 8 to 200 characters."}

    def __init__(self, **kwargs: Any) -> None:
        metadata = {"minLength": 8, "maxLength": 200, "format": "password"}
        super().__init__(load_only=True, metadata=metadata, **kwargs)

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> str:
        if not isinstance(value, str) or not 8 <= len(value) <= 200:
            raise ValidationError("Must have 8 to 200 characters.")
        if not is_clean(value):
            raise ValidationError("Must not contain control characters.")
        return value


class WebAddress(Text):
    """An http(s) URL."""

    def __init__(self, maximum: int = 500, **kwargs: Any) -> None:
        super().__init__(maximum=maximum, metadata={"format": "uri", "pattern": "^https?://"}, **kwargs)
        message = "Must be a web address that starts with http:// or https://."
        self.validators.append(validate.URL(schemes={"http", "https"}, require_tld=False, error=message))
