"""Loader returns the values, and raises the errors, of `schema.load`."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from marshmallow import Schema, ValidationError, fields, post_load, pre_load, validates, validates_schema

from server import resources
from server.accounts import models as _accounts  # noqa: F401  (the models of coaches name them)
from server.realtime.resource.loading import Loader
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


# So that some are new records that are valid.
_VALID: dict[str, dict[str, Any]] = {
    "coaches": {"name": " Ada ", "age": "30"},
    "schedules": {"day": "Monday", "hour": 900, "coach": {"id": "1"}, "workout_plan": {"id": 2}},
    "workout_plans": {
        "name": "Push",
        "difficulty": "Easy",
        "description": "Ten minutes on the mat.",
        "exercise_moves": [{"id": 1}],
    },
    "exercise_moves": {"name": "Squat", "focus": "Legs", "description": "Up and down, slowly."},
}


@pytest.mark.parametrize("partial", [True, False])
@given(st.sampled_from(sorted(Resource.registry)), st.booleans(), st.data())
def test_any_object_is_loaded_as_the_schema_loads_it(
    partial: bool, channel: str, is_valid: bool, data: st.DataObject
) -> None:
    schema = Resource.registry[channel].schema
    names = st.sampled_from([*schema.fields, "hack"])
    given_values = data.draw(st.dictionaries(names, _JUNK, max_size=4))
    if is_valid:
        given_values |= _VALID.get(channel, {})
    wanted = _outcome(lambda: schema.load(given_values, partial=partial))
    # As text: NaN is not itself.
    assert repr(_outcome(lambda: Loader(schema).load(given_values, partial=partial))) == repr(wanted)


def test_the_values_are_in_the_schemas_order_whatever_the_payloads() -> None:
    loader = Loader(Resource.registry["coaches"].schema)
    assert list(loader.load({"picture": "", "age": 30, "name": "Ada"}, partial=True)) == ["name", "age", "picture"]


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
@pytest.mark.parametrize("partial", [True, False])
def test_a_schema_that_does_more_than_ask_its_fields_does_it(partial: bool, kind: type[Schema]) -> None:
    schema = kind()
    values = {"name": "1", "size": "2"}
    wanted = _outcome(lambda: schema.load(values, partial=partial))
    assert _outcome(lambda: Loader(schema).load(values, partial=partial)) == wanted
