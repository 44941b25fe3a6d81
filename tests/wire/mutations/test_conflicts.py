"""`base`: an edit that started from an older state merges where it can, and is a conflict that people see where not."""

from typing import Any

import pytest

from tests.support.acks import assert_failure, assert_success
from tests.support.gym import Gym
from tests.support.observers import Observers
from tests.wire.conftest import Connect

# A rev is a whole number from 1 on that has been.
BAD_BASES: tuple[Any, ...] = ("", "x", -1, 1.5, True, [], {}, 10**40, 2**63, 10**9, "9" * 5_000)


def _new(gym: Gym, name: str, **fields: Any) -> tuple[dict[str, Any], int]:
    """A new record and its rev."""
    ack = gym.client.call(f"new_{name}", gym.payload(name, **fields), {})
    return ack["data"], ack["meta"]["rev"]


def test_an_edit_of_what_nobody_changed(gym: Gym) -> None:
    coach, rev = _new(gym, "coach")
    ack = gym.client.call("update_coach", {"id": coach["id"], "name": "Renamed"}, {"base": rev})
    assert_success(ack, extended=True)
    assert ack["meta"]["rev"] > rev


def test_the_same_field_changed_to_something_else(gym: Gym, observers: Observers, connect: Connect) -> None:
    coach, rev = _new(gym, "coach")
    theirs = connect().call("update_coach", {"id": coach["id"], "name": "Theirs"}, {})
    with observers.sends():
        ack = gym.client.call("update_coach", {"id": coach["id"], "name": "Mine"}, {"base": rev})
    assert_failure(ack, extended=True)
    assert ack["meta"]["code"] == "conflict"
    assert ack["meta"]["current"] == {**coach, "name": "Theirs"} == theirs["data"]
    assert ack["meta"]["rev"] == theirs["meta"]["rev"]
    assert ack["meta"]["fields"] == ["name"]
    assert "actor" in ack["meta"]
    assert gym.update("coach", id=coach["id"])["name"] == "Theirs"


def test_a_conflict_resolved_from_what_it_said(gym: Gym, connect: Connect) -> None:
    coach, rev = _new(gym, "coach")
    connect().ok("update_coach", {"id": coach["id"], "name": "Theirs"})
    conflict = gym.client.call("update_coach", {"id": coach["id"], "name": "Mine"}, {"base": rev})
    ack = gym.client.call("update_coach", {"id": coach["id"], "name": "Mine"}, {"base": conflict["meta"]["rev"]})
    assert_success(ack, extended=True)
    assert ack["data"]["name"] == "Mine"


def test_edits_of_different_fields_merge(gym: Gym, observers: Observers, connect: Connect) -> None:
    coach, rev = _new(gym, "coach")
    connect().ok("update_coach", {"id": coach["id"], "name": "Theirs"})
    with observers.sends("coaches"):
        ack = gym.client.call("update_coach", {"id": coach["id"], "age": 99}, {"base": rev})
    assert_success(ack, extended=True)
    assert ack["data"] == {**coach, "name": "Theirs", "age": 99}


def test_a_whole_record_echoed_with_one_field_edited_merges(gym: Gym, connect: Connect) -> None:
    """A form sends every field. What it did not change since its base is no edit, and must not undo theirs."""
    coach, rev = _new(gym, "coach")
    connect().ok("update_coach", {"id": coach["id"], "name": "Theirs"})
    ack = gym.client.call("update_coach", {**coach, "age": 99}, {"base": rev})
    assert_success(ack, extended=True)
    assert ack["data"] == {**coach, "name": "Theirs", "age": 99}


def test_the_same_edit_twice_is_none(gym: Gym, connect: Connect) -> None:
    coach, rev = _new(gym, "coach")
    connect().ok("update_coach", {"id": coach["id"], "name": "The same"})
    ack = gym.client.call("update_coach", {"id": coach["id"], "name": "The same"}, {"base": rev})
    assert_success(ack, extended=True)
    assert ack["data"]["name"] == "The same"


def test_only_the_fields_that_clash_are_named_and_nothing_is_written(
    gym: Gym, observers: Observers, connect: Connect
) -> None:
    coach, rev = _new(gym, "coach", age=30)
    connect().ok("update_coach", {"id": coach["id"], "name": "Theirs", "age": 40})
    with observers.sends():
        edit = {"id": coach["id"], "name": "Mine", "age": 40, "picture": "https://gym.example/mine.png"}
        ack = gym.client.call("update_coach", edit, {"base": rev})
    assert ack["meta"]["code"] == "conflict"
    assert ack["meta"]["fields"] == ["name"]


def test_without_a_base_the_last_write_wins_field_by_field(gym: Gym, connect: Connect) -> None:
    coach, _ = _new(gym, "coach")
    connect().ok("update_coach", {"id": coach["id"], "name": "Theirs", "age": 40})
    ack = gym.client.call("update_coach", {"id": coach["id"], "name": "Mine"}, {})
    assert_success(ack, extended=True)
    assert ack["data"] == {**coach, "name": "Mine", "age": 40}


def test_references_and_lists_of_them_clash_too(gym: Gym, connect: Connect) -> None:
    other = connect()
    schedule, rev = _new(gym, "schedule")
    coaches = [gym.new("coach")["id"] for _ in range(2)]
    other.ok("update_schedule", {"id": schedule["id"], "coach": {"id": coaches[0]}})
    ack = gym.client.call("update_schedule", {"id": schedule["id"], "coach_id": coaches[1]}, {"base": rev})
    assert ack["meta"]["code"] == "conflict"
    assert len(ack["meta"]["fields"]) == 1
    moves = [gym.new("exercise_move")["id"] for _ in range(2)]
    plan, rev = _new(gym, "workout_plan", exercise_moves=[{"id": move} for move in moves])
    other.ok("update_workout_plan", {"id": plan["id"], "exercise_moves": [{"id": move} for move in moves[::-1]]})
    edit = {"id": plan["id"], "exercise_moves": [{"id": moves[0]}]}
    ack = gym.client.call("update_workout_plan", edit, {"base": rev})
    assert ack["meta"]["code"] == "conflict"
    assert ack["meta"]["fields"] == ["exercise_moves"]


def test_a_new_name_of_an_embedded_record_is_no_edit_of_this_one(gym: Gym) -> None:
    """It moves the schedule's rev; but nobody edited the schedule's coach."""
    schedule, rev = _new(gym, "schedule")
    gym.update("coach", id=schedule["coach"]["id"], name="Renamed")
    other = gym.new("coach")
    ack = gym.client.call("update_schedule", {"id": schedule["id"], "coach": {"id": other["id"]}}, {"base": rev})
    assert_success(ack, extended=True)
    assert ack["data"]["coach"]["id"] == other["id"]


def test_a_record_that_was_deleted_meanwhile(gym: Gym, observers: Observers) -> None:
    coach, rev = _new(gym, "coach")
    gym.delete("coach", coach)
    with observers.sends():
        ack = gym.client.call("update_coach", {"id": coach["id"], "name": "Mine"}, {"base": rev})
    assert_failure(ack, extended=True)
    assert ack["meta"]["code"] == "not_found"


@pytest.mark.parametrize("base", BAD_BASES, ids=lambda base: ascii(base)[:20])
def test_a_base_that_never_was(base: Any, gym: Gym, observers: Observers) -> None:
    coach, _ = _new(gym, "coach")
    with observers.sends():
        ack = gym.client.call("update_coach", {"id": coach["id"], "name": "Mine"}, {"base": base})
    assert_failure(ack, extended=None)


def test_many_edit_one_field_from_one_base_and_one_wins(gym: Gym, connect: Connect) -> None:
    coach, rev = _new(gym, "coach")
    clients = [connect() for _ in range(6)]
    numbers = [
        client.emit("update_coach", {"id": coach["id"], "name": f"From {index}"}, {"base": rev})
        for index, client in enumerate(clients)
    ]
    acks = [client.ack(number) for client, number in zip(clients, numbers, strict=True)]
    (winner,) = [ack for ack in acks if ack["ok"]]
    for ack in acks:
        if not ack["ok"]:
            assert ack["meta"]["code"] == "conflict"
            assert ack["meta"]["current"] == winner["data"]
