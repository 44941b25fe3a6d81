"""THE table of bad requests: for any writing event of any resource, everything that it must refuse."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from tests.support.bad_values import BAD_IDS, NOT_VALUES, bad_ids, bad_values
from tests.support.catalogue import EXCEPTION, Reference, References, Resource

# Real columns, real attributes of models and of Python objects, what JavaScript trips over, and plain mistakes.
UNKNOWN_KEYS = (
    "hack", "", " ", "Name", "NAME", "name ", "password_hash", "_password_hash", "metadata", "query", "registry",
    "__class__", "__dict__", "__init__", "__proto__", "constructor", "_sa_instance_state", "rev", "seq", "epoch",
    "created_at", "errors", "0", "$where", "account", "\0", "é",
)  # fmt: skip


@dataclass(frozen=True)
class BadInput:
    """A request that must fail: what is wrong with it, the event's arguments, and which fields may bear the blame."""

    name: str
    args: tuple[Any, ...]
    fields: tuple[str, ...] = ()


def bad_news(resource: Resource, valid: dict[str, Any]) -> Iterator[BadInput]:
    """What `new_*` must refuse, given a payload that it would take."""
    yield from _shapes(valid)
    yield BadInput(
        "an empty object", ({},), tuple(name for name, field in resource.fields.items() if field.required)[:1]
    )
    for name, field in resource.fields.items():
        if field.required:
            yield BadInput(f"{name} missing", ({key: value for key, value in valid.items() if key != name},), (name,))
    yield from _fields(resource, valid)
    yield from _places(resource, valid, valid)
    yield from _of_dates(resource, valid, valid)


def _of_dates(resource: Resource, base: dict[str, Any], valid: dict[str, Any]) -> Iterator[BadInput]:
    """Exceptions of which each field alone is right; `valid` is one of a class, cancelled by no coach."""
    if resource is not EXCEPTION or not isinstance(valid.get("schedule"), dict):
        return
    day = date.fromisoformat(valid["date"])
    for later in range(1, 7):
        yield BadInput(f"{later} days after the class", ({**base, "date": str(day + timedelta(later))},), ("date",))
    for far in ("2028-02-29", "0001-01-02", "9999-12-31"):
        yield BadInput(f"a date that is no Monday: {far}", ({**base, "date": far},), ("date",))
    usual = {**base, "cancelled": False, "note": ""}
    yield BadInput("nothing is different", (usual,), ("cancelled",))
    for value in (None, ""):
        yield BadInput(
            f"the gym is not closed, and no class: {value!r}", ({**usual, "schedule": value},), ("cancelled",)
        )
        yield BadInput(f"a note and no class: {value!r}", ({**usual, "note": "x", "schedule": value},), ("cancelled",))


def bad_updates(resource: Resource, record: dict[str, Any]) -> Iterator[BadInput]:
    """What `update_*` must refuse, given a record that exists."""
    yield from _shapes(record)
    yield BadInput("no id", ({key: value for key, value in record.items() if key != "id"},), ("id",))
    yield BadInput("an empty object", ({},), ("id",))
    for value in (None, "", *BAD_IDS):
        yield BadInput(f"id {value!r}", ({**record, "id": value},), ("id",))
    for value in NOT_VALUES:
        yield BadInput(f"id {value!r}", ({**record, "id": value},))
    yield from _fields(resource, {"id": record["id"]})
    yield from _places(resource, {"id": record["id"]}, record)
    yield from _of_dates(resource, {"id": record["id"]}, record)


def bad_deletes(record: dict[str, Any]) -> Iterator[BadInput]:
    """What `delete_*` must refuse, given a record that exists."""
    yield BadInput("no argument", ())
    yield BadInput("three arguments", ({"id": record["id"]}, {}, {}))
    yield BadInput("an empty object", ({},), ("id",))
    yield BadInput("no id", ({key: value for key, value in record.items() if key != "id"},), ("id",))
    yield BadInput("a list of the record", ([record],))
    yield BadInput("null", (None,))
    for value in (None, "", *BAD_IDS):
        yield BadInput(f"id {value!r}", ({"id": value},), ("id",))
        yield BadInput(f"a record with id {value!r}", ({**record, "id": value},), ("id",))
    for value in ("", *BAD_IDS):
        # An object is no bare id: {"id": 1} might exist.
        if not isinstance(value, dict):
            yield BadInput(f"bare {value!r}", (value,))
    for value in NOT_VALUES:
        yield BadInput(f"id {value!r}", ({"id": value},))
        yield BadInput(f"bare {value!r}", (value,))


def _shapes(valid: dict[str, Any]) -> Iterator[BadInput]:
    yield BadInput("no argument", ())
    for value in (None, "", "text", 0, 5, 1.5, True, False, [], [valid], [[valid]], [None], list(valid.items())):
        yield BadInput(f"not an object: {value!r}"[:60], (value,))
    yield BadInput("three arguments", (valid, {}, {}))
    yield BadInput("five arguments", (valid, {}, "more", None, 5))
    deep: Any = "deep"
    for _ in range(60):
        deep = [deep]
    yield BadInput("sixty lists around text", (deep,))
    for key in UNKNOWN_KEYS:
        yield BadInput(f"unknown key {key!r}", ({**valid, key: "value"},), (key,))
    yield BadInput("an unknown key with a deep value", ({**valid, "hack": deep},), ("hack",))


def _fields(resource: Resource, base: dict[str, Any]) -> Iterator[BadInput]:
    for name, field in resource.fields.items():
        for label, value in bad_values(field):
            yield BadInput(f"{name} {label}", ({**base, name: value},), (name,))
        for value in NOT_VALUES:
            yield BadInput(f"{name} {value!r}", ({**base, name: value},))
        if isinstance(field, Reference):
            rest = {key: value for key, value in base.items() if key != name}
            for value in bad_ids(field.required):
                keys = (f"{name}_id", name)
                yield BadInput(f"{name}_id {value!r}", ({**rest, f"{name}_id": value},), keys)


def _places(resource: Resource, base: dict[str, Any], record: dict[str, Any]) -> Iterator[BadInput]:
    """What is wrong in a list whose other place and whose ids are those of `record`."""
    for name, field in resource.fields.items():
        if isinstance(field, References) and isinstance(record[name], list):
            for key, own in field.own.items():
                wrong = [(label, value, (name,)) for label, value in bad_values(own)]
                not_read: list[tuple[str, Any, tuple[str, ...]]] = [(repr(value), value, ()) for value in NOT_VALUES]
                for label, value, blamed in (*wrong, *not_read):
                    places = [record[name][0], {**record[name][0], key: value}]
                    yield BadInput(f"{key} of a place {label}", ({**base, name: places},), blamed)
