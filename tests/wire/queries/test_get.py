"""`get_*`: one record, and its rev for who sends opts."""

from typing import Any

import pytest

from tests.support.acks import assert_failure
from tests.support.bad_values import BAD_IDS, NOT_VALUES
from tests.support.catalogue import ALL, assert_record
from tests.support.gym import Gym


@pytest.mark.parametrize("name", ALL)
def test_the_record_as_it_is_now(name: str, gym: Gym) -> None:
    ack = gym.client.call(f"new_{name}", gym.payload(name), {})
    record, rev = ack["data"], ack["meta"]["rev"]
    got = gym.client.call(f"get_{name}", {"id": record["id"]}, {})
    assert (got["data"], got["meta"]) == (record, {"rev": rev})
    assert_record(ALL[name], got["data"])
    assert gym.client.ok(f"get_{name}", {**record, "id": str(record["id"])}) == record, "a record names itself"
    gym.delete(name, record)
    ack = gym.client.call(f"get_{name}", {"id": record["id"]}, {})
    assert_failure(ack, extended=True)
    assert ack["meta"] == {"code": "not_found"}
    assert set(ack["errors"]) == {"id", "errors"}


def test_copies_are_current_and_no_change_of_the_record(gym: Gym) -> None:
    schedule = gym.new("schedule")
    rev = gym.client.call("get_schedule", {"id": schedule["id"]}, {})["meta"]["rev"]
    gym.update("coach", id=schedule["coach"]["id"], name="Renamed")
    got = gym.client.call("get_schedule", {"id": schedule["id"]}, {})
    assert got["data"]["coach"]["name"] == "Renamed"
    assert got["meta"]["rev"] == rev


def test_an_own_write_is_in_it_once_it_is_acked(gym: Gym) -> None:
    """At the process that wrote it; others have it when they have read the journal."""
    coach = gym.new("coach")
    for age in range(30, 50):
        asked = [
            gym.client.emit("update_coach", {"id": coach["id"], "age": age}),
            gym.client.emit("get_coach", {"id": coach["id"]}),
        ]
        assert [gym.client.ack(number)["data"]["age"] for number in asked] == [age, age]


@pytest.mark.parametrize("name", ALL)
def test_bad_requests(name: str, gym: Gym) -> None:
    gym.new(name)
    shapes: tuple[Any, ...] = (None, 1, "1", [], [{"id": 1}], True, {}, *({"id": value} for value in (None, "")))
    ids = tuple({"id": value} for value in (*BAD_IDS, *NOT_VALUES))
    for args in ((), *((shape,) for shape in (*shapes, *ids)), ({"id": 1}, {}, {}), ({"id": 1}, 5)):
        ack = gym.client.call(f"get_{name}", *args)
        try:
            assert_failure(ack, extended=None)
        except AssertionError as problem:
            raise AssertionError(f"get_{name} {args}: {problem}") from None
