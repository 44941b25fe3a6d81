"""Records, filters and orders at random: whatever texts and numbers can do to a comparison is among their values."""

from collections.abc import Callable
from typing import Any

from hypothesis import strategies as st

from server.realtime.resource.resource import Resource
from server.realtime.selection.operands import OPERATORS, Operand

Draw = Callable[[st.SearchStrategy[Any]], Any]


def shows(text: str) -> bool:
    """Whether it can be written, or looked for."""
    return any(map(str.isalnum, text))


# Letters with several forms in one case, that grow when they are folded, that are folded by themselves alone, without
# case, out of order in UTF-16, and what LIKE and a shell would take for more than itself.
TEXTS = (
    *("may", "MAY", "Mayer", "İstanbul", "istanbul", "ıstanbul", "ISTANBUL", "STRASSE", "straße", "STRAẞE", "ſtop"),
    *("ΟΔΟΣ", "οδος", "οδοσ", "ﬁne", "FINE", "Ǆ", "ǅ", "ǆ", "é", "É", "e\u0301e", "ǰ", "J\u030c", "ᾼα", "ᾳΑ", "ΰ"),
    *(
        "Жук",
        "жУК",
        "강남",
        "Ａｂ",
        "ab",
        "AB",
        "a_b",
        "a%b",
        "100%",
        "a\\b",
        "'; --",
        "ok 🏋",
        "\ue000x",
        "𐐀",
        "𐐨",
        "ﬆ",
    ),
)
_LETTERS = "aAsSſßẞiIıİfFﬁkKΣσςιΙᾳ%_\\' 0é\u0301\u0307ŉΩω"
SHOWN = st.text(_LETTERS, min_size=1, max_size=6).filter(shows)
NAMES = st.sampled_from(TEXTS) | SHOWN
_PRICES = (0, "-0", 12.5, "12.50", 0.1, 0.3, -0.01, 9999999999999.99, -9999999999999.98, 1e3)
_NUMBERS = (0, -0.0, 0.1, "2.5", 3, -3, 1e300, 5e-324, 0.30000000000000004)
_MOMENTS = ("2026-11-25T08:30:00Z", "2026-11-25T10:30+02:00", "2026-11-25T08:30:00.000001Z", "1950-01-01T00:00-11:30")
_LOCAL = ("2026-11-25T08:30", "2026-11-25 08:30:00.5", "0001-01-01T00:00", "9999-12-31T23:59:59.999999")
_TIMES = ("08:30", "08:30:00.5", "08:30:15", "00:00", "23:59:59.999999")
_DAYS = ("2026-11-25", "0001-01-01", "9999-12-31", "2024-02-29")
_JSON = (
    *({}, [], "", "null", 0, False, True, 1, 1.5, "é", [1, "a"], [[1]], {"a": 1, "b": [None]}, {"b": [None], "a": 1.0}),
    *({"a": True}, {"a": 1}, {"a": None}, 1e300, 1e20, 2**62, -0.0, "a\\b", {"é": "🏋"}),
)
_IDS = (1, "2", 3, 4, 5)


def _of(*values: Any) -> st.SearchStrategy[Any]:
    return st.sampled_from(values)


# Of each field what may be written and asked for, by its name at the end of a path; null is left out.
VALUES: dict[str, st.SearchStrategy[Any]] = {
    **dict.fromkeys(("name", "label", "motto", "notes", "username", "mood", "picture", "focus"), NAMES),
    **dict.fromkeys(("id", "coach", "favourite", "buddy", "about", "friend", "workout_plan", "schedule"), _of(*_IDS)),
    **dict.fromkeys(("plans", "exercise_moves", "moves"), _of(*_IDS)),
    **dict.fromkeys(("contents", "extras"), _of(*_JSON)),
    "age": _of(18, "20", 30, 100),
    "visits": _of(0, 1, "7", 10_000),
    "day": _of("Monday", "Friday", "Sunday"),
    "hour": _of(900, "0900", "09:00", "1830", "000"),
    "size": _of("S", "L"),
    "floor": _of(0, 1),
    "wing": _of("east", "west"),
    "free": st.booleans(),
    "broken": st.booleans(),
    "price": _of(*_PRICES),
    "depth": _of(0.125, "99.999", 0.5, -0.001),
    "weight": _of(*_NUMBERS) | st.floats(allow_nan=False, allow_infinity=False),
    "keys": _of(0, "7", -5, 2**31 - 1),
    "hooks": _of(0, 32767, -32768, "3"),
    "since": _of(*_DAYS),
    "until": _of(*_DAYS),
    "opens": _of(*_TIMES),
    "closes": _of(*_TIMES),
    "cleaned": _of(*_LOCAL),
    "opened": _of(*_MOMENTS),
    "checked": _of(*_MOMENTS),
}
# What can be asked of each channel.
FIELDS: dict[str, tuple[str, ...]] = {
    "coaches": ("id", "name", "age", "picture", "username"),
    "exercise_moves": ("id", "name", "focus"),
    "workout_plans": ("id", "name", "exercise_moves"),
    "schedules": ("id", "day", "hour", "coach", "coach.id", "coach.name", "workout_plan", "workout_plan.name"),
    "guests": (
        *("id", "name", "visits", "mood", "coach", "coach.name", "favourite", "favourite.name", "buddy", "buddy.id"),
        *("buddy.name", "plans"),
    ),
    "bookings": ("id", "name", "schedule", "schedule.day", "schedule.hour", "about", "about.id", "friend.name"),
    "lockers": (
        *("id", "name", "label", "motto", "notes", "size", "floor", "wing", "free", "broken", "price", "depth"),
        *("weight", "keys", "hooks", "since", "until", "opens", "closes", "cleaned", "opened", "checked", "contents"),
        "extras",
    ),
    "routines": ("id", "name", "moves"),
}
_REQUIRED = ("name", "motto", "broken", "depth", "keys", "until", "closes", "checked", "extras")


def locker(draw: Draw) -> dict[str, Any]:
    """One to be written: any of its fields may be left out."""
    fields = draw(st.sets(_of(*FIELDS["lockers"][1:]), max_size=12)) | {"name"}
    drawn = {name: draw(VALUES[name] if name in _REQUIRED else st.none() | VALUES[name]) for name in sorted(fields)}
    return {name: value for name, value in drawn.items() if value is not None or name not in _REQUIRED}


def guest(draw: Draw) -> dict[str, Any]:
    """One to be written, with records that are there for those that it refers to."""
    name = draw(NAMES)
    found = {
        "name": name * 2,
        "visits": draw(st.none() | VALUES["visits"]),
        "mood": draw(_of("", *(text for text in TEXTS if len(text) > 1))),
        "coach_id": draw(_of(*_IDS)),
        "plans": [{"id": number} for number in draw(st.sets(_of(1, 2, 3, 4)))],
    }
    return found | {f"{field}_id": draw(st.none() | _of(1, 2, 3)) for field in ("favourite", "buddy")}


def where(draw: Draw, channel: str, levels: int = 3) -> dict[str, Any]:
    """A filter that is taken."""
    found: dict[str, Any] = {}
    for _ in range(draw(st.integers(0 if levels == 3 else 1, 2))):
        kind = draw(_of("field", "field", "or", "not")) if levels > 1 else "field"
        if kind == "or":
            found["or"] = [where(draw, channel, levels - 1) for _ in range(draw(st.integers(1, 3)))]
        elif kind == "not":
            found["not"] = where(draw, channel, levels - 1)
        else:
            name = draw(_of(*FIELDS[channel]))
            found[name] = _condition(draw, channel, name)
    return found


def _condition(draw: Draw, channel: str, name: str) -> Any:
    kind = Operand.parse(Resource.registry[channel], name, "").kind
    operators = draw(st.sets(_of(*OPERATORS[kind]), min_size=1, max_size=2))
    value = VALUES[name.rpartition(".")[2]]
    conditions = {operator: draw(_asked(value, operator)) for operator in sorted(operators)}
    is_bare = list(conditions) == ["eq"] and not isinstance(conditions["eq"], dict)
    return conditions["eq"] if is_bare else conditions


def _asked(value: st.SearchStrategy[Any], operator: str) -> st.SearchStrategy[Any]:
    if operator in ("in", "nin"):
        return st.lists(st.none() | value, max_size=3)
    if operator in ("contains", "starts"):
        return st.builds(_part, value, st.integers(0, 2), st.integers(2, 5)).filter(shows)
    return st.none() | value if operator in ("eq", "ne") else value


def _part(text: str, first: int, last: int) -> str:
    return text[first:last]


def order(draw: Draw, channel: str) -> list[str]:
    """An order that is taken."""
    resource = Resource.registry[channel]
    names = [name for name in FIELDS[channel] if Operand.parse(resource, name, "").is_sortable]
    chosen = draw(st.lists(_of(*names), unique=True, max_size=3))
    return [draw(_of("", "-")) + name for name in chosen]
