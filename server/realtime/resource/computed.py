"""Fields computed from a record's own columns: Marshmallow's Method and Function, properties and hybrids."""

from collections.abc import Mapping
from inspect import getattr_static
from typing import Any

from marshmallow import fields
from sqlalchemy import inspect
from sqlalchemy.ext.associationproxy import AssociationProxy
from sqlalchemy.ext.hybrid import hybrid_property
from sqlalchemy.orm import DeclarativeBase, QueryableAttribute


class Columns:
    """A row in place of an instance of its model: its columns, and the attributes that the class computes from them.

    Raises TypeError for what would be read from other records, as they change without this one.
    """

    def __init__(self, model: type[DeclarativeBase], row: Mapping[str, Any]) -> None:
        self._model = model
        # A column_property may be an expression, which is no column.
        columns = {attribute.key: attribute.columns[0].key for attribute in inspect(model).column_attrs}
        self._values = {key: row[name] for key, name in columns.items() if name in row}

    def __getattr__(self, name: str) -> Any:
        if name in self._values:
            return self._values[name]
        found = getattr_static(self._model, name, None)
        if found is None:
            raise AttributeError(name)
        if isinstance(found, QueryableAttribute | AssociationProxy):
            raise TypeError(f"a computed field reads {self._model.__name__}.{name}: it may read the columns alone")
        return found.__get__(self, self._model) if hasattr(found, "__get__") else found


def is_computed(model: type[DeclarativeBase], name: str, field: fields.Field[Any]) -> bool:
    """Whether a field that is no column is computed from columns; it is read-only then."""
    if not field.dump_only:
        return False
    found = getattr_static(model, name, None)
    return isinstance(field, fields.Method | fields.Function) or isinstance(found, property | hybrid_property)
