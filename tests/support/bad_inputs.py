"""THE table of bad requests: for any writing event of any resource, everything that it must refuse."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from tests.support.bad_values import BAD_IDS, NOT_VALUES, bad_values
from tests.support.catalogue import Reference, Resource

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
            for value in (None, "", *BAD_IDS):
                keys = (f"{name}_id", name)
                yield BadInput(f"{name}_id {value!r}", ({**rest, f"{name}_id": value},), keys)
