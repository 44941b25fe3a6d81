"""`undo` takes back the whole commit of a batch, or nothing of it."""

from typing import Any

from tests.support.acks import assert_failure
from tests.support.gym import Gym
from tests.support.observers import Observers
from tests.support.socketio_client import NEW_PASSWORD, PASSWORD
from tests.wire.mutations.test_batch import batch, done

Arrays = dict[str, Any]


def _arrays(observers: Observers) -> Arrays:
    """What a plain client knows now."""
    observers.wait_until_published()
    return {channel: list(rows) for channel, rows in observers.plain.replica.arrays.items()}


def _back_and_forth(gym: Gym, observers: Observers, *writes: tuple[Any, ...]) -> None:
    """Do these writes, undo that, undo the undo, and so on: each time all is as it was before, or after."""
    before = _arrays(observers)
    seq = done(gym, *writes)["meta"]["seq"]
    after = _arrays(observers)
    assert before != after
    for expected in (before, after, before, after):
        ack = gym.client.call("undo", {"seq": seq}, {})
        assert ack["ok"], ack
        seq = ack["meta"]["seq"]
        assert _arrays(observers) == expected


def test_writes_of_all_kinds(gym: Gym, observers: Observers) -> None:
    schedule, coach = gym.new("schedule"), gym.new("coach", username="ada", password=PASSWORD)
    _back_and_forth(
        gym,
        observers,
        ("update_coach", {"id": schedule["coach"]["id"], "name": "Renamed"}),
        ("update_schedule", {"id": schedule["id"], "hour": "10:00"}),
        ("new_schedule", {**{key: schedule[key] for key in ("day", "coach", "workout_plan")}, "hour": 900}),
        ("new_coach", gym.payload("coach")),
        ("delete_coach", coach),
        ("update_schedule", {"id": schedule["id"], "hour": "11:00"}),
    )


def test_five_hundred(gym: Gym, observers: Observers) -> None:
    schedule = gym.new("schedule")
    slot = {key: schedule[key] for key in ("hour", "coach", "workout_plan")}
    _back_and_forth(gym, observers, *(("new_schedule", {**slot, "day": "Sunday"}) for _ in range(500)))


def test_what_comes_back_before_what_refers_to_it(gym: Gym, observers: Observers) -> None:
    schedule, coach = gym.new("schedule"), gym.new("coach")
    move = gym.new("exercise_move")
    plan = gym.new("workout_plan", exercise_moves=[move, gym.new("exercise_move")])
    _back_and_forth(
        gym,
        observers,
        ("update_schedule", {"id": schedule["id"], "coach_id": coach["id"]}),
        ("delete_coach", schedule["coach"]),
        ("update_workout_plan", {"id": plan["id"], "exercise_moves": plan["exercise_moves"][1:]}),
        ("delete_exercise_move", move),
        ("delete_workout_plan", plan),
        ("delete_schedule", schedule),
        ("delete_workout_plan", schedule["workout_plan"]),
    )


def test_what_goes_after_what_referred_to_it(gym: Gym, observers: Observers) -> None:
    """The id of a new one can only be guessed."""
    schedule, plan = gym.new("schedule"), gym.new("workout_plan")
    coach = schedule["coach"]["id"] + 1
    _back_and_forth(
        gym,
        observers,
        ("new_coach", gym.payload("coach")),
        ("update_schedule", {"id": schedule["id"], "coach_id": coach}),
        ("new_schedule", {"day": "Monday", "hour": 900, "coach_id": coach, "workout_plan_id": plan["id"]}),
    )


def test_a_username_goes_back_to_whom_it_was_taken_from(gym: Gym, observers: Observers) -> None:
    one = gym.new("coach", username="ada", password=PASSWORD)
    other = gym.new("coach")
    ack = done(
        gym,
        ("delete_coach", one),
        ("new_coach", gym.payload("coach", username="ada", password=NEW_PASSWORD)),
        ("update_coach", {"id": other["id"], "username": "grace", "password": PASSWORD}),
    )
    assert gym.client.call("login", {"username": "ada", "password": NEW_PASSWORD})["ok"]
    gym.client.ok("undo", {"seq": ack["meta"]["seq"]})
    coaches = {coach["id"]: coach for coach in _arrays(observers)["coaches"]}
    assert coaches == {one["id"]: one, other["id"]: other}
    for password in (PASSWORD, NEW_PASSWORD):
        # The new one's account took the place of the old one's, whose password is no more.
        assert not gym.client.call("login", {"username": "ada", "password": password})["ok"]


def test_a_later_edit_of_one_record_keeps_all_as_it_is(gym: Gym, observers: Observers) -> None:
    schedule, coach = gym.new("schedule"), gym.new("coach")
    ack = done(
        gym,
        ("update_coach", {"id": coach["id"], "name": "Second"}),
        ("update_schedule", {"id": schedule["id"], "hour": "10:00"}),
        ("new_coach", gym.payload("coach", name="Newcomer", age=30)),
    )
    seq, new = ack["meta"]["seq"], ack["data"][2]
    called = f"{schedule['workout_plan']['name']}, Monday 11:00, {schedule['coach']['name']}"
    edits: list[tuple[str, Any, str]] = [
        ("update_schedule", {"id": schedule["id"], "hour": "11:00"}, f"hour of schedule {called}"),
        ("update_coach", {"id": new["id"], "age": 31}, "age of coach Newcomer"),
        ("delete_coach", {"id": coach["id"]}, "coach Second"),
    ]
    for event, data, what in edits:
        edit = gym.client.call(event, data, {})
        with observers.sends():
            undone = gym.client.call("undo", {"seq": seq}, {})
        assert_failure(undone, extended=True)
        assert undone["meta"]["code"] == "conflict"
        assert undone["errors"]["errors"].startswith(f"Someone changed {what} since")
        current = undone["meta"]["current"]
        assert current == (None if event.startswith("delete") else edit["data"])
        gym.client.ok("undo", {"seq": edit["meta"]["seq"]})
    other = gym.new("schedule", coach={"id": new["id"]})
    with observers.sends():
        assert gym.client.call("undo", {"seq": seq}, {})["meta"]["code"] == "in_use"
    gym.delete("schedule", other)
    gym.update("coach", id=coach["id"], age=88)
    gym.client.ok("undo", {"seq": seq})
    coaches = {record["id"]: record for record in _arrays(observers)["coaches"]}
    assert coaches[coach["id"]] == coach | {"age": 88} and new["id"] not in coaches


def test_a_batch_of_which_nothing_came_is_no_commit(gym: Gym, observers: Observers) -> None:
    schedule = gym.new("schedule")
    there, back = ({"id": schedule["id"], "hour": hour} for hour in ("1000", schedule["hour"]))
    op = {"op": "0f8e2f64-5c1f-4a8e-9d53-6a4a3f0f9b82"}
    ack = batch(gym, ("update_schedule", there), ("update_schedule", back), **op)
    with observers.sends():
        undone = gym.client.call("undo", {"seq": ack["meta"]["seq"]}, {})
    assert undone["meta"]["code"] == "not_found"
