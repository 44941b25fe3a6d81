"""What memory keeps of records that are not in memory: what others embed of them, as long as they do."""

import json
from typing import Any

import pytest
from sqlalchemy import Column, ForeignKey, Table
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship

from server.fields import RecordSchema, Reference, References, Text
from server.realtime.journal.commit import Change
from server.realtime.journal.state import State
from server.realtime.resource.binding import bind_all
from server.realtime.resource.declaration import Undeclarable
from server.realtime.resource.resource import Resource


class Base(DeclarativeBase):
    """Tables of these tests alone."""


parts = Table(
    "parts",
    Base.metadata,
    Column("box", ForeignKey("boxes.id")),
    Column("thing", ForeignKey("things.id"), index=True),
)


class Thing(Base):
    """Too many to be in memory."""

    __tablename__ = "things"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    note: Mapped[str]
    like_id: Mapped[int | None] = mapped_column(ForeignKey("things.id"), index=True)
    like = relationship("Thing", remote_side=[id])


class Box(Base):
    """Holds things, and has a label that is one."""

    __tablename__ = "boxes"
    id: Mapped[int] = mapped_column(primary_key=True)
    label_id: Mapped[int | None] = mapped_column(ForeignKey("things.id"))
    label = relationship("Thing")
    things = relationship("Thing", secondary=parts)


class Shelf(Base):
    """Holds a box, with all that is in it."""

    __tablename__ = "shelves"
    id: Mapped[int] = mapped_column(primary_key=True)
    box_id: Mapped[int | None] = mapped_column(ForeignKey("boxes.id"))
    box = relationship("Box")


class LargeThingSchema(RecordSchema):
    class Meta:
        model = Thing

    name = Text()
    note = Text()
    like = Reference("LargeThingSchema", only=("id",))


class LargeBoxSchema(RecordSchema):
    class Meta:
        model = Box

    label = Reference("LargeThingSchema", only=("id", "note"))
    things = References("LargeThingSchema", only=("id", "name", "like"))


class LargeShelfSchema(RecordSchema):
    class Meta:
        model = Shelf

    box = Reference("LargeBoxSchema", only=("id", "things"))


@pytest.fixture(autouse=True)
def registry(monkeypatch: pytest.MonkeyPatch) -> None:
    """Three resources, and no others."""
    monkeypatch.setattr(Resource, "registry", {})
    Resource("thing", Thing, LargeThingSchema, whole=False)
    Resource("box", Box, LargeBoxSchema)
    Resource("shelf", Shelf, LargeShelfSchema)
    bind_all()


def put(channel: str, rev: int, record: dict[str, Any]) -> Change:
    return Change(channel, record["id"], rev, json.dumps(record).encode())


def thing(number: int, name: str, note: str = "") -> dict[str, Any]:
    return {"id": number, "name": name, "note": note, "like": None}


def copy(number: int, name: str) -> dict[str, Any]:
    return {"id": number, "name": name, "like": None}


def read(state: State, channel: str, number: int) -> Any:
    row = state.row(channel, number)
    return None if row is None else json.loads(row.record)


@pytest.fixture
def state() -> State:
    """A box with two things is on a shelf; one of them is its label."""
    state = State(Resource.registry)
    box = {"id": 1, "label": {"id": 1, "note": "First"}, "things": [copy(1, "Ada"), copy(2, "Bo")]}
    changes = [put("boxes", 1, box), put("shelves", 2, {"id": 1, "box": {"id": 1, "things": box["things"]}})]
    state.replace("epoch", 2, changes, {"things": 9})
    return state


def test_copies_follow_wherever_they_are(state: State) -> None:
    assert state.apply([put("things", 3, thing(1, "Ada L.", "Label"))], 3) == {"boxes", "shelves"}
    assert read(state, "boxes", 1)["label"] == {"id": 1, "note": "Label"}
    assert read(state, "shelves", 1)["box"]["things"] == [copy(1, "Ada L."), copy(2, "Bo")]
    assert state.apply([put("things", 4, thing(1, "Ada L.", "Another"))], 4) == {"boxes"}
    assert read(state, "boxes", 1)["label"] == {"id": 1, "note": "Another"}


def test_others_are_not_kept(state: State) -> None:
    assert state.apply([put("things", 3, thing(3, "Cleo"))], 3) == set()
    assert state.copied == {("things", 1), ("things", 2)}
    assert [state.is_known("things", number) for number in (1, 3)] == [True, False]
    assert state.highest("things") == 9
    state.apply([put("things", 4, thing(12, "Dora"))], 4)
    assert state.highest("things") == 12


def test_they_are_kept_as_long_as_something_embeds_them(state: State) -> None:
    state.apply([put("boxes", 3, {"id": 1, "label": {"id": 1, "note": "First"}, "things": [copy(3, "Cleo")]})], 3)
    assert state.copied == {("things", 1), ("things", 3)}
    state.apply([put("things", 4, thing(3, "Cleopatra")), put("things", 4, thing(2, "Nobody's"))], 4)
    assert read(state, "boxes", 1)["things"] == [copy(3, "Cleopatra")]
    state.apply([Change("shelves", 1, 5, None), Change("boxes", 1, 5, None)], 5)
    assert state.copied == set()


@pytest.mark.parametrize("order", [1, -1])
def test_a_copy_that_is_new_is_as_new_as_its_record(order: int, state: State) -> None:
    """Whichever comes first in the commit: the record, or who embeds it from then on."""
    changes = [
        put("things", 3, thing(3, "Newest")),
        put("boxes", 3, {"id": 2, "label": None, "things": [copy(3, "Newest")]}),
    ]
    state.apply(changes[::order], 3)
    assert read(state, "boxes", 2)["things"] == [copy(3, "Newest")]
    state.apply([put("things", 4, thing(3, "Newer"))], 4)
    assert read(state, "boxes", 2)["things"] == [copy(3, "Newer")]


def test_an_older_copy_of_what_is_known_is_mended_by_the_next_change(state: State) -> None:
    state.apply([put("things", 3, thing(1, "Renamed"))], 3)
    state.apply([put("boxes", 4, {"id": 2, "label": None, "things": [copy(1, "Ada")]})], 4)
    state.apply([put("things", 5, thing(1, "Again", "Other note"))], 5)
    assert read(state, "boxes", 2)["things"] == [copy(1, "Again")]
    assert read(state, "boxes", 1)["label"] == {"id": 1, "note": "Other note"}


def test_copies_inside_copies_that_nobody_could_follow_are_refused() -> None:
    """Memory has not the record that is between."""

    class ShowingBoxSchema(RecordSchema):
        class Meta:
            model = Box

        label = Reference("LikingThingSchema", only=("id", "like"))
        things = References("LikingThingSchema", only=("id",))

    class LikingThingSchema(RecordSchema):
        class Meta:
            model = Thing

        name = Text()
        note = Text()
        like = Reference("LargeThingSchema", only=("id", "name"))

    Resource("thing", Thing, LikingThingSchema, whole=False)
    Resource("box", Box, ShowingBoxSchema)
    with pytest.raises(Undeclarable, match=r"^boxes\.label would show things\.like, .* are not whole: leave it out"):
        bind_all()


def test_a_reference_without_an_index_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """To delete a record, all that may refer to it would be looked through."""
    monkeypatch.setattr(Thing.__table__, "indexes", set())
    with pytest.raises(Undeclarable, match=r"^things\.like_id: no index begins with it.*; say index=True"):
        bind_all()
