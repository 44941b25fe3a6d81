"""Records of every kind of field are found, sorted and paged by a running server as they are in memory."""

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from server.realtime.resource.resource import Resource
from server.realtime.selection.operands import Kind, Operand
from server.realtime.selection.page import Page
from server.realtime.selection.where import parse
from server.realtime.selection.where_records import predicate
from tests.support import filters
from tests.support.gym import Gym, Record
from tests.support.sample import SAMPLE
from tests.support.server import Server
from tests.support.three_ways import registered
from tests.wire.new_resource.all_fields.test_columns import ACCEPTED, new_locker

CHANNELS = ("coaches", "exercise_moves", "workout_plans", "schedules", "guests", "bookings", "lockers", "routines")


@pytest.fixture(scope="module", autouse=True)
def _registered() -> Iterator[None]:
    with registered():
        yield


def _pages(gym: Gym, channel: str, asked: Record) -> Iterator[Record]:
    after = None
    while True:
        page = gym.client.ok(f"list_{channel}", {**asked, "after": after})
        yield page
        if (after := page["next"]) is None:
            return


@pytest.mark.parametrize("field", ACCEPTED)
def test_what_was_written_is_found_by_it_and_sorted(field: str, gym: Gym) -> None:
    made = [new_locker(gym, **{field: sent}) for sent, _ in ACCEPTED[field]]
    first = {"id": {"gte": made[0]["id"]}}
    operand = Operand.parse(Resource.registry["lockers"], field, "")
    for locker, (sent, _) in zip(made, ACCEPTED[field], strict=True):
        assert gym.client.ok("get_locker", {"id": locker["id"]}) == locker
        for where in ({field: {"eq": sent}}, {field: {"in": [sent]}}, {"not": {field: {"ne": sent}}}):
            if operand.kind is Kind.JSON and "in" in where.get(field, {}):
                continue
            found = gym.client.ok("list_lockers", {"where": {**first, **where}, "limit": 1000})["records"]
            assert locker in found
            assert {str(operand.of(one)) for one in found} == {str(operand.of(locker))}
    if not operand.is_sortable:
        assert gym.client.fails("list_lockers", {"order": [field]}).keys() == {f"order.{field}", "errors"}
        return
    for order in ([field], [f"-{field}", "-id"]):
        pages = list(_pages(gym, "lockers", {"where": first, "order": order, "limit": 2, "count": True}))
        assert {page["count"] for page in pages} == {len(made)}
        page = Page.parse(Resource.registry["lockers"], {"order": order, "limit": 1000})
        assert [one for page in pages for one in page["records"]] == page.of(made)[0]


@pytest.fixture(scope="module")
def known(extended_server: Server) -> dict[str, dict[int, Record]]:
    """What there is on the server of this kind, by channel and id; nothing before it was asked."""
    return {}


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_any_filter_and_order(gym: Gym, known: dict[str, dict[int, Record]], data: st.DataObject) -> None:
    """Over what is sent they say the same as the server finds."""
    if not known:
        for channel in CHANNELS:
            listed = _pages(gym, channel, {"limit": 1000})
            known[channel] = {record["id"]: record for page in listed for record in page["records"]}
        for channel, several in SAMPLE.items():
            _write(gym, known, channel, several)
    _write(gym, known, "lockers", [filters.locker(data.draw)])
    for channel in (data.draw(st.sampled_from(CHANNELS)), "lockers"):
        where = filters.where(data.draw, channel)
        asked = {"where": where, "order": filters.order(data.draw, channel), "count": True}
        resource = Resource.registry[channel]
        is_wanted = predicate(parse(resource, where))
        wanted = [record for record in known[channel].values() if is_wanted(record)]
        pages = list(_pages(gym, channel, {**asked, "limit": data.draw(st.integers(3, 1000))}))
        assert {page["count"] for page in pages} == {len(wanted)}
        found: list[Any] = [record for page in pages for record in page["records"]]
        assert found == Page.parse(resource, {"order": asked["order"], "limit": 1000}).of(wanted)[0]


def _write(gym: Gym, known: dict[str, dict[int, Record]], channel: str, several: list[Record]) -> None:
    for fields in several:
        record = gym.client.ok(f"new_{Resource.registry[channel].name}", fields)
        known[channel][record["id"]] = record
