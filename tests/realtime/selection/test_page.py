"""All parts of a list together have each record once and in order, in both databases and over records as sent."""

import base64
from collections.abc import Iterator
from typing import Any

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from server.realtime.protocol.errors import Refusal
from server.realtime.resource.resource import Resource
from server.realtime.selection.operands import Operand
from server.realtime.selection.page import Page
from server.resources.schedules import Hour
from tests.support import filters
from tests.support.sample import SAMPLE
from tests.support.three_ways import CHANNELS, ThreeWays, fill, three_ways


@pytest.fixture(scope="module")
def ways(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ThreeWays]:
    """With some records of each channel."""
    with three_ways(tmp_path_factory.mktemp("ways")) as made:
        fill(made, SAMPLE)
        yield made


def _sorted(ways: ThreeWays, channel: str, numbers: list[int], order: list[str]) -> list[int]:
    """By one field after the other, the last first."""
    resource = Resource.registry[channel]
    for name in reversed([*order, "id"]):
        operand = Operand.parse(resource, name.removeprefix("-"), "")
        values = {number: operand.ranked(operand.of(ways.records[channel][number])) for number in numbers}
        numbers = sorted(
            numbers, key=lambda number: (values[number] is not None, values[number]), reverse=name[0] == "-"
        )
    return numbers


@settings(max_examples=60)
@given(st.data())
def test_all_parts_have_each_record_once(ways: ThreeWays, data: st.DataObject) -> None:
    with ways.for_a_while():
        for _ in range(data.draw(st.integers(0, 2))):
            ways.write("lockers", filters.locker(data.draw))
            ways.write("guests", filters.guest(data.draw))
        channel = data.draw(st.sampled_from((*CHANNELS, "lockers", "lockers", "guests")))
        asked = {"where": filters.where(data.draw, channel, 2), "order": filters.order(data.draw, channel)}
        found: list[int] = []
        cursor = None
        while True:
            part, cursor = ways.page(channel, {**asked, "limit": data.draw(st.integers(1, 9)), "after": cursor})
            found += part
            if cursor is None:
                break
        assert found == _sorted(ways, channel, ways.found(channel, asked["where"]), asked["order"])


@settings(max_examples=20)
@given(st.data())
def test_what_did_not_change_is_neither_skipped_nor_repeated(ways: ThreeWays, data: st.DataObject) -> None:
    with ways.for_a_while():
        asked = {"order": filters.order(data.draw, "lockers"), "limit": 4}
        stay = set(ways.records["lockers"])
        found: list[int] = []
        cursor = None
        while True:
            part, cursor = ways.page("lockers", {**asked, "after": cursor})
            found += part
            if cursor is None:
                break
            for _ in range(data.draw(st.integers(0, 2))):
                ways.write("lockers", filters.locker(data.draw))
            # The last one shown too: its place remains.
            gone = data.draw(st.sets(st.sampled_from([part[-1], *stay]), max_size=2)) & ways.records["lockers"].keys()
            for number in gone:
                ways.delete("lockers", number)
            stay -= gone
        assert len(set(found)) == len(found)
        assert set(found) >= stay
        kept = [number for number in found if number in stay]
        assert kept == _sorted(ways, "lockers", kept, asked["order"])


ORDERS: list[tuple[str, list[str], list[int]]] = [
    ("guests", ["visits"], [1, 3, 2]),
    ("guests", ["-visits"], [2, 3, 1]),
    ("guests", ["buddy.name"], [1, 2, 3]),
    ("guests", ["-buddy.name"], [3, 2, 1]),
    ("guests", ["-coach", "-id"], [2, 3, 1]),
    ("guests", ["-id", "name"], [3, 2, 1]),
    ("bookings", ["name"], [3, 1, 2]),
    ("bookings", ["-schedule.day", "name"], [1, 2, 3]),
    ("bookings", ["schedule.hour"], [3, 1, 2]),
    ("schedules", ["hour"], [3, 1, 5, 4, 2, 6]),
    ("schedules", ["day", "-hour"], [6, 2, 4, 5, 1, 3]),
]


@pytest.mark.parametrize(("channel", "order", "wanted"), ORDERS)
def test_orders(ways: ThreeWays, channel: str, order: list[str], wanted: list[int]) -> None:
    assert ways.page(channel, {"order": order}) == (wanted, None)


def test_limits(ways: ThreeWays) -> None:
    with ways.for_a_while():
        for number in range(100):
            ways.write("lockers", {"name": f"Locker {number}"})
        every = sorted(ways.records["lockers"])
        for asked, count in (({}, 100), ({"limit": None}, 100), ({"limit": "7"}, 7), ({"limit": 1000}, 120)):
            part, cursor = ways.page("lockers", asked)
            assert part == every[:count]
            assert (cursor is None) == (count == 120)


def _cursor(channel: str, asked: dict[str, Any], number: int = 1) -> str:
    with_all = {"id": number, "name": "Ada", "age": 30, "coach": {"id": 1, "name": "Ada"}}
    return Page.parse(Resource.registry[channel], asked).cursor(with_all)


def _forged(cursor: str, place: Any) -> str:
    mark, *_ = orjson.loads(base64.urlsafe_b64decode(cursor))
    return base64.urlsafe_b64encode(orjson.dumps([mark, *place])).decode()


def _refused(channel: str, asked: Any) -> Refusal:
    with pytest.raises(Refusal) as error:
        Page.parse(Resource.registry[channel], asked)
    return error.value


NAME = {"order": ["name"], "where": {"age": 30}}


@pytest.mark.parametrize(
    ("channel", "asked"),
    [
        ("coaches", {**NAME, "order": ["-name"]}),
        ("coaches", {**NAME, "order": ["name", "age"]}),
        ("coaches", {**NAME, "where": {"age": 31}}),
        ("coaches", {**NAME, "where": {"age": {"ne": 30}}}),
        ("coaches", {**NAME, "where": None}),
        ("guests", {"order": ["name"]}),
    ],
)
def test_a_cursor_of_another_list_is_refused(ways: ThreeWays, channel: str, asked: dict[str, Any]) -> None:
    cursor = _cursor("coaches", NAME if channel == "coaches" else {"order": ["name"]})
    assert list(_refused(channel, {**asked, "after": cursor}).errors) == ["after", "errors"]


def test_the_same_list_may_be_spelled_in_another_way(ways: ThreeWays) -> None:
    cursor = _cursor("coaches", NAME)
    asked = {"order": ["name", "id", "age"], "where": {"age": {"eq": "30"}}, "limit": 3, "after": cursor}
    assert Page.parse(Resource.registry["coaches"], asked).after == ("Ada", 1)


def test_a_cursor_that_nobody_gave_is_refused(ways: ThreeWays) -> None:
    cursor = _cursor("coaches", NAME)
    forged = [_forged(cursor, place) for place in (["Ada", 2], ["Ada"], [], [1, "Ada"], [{}, []], ["Ada", 1, 1])]
    whole = [cursor[:place] + "A" + cursor[place + 1 :] for place in range(len(cursor) - 4) if cursor[place] != "A"]
    junk = [
        "",
        "x",
        "é",
        "A" * 98_000,
        "[]",
        base64.b64encode(b"[" * 50_000).decode(),
        5,
        True,
        [],
        {},
        1.5,
        cursor[1:],
    ]
    for after in (*forged, *whole, *junk, cursor[:-4], cursor + cursor):
        assert list(_refused("coaches", {**NAME, "after": after}).errors) == ["after", "errors"], after


@pytest.mark.parametrize(
    ("asked", "name"),
    [
        *[({"limit": limit}, "limit") for limit in (0, 1001, -1, 1.5, True, "x", [], {})],
        *[({"order": order}, "order") for order in ("name", {}, 5, [1], [["name"]], [None])],
        *[({"order": [field]}, f"order.{field}") for field in ("nothing", "password", "name.x", "", "coach", "id.x")],
        ({"order": ["--name"]}, "order.-name"),
        ({"order": ["name", "-name"]}, "order.name"),
    ],
)
def test_what_is_no_page_is_refused(ways: ThreeWays, asked: dict[str, Any], name: str) -> None:
    refusal = _refused("coaches", asked)
    assert (refusal.code, list(refusal.errors)) == ("invalid", [name, "errors"])


@pytest.mark.parametrize(
    ("channel", "field"),
    [
        *[("lockers", field) for field in ("contents", "notes")],
        *[("workout_plans", "exercise_moves"), ("tickets", "title")],
    ],
)
def test_what_has_no_order_is_refused(ways: ThreeWays, channel: str, field: str) -> None:
    assert list(_refused(channel, {"order": [f"-{field}"]}).errors) == [f"order.{field}", "errors"]


def test_a_field_of_a_class_of_its_own_has_an_order_if_it_says_so(
    ways: ThreeWays, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert ways.page("schedules", {"where": {"hour": {"gte": "9:30"}}, "order": ["hour"]})[0] == [5, 4, 2, 6]
    monkeypatch.delattr(Hour, "sort_key")
    assert list(_refused("schedules", {"order": ["-hour"]}).errors) == ["order.hour", "errors"]
    assert list(_refused("schedules", {"where": {"hour": {"lt": "900"}}}).errors) == ["where.hour.lt", "errors"]
    assert ways.found("schedules", {"hour": "09:00"}) == [1]


def test_more_fields_than_a_cursor_should_carry_are_refused(ways: ThreeWays) -> None:
    fields = list(filters.FIELDS["lockers"][1:10])
    assert _refused("lockers", {"order": fields}).code == "too_large"
    assert len(Page.parse(Resource.registry["lockers"], {"order": fields[:3] + fields[4:9]}).order.keys) == 9
