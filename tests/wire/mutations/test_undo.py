"""`undo`: the inverse of a commit, as a new commit; a conflict where it would overwrite later edits."""

import uuid
from typing import Any

import pytest

from tests.support.acks import assert_failure
from tests.support.catalogue import NAMES, RESOURCES
from tests.support.gym import Gym
from tests.support.observers import Observers
from tests.support.packets import Raw
from tests.support.server import Server
from tests.support.socketio_client import PASSWORD, Client

BAD_SEQS: tuple[Any, ...] = (None, "", "x", 0, -1, 1.5, True, [], {}, 10**9, 2**63, 10**40, Raw("NaN"), Raw("1e400"))
BAD: tuple[tuple[Any, ...], ...] = (
    *((), (None,), (5,), ("x",), ([],), ({},)),
    *(({"seq": seq},) for seq in BAD_SEQS),
)


def _commit(gym: Gym, event: str, data: Any) -> tuple[Any, int]:
    """Write something; returns the record and the seq of the commit."""
    ack = gym.client.call(event, data, {})
    assert ack["ok"], ack
    return ack["data"], ack["meta"]["seq"]


def _rows(observers: Observers, name: str) -> dict[int, dict[str, Any]]:
    return {row["id"]: row for row in observers.plain.replica.arrays[RESOURCES[name].channel]}


@pytest.mark.parametrize("name", NAMES)
def test_of_an_update(name: str, gym: Gym, observers: Observers) -> None:
    record = gym.new(name)
    edit = {"id": record["id"], **({"day": "Sunday", "hour": "1000"} if name == "schedule" else {"name": "Renamed"})}
    _, seq = _commit(gym, f"update_{name}", edit)
    with observers.sends(RESOURCES[name].channel):
        gym.client.ok("undo", {"seq": seq})
    assert _rows(observers, name)[record["id"]] == record


@pytest.mark.parametrize("name", NAMES)
def test_of_a_new_record(name: str, gym: Gym, observers: Observers) -> None:
    record, seq = _commit(gym, f"new_{name}", gym.payload(name))
    with observers.sends(RESOURCES[name].channel):
        gym.client.ok("undo", {"seq": seq})
    assert record["id"] not in _rows(observers, name)


@pytest.mark.parametrize("name", NAMES)
def test_of_a_deletion_it_comes_back_under_its_id_with_what_it_held(name: str, gym: Gym, observers: Observers) -> None:
    record = gym.new(name)
    _, seq = _commit(gym, f"delete_{name}", {"id": record["id"]})
    newer = gym.new(name)
    with observers.sends(RESOURCES[name].channel):
        gym.client.ok("undo", {"seq": seq})
    assert _rows(observers, name)[record["id"]] == record
    assert newer["id"] in _rows(observers, name)


@pytest.mark.parametrize("name", NAMES)
def test_of_an_undo(name: str, gym: Gym, observers: Observers) -> None:
    """An undo is a commit like any other: it has a seq, and can be undone. Back and forth, five times."""
    record, seq = _commit(gym, f"new_{name}", gym.payload(name))
    for index in range(5):
        ack = gym.client.call("undo", {"seq": seq}, {})
        assert ack["ok"], ack
        seq = ack["meta"]["seq"]
        observers.wait_until_published("coach" if name == "exercise_move" else "exercise_move")
        assert (record["id"] in _rows(observers, name)) == (index % 2 == 1)
    gym.client.ok("undo", {"seq": seq})
    observers.wait_until_published()
    assert _rows(observers, name)[record["id"]] == record


def test_a_plan_gets_its_moves_back_in_their_order(gym: Gym, observers: Observers) -> None:
    moves = [gym.new("exercise_move")["id"] for _ in range(4)]
    order = [{"id": moves[place]} for place in (2, 0, 3, 1)]
    plan = gym.new("workout_plan", exercise_moves=order)
    _, updated = _commit(gym, "update_workout_plan", {"id": plan["id"], "exercise_moves": [{"id": moves[0]}]})
    gym.client.ok("undo", {"seq": updated})
    _, deleted = _commit(gym, "delete_workout_plan", {"id": plan["id"]})
    gym.client.ok("undo", {"seq": deleted})
    observers.wait_until_published()
    assert _rows(observers, "workout_plan")[plan["id"]] == plan


def test_what_embeds_the_record_changes_back_too(gym: Gym, observers: Observers) -> None:
    schedule = gym.new("schedule")
    _, seq = _commit(gym, "update_coach", {"id": schedule["coach"]["id"], "name": "Renamed"})
    with observers.sends("coaches", copies=["schedules"]):
        gym.client.ok("undo", {"seq": seq})
    assert observers.plain.replica.arrays["schedules"] == [schedule]


def test_a_later_edit_of_the_same_field_is_a_conflict(gym: Gym, observers: Observers) -> None:
    coach = gym.new("coach")
    _, seq = _commit(gym, "update_coach", {"id": coach["id"], "name": "Second"})
    gym.update("coach", id=coach["id"], name="Third")
    with observers.sends():
        ack = gym.client.call("undo", {"seq": seq}, {})
    assert_failure(ack, extended=True)
    assert ack["meta"]["code"] == "conflict"


def test_a_later_edit_of_another_field_stays(gym: Gym, observers: Observers) -> None:
    coach = gym.new("coach")
    _, seq = _commit(gym, "update_coach", {"id": coach["id"], "name": "Second"})
    gym.update("coach", id=coach["id"], age=99)
    with observers.sends("coaches"):
        gym.client.ok("undo", {"seq": seq})
    assert _rows(observers, "coach")[coach["id"]] == {**coach, "age": 99}


def test_a_new_record_that_was_edited_since_is_not_deleted(gym: Gym, observers: Observers) -> None:
    coach, seq = _commit(gym, "new_coach", gym.payload("coach"))
    gym.update("coach", id=coach["id"], name="Edited")
    with observers.sends():
        ack = gym.client.call("undo", {"seq": seq}, {})
    assert_failure(ack, extended=True)
    assert ack["meta"]["code"] == "conflict"


def test_a_new_record_that_is_used_is_not_deleted(gym: Gym, observers: Observers) -> None:
    coach, seq = _commit(gym, "new_coach", gym.payload("coach"))
    gym.new("schedule", coach={"id": coach["id"]})
    with observers.sends():
        ack = gym.client.call("undo", {"seq": seq}, {})
    assert_failure(ack, extended=True)
    assert ack["meta"]["code"] in ("in_use", "conflict")


def test_a_class_does_not_come_back_without_its_coach(gym: Gym, observers: Observers) -> None:
    schedule = gym.new("schedule")
    _, seq = _commit(gym, "delete_schedule", {"id": schedule["id"]})
    gym.delete("coach", schedule["coach"]["id"])
    with observers.sends():
        assert_failure(gym.client.call("undo", {"seq": seq}, {}), extended=True)


def test_twice_is_a_conflict_or_harmless(gym: Gym, observers: Observers) -> None:
    coach = gym.new("coach")
    _, seq = _commit(gym, "delete_coach", {"id": coach["id"]})
    gym.client.ok("undo", {"seq": seq})
    with observers.sends():
        gym.client.call("undo", {"seq": seq}, {})


def test_a_coach_comes_back_with_username_and_password(gym: Gym, observers: Observers) -> None:
    coach = gym.new("coach", username="ada", password=PASSWORD)
    _, seq = _commit(gym, "delete_coach", {"id": coach["id"]})
    assert not gym.client.call("login", {"username": "ada", "password": PASSWORD})["ok"]
    gym.client.ok("undo", {"seq": seq})
    observers.wait_until_published()
    assert _rows(observers, "coach")[coach["id"]] == coach
    assert gym.client.call("login", {"username": "ada", "password": PASSWORD})["ok"]


def test_a_username_that_another_has_taken_meanwhile(gym: Gym, observers: Observers) -> None:
    coach = gym.new("coach", username="ada", password=PASSWORD)
    _, seq = _commit(gym, "delete_coach", {"id": coach["id"]})
    gym.new("coach", username="ada", password=PASSWORD)
    with observers.sends():
        assert_failure(gym.client.call("undo", {"seq": seq}, {}), extended=True)


def test_it_can_be_undone_after_a_restart(own_server: Server, gym: Gym) -> None:
    coach = gym.new("coach")
    _, seq = _commit(gym, "delete_coach", {"id": coach["id"]})
    own_server.restart()
    client = Client(own_server.port)
    assert client.welcome()[1]["coaches"] == []
    client.ok("undo", {"seq": seq})
    while client.next_event("coaches").args[0] != [coach]:
        pass
    client.close()


def test_under_an_op_it_is_done_once(gym: Gym, observers: Observers) -> None:
    coach = gym.new("coach")
    _, seq = _commit(gym, "update_coach", {"id": coach["id"], "name": "Renamed"})
    opts = {"op": str(uuid.uuid4())}
    first = gym.client.call("undo", {"seq": seq}, opts)
    assert first["ok"], first
    with observers.sends():
        again = gym.client.call("undo", {"seq": seq}, opts)
    assert again["ok"], again
    assert again["meta"]["replayed"] is True


def test_bad_requests(gym: Gym, observers: Observers) -> None:
    gym.new("coach")
    with observers.sends():
        for args in BAD:
            ack = gym.client.call("undo", *args)
            try:
                assert_failure(ack, extended=None)
            except AssertionError as problem:
                raise AssertionError(f"undo {args}: {problem}") from None
