"""What a field of a record may hold. Each says what is wrong in a sentence that can stand beside a form's input."""

import datetime
import math
import re
from collections.abc import Callable
from collections.abc import Mapping
from decimal import Decimal
from enum import Enum
from functools import partial
from typing import Any

import orjson
from flask_marshmallow.sqla import SQLAlchemyAutoSchema
from flask_marshmallow.sqla import SQLAlchemyAutoSchemaOpts
from marshmallow import Schema
from marshmallow import ValidationError
from marshmallow import fields
from marshmallow import validate
from marshmallow_sqlalchemy import ModelConverter
from sqlalchemy import DATE
from sqlalchemy import JSON
from sqlalchemy import DateTime
from sqlalchemy import Enum as EnumType
from sqlalchemy import Numeric
from sqlalchemy import SmallInteger
from sqlalchemy import Text as TextType
from sqlalchemy.dialects import postgresql

from server.text import LONGEST_SPELLING
from server.text import flaw
from server.text import is_clean
from server.text import normalized
from server.text import shows_something
from server.text import trimmed

# Ids and counts are 32-bit integers in PostgreSQL.
LARGEST_INTEGER = 2**31 - 1

# A double holds that many decimal digits, whatever they are; SQLite has no other fractions.
MOST_DIGITS = 15
# As JSON writes it: a text of a backslash, u0000 has one backslash more.
_ZERO = re.compile(rb"(?<!\\)(?:\\\\)*\\u0000")
_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?([eE][-+]?[0-9]{1,4})?", re.ASCII)


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


class Text(fields.String):
    """One line of text: trimmed, in Unicode form NFC, and otherwise kept verbatim. Something of it must show.

    With `allow_none` it may be empty: `""`, also where null is written or found. It is never sent as null.
    """

    several_lines = False
    default_error_messages = {"required": "Please fill this in.", "null": "Please fill this in."}

    def __init__(self, minimum: int | None = None, maximum: int | None = None, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._wrong_length = f"Must have {minimum} to {maximum} characters."
        if minimum is not None and maximum is not None:
            self.validators.append(validate.Length(minimum, maximum, error=self._wrong_length))
        self.length = (minimum, maximum)

    @property
    def may_be_empty(self) -> bool:
        """Whether it is `""` where nothing was written."""
        return self.allow_none and not self.required

    def deserialize(self, value: Any, attr: str | None = None, data: Any = None, **kwargs: Any) -> Any:
        if self.may_be_empty and (value is None or (isinstance(value, str) and not trimmed(value))):
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
            raise ValidationError(self._wrong_length)
        if wrong := flaw(text, lines=self.several_lines):
            raise ValidationError(wrong)
        text = normalized(text)
        if text and not shows_something(text):
            raise ValidationError("Must have a character that can be seen.")
        return text


class Paragraph(Text):
    """Text that may have line breaks and tabs."""

    several_lines = True


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


class Password(fields.String):
    """A password as typed: nothing is trimmed, and it is hashed before it is written. Never dumped."""

    default_error_messages = {"required": "Please fill this in.", "null": "Must have 8 to 200 characters."}

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
        super().__init__(metadata={"format": "uri", "pattern": "^https?://"}, **kwargs)
        self.length = (None, maximum)
        self._wrong_length = f"Must have at most {maximum} characters."
        self.validators.append(validate.Length(max=maximum, error=self._wrong_length))
        message = "Must be a web address that starts with http:// or https://."
        self.validators.append(validate.URL(schemes={"http", "https"}, require_tld=False, error=message))


class Reference(fields.Nested):
    """Another record, embedded by its `only` fields and written as `{id}`. Other keys that forms echo are ignored.

    Loads to the id, an int. That the record exists is checked in the transaction that writes. One that is not required
    may be null, or blank as HTML's selects have it.
    """

    default_error_messages = {"required": "Please choose one.", "null": "Please choose one."}

    def __init__(self, nested: str, *, required: bool = False, **kwargs: Any) -> None:
        super().__init__(nested, required=required, **{"allow_none": not required, **kwargs})

    def deserialize(self, value: Any, attr: str | None = None, data: Any = None, **kwargs: Any) -> Any:
        if is_blank(value) or (self.allow_none and isinstance(value, Mapping) and is_blank(value.get("id", 0))):
            value = None
        return super().deserialize(value, attr, data, **kwargs)

    def _deserialize(self, value: Any, attr: str | None, data: Any, partial: Any = None, **kwargs: Any) -> int:
        if not isinstance(value, Mapping):
            raise ValidationError("Must be an object with an id.")
        try:
            number = whole_number(value.get("id"))
        except ValueError:
            raise ValidationError({"id": ["Please choose one."]}) from None
        if number < 1:
            raise ValidationError({"id": ["Please choose one."]})
        return number


class References(fields.List[Any]):
    """A list of other records, each embedded, each written as `{id}`: in an order if the relationship has one.

    If it is required there is at least one in it. If not, null or blank is the empty list.
    """

    default_error_messages = {"required": "Please choose at least one.", "null": "Please choose at least one."}

    def __init__(self, nested: str, *, only: tuple[str, ...] | None = None, **kwargs: Any) -> None:
        super().__init__(Reference(nested, only=only, required=True), **kwargs)
        if self.required:
            self.validators.append(validate.Length(min=1, error="Please choose at least one."))
        self._at_most = validate.Length(max=100, error="Please choose at most 100.")
        self.validators.append(self._at_most)

    def deserialize(self, value: Any, attr: str | None = None, data: Any = None, **kwargs: Any) -> Any:
        if not self.required and is_blank(value):
            value = []
        if isinstance(value, list):
            # Before each of them is looked at: tens of thousands take a third of a second.
            self._at_most(value)
        return super().deserialize(value, attr, data, **kwargs)


def _of_enum(converter: ModelConverter, kind: EnumType) -> Any:
    return Choice if kind.enum_class else OneOfTexts


def _of_datetime(converter: ModelConverter, kind: DateTime) -> Any:
    return Moment if kind.timezone else LocalMoment


def _of_small_integer(converter: ModelConverter, kind: SmallInteger) -> Any:
    return partial(IntegerColumn, -(2**15), 2**15 - 1)


def _of_numeric(converter: ModelConverter, kind: Numeric[Any]) -> Any:
    return DecimalNumber if kind.asdecimal else Number


class _Converter(ModelConverter):
    SQLA_TYPE_MAPPING = {
        **ModelConverter.SQLA_TYPE_MAPPING,
        TextType: Paragraph,
        EnumType: _of_enum,
        Numeric: _of_numeric,
        SmallInteger: _of_small_integer,
        JSON: Json,
        postgresql.JSON: Json,
        postgresql.JSONB: Json,
        DATE: Day,
        DateTime: _of_datetime,
    }

    def _get_field_class_for_column(self, column: Any) -> type[fields.Field[Any]]:
        # An id is the server's to give: there is nothing to say of one that is missing.
        return WholeNumber if column.primary_key else super()._get_field_class_for_column(column)

    def _add_column_kwargs(self, kwargs: dict[str, Any], column: Any) -> None:
        super()._add_column_kwargs(kwargs, column)
        if column.onupdate is not None or column.computed is not None:
            # Each write gives it a value of its own.
            kwargs |= {"dump_only": True, "required": False}
        for rule in kwargs["validate"]:
            if isinstance(rule, validate.Length):
                rule.error = f"Must have at most {rule.max} characters."
        if "places" in kwargs:
            kwargs |= {"digits": column.type.precision or 0, "places": column.type.scale or 0}

    def fields_for_model(self, model: Any, **options: Any) -> dict[str, fields.Field[Any]]:
        """The fields of the model's columns. Not of its mapper, which would have to know every other model by now."""
        options.pop("include_relationships")
        return self.fields_for_table(model.__table__, **options)


class _RecordOptions(SQLAlchemyAutoSchemaOpts):
    def __init__(self, meta: type, *args: Any, **kwargs: Any) -> None:
        super().__init__(meta, *args, **kwargs)  # type: ignore[no-untyped-call]
        self.model_converter = getattr(meta, "model_converter", _Converter)


class RecordSchema(SQLAlchemyAutoSchema):
    """The base of every record's schema: fields follow from the model's columns, an unknown key is an error.

    Text that is not required may be empty, and is so in a new record that is not given it.
    """

    OPTIONS_CLASS = _RecordOptions
    TYPE_MAPPING = {
        **Schema.TYPE_MAPPING,
        str: Text,
        int: IntegerColumn,
        bool: TrueOrFalse,
        float: Number,
        datetime.date: Day,
        datetime.time: TimeOfDay,
    }
    error_messages = {"unknown": "There is no such field.", "type": "Must be an object."}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[no-untyped-call]
        # A record begins with its id; generated fields would come after the declared ones.
        self.dump_fields = dict(sorted(self.dump_fields.items(), key=lambda item: item[0] != "id"))

    def on_bind_field(self, field_name: str, field_obj: fields.Field[Any]) -> None:
        """Let optional text be empty, whatever its column may hold."""
        if isinstance(field_obj, Text) and not field_obj.required:
            field_obj.allow_none = True
            model: Any = self.opts.model
            column = model.__table__.columns.get(field_name)
            if column is None or (column.default is None and column.server_default is None):
                field_obj.load_default = ""

    def load(self, data: Any, **options: Any) -> Any:
        """The validated fields as a dict: no instance is made, and the library's way to one is not gone.

        (marshmallow-sqlalchemy looks up an installed version at each load: 0.2 ms.)
        """
        return Schema.load(self, data, **options)
