"""Fields that refer to other records: to one, or to a list of them."""

from collections.abc import Mapping
from typing import Any

from marshmallow import ValidationError, fields, validate

from server.fields.blank import is_blank
from server.fields.messages import CHOOSE_ONE, missing
from server.fields.numbers import whole_number

_CHOOSE_SOME = "Please choose at least one."


class Reference(fields.Nested):
    """Another record, embedded by its `only` fields and written as `{id}`; other keys, which forms echo, are ignored.

    Loads to the id, an int; whether the record exists is checked in the transaction that writes. If it is not required
    it may be null, or blank as HTML's selects send it. `owned`: a record with this field is deleted with the one that
    it refers to, in the same commit, and an undo brings both back.
    """

    default_error_messages = missing(CHOOSE_ONE)

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
            number = 0
        if number < 1:
            raise ValidationError({"id": [CHOOSE_ONE]})
        return number


class Placed(Reference):
    """A place in a list: a record, and beside it the place's `own` fields, named like columns of the table of pairs.

    Loads to `{id, ...}`: with all of its own fields if one of them was sent, else with none, so that they stay.
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
    """A list of other records, each embedded and written as `{id}`, in order if the relationship has `order_by`.

    If it is required it is not empty. If not, null or blank is the empty list. `own` are the fields of a place in it,
    see `Placed`.
    """

    default_error_messages = missing(_CHOOSE_SOME)

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
            self.validators.append(validate.Length(min=1, error=_CHOOSE_SOME))
        self._at_most = validate.Length(max=100, error="Please choose at most 100.")
        self.validators.append(self._at_most)

    def deserialize(self, value: Any, attr: str | None = None, data: Any = None, **kwargs: Any) -> Any:
        if not self.required and is_blank(value):
            value = []
        if isinstance(value, list):
            # Before the items are validated: tens of thousands take a third of a second.
            self._at_most(value)
        return super().deserialize(value, attr, data, **kwargs)
