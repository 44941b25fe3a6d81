"""A listener of the ORM, which nobody would call, is refused when a resource is declared, with the cure."""

from collections.abc import Iterator
from contextlib import contextmanager
from types import FunctionType
from typing import Any

import pytest
from sqlalchemy import Column, Integer, event, inspect
from sqlalchemy.orm import (
    AttributeEvents,
    InstanceEvents,
    Mapper,
    MapperEvents,
    Session,
    SessionEvents,
    reconstructor,
    sessionmaker,
    validates,
)

from server.extensions import db
from server.fields import IntegerColumn
from server.realtime.resource.binding import bind, bind_all
from server.realtime.resource.declaration import Undeclarable
from tests.realtime.resource.things import following, listing, new_base, thing

pytestmark = pytest.mark.usefixtures("no_resources")

# Those that are called when classes are mapped.
OF_MAPPING = {
    "instrument_class",
    "after_mapper_constructed",
    "before_mapper_configured",
    "mapper_configured",
    "before_configured",
    "after_configured",
}
# Nothing pickles a record.
OF_PICKLES = {"pickle", "unpickle"}


def _names(events: type) -> list[str]:
    return [name for name, kind in vars(events).items() if isinstance(kind, FunctionType) and name[0] != "_"]


@contextmanager
def _listening(target: Any, name: str) -> Iterator[None]:
    def listener(*args: Any, **options: Any) -> None:
        raise AssertionError("nobody calls it")

    event.listen(target, name, listener)
    try:
        yield
    finally:
        if event.contains(target, name, listener):
            event.remove(target, name, listener)


EVENTS = [
    *(("mapper", name) for name in _names(MapperEvents)),
    *(("instance", name) for name in _names(InstanceEvents)),
    *(("column", name) for name in _names(AttributeEvents)),
    *(("relationship", name) for name in _names(AttributeEvents)),
    *(("session", name) for name in _names(SessionEvents)),
]


@pytest.mark.parametrize(("kind", "name"), EVENTS)
def test_every_event_that_sqlalchemy_has_is_refused(kind: str, name: str) -> None:
    resource = thing(*following(backref="previous"))
    targets: dict[str, Any] = {
        "mapper": resource.model,
        "instance": resource.model,
        "column": resource.model.name,  # type: ignore[attr-defined]
        "relationship": resource.model.next,  # type: ignore[attr-defined]
        "session": Session,
    }
    bind_all()
    if name in OF_MAPPING | OF_PICKLES:
        return
    with (
        _listening(targets[kind], name),
        pytest.raises(Undeclarable, match=rf"a listener for '{name}' is not called, .*; use a "),
    ):
        bind_all()
    if kind == "session":
        bind_all()


@pytest.mark.parametrize("target", [db.session, sessionmaker(), Session])
def test_a_listener_of_any_session_is_refused(target: Any) -> None:
    with (
        _listening(target, "before_flush"),
        pytest.raises(Undeclarable, match=r"^Session: a listener for 'before_flush'"),
    ):
        bind_all()


def test_a_listener_of_all_mappers_is_refused() -> None:
    with (
        _listening(Mapper, "before_insert"),
        pytest.raises(Undeclarable, match=r"^Thing: a listener for 'before_insert'"),
    ):
        bind(thing())


def test_a_validator_of_the_model_is_refused() -> None:
    resource = thing({"tidy": validates("name")(lambda self, key, value: value.strip())})
    line = r"^Thing.name: its @validates is not called, .*; put a validator on the field of the schema"
    with pytest.raises(Undeclarable, match=line):
        bind(resource)


def test_a_reconstructor_is_refused() -> None:
    resource = thing({"again": reconstructor(lambda self: None)})
    with pytest.raises(Undeclarable, match=r"^Thing: a listener for 'load' is not called, .*; use a computed field"):
        bind(resource)


@pytest.mark.parametrize("name", ["before_insert", "load"])
def test_a_listener_of_a_place_in_a_list_is_refused(name: str) -> None:
    base = new_base()
    thing(*listing(base, Column("since", Integer), own={"since": IntegerColumn()}), base)
    pair = type("Pair", (base,), {"__table__": base.metadata.tables["pairs"]})
    bind_all()
    with _listening(pair, name), pytest.raises(Undeclarable, match=rf"^Pair: a listener for '{name}' is not called"):
        bind_all()


def test_listeners_that_the_orm_adds_for_a_backref_are_none() -> None:
    resource = thing(*following(backref="previous"))
    assert inspect(resource.model).relationships["next"].back_populates == "previous"
    bind_all()
