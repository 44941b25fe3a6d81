"""Records that belong to another one go with it in one commit, and come back with it."""

from contextlib import closing
from typing import Any

from tests.support.flask import flask
from tests.support.gym import Gym
from tests.support.server import Server
from tests.support.wire import Client
from tests.wire.conftest import Connect


def _bookings(server: Server) -> dict[int, dict[str, Any]]:
    """What a fresh client is sent."""
    with closing(Client(server.port)) as client:
        return {row["id"]: row for row in client.next_event("bookings").args[0]}


def _new(gym: Gym, **fields: Any) -> dict[str, Any]:
    made: dict[str, Any] = gym.client.ok("new_booking", {"name": "Mel", **fields})
    return made


def _owned(gym: Gym) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """A class, and all that goes with it."""
    slot = gym.new("schedule")
    first, second = _new(gym, schedule=slot), _new(gym, schedule_id=slot["id"])
    return slot, [first, second, _new(gym, about=first), _new(gym, about=second, schedule=slot)]


def test_they_go_with_it_and_come_back(gym: Gym, connect: Connect, target: Server) -> None:
    slot, owned = _owned(gym)
    other = _new(gym, schedule=gym.new("schedule"))
    client = connect(auth={"sync": True})
    client.next_event("sync")
    gone = gym.client.call("delete_schedule", slot, {})
    assert gone["data"] == slot
    changes = client.next_changes()
    assert {(change["channel"], change["type"]) for change in changes} == {("schedules", "del"), ("bookings", "del")}
    assert {change["rev"] for change in changes} == {gone["meta"]["seq"]}, "one commit"
    assert not {booking["id"] for booking in owned} & _bookings(target).keys()
    assert _bookings(target)[other["id"]] == other
    [newest, _] = gym.client.ok("history", {"channel": "bookings", "id": owned[0]["id"]})
    assert newest["type"] == "del"
    back = gym.client.call("undo", {"seq": gone["meta"]["seq"]}, {})
    assert back["data"] == slot
    assert {number: row for number, row in _bookings(target).items() if row in owned}.keys() == {
        booking["id"] for booking in owned
    }
    again = gym.client.call("undo", {"seq": back["meta"]["seq"]}, {})
    assert again["data"] == slot
    assert not {booking["id"] for booking in owned} & _bookings(target).keys()
    assert gym.client.ok("undo", {"seq": again["meta"]["seq"]}) == slot
    said = flask(target.database.url, "journal", "reconcile", app="tests.wire.fifth.kinds.extended")
    assert said.startswith("0 records differed"), said


def test_they_stay_if_one_of_them_is_used(gym: Gym, target: Server) -> None:
    slot, owned = _owned(gym)
    friend = _new(gym, name="Friend", friend=owned[2])
    before = _bookings(target)
    errors = gym.client.fails("delete_schedule", slot)
    assert "1 booking (Friend)" in errors["errors"]
    assert _bookings(target) == before
    gym.client.ok("delete_booking", friend)
    assert gym.client.call("delete_schedule", slot, {"check": True})["ok"]
    assert len(_bookings(target)) == len(before) - 1
    gym.client.ok("delete_schedule", slot)


def test_those_that_belong_to_each_other_go(gym: Gym, target: Server) -> None:
    one = _new(gym)
    two = _new(gym, about=one)
    gym.client.ok("update_booking", {"id": one["id"], "about": {"id": one["id"]}})
    gone = gym.client.call("delete_booking", one, {})
    assert gone["ok"], gone
    assert not {one["id"], two["id"]} & _bookings(target).keys()
    assert gym.client.ok("undo", {"seq": gone["meta"]["seq"]})["about"] == {"id": one["id"]}
    assert {one["id"], two["id"]} <= _bookings(target).keys()


def test_an_undo_of_a_new_record_takes_nothing_along_that_others_made_since(gym: Gym, target: Server) -> None:
    plan, coach = gym.new("workout_plan"), gym.new("coach")
    payload = {"day": "Monday", "hour": "900", "coach": coach, "workout_plan": plan}
    made = gym.client.call("new_schedule", payload, {})
    booking = _new(gym, schedule=made["data"])
    assert gym.client.call("undo", {"seq": made["meta"]["seq"]}, {})["meta"]["code"] == "in_use"
    assert booking["id"] in _bookings(target)


def test_all_come_back_or_none(gym: Gym, target: Server) -> None:
    slot, owned = _owned(gym)
    gone = gym.client.call("delete_schedule", slot, {})
    gym.client.ok("delete_workout_plan", slot["workout_plan"])
    before = _bookings(target)
    assert gym.client.call("undo", {"seq": gone["meta"]["seq"]}, {})["meta"]["code"] == "invalid"
    assert _bookings(target) == before
    assert owned[0]["id"] not in before
