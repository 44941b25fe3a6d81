"""What a schema makes of an object that holds only what is written: each field that was sent is asked, no other."""

from collections.abc import Mapping
from typing import Any

from marshmallow import Schema
from marshmallow import ValidationError
from marshmallow import missing

# A method that every schema of a model has, and that does nothing for those that load no instances.
_IDLE_HOOK = "make_instance"


class PartialLoader:
    """`schema.load(..., partial=True)` for a third of its price, and the same whatever comes.

    Where the schema does more than ask its fields, or something is wrong, the schema does it all.
    """

    def __init__(self, schema: Schema) -> None:
        self._schema = schema
        self._fields = dict(schema.load_fields)
        hooks = {name for named in schema._hooks.values() for name, *_ in named}
        if not getattr(schema, "_load_instance", True):
            hooks.discard(_IDLE_HOOK)
        renamed = any(field.data_key is not None or field.attribute is not None for field in self._fields.values())
        self._is_plain = not hooks and not renamed

    def load(self, data: Mapping[str, Any]) -> dict[str, Any]:
        """The values, in the schema's order. Raises ValidationError that names every field at fault."""
        if self._is_plain and data.keys() <= self._fields.keys():
            try:
                return self._values(data)
            except ValidationError:
                # Not all that is wrong.
                pass
        found: dict[str, Any] = self._schema.load(data, partial=True)
        return found

    def _values(self, data: Mapping[str, Any]) -> dict[str, Any]:
        values: dict[str, Any] = {}
        for name, field in self._fields.items():
            if name in data:
                value = field.deserialize(data[name], name, data, partial=True)
                if value is not missing:
                    values[name] = value
        return values
