"""Other records: one, or a list."""

from collections.abc import Mapping
from typing import Any

from marshmallow import ValidationError
from marshmallow import fields
from marshmallow import validate

from server.fields.blank import is_blank
from server.fields.numbers import whole_number


class Reference(fields.Nested):
    """Another record, embedded by its `only` fields and written as `{id}`. Other keys that forms echo are ignored.

    Loads to the id, an int. That the record exists is checked in the transaction that writes. One that is not required
    may be null, or blank as HTML's selects have it. With `owned` a record belongs to the one referred to: it is deleted
    with that, in the same commit, and comes back with it.
    """

    default_error_messages = {"required": "Please choose one.", "null": "Please choose one."}

    def __init__(self, nested: str, *, required: bool = False, owned: bool = False, **kwargs: Any) -> None:
        super().__init__(nested, required=required, **{"allow_none": not required, **kwargs})
        self.owned = owned

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


class Placed(Reference):
    """A place in a list, with fields of its `own` beside the record in it, called like columns of the table of pairs.

    Loads to `{id, ...}`: with all of its own if one of them was sent, and with none if none was: then they stay.
    """

    def __init__(self, nested: str, own: Mapping[str, fields.Field[Any]], **kwargs: Any) -> None:
        super().__init__(nested, **kwargs)
        self.own = dict(own)
        for kind in self.own.values():
            kind.allow_none = kind.allow_none or not kind.required

    def _deserialize(self, value: Any, attr: str | None, data: Any, partial: Any = None, **kwargs: Any) -> Any:
        number = super()._deserialize(value, attr, data, partial, **kwargs)
        if self.own.keys().isdisjoint(value):
            return {"id": number}
        errors: dict[str, Any] = {}
        loaded: dict[str, Any] = {"id": number}
        for name, kind in self.own.items():
            try:
                loaded[name] = kind.deserialize(value.get(name), name, value)
            except ValidationError as error:
                errors[name] = error.messages
        if errors:
            raise ValidationError(errors)
        return loaded


class References(fields.List[Any]):
    """A list of other records, each embedded, each written as `{id}`: in an order if the relationship has one.

    If it is required there is at least one in it. If not, null or blank is the empty list. `own` are the fields of a
    place in the list, see `Placed`.
    """

    default_error_messages = {"required": "Please choose at least one.", "null": "Please choose at least one."}

    def __init__(
        self,
        nested: str,
        *,
        only: tuple[str, ...] | None = None,
        own: Mapping[str, fields.Field[Any]] | None = None,
        **kwargs: Any,
    ) -> None:
        one = Placed(nested, own, only=only, required=True) if own else Reference(nested, only=only, required=True)
        super().__init__(one, **kwargs)
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
