"""Several clients, and other processes at the database, at the same time."""

import pytest

from tests.support.gym import Gym
from tests.support.server import Server
from tests.wire.conftest import Connect


def test_edits_of_different_fields_both_stay(gym: Gym, connect: Connect) -> None:
    coach = gym.new("coach")
    one, other = connect(), connect()
    numbers = [
        one.emit("update_coach", {"id": coach["id"], "name": "From one"}),
        other.emit("update_coach", {"id": coach["id"], "age": 99}),
    ]
    one.ack(numbers[0])
    other.ack(numbers[1])
    assert gym.update("coach", id=coach["id"]) == {**coach, "name": "From one", "age": 99}


def test_a_coach_is_deleted_while_classes_are_made_with_him(gym: Gym, connect: Connect) -> None:
    """Either the class is made and the coach stays, or the coach is gone and the class is refused: never both."""
    plan = gym.new("workout_plan")["id"]
    for _ in range(20):
        coach = gym.new("coach")["id"]
        maker, deleter = connect(), connect()
        made = maker.emit(
            "new_schedule", {"day": "Monday", "hour": 900, "coach": {"id": coach}, "workout_plan": {"id": plan}}
        )
        deleted = deleter.emit("delete_coach", coach)
        assert maker.ack(made)["ok"] != deleter.ack(deleted)["ok"]
        maker.close()
        deleter.close()


def test_a_move_is_deleted_while_plans_are_made_with_it(gym: Gym, connect: Connect) -> None:
    maker, deleter = connect(), connect()
    for _ in range(20):
        move = gym.new("exercise_move")["id"]
        payload = gym.payload("workout_plan", exercise_moves=[{"id": move}])
        made = maker.emit("new_workout_plan", payload)
        deleted = deleter.emit("delete_exercise_move", {"id": move})
        assert maker.ack(made)["ok"] != deleter.ack(deleted)["ok"]


def test_one_record_is_deleted_by_many_once(gym: Gym, connect: Connect) -> None:
    clients = [connect() for _ in range(8)]
    move = gym.new("exercise_move")
    numbers = [client.emit("delete_exercise_move", move) for client in clients]
    assert sum(client.ack(number)["ok"] for client, number in zip(clients, numbers, strict=True)) == 1


def test_a_write_waits_for_another_process_that_holds_the_lock(gym: Gym, target: Server) -> None:
    coach = gym.new("coach")
    gym.client.round_trip()
    with target.database.locked():
        number = gym.client.emit("update_coach", {"id": coach["id"], "name": "Waited"})
        with pytest.raises(AssertionError, match="no ack"):
            gym.client.ack(number, timeout=0.3)
    assert gym.client.ack(number)["data"]["name"] == "Waited"


def test_a_client_that_connects_while_others_write_misses_nothing(gym: Gym, connect: Connect) -> None:
    """What it is sent first and what comes after join without a gap."""
    coach = gym.new("coach")["id"]
    numbers = []
    newcomers = []
    for index in range(100):
        numbers.append(gym.client.emit("update_coach", {"id": coach, "name": f"Name {index:04}"}))
        if index % 10 == 5:
            newcomers.append(connect())
    for number in numbers:
        gym.client.ack(number)
    for newcomer in newcomers:
        seen: list[str] = []
        while not seen or seen[-1] != "Name 0099":
            seen += [row["name"] for row in newcomer.next_event("coaches").args[0]]
        assert seen == sorted(seen)
