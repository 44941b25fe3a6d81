"""What is no filter is refused by the name of what does not fit, and at once, however much of it there is."""

import time
from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy.dialects import postgresql, sqlite

from server.realtime.protocol.errors import Refusal
from server.realtime.resource.resource import Resource
from server.realtime.selection.page import Page
from server.realtime.selection.where import parse
from server.realtime.selection.where_records import predicate
from tests.support.three_ways import registered
from tests.support.timing import least, seconds

SIZE = 98_000
MOST_SECONDS = 0.05


@pytest.fixture(scope="module", autouse=True)
def _registered() -> Iterator[None]:
    with registered():
        yield


def _refusal(channel: str, where: Any) -> Refusal:
    with pytest.raises(Refusal) as error:
        parse(Resource.registry[channel], where)
    return error.value


INVALID: list[tuple[str, Any, str, str]] = [
    *[("coaches", where, "where", "Must be an object") for where in ([], "name", 5, True, 1.5)],
    *[
        ("coaches", {field: 1}, f"where.{field}", "There is no such field.")
        for field in ("nothing", "coach", "name.x", "", ".", "id.", ".name", "name.", "a.b.c.d.e.f.g.h", "__class__")
    ],
    *[("coaches", {"password": value}, "where.password", "never sent") for value in ("x", None, {"starts": "$argon2"})],
    ("schedules", {"coach.password": "x"}, "where.coach.password", "no such field"),
    ("schedules", {"coach.age": 30}, "where.coach.age", "no such field"),
    ("schedules", {"coach_id": 3}, "where.coach_id", "no such field"),
    ("schedules", {"workout_plan.exercise_moves": {"has": 1}}, "where.workout_plan.exercise_moves", "no such field"),
    ("workout_plans", {"exercise_moves.name": "x"}, "where.exercise_moves.name", "'has': id"),
    ("routines", {"moves.sets": 3}, "where.moves.sets", "'has': id"),
    ("workout_plans", {"exercise_moves": 5}, "where.exercise_moves", "has"),
    ("workout_plans", {"exercise_moves": {"has": "x"}}, "where.exercise_moves.has", "Must be an id."),
    ("workout_plans", {"exercise_moves": {"has": None}}, "where.exercise_moves.has", "Must not be empty."),
    *[("tickets", {name: 1}, f"where.{name}", "computed") for name in ("title", "is_free", "length", "shouted")],
    ("coaches", {"name": {"like": "x"}}, "where.name.like", "eq, ne, in, nin, lt, lte, gt, gte, contains or starts."),
    ("coaches", {"name": {"id": 3}}, "where.name.id", "eq, ne"),
    ("coaches", {"name": {}}, "where.name", "eq, ne"),
    ("coaches", {"age": {"contains": "3"}}, "where.age.contains", "lt, lte, gt or gte."),
    *[("coaches", {"age": value}, "where.age", "whole number") for value in ("x", 1.5, True, [3], 2**31)],
    *[("coaches", {"name": value}, "where.name", "Must be text.") for value in (5, True, ["x"])],
    ("coaches", {"name": {"contains": "\x00"}}, "where.name.contains", "control"),
    ("coaches", {"name": {"contains": "\ud800"}}, "where.name.contains", "control"),
    ("coaches", {"name": {"eq": "x" * 1000}}, "where.name.eq", "characters"),
    *[("coaches", {"age": {"lt": nothing}}, "where.age.lt", "Must not be empty.") for nothing in (None, "", " ")],
    ("coaches", {"name": {"starts": None}}, "where.name.starts", "Must not be empty."),
    *[("coaches", {"age": {"in": value}}, "where.age.in", "list") for value in (3, "3", {}, None)],
    ("coaches", {"age": {"in": [3, "x"]}}, "where.age.in", "whole number"),
    *[("coaches", {"or": value}, "where.or", "list of filters") for value in ({}, [], None, "x", {"age": 3})],
    ("coaches", {"or": [{}, {"nothing": 1}]}, "where.or.1.nothing", "no such field"),
    ("coaches", {"or": [3]}, "where.or.0", "object"),
    ("coaches", {"not": [{}]}, "where.not", "object"),
    ("coaches", {"not": {"or": [{"age": {"lt": "x"}}]}}, "where.not.or.0.age.lt", "whole number"),
    ("schedules", {"coach": {"lt": 3}}, "where.coach.lt", "eq, ne, in or nin."),
    *[("schedules", {"coach": value}, "where.coach", "Must be an id.") for value in (0, -1, "x", True, 1.5, [1])],
    ("schedules", {"hour": "25:00"}, "where.hour", "time of day"),
    ("schedules", {"hour": {"lt": "25:00"}}, "where.hour.lt", "time of day"),
    *[
        ("schedules", {"day": {"gte": value}}, "where.day.gte", "Must be one of: Monday, Tuesday")
        for value in ("M", "Día")
    ],
    *[("lockers", {"size": value}, "where.size", "one of") for value in ("SMALL", "s", 1, True)],
    *[("lockers", {"floor": value}, "where.floor", "one of") for value in (True, "GROUND", 2)],
    *[("lockers", {"free": value}, "where.free", "true or false") for value in (1, "true", 0, "")],
    ("lockers", {"free": {"lt": True}}, "where.free.lt", "eq, ne, in or nin."),
    ("lockers", {"contents": {"in": [1]}}, "where.contents.in", "eq or ne."),
    ("lockers", {"contents": {"a": 1}}, "where.contents.a", "eq or ne."),
    ("lockers", {"contents": {"eq": "\x00"}}, "where.contents.eq", "character 0"),
    *[("lockers", {"price": value}, "where.price", "number") for value in (0.001, "NaN", 1e300, True)],
    ("lockers", {"opened": "2026-11-25T08:30"}, "where.opened", "zone"),
    ("lockers", {"since": "2026-02-30"}, "where.since", "date"),
]


@pytest.mark.parametrize(("channel", "where", "name", "line"), INVALID)
def test_what_does_not_fit_is_named(channel: str, where: Any, name: str, line: str) -> None:
    refusal = _refusal(channel, where)
    assert refusal.code == "invalid"
    assert list(refusal.errors) == [name, "errors"]
    assert line in str(refusal.errors[name])


def _deep(levels: int) -> Any:
    where: Any = {"age": 30}
    for level in range(levels - 1):
        where = {"not": where} if level % 2 else {"or": [where]}
    return where


MOST: dict[str, tuple[Any, Any]] = {
    "levels": (_deep(5), _deep(6)),
    "conditions": ({"or": [{"age": 30}] * 50}, {"or": [{"age": 30}] * 51}),
    "conditions of one field": (
        {"or": [{"age": {"lt": 30, "gt": 20}}] * 25},
        {"or": [{"age": {"lt": 30, "gt": 20}}] * 25 + [{"age": 1}]},
    ),
    "empty filters": ({"or": [{}] * 50}, {"or": [{}] * 51}),
    "values": ({"age": {"in": [30] * 1000}}, {"age": {"in": [30] * 1001}}),
    "values of several": (
        {"age": {"in": [30] * 500}, "id": {"nin": [30] * 500}},
        {"age": {"in": [30] * 500}, "id": {"nin": [30] * 501}},
    ),
    "a text to be found": ({"picture": {"contains": "a" * 200}}, {"picture": {"starts": "a" * 201}}),
}


@pytest.mark.parametrize("kind", MOST)
def test_more_than_may_be_is_too_large(kind: str) -> None:
    most, more = MOST[kind]
    parse(Resource.registry["coaches"], most)
    assert _refusal("coaches", more).code == "too_large"


def _brackets(levels: int) -> Any:
    return [_brackets(levels - 1)] if levels else []


TEXT = "a" + "\u0301" * (SIZE // 4) + "\u0316" * (SIZE // 4)
WORST: dict[str, tuple[str, Any]] = {
    "names of fields": ("coaches", {f"f{number}": 0 for number in range(SIZE // 12)}),
    "a name of dots": ("coaches", {"." * SIZE: 0}),
    "a long name": ("coaches", {"coach." + "a" * SIZE: 0}),
    "operators": ("coaches", {"name": {f"o{number}": 0 for number in range(SIZE // 12)}}),
    "a long operator": ("coaches", {"name": {"a" * SIZE: 0}}),
    "or": ("coaches", {"or": [{}] * (SIZE // 3)}),
    "or of nothing": ("coaches", {"or": [0] * (SIZE // 2)}),
    "values": ("coaches", {"age": {"in": list(range(SIZE // 5))}}),
    "texts": ("lockers", {"notes": {"in": [f"Ä{number}" for number in range(1000)]}}),
    "moments": ("lockers", {"opened": {"in": ["2026-11-25T08:30:00.000001+02:00"] * 1000}}),
    "decimals": ("lockers", {"price": {"in": ["123456789.12"] * 1000}}),
    "conditions": ("guests", {"or": [{"not": {"buddy.name": {"contains": "ᾳ" * 200}}}] * 50}),
    "bounds": ("guests", {"or": [{"not": {"buddy.name": {"lt": "ᾳ" * 40}}}] * 50}),
    "needles": ("lockers", {"or": [{"notes": {"contains": "ᾳßﬁ" * 60}}] * 50}),
    "long values of many fields": ("lockers", {"or": [{"notes": "é" * (SIZE // 100)}] * 49}),
    "marks in the wrong order": ("lockers", {"notes": TEXT}),
    "marks to be found": ("lockers", {"notes": {"contains": TEXT}}),
    "white space": ("lockers", {"notes": {"contains": " \u200b" * (SIZE // 4) + "a"}}),
    "digits": ("lockers", {"price": "1" * SIZE}),
    "an id of digits": ("schedules", {"coach": "1" * SIZE}),
    "a moment": ("lockers", {"opened": "2026-11-25T" * (SIZE // 11)}),
    "a big object": ("lockers", {"contents": {"eq": {f"k{number}": [number] for number in range(SIZE // 16)}}}),
    "a deep object": ("lockers", {"contents": {"eq": _brackets(90)}}),
    "levels": ("coaches", _deep(90)),
}


def _ask(channel: str, where: Any, dialect: Any) -> None:
    """All that is done of it before a database or a record is asked."""
    try:
        page = Page.parse(Resource.registry[channel], {"where": where})
    except Refusal:
        return
    predicate(page.where)
    page.statement().compile(dialect=dialect)


@pytest.mark.parametrize("dialect", [sqlite.dialect(), postgresql.dialect()], ids=["sqlite", "postgresql"])
@pytest.mark.parametrize("kind", WORST)
def test_the_worst_takes_no_time(kind: str, dialect: Any) -> None:
    def measure() -> float:
        return seconds(lambda: _ask(*WORST[kind], dialect), time.process_time)

    assert least(measure, MOST_SECONDS) < MOST_SECONDS
