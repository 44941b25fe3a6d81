"""The contract's records as a table: every field's kind and limits, from which the tests make inputs good and bad."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Text:
    """Trimmed text of `low` to `high` characters, or "" if it is not required; line breaks and tabs if `multiline`."""

    low: int
    high: int
    multiline: bool = False
    required: bool = True


@dataclass(frozen=True)
class Integer:
    """A whole number from `low` to `high`; if it is not required, null and "" stand for `default`."""

    low: int
    high: int
    required: bool = True
    default: int | None = None


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
class Date:
    """A date: `2026-12-31`."""

    required: bool = True


@dataclass(frozen=True)
class Flag:
    """True or false, false if it is absent."""

    required: bool = False


@dataclass(frozen=True)
class Reference:
    """`{id}` of a record of another resource; `<field>_id` will do as well."""

    resource: str
    required: bool = True


@dataclass(frozen=True)
class References:
    """A list of at least one `{id}`, in order, each with optional fields of its own."""

    resource: str
    own: Mapping[str, "Text | Integer"]
    required: bool = True


Field = Text | Integer | Url | Username | Password | Day | Hour | Date | Flag | Reference | References


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


# Of a move in a plan.
PRESCRIPTION: dict[str, Text | Integer] = {
    "sets": Integer(1, 100, required=False),
    "reps": Text(0, 20, required=False),
    "rest": Integer(0, 3600, required=False),
    "notes": Text(0, 200, required=False),
}

NOT_PRESCRIBED = {"sets": None, "reps": "", "rest": None, "notes": ""}

# Those of the base contract, which plain clients are sent.
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
                "exercise_moves": References("exercise_move", PRESCRIPTION),
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
                "minutes": Integer(5, 480, required=False, default=60),
                "room": Text(0, 40, required=False),
                "capacity": Integer(1, 1000, required=False),
            },
        ),
    )
}
NAMES = tuple(RESOURCES)
EXCEPTION = Resource(
    "exception",
    "exceptions",
    {
        "date": Date(),
        "schedule": Reference("schedule", required=False),
        "cancelled": Flag(),
        "coach": Reference("coach", required=False),
        "note": Text(0, 200, required=False),
    },
)
ALL = {**RESOURCES, EXCEPTION.name: EXCEPTION}
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

# What may be deleted before what: an exception and a schedule use coaches, a schedule plans, a plan moves.
USERS_FIRST = ("exception", "schedule", "workout_plan", "exercise_move", "coach")

NESTED_KEYS = {
    "coach": {"id", "name"},
    "workout_plan": {"id", "name", "difficulty"},
    "schedule": {"id", "day", "hour"},
}


def assert_record(resource: Resource, record: Any, own: Mapping[str, Text | Integer] | None = None) -> None:
    """Exactly the contract's keys, each with its type, in the record and in what it embeds; `own` are a place's."""
    fields: Mapping[str, Field] = {**resource.fields, **(own or {})}
    assert isinstance(record, dict), f"a {resource.name} is {record!r}"
    assert set(record) == {*resource.keys, *(own or {})}, f"a {resource.name} is {record!r}"
    assert type(record["id"]) is int, f"an id is a number: {record!r}"
    for name, field in fields.items():
        value = record.get(name)
        match field:
            case Text() | Day() | Hour() | Date() | Url() | Username():
                assert isinstance(value, str), f"{name} is text: {record!r}"
            case Integer(required=required, default=default):
                is_absent = value is None and not required and default is None
                assert type(value) is int or is_absent, f"{name} is a number: {record!r}"
            case Flag():
                assert type(value) is bool, f"{name} is true or false: {record!r}"
            case Reference(required=False) if value is None:
                pass
            case Reference(other):
                assert isinstance(value, dict) and set(value) == NESTED_KEYS[other], f"{name} in {record!r}"
            case References(other, places):
                assert isinstance(value, list) and value, f"{name} in {record!r}"
                for element in value:
                    assert_record(RESOURCES[other], element, places)


def without_own(place: Mapping[str, Any]) -> dict[str, Any]:
    """A move of a plan as it is in its own channel."""
    return {key: value for key, value in place.items() if key not in PRESCRIPTION}
