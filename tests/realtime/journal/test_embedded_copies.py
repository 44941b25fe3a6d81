"""The rule by which copies follow, in memory and in a draft: whatever embeds whatever, however deep."""

import json
from typing import Any, cast

import pytest
from marshmallow_sqlalchemy import SQLAlchemyAutoSchema
from sqlalchemy import Column, Connection, ForeignKey, Table
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship

from server.fields import RecordSchema, Reference, References, Text
from server.realtime.journal.commit import MOST_CHANGES, Change
from server.realtime.journal.embedded_copies import embeds_of
from server.realtime.journal.journal import HeadState
from server.realtime.journal.state import State
from server.realtime.mutations.unit_of_work import UnitOfWork
from server.realtime.mutations.write_set import WriteSet
from server.realtime.protocol.errors import Refusal
from server.realtime.resource.binding import bind_all
from server.realtime.resource.relations import Relation
from server.realtime.resource.resource import Resource
from server.realtime.resource.view import EVERYTHING


class Base(DeclarativeBase):
    """Tables of these tests alone."""


parts = Table("parts", Base.metadata, Column("box", ForeignKey("boxes.id")), Column("thing", ForeignKey("things.id")))


class Thing(Base):
    """Refers to its own kind, perhaps to itself."""

    __tablename__ = "things"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    like_id: Mapped[int | None] = mapped_column(ForeignKey("things.id"))
    like = relationship("Thing", remote_side=[id])


class Box(Base):
    """Holds things."""

    __tablename__ = "boxes"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    things = relationship("Thing", secondary=parts)


class Shelf(Base):
    """Holds a box, with all that is in it."""

    __tablename__ = "shelves"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    box_id: Mapped[int | None] = mapped_column(ForeignKey("boxes.id"))
    box = relationship("Box")


class CopiedThingSchema(RecordSchema):
    class Meta:
        model = Thing

    name = Text()
    like = Reference("CopiedThingSchema", only=("id", "name"))


class CopiedBoxSchema(RecordSchema):
    class Meta:
        model = Box

    name = Text()
    things = References("CopiedThingSchema", only=("id", "name"))


class CopiedShelfSchema(RecordSchema):
    class Meta:
        model = Shelf

    name = Text()
    box = Reference("CopiedBoxSchema", only=("id", "things"))


@pytest.fixture(autouse=True)
def registry(monkeypatch: pytest.MonkeyPatch) -> None:
    """Three resources, and no others."""
    monkeypatch.setattr(Resource, "registry", {})
    models: list[tuple[str, Any, type[SQLAlchemyAutoSchema]]] = [
        ("thing", Thing, CopiedThingSchema),
        ("box", Box, CopiedBoxSchema),
        ("shelf", Shelf, CopiedShelfSchema),
    ]
    for name, model, schema in models:
        Resource(name, model, schema)
    bind_all()


def thing(number: int, name: str, like: dict[str, Any] | None = None) -> dict[str, Any]:
    return {"id": number, "name": name, "like": like}


def put(channel: str, rev: int, record: dict[str, Any]) -> Change:
    return Change(channel, record["id"], rev, json.dumps(record).encode())


def read(state: State | WriteSet, channel: str, number: int) -> Any:
    row = state.row(channel, number)
    return None if row is None else json.loads(row.record)


def who(records: State | WriteSet, relation: Relation, number: int) -> set[int]:
    """The ids of the records that refer to one."""
    return set(records.referrers(relation, [number])[number])


@pytest.fixture
def state() -> State:
    """Ada and Bo are in a box, and that is on a shelf; Bo likes Ada, Ada herself."""
    state = State(Resource.registry)
    ada, bo = {"id": 1, "name": "Ada"}, {"id": 2, "name": "Bo"}
    changes = [
        put("things", 1, thing(1, "Ada", ada)),
        put("things", 2, thing(2, "Bo", ada)),
        put("boxes", 3, {"id": 1, "name": "Box", "things": [ada, bo]}),
        put("shelves", 4, {"id": 1, "name": "Shelf", "box": {"id": 1, "things": [ada, bo]}}),
    ]
    state.replace("epoch", 4, changes, {})
    return state


def test_the_rule_as_it_is_told() -> None:
    assert embeds_of(Resource.registry) == {
        "things": {"like": {"channel": "things", "fields": ["id", "name"]}},
        "boxes": {"things": {"channel": "things", "fields": ["id", "name"], "many": True}},
        "shelves": {"box": {"channel": "boxes", "fields": ["id", "things"]}},
    }


def test_memory_follows_through_all_that_has_a_copy_and_says_so(state: State) -> None:
    for channel in state.channels.values():
        assert channel.array
    assert state.apply([put("things", 5, thing(1, "Ada L.", {"id": 1, "name": "Ada"}))], 5) == {*state.channels}
    ada, bo = {"id": 1, "name": "Ada L."}, {"id": 2, "name": "Bo"}
    assert read(state, "things", 1) == thing(1, "Ada L.", ada)
    assert json.loads(state.channels["things"].array) == [thing(1, "Ada L.", ada), thing(2, "Bo", ada)]
    assert json.loads(state.channels["shelves"].array)[0]["box"] == {"id": 1, "things": [ada, bo]}
    assert read(state, "boxes", 1)["things"] == [ada, bo]
    assert [row["rev"] for row in json.loads(state.revised(EVERYTHING))["shelves"]] == [4]
    assert state.apply([put("boxes", 6, {"id": 1, "name": "Crate", "things": [ada, bo]})], 6) == {"boxes"}


@pytest.mark.parametrize("order", [1, -1])
def test_memory_that_is_read_from_the_journal_is_mended(order: int, state: State) -> None:
    """The newest state of each record, whichever is older: the name that is known is the thing's own."""
    changes = [
        put("shelves", 4, {"id": 1, "name": "Shelf", "box": {"id": 1, "things": [{"id": 2, "name": "Old"}]}}),
        put("boxes", 3, {"id": 1, "name": "Box", "things": [{"id": 2, "name": "Older"}]}),
        put("things", 9, thing(2, "New")),
    ]
    state.replace("another", 9, changes[::order], {})
    assert read(state, "shelves", 1)["box"] == {"id": 1, "things": [{"id": 2, "name": "New"}]}
    assert read(state, "boxes", 1)["things"] == [{"id": 2, "name": "New"}]


def test_who_refers_to_what_is_known_as_it_changes(state: State) -> None:
    [like] = Resource.registry["things"].relations
    [held] = Resource.registry["boxes"].relations
    assert [who(state, like, 1), who(state, held, 2)] == [{1, 2}, {1}]
    writes = WriteSet(state)
    writes.put(put("things", 5, thing(2, "Bo", {"id": 2, "name": "Bo"})))
    writes.put(put("things", 5, thing(3, "Cleo", {"id": 1, "name": "Ada"})))
    writes.put(Change("boxes", 1, 5, None))
    assert [who(writes, like, 1), who(writes, like, 2), who(writes, held, 2)] == [
        {1, 3},
        {2},
        set(),
    ]
    above = WriteSet(writes)
    above.put(Change("things", 3, 6, None))
    assert who(above, like, 1) == {1}
    assert who(writes, like, 1) == {1, 3}, "thrown away, it never was"
    writes.merge(above)
    assert who(writes, like, 1) == {1}
    state.apply(writes, 6)
    assert [who(state, like, 1), who(state, held, 1)] == [{1}, set()]


def test_a_draft_sees_the_copies_of_what_it_changed(state: State) -> None:
    writes = WriteSet(state)
    writes.put(put("things", 5, thing(1, "First")))
    above = WriteSet(writes)
    above.put(put("things", 6, thing(2, "Second", {"id": 1, "name": "First"})))
    assert [one["name"] for one in read(above, "shelves", 1)["box"]["things"]] == ["First", "Second"]
    assert [one["name"] for one in read(writes, "boxes", 1)["things"]] == ["First", "Bo"]
    assert [one["name"] for one in read(state, "boxes", 1)["things"]] == ["Ada", "Bo"]
    above.put(put("boxes", 6, {"id": 1, "name": "Crate", "things": [{"id": 2, "name": "Second"}]}))
    above.put(put("things", 6, thing(2, "Third")))
    assert read(above, "boxes", 1)["things"] == [{"id": 2, "name": "Third"}]
    assert [(change.channel, change.id) for change in above] == [("boxes", 1), ("things", 2)]


def test_a_reference_to_what_is_not_there_keeps_its_copy(state: State) -> None:
    state.apply([Change("things", 2, 5, None)], 5)
    assert read(state, "boxes", 1)["things"][1] == {"id": 2, "name": "Bo"}
    state.apply([put("things", 6, thing(2, "Back"))], 6)
    assert read(state, "boxes", 1)["things"][1] == {"id": 2, "name": "Back"}


def test_a_record_of_a_version_without_the_field_embeds_nothing(state: State) -> None:
    state.apply([put("things", 5, {"id": 3, "name": "Cleo"}), put("boxes", 5, {"id": 2, "name": "Old"})], 5)
    state.apply([put("things", 6, thing(3, "Cleo", {"id": 1, "name": "Ada"}))], 6)
    assert read(state, "things", 3)["like"] == {"id": 1, "name": "Ada"}


def test_a_request_changes_five_thousand_records_at_most(state: State) -> None:
    head = HeadState("epoch", 4, 0, "", "")
    work = UnitOfWork(cast(Connection, None), state, head, 5, {})
    for number in range(MOST_CHANGES):
        work.put("things", 100 + number, thing(100 + number, "Many"))
    work.put("things", 100, thing(100, "Many"))
    with pytest.raises(Refusal, match="5,000"):
        work.put("things", 1, thing(1, "One more"))


def test_a_record_that_refers_to_itself_is_written_as_it_is(state: State) -> None:
    work = UnitOfWork(cast(Connection, None), state, HeadState("epoch", 4, 0, "", ""), 5, {})
    work.put("things", 1, thing(1, "Renamed", {"id": 1, "name": "Ada"}))
    [change] = work.writes
    assert json.loads(change.record or b"") == thing(1, "Renamed", {"id": 1, "name": "Renamed"})


def test_copies_that_would_hold_themselves_without_end_are_refused_at_the_start() -> None:
    """Each edit of such a record would make it longer."""

    class EndlessThingSchema(RecordSchema):
        class Meta:
            model = Thing

        name = Text()
        like = Reference("EndlessThingSchema")

    Resource("thing", Thing, EndlessThingSchema)
    with pytest.raises(TypeError, match=r"things\.like shows itself"):
        bind_all()
