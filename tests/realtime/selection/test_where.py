"""A filter finds the same in SQLite, in PostgreSQL and in records as they are sent."""

import sys
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import literal, select

from server.realtime.resource.resource import Resource
from server.realtime.selection.sql_functions import position_of
from server.realtime.selection.where import parse
from server.realtime.selection.where_records import may_fit, predicate
from tests.support import filters
from tests.support.sample import SAMPLE
from tests.support.three_ways import CHANNELS, ThreeWays, fill, three_ways


@pytest.fixture(scope="module")
def ways(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ThreeWays]:
    """With some records of each channel."""
    with three_ways(tmp_path_factory.mktemp("ways")) as made:
        fill(made, SAMPLE)
        yield made


@settings(max_examples=100)
@given(st.data())
def test_any_filter_finds_the_same_three_ways(ways: ThreeWays, data: st.DataObject) -> None:
    with ways.for_a_while():
        for _ in range(data.draw(st.integers(0, 2))):
            ways.write("lockers", filters.locker(data.draw))
            ways.write("guests", filters.guest(data.draw))
        for _ in range(3):
            channel = data.draw(st.sampled_from((*CHANNELS, "lockers", "lockers", "guests")))
            where = filters.where(data.draw, channel)
            found = ways.found(channel, where)
            others = ways.found(channel, {"not": where})
            assert sorted(found + others) == sorted(ways.records[channel]), "it is true or false of each"


@settings(max_examples=150)
@given(text=filters.NAMES, needle=filters.NAMES, first=st.integers(0, 2), last=st.integers(1, 4))
def test_any_text_is_found_by_any_part_of_it(ways: ThreeWays, text: str, needle: str, first: int, last: int) -> None:
    needle = needle[first:last]
    with ways.for_a_while():
        made = ways.write("lockers", {"name": text})
        for part in (needle, made["name"][first : first + last]):
            if any(map(str.isalnum, part)):
                ways.found("lockers", {"name": {"contains": part}})
                ways.found("lockers", {"name": {"starts": part}})
                assert part is needle or made["id"] in ways.found("lockers", {"name": {"contains": part}})


@settings(max_examples=100)
@given(st.data())
def test_what_a_filter_is_true_of_may_fit(ways: ThreeWays, data: st.DataObject) -> None:
    where = parse(Resource.registry["schedules"], filters.where(data.draw, "schedules"))
    for record in ways.records["schedules"].values():
        if predicate(where)(record):
            assert may_fit(where, "coach", record["coach"]["id"])


@pytest.mark.parametrize(
    ("where", "fits"),
    [
        ({}, True),
        ({"day": "Monday"}, True),
        ({"coach": 3}, True),
        ({"coach": 5}, False),
        ({"coach": {"nin": [3, 4]}}, False),
        ({"coach": 5, "day": "Monday"}, False),
        ({"or": [{"coach": 5}, {"day": "Monday"}]}, True),
        ({"or": [{"coach": 5}, {"coach": 6}]}, False),
        ({"not": {"coach": 3, "day": "Monday"}}, True),
        ({"not": {"or": [{"coach": 3}, {"day": "Monday"}]}}, False),
        ({"coach.name": "Maya"}, True),
        ({"workout_plan": 5}, True),
    ],
)
def test_which_filters_a_reference_rules_out(ways: ThreeWays, where: Any, fits: bool) -> None:
    assert may_fit(parse(Resource.registry["schedules"], where), "coach", 3) is fits


# What a filter means: of these lockers, by their names, those that it finds.
LOCKERS: list[dict[str, Any]] = [
    {"name": "Straße", "hooks": 3, "price": 0.3, "free": True, "contents": {"a": 1, "b": [None]}, "size": "S"},
    {"name": "STRASSE", "hooks": None, "price": "0.30", "free": None, "contents": {"b": [None], "a": True}},
    {"name": "İzmir ΣΊΣΥΦΟΣ", "label": "e\u0301", "opened": "2026-11-25T08:30:00Z", "opens": "08:30", "contents": 1},
    {"name": "100%", "label": "a_b", "opened": "2026-11-25T23:30:00-01:00", "weight": -0.0, "floor": 0},
    {"name": "\uffee", "label": "\U00010400", "since": "2026-11-25", "contents": [], "weight": 0.1},
]
MEANINGS: list[tuple[dict[str, Any], list[int]]] = [
    ({}, [0, 1, 2, 3, 4]),
    *[({"name": {"contains": text}}, [0, 1]) for text in ("strasse", "STRAẞE", "ſs", "ße", " STRAS ")],
    ({"name": {"starts": "stras"}}, [0, 1]),
    *[({"name": {"contains": text}}, [2]) for text in ("σίσυφος", "ΣΊΣΥΦΟΣ", "ςί", "i\u0307zmir", "izmir"[1:])],
    *[({"name": {"contains": text}}, []) for text in ("ızmir", "izmir", "σισ", "strase", "1%", "1_0")],
    ({"name": {"contains": "%"}}, [3]),
    ({"label": {"contains": "_"}}, [3]),
    ({"name": {"contains": ""}}, [0, 1, 2, 3, 4]),
    ({"name": {"eq": "strasse"}}, []),
    *[({"label": text}, [2]) for text in ("é", "e\u0301", " é ")],
    *[({"label": nothing}, [0, 1]) for nothing in (None, "", " ", {"in": [None]})],
    ({"label": {"lt": "a"}}, [0, 1]),
    ({"name": {"gt": "\uffed"}}, [4]),
    ({"label": {"gt": "\uffee"}}, [4]),
    ({"hooks": None}, [1, 2, 3, 4]),
    ({"hooks": {"ne": None}}, [0]),
    ({"hooks": {"ne": 3}}, [1, 2, 3, 4]),
    ({"hooks": {"nin": [3, None]}}, []),
    ({"hooks": {"lt": 4}}, [0]),
    ({"not": {"hooks": {"lt": 4}}}, [1, 2, 3, 4]),
    ({"not": {"hooks": {"in": []}}}, [0, 1, 2, 3, 4]),
    ({"hooks": {"gt": -(2**31) + 1, "lt": 2**31 - 1}}, [0]),
    ({"hooks": "3", "free": True, "size": "S"}, [0]),
    ({"hooks": 3, "free": False}, []),
    ({"or": [{"hooks": 3}, {"name": "100%"}]}, [0, 3]),
    ({"or": [{"hooks": 3}, {"name": "100%"}], "free": None}, [3]),
    ({"not": {"or": [{"free": True}, {"free": None}]}}, []),
    ({"price": {"lte": 0.3}}, [0, 1]),
    ({"price": "0.3"}, [0, 1]),
    ({"weight": 0}, [3]),
    ({"weight": {"gte": -0.0}}, [3, 4]),
    ({"contents": {"eq": {"b": [None], "a": 1.0}}}, [0]),
    ({"contents": {"eq": {"b": [None], "a": True}}}, [1]),
    ({"contents": 1}, [2]),
    ({"contents": True}, []),
    ({"contents": None}, [3]),
    ({"contents": []}, [4]),
    ({"contents": {"ne": []}}, [0, 1, 2, 3]),
    ({"opened": "2026-11-25T10:30+02:00"}, [2]),
    ({"opened": {"gt": "2026-11-26T00:00:00Z"}}, [3]),
    ({"opened": {"gt": "2026-11-26T00:30:00Z"}}, []),
    ({"opens": {"lte": "08:30:00"}}, [2]),
    ({"since": {"gte": "2026-11-25", "lt": "2026-11-26"}}, [4]),
    ({"floor": 0}, [3]),
    ({"floor": {"ne": 0}}, [0, 1, 2, 4]),
    ({"motto": "none", "closes": "23:00", "checked": "2026-01-01T01:00+01:00"}, [0, 1, 2, 3, 4]),
]


@pytest.fixture
def lockers(ways: ThreeWays) -> Iterator[list[int]]:
    """The ids of LOCKERS, alone."""
    with ways.for_a_while():
        for number in list(ways.records["lockers"]):
            ways.delete("lockers", number)
        yield [ways.write("lockers", fields)["id"] for fields in LOCKERS]


def test_what_a_filter_means(ways: ThreeWays, lockers: list[int]) -> None:
    for where, places in MEANINGS:
        assert [lockers.index(number) for number in ways.found("lockers", where)] == places, where


# Of tests.support.sample, by their ids.
ABOUT_OTHERS: list[tuple[str, dict[str, Any], list[int]]] = [
    ("schedules", {"hour": "09:00"}, [1]),
    ("schedules", {"hour": {"gte": "900", "lt": "18:30"}}, [1, 4, 5]),
    ("schedules", {"hour": {"lte": "0930"}}, [1, 3, 5]),
    ("schedules", {"minutes": None}, []),
    ("schedules", {"minutes": {"in": [None, 60]}}, [1, 2, 3, 4, 5, 6]),
    ("schedules", {"day": {"gt": "Monday"}}, [1, 3, 5]),
    ("schedules", {"day": {"lt": "Tuesday"}}, [2, 4, 6]),
    ("schedules", {"day": {"contains": "MON"}}, [2, 4, 6]),
    ("bookings", {"schedule.hour": {"gte": 1000}}, [2]),
    ("bookings", {"not": {"schedule.hour": {"gte": 1000}}}, [1, 3]),
    ("bookings", {"schedule.day": {"lt": "Friday"}}, [2, 3]),
    ("schedules", {"coach": "2"}, [2]),
    ("schedules", {"coach.name": {"contains": "mayer"}}, [3]),
    ("schedules", {"coach.id": {"lt": 3}}, [1, 2]),
    ("workout_plans", {"exercise_moves": {"has": 5}}, [5]),
    ("workout_plans", {"not": {"exercise_moves": {"has": "1"}}}, [2, 3, 5]),
    ("coaches", {"username": None}, [1, 4, 7, 10]),
    ("coaches", {"username": {"starts": "MAY"}}, [2, 3]),
    ("guests", {"buddy": None}, [1]),
    ("guests", {"buddy.name": ""}, [1]),
    ("guests", {"buddy.id": {"ne": 1}}, [1, 3]),
    ("guests", {"buddy.id": {"gt": 0}}, [2, 3]),
    ("guests", {"not": {"buddy.id": {"gt": 0}}}, [1]),
    ("guests", {"not": {"buddy.id": 1}}, [1, 3]),
    ("guests", {"plans": {"has": 1}, "mood": ""}, [2]),
    ("guests", {"mood": {"contains": "οδος"}}, [1]),
    ("bookings", {"schedule": None}, [3]),
    ("bookings", {"schedule.day": "Friday", "friend.name": ""}, [1]),
]


@pytest.mark.parametrize(("channel", "where", "wanted"), ABOUT_OTHERS)
def test_what_a_record_embeds(ways: ThreeWays, channel: str, where: dict[str, Any], wanted: list[int]) -> None:
    assert ways.found(channel, where) == wanted


def test_each_character_is_found_by_its_other_spellings(ways: ThreeWays) -> None:
    """In PostgreSQL: of Unicode as this Python has it, whatever the database has."""
    cased = [chr(code) for code in range(sys.maxunicode + 1) if chr(code).casefold() != chr(code)]
    texts = ["".join(cased[start : start + 50]) for start in range(0, len(cased), 50)]
    for text in texts:
        needle = text.casefold()
        for connection in ways.connections:
            assert connection.scalar(select(position_of(literal("-" + text), needle))) == 2, text


def test_a_copy_of_a_record_may_have_other_fields_than_it_had(ways: ThreeWays) -> None:
    """A record that a process of an older version wrote lacks some."""
    resource = Resource.registry["schedules"]
    for where in ({"coach.name": ""}, {"coach": None}, {"workout_plan.name": {"lt": "a"}}, {"hour": None}):
        assert predicate(parse(resource, where))({"id": 1})
