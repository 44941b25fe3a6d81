"""The contract's records as a table: every field's kind and limits, from which the tests make inputs good and bad."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Text:
    """Trimmed text of `low` to `high` characters, always required; line breaks and tabs only if `multiline`."""

    low: int
    high: int
    multiline: bool = False
    required: bool = True


@dataclass(frozen=True)
class Integer:
    """A whole number from `low` to `high`."""

    low: int
    high: int
    required: bool = True


@dataclass(frozen=True)
class Url:
    """An http(s) URL, or ""."""

    required: bool = False


@dataclass(frozen=True)
class Username:
    """Unique text, or ""."""

    required: bool = False


@dataclass(frozen=True)
class Password:
    """Text that is only ever written."""

    required: bool = False


@dataclass(frozen=True)
class Day:
    """Monday to Sunday."""

    required: bool = True


@dataclass(frozen=True)
class Hour:
    """A time of day: 900, "900", "0900" or "09:00"; sent as "900"."""

    required: bool = True


@dataclass(frozen=True)
class Reference:
    """`{id}` of a record of another resource; `<field>_id` will do as well."""

    resource: str
    required: bool = True


@dataclass(frozen=True)
class References:
    """A list of at least one `{id}`, in order."""

    resource: str
    required: bool = True


Field = Text | Integer | Url | Username | Password | Day | Hour | Reference | References


@dataclass(frozen=True)
class Resource:
    """A record's fields by name, in the contract's order, and which channel it is on."""

    name: str
    channel: str
    fields: Mapping[str, Field]

    @property
    def keys(self) -> set[str]:
        """The keys of a record as it is sent."""
        return {"id", *(name for name, field in self.fields.items() if not isinstance(field, Password))}


RESOURCES = {
    resource.name: resource
    for resource in (
        Resource(
            "coach",
            "coaches",
            {
                "name": Text(2, 40),
                "age": Integer(18, 100),
                "picture": Url(),
                "username": Username(),
                "password": Password(),
            },
        ),
        Resource(
            "exercise_move",
            "exercise_moves",
            {
                "name": Text(2, 60),
                "focus": Text(2, 30),
                "description": Text(10, 500, multiline=True),
                "video_link": Url(),
            },
        ),
        Resource(
            "workout_plan",
            "workout_plans",
            {
                "name": Text(2, 40),
                "difficulty": Text(2, 20),
                "description": Text(10, 300, multiline=True),
                "exercise_moves": References("exercise_move"),
            },
        ),
        Resource(
            "schedule",
            "schedules",
            {
                "day": Day(),
                "hour": Hour(),
                "coach": Reference("coach"),
                "workout_plan": Reference("workout_plan"),
            },
        ),
    )
}
NAMES = tuple(RESOURCES)
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

# What may be deleted before what: a schedule uses coaches and plans, a plan uses moves.
USERS_FIRST = ("schedule", "workout_plan", "exercise_move", "coach")

NESTED_KEYS = {"coach": {"id", "name"}, "workout_plan": {"id", "name", "difficulty"}}


def assert_record(resource: Resource, record: Any) -> None:
    """Exactly the contract's keys, each with its type, in the record and in what it embeds."""
    assert isinstance(record, dict) and set(record) == resource.keys, f"a {resource.name} is {record!r}"
    assert type(record["id"]) is int, f"an id is a number: {record!r}"
    for name, field in resource.fields.items():
        value = record.get(name)
        match field:
            case Text() | Day() | Hour():
                assert isinstance(value, str), f"{name} is text: {record!r}"
            case Integer():
                assert type(value) is int, f"{name} is a number: {record!r}"
            case Url() | Username():
                assert isinstance(value, str), f"{name} is text: {record!r}"
            case Reference(other):
                assert isinstance(value, dict) and set(value) == NESTED_KEYS[other], f"{name} in {record!r}"
            case References(other):
                assert isinstance(value, list) and value, f"{name} in {record!r}"
                for element in value:
                    assert_record(RESOURCES[other], element)
