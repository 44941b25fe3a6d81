"""Records that belong to another one go with it in one commit, and come back with it."""

import time
from typing import Any
from uuid import uuid4

import pytest

from tests.support.gym import Gym
from tests.support.server import Server
from tests.wire.conftest import Connect
from tests.wire.new_resource.tables import assert_reconciled, records_of


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
    assert not {booking["id"] for booking in owned} & records_of(target, "bookings").keys()
    assert records_of(target, "bookings")[other["id"]] == other
    [newest, _] = gym.client.ok("history", {"channel": "bookings", "id": owned[0]["id"]})
    assert newest["type"] == "del"
    back = gym.client.call("undo", {"seq": gone["meta"]["seq"]}, {})
    assert back["data"] == slot
    assert {number: row for number, row in records_of(target, "bookings").items() if row in owned}.keys() == {
        booking["id"] for booking in owned
    }
    again = gym.client.call("undo", {"seq": back["meta"]["seq"]}, {})
    assert again["data"] == slot
    assert not {booking["id"] for booking in owned} & records_of(target, "bookings").keys()
    assert gym.client.ok("undo", {"seq": again["meta"]["seq"]}) == slot
    assert_reconciled(target)


def test_history_does_not_divide_a_commit(gym: Gym) -> None:
    """What follows on a page begins after it."""
    slot, owned = _owned(gym)
    gym.client.ok("delete_schedule", slot)
    newer = [_new(gym), _new(gym)]
    went = [("bookings", booking["id"]) for booking in owned]

    def page(**asked: Any) -> list[tuple[str, int]]:
        entries = gym.client.ok("history", asked)
        return [(entry["channel"], entry["id"]) for entry in entries]

    for limit in (2, 3, 6):
        assert page(limit=limit) == [("bookings", booking["id"]) for booking in newer[::-1]]
    whole = page(limit=7)
    assert whole[2] == ("schedules", slot["id"]), "what it was about comes first"
    assert sorted(whole[3:]) == went
    [*_, last] = gym.client.ok("history", {"limit": 2})
    for limit in (1, 4, 5):
        entries = gym.client.ok("history", {"limit": limit, "before": last["seq"]})
        assert len(entries) == 5
        assert {(entry["event"], entry["seq"], entry["type"]) for entry in entries} == {
            ("delete_schedule", entries[0]["seq"], "del")
        }
    [*_, made] = page(limit=1, before=entries[0]["seq"])
    assert made == went[-1]
    of_bookings = gym.client.ok("history", {"channel": "bookings", "limit": 1, "before": last["seq"]})
    assert len(of_bookings) == 4


def test_they_stay_if_one_of_them_is_used(gym: Gym, target: Server) -> None:
    slot, owned = _owned(gym)
    friend = _new(gym, name="Friend", friend=owned[2])
    before = records_of(target, "bookings")
    errors = gym.client.fails("delete_schedule", slot)
    assert "1 booking (Friend)" in errors["errors"]
    assert records_of(target, "bookings") == before
    gym.client.ok("delete_booking", friend)
    assert gym.client.call("delete_schedule", slot, {"check": True})["ok"]
    assert len(records_of(target, "bookings")) == len(before) - 1
    gym.client.ok("delete_schedule", slot)


def test_those_that_belong_to_each_other_go(gym: Gym, target: Server) -> None:
    one = _new(gym)
    two = _new(gym, about=one)
    gym.client.ok("update_booking", {"id": one["id"], "about": {"id": one["id"]}})
    gone = gym.client.call("delete_booking", one, {})
    assert gone["ok"], gone
    assert not {one["id"], two["id"]} & records_of(target, "bookings").keys()
    assert gym.client.ok("undo", {"seq": gone["meta"]["seq"]})["about"] == {"id": one["id"]}
    assert {one["id"], two["id"]} <= records_of(target, "bookings").keys()


def test_an_undo_of_a_new_record_takes_nothing_along_that_others_made_since(gym: Gym, target: Server) -> None:
    plan, coach = gym.new("workout_plan"), gym.new("coach")
    payload = {"day": "Monday", "hour": "900", "coach": coach, "workout_plan": plan}
    made = gym.client.call("new_schedule", payload, {})
    booking = _new(gym, schedule=made["data"])
    assert gym.client.call("undo", {"seq": made["meta"]["seq"]}, {})["meta"]["code"] == "in_use"
    assert booking["id"] in records_of(target, "bookings")


def test_all_come_back_or_none(gym: Gym, target: Server) -> None:
    slot, owned = _owned(gym)
    gone = gym.client.call("delete_schedule", slot, {})
    gym.client.ok("delete_workout_plan", slot["workout_plan"])
    before = records_of(target, "bookings")
    assert gym.client.call("undo", {"seq": gone["meta"]["seq"]}, {})["meta"]["code"] == "invalid"
    assert records_of(target, "bookings") == before
    assert owned[0]["id"] not in before


def test_those_that_use_each_other_go_in_turn_and_come_back(gym: Gym, target: Server) -> None:
    """Whichever of them was made first: all that use them go, too."""
    slot = gym.new("schedule")
    one, two = _new(gym, schedule=slot), _new(gym, schedule=slot)
    three = _new(gym, schedule=slot, friend=two)
    gym.client.ok("update_booking", {"id": one["id"], "friend": two})
    gym.client.ok("update_booking", {"id": two["id"], "about": three})
    gym.client.ok("update_booking", {"id": three["id"], "friend": None})
    before = records_of(target, "bookings")
    gone = gym.client.call("delete_schedule", slot, {})
    assert gone["ok"], gone
    assert not {one["id"], two["id"], three["id"]} & records_of(target, "bookings").keys()
    assert gym.client.ok("undo", {"seq": gone["meta"]["seq"]}) == slot
    assert records_of(target, "bookings") == before


@pytest.mark.parametrize("field", ["friend", "about"])
def test_what_uses_each_other_in_a_circle_stays(field: str, gym: Gym, target: Server) -> None:
    """No undo could bring one back before the other."""
    slot = gym.new("schedule")
    one, two = _new(gym, name="One", schedule=slot), _new(gym, name="Two", schedule=slot)
    gym.client.ok("update_booking", {"id": one["id"], field: two})
    gym.client.ok("update_booking", {"id": two["id"], field: one})
    before = records_of(target, "bookings")
    ack = gym.client.call("delete_schedule", slot, {})
    assert (ack["meta"]["code"], ack["errors"]["errors"]) == (
        "in_use", "This booking is used by 1 booking (One). Change or delete that first.",
    )  # fmt: skip
    assert records_of(target, "bookings") == before
    gym.client.ok("update_booking", {"id": one["id"], field: None})
    gym.client.ok("delete_schedule", slot)


def test_each_has_the_deletion_in_its_history_and_conflicts_with_it(gym: Gym, connect: Connect) -> None:
    slot, owned = _owned(gym)
    rev = gym.client.call("update_schedule", slot, {})["meta"]["rev"]
    other = connect(auth={"sync": True})
    other.next_event("sync")
    edited = gym.client.call("update_booking", {"id": owned[0]["id"], "name": "Edited"}, {})
    gone = other.call("delete_schedule", slot, {"base": rev})
    assert gone["ok"], "the class is as it was"
    late = {"id": owned[0]["id"], "name": "Too late"}
    for options in ({}, {"base": edited["meta"]["rev"]}):
        assert gym.client.call("update_booking", late, options)["meta"]["code"] == "not_found"
    assert gym.client.fails("new_booking", {"name": "Late", "schedule": slot})["schedule"]
    for booking in owned:
        [newest, *_] = gym.client.ok("history", {"channel": "bookings", "id": booking["id"]})
        assert (newest["type"], newest["seq"]) == ("del", gone["meta"]["seq"])
    gym.client.ok("undo", {"seq": gone["meta"]["seq"]})
    assert gym.client.ok("update_booking", {**late, "friend": owned[1]})["name"] == "Too late"
    again = gym.client.call("undo", {"seq": edited["meta"]["seq"]}, {})
    assert again["meta"]["code"] == "conflict"


def test_edits_beside_the_deletion_are_done_before_it_or_refused(gym: Gym, connect: Connect, target: Server) -> None:
    slot, owned = _owned(gym)
    editor = connect(auth={"sync": True})
    edits = [
        ("update_booking", {"id": booking["id"], "name": f"Edit {turn}"}) for turn in range(10) for booking in owned
    ]
    numbers = [editor.emit(*edit, {}) for edit in edits[: len(edits) // 2]]
    deletion = gym.client.emit("delete_schedule", slot, {})
    numbers += [editor.emit(*edit, {}) for edit in edits[len(edits) // 2 :]]
    gone = gym.client.ack(deletion)
    acks = [editor.ack(number) for number in numbers]
    assert gone["ok"], gone
    for ack in acks:
        assert ack["ok"] == (ack["meta"].get("seq", gone["meta"]["seq"]) < gone["meta"]["seq"]), ack
        assert ack["ok"] or ack["meta"]["code"] == "not_found"
    assert gym.client.ok("undo", {"seq": gone["meta"]["seq"]}) == slot
    last = {ack["data"]["id"]: ack["data"]["name"] for ack in acks if ack["ok"]}
    back = records_of(target, "bookings")
    assert {number: back[number]["name"] for number in last} == last


def _many(gym: Gym, slot: dict[str, Any], count: int) -> list[int]:
    """Bookings of this class, by their ids."""
    made: list[int] = []
    while len(made) < count:
        # One that a busy machine has not done in time is not done at all.
        acks = gym.client.pipeline([("new_booking", {"name": "Mel", "schedule": slot})] * min(250, count - len(made)))
        made += [ack["data"]["id"] for ack in acks if ack["ok"]]
        assert made, acks[0]
    return made


def _in_time(gym: Gym, target: Server, event: str, payload: Any) -> dict[str, Any]:
    """The ack of a request that changes thousands. On a busy machine it may take all its time, and leaves no trace
    then; or the database does not answer in its own. It is sent again, with the same op."""
    before = len(records_of(target, "bookings"))
    until, op = time.monotonic() + 60, str(uuid4())
    while time.monotonic() < until:
        ack: dict[str, Any] = gym.client.call(event, payload, {"op": op})
        if ack["ok"]:
            return ack
        if ack["meta"]["code"] != "unavailable":
            assert "took" in ack["errors"]["errors"], ack
            assert len(records_of(target, "bookings")) == before
    raise AssertionError(f"{event} was not done in the second that a request has, for a minute")


@pytest.mark.kinds("sqlite", "postgres", reason="to make so many takes seconds, and each database has its statements")
def test_thousands_go_and_come_back_and_go_again(gym: Gym, target: Server) -> None:
    slot = gym.new("schedule")
    before = records_of(target, "bookings")
    _many(gym, slot, 1_500)
    full = records_of(target, "bookings")
    gone = _in_time(gym, target, "delete_schedule", slot)
    assert records_of(target, "bookings") == before
    back = _in_time(gym, target, "undo", {"seq": gone["meta"]["seq"]})
    assert back["data"] == slot
    assert records_of(target, "bookings") == full and list(records_of(target, "bookings")) == list(full)
    again = _in_time(gym, target, "undo", {"seq": back["meta"]["seq"]})
    assert again["data"] == slot
    assert records_of(target, "bookings") == before


@pytest.mark.kinds("sqlite", reason="to make so many takes seconds")
def test_it_is_said_how_many_are_too_many(gym: Gym, target: Server) -> None:
    slot = gym.new("schedule")
    before = len(records_of(target, "bookings"))
    made = _many(gym, slot, 5_000)
    refused = gym.client.call("delete_schedule", slot, {})
    assert (refused["meta"]["code"], "more than 5,000 records" in refused["errors"]["errors"]) == ("too_large", True)
    assert len(records_of(target, "bookings")) == before + 5_000
    gym.client.ok("delete_booking", {"id": made.pop()})
    gone = gym.client.call("delete_schedule", slot, {})
    # Whether so many are deleted in the time that a request has depends on the machine.
    assert gone["ok"] or "took" in gone["errors"]["errors"], gone
    assert len(records_of(target, "bookings")) == before + (0 if gone["ok"] else 4_999)
