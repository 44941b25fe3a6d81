"""PartialLoader returns the values, and raises the errors, of `schema.load(partial=True)`."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from marshmallow import Schema, ValidationError, fields, post_load, pre_load, validates, validates_schema

from server import resources
from server.accounts import models as _accounts  # noqa: F401  (the models of coaches name them)
from server.realtime.resource.loading import PartialLoader
from server.realtime.resource.resource import Resource

resources.load()
_JUNK = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-5, 200),
    st.floats(),
    st.text(max_size=12),
    st.sampled_from(["", "Ada", "2026-11-28", "https://example.org/a.png", "0900", "Monday"]),
    st.dictionaries(st.sampled_from(["id", "sets", "reps", "name"]), st.integers(-1, 9), max_size=2),
    st.lists(st.dictionaries(st.sampled_from(["id", "sets"]), st.integers(-1, 9), max_size=2), max_size=2),
)


def _outcome(load: Any) -> Any:
    try:
        values = load()
    except ValidationError as error:
        return "refused", error.messages
    return list(values.items()) if isinstance(values, dict) else values


@given(st.sampled_from(sorted(Resource.registry)), st.data())
def test_any_object_is_loaded_as_the_schema_loads_it(channel: str, data: st.DataObject) -> None:
    schema = Resource.registry[channel].schema
    names = st.sampled_from([*schema.fields, "hack"])
    given_values = data.draw(st.dictionaries(names, _JUNK, max_size=4))
    wanted = _outcome(lambda: schema.load(given_values, partial=True))
    # As text: NaN is not itself.
    assert repr(_outcome(lambda: PartialLoader(schema).load(given_values))) == repr(wanted)


def test_the_values_are_in_the_schemas_order_whatever_the_payloads() -> None:
    loader = PartialLoader(Resource.registry["coaches"].schema)
    assert list(loader.load({"picture": "", "age": 30, "name": "Ada"})) == ["name", "age", "picture"]


class _Plain(Schema):
    name = fields.String()
    size = fields.Integer()


class _Before(_Plain):
    @pre_load
    def trim(self, data: Any, **_: Any) -> Any:
        return {**data, "size": 5}


class _After(_Plain):
    @post_load
    def make_instance(self, data: Any, **_: Any) -> Any:
        return ("made", data)


class _Field(_Plain):
    @validates("name")
    def refuse(self, value: str, **_: Any) -> None:
        raise ValidationError("never")


class _Whole(_Plain):
    @validates_schema
    def refuse(self, data: Any, **_: Any) -> None:
        raise ValidationError("never")


class _Renamed(_Plain):
    name = fields.String(data_key="size")
    size = fields.Integer(data_key="name")


@pytest.mark.parametrize("kind", [_Plain, _Before, _After, _Field, _Whole, _Renamed])
def test_a_schema_that_does_more_than_ask_its_fields_does_it(kind: type[Schema]) -> None:
    schema = kind()
    values = {"name": "1", "size": "2"}
    assert _outcome(lambda: PartialLoader(schema).load(values)) == _outcome(lambda: schema.load(values, partial=True))
