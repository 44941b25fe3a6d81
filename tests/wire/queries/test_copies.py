"""Copies follow by rule: a rename is one change, and everybody shows the new name."""

import json
from contextlib import closing
from typing import Any

from sqlalchemy import create_engine, text

from tests.support.catalogue import RESOURCES
from tests.support.gym import Gym
from tests.support.observers import Observers
from tests.support.server import Server
from tests.support.socketio_client import Client
from tests.wire.conftest import Connect, Follow
from tests.wire.queries.classes import call, classes_of

CLASSES = 50


def _changes_of(server: Server, seq: int) -> list[Any]:
    """The rows of a commit in the journal, as (channel, id)."""
    engine = create_engine(server.database.url)
    with engine.connect() as connection:
        query = text("SELECT channel, record_id FROM journal_changes WHERE seq = :seq")
        rows = [tuple(row) for row in connection.execute(query, {"seq": seq})]
    engine.dispose()
    return rows


def test_the_rule_is_told_at_once(connect: Connect) -> None:
    told = connect().next_event("connected").args[0]["embeds"]
    coach = {"channel": "coaches", "fields": ["id", "name"]}
    plan = {"channel": "workout_plans", "fields": ["id", "name", "difficulty"]}
    assert told["schedules"] == {"coach": coach, "workout_plan": plan}
    moves = told["workout_plans"]["exercise_moves"]
    assert (moves["channel"], moves["many"]) == ("exercise_moves", True)
    assert set(moves["fields"]) == {"id", *RESOURCES["exercise_move"].fields}


def test_a_new_name_is_one_row_and_one_change_however_many_classes_show_it(
    gym: Gym, observers: Observers, connect: Connect, target: Server
) -> None:
    coach = gym.new("coach", picture="")
    classes = classes_of(gym, coach["id"], CLASSES)
    client = connect(auth={"sync": True})
    client.next_event("sync")
    observers.wait_until_published()
    revs = observers.synced.replica.revs
    with observers.sends("coaches", copies=["schedules"]):
        _, seq = call(gym, "update_coach", {"id": coach["id"], "name": "Renamed"})
    assert _changes_of(target, seq) == [("coaches", coach["id"])]
    while (event := client.next_event("changes").args[0])["seq"] < seq:
        pass
    assert [(change["channel"], change["id"]) for change in event["changes"]] == [("coaches", coach["id"])]
    assert len(json.dumps(event)) < 400
    renamed = [{**one, "coach": {"id": coach["id"], "name": "Renamed"}} for one in classes]
    for observer in observers.both:
        assert observer.replica.arrays["schedules"] == renamed
    after = observers.synced.replica.revs
    assert after["coaches"][coach["id"]] == seq
    assert after["schedules"] == revs["schedules"], "they are not edited"
    assert gym.client.ok("history", {"channel": "schedules", "id": classes[0]["id"]})[0]["seq"] < seq


def test_it_is_no_edit_of_a_class(gym: Gym, follow: Follow) -> None:
    """Its rev and its history stay, and an edit that began before the rename is no conflict, nor a deletion."""
    coach = gym.new("coach")
    plan = gym.new("workout_plan")
    fields = {"day": "Monday", "hour": "900", "coach_id": coach["id"], "workout_plan_id": plan["id"]}
    slot, rev = call(gym, "new_schedule", fields)
    gym.update("coach", id=coach["id"], name="Renamed")
    gym.update("workout_plan", id=plan["id"], name="Renamed too")
    follower = follow()
    assert follower.replica.revs["schedules"] == {slot["id"]: rev}
    question = {"channel": "schedules", "id": slot["id"]}
    assert [entry["seq"] for entry in gym.client.ok("history", question)] == [rev]
    moved, _ = call(gym, "update_schedule", {"id": slot["id"], "hour": "1000"}, base=rev)
    assert moved["coach"]["name"] == "Renamed"
    assert moved["workout_plan"]["name"] == "Renamed too"
    newest = gym.client.ok("history", question)[0]
    assert newest["changes"] == {"hour": ["900", "1000"]}, "what was copied before is not what was edited"
    gym.update("coach", id=coach["id"], name="Again")
    assert call(gym, "delete_schedule", {"id": slot["id"]}, base=newest["seq"])[0]["coach"]["name"] == "Again"


def test_who_was_away_catches_up_with_the_copies(gym: Gym, follow: Follow) -> None:
    """A class that was edited before the rename is in the delta with the name of then: the coach comes later."""
    coach = gym.new("coach")
    first, second, third = classes_of(gym, coach["id"], 3)
    follower = follow()
    follower.close()
    gym.update("schedule", id=first["id"], hour="1000")
    gym.update("coach", id=coach["id"], name="In between")
    gym.update("coach", id=coach["id"], name=coach["name"])
    gym.update("schedule", id=second["id"], hour="1100")
    gym.update("coach", id=coach["id"], name="Renamed")
    gym.update("exercise_move", id=follower.replica.arrays["exercise_moves"][0]["id"], name="Renamed too")
    follower.come_back()
    assert follower.resyncs == 0
    assert [row["coach"]["name"] for row in follower.replica.arrays["schedules"]] == ["Renamed"] * 3
    with closing(Client(follower.server.port)) as fresh:
        assert follower.replica.plain_arrays == fresh.welcome()[1]
    assert third["id"] in follower.replica.revs["schedules"]


def test_a_class_of_a_coach_of_old_follows_the_new_one_alone(gym: Gym, observers: Observers) -> None:
    old, new = gym.new("coach"), gym.new("coach")
    slot = gym.new("schedule", coach={"id": old["id"]})
    gym.update("schedule", id=slot["id"], coach_id=new["id"])
    with observers.sends("coaches"):
        gym.update("coach", id=old["id"], name="Old")
    with observers.sends("coaches", copies=["schedules"]):
        gym.update("coach", id=new["id"], name="New")
    with observers.sends("coaches"):
        gym.delete("coach", old["id"])
    gym.client.fails("delete_coach", new["id"])
    gym.delete("schedule", slot["id"])
    with observers.sends("coaches"):
        gym.update("coach", id=new["id"], name="Newer")


def test_requests_that_wait_together_see_each_others_names(gym: Gym, connect: Connect, target: Server) -> None:
    """They may be committed in one transaction: each reads what those before it wrote."""
    coach, plan, move = gym.new("coach"), gym.new("workout_plan"), gym.new("exercise_move")
    slot = gym.new("schedule", coach={"id": coach["id"]}, workout_plan={"id": plan["id"]})
    client = connect(auth={"sync": True})
    with target.database.locked():
        numbers = [
            client.emit(event, data, {})
            for event, data in (
                ("update_coach", {"id": coach["id"], "name": "First"}),
                ("update_schedule", {"id": slot["id"], "hour": "1000"}),
                ("update_coach", {"id": coach["id"], "name": "Second"}),
                ("update_workout_plan", {"id": plan["id"], "exercise_moves": [{"id": move["id"]}] * 2}),
                ("update_exercise_move", {"id": move["id"], "name": "Renamed"}),
                ("delete_exercise_move", {"id": move["id"]}),
                ("update_workout_plan", {"id": plan["id"], "name": "Renamed"}),
                ("delete_schedule", {"id": slot["id"]}),
                ("delete_coach", {"id": coach["id"]}),
            )
        ]
    acks = [client.ack(number) for number in numbers]
    assert [ack["ok"] for ack in acks] == [True] * 5 + [False] + [True] * 3
    assert acks[1]["data"]["coach"]["name"] == "First"
    assert [one["name"] for one in acks[3]["data"]["exercise_moves"]] == [move["name"]] * 2
    assert "1 workout plan" in acks[5]["errors"]["errors"]
    assert [one["name"] for one in acks[6]["data"]["exercise_moves"]] == ["Renamed"] * 2
    assert acks[7]["data"]["coach"]["name"] == "Second"
    assert acks[7]["data"]["workout_plan"]["name"] == "Renamed"
    assert acks[8]["data"]["name"] == "Second"


def test_a_class_that_comes_back_has_the_names_of_today(gym: Gym, observers: Observers) -> None:
    coach, plan = gym.new("coach"), gym.new("workout_plan")
    slot = gym.new("schedule", coach={"id": coach["id"]}, workout_plan={"id": plan["id"]})
    _, deleted = call(gym, "delete_schedule", {"id": slot["id"]})
    gym.update("coach", id=coach["id"], name="Renamed")
    back, _ = call(gym, "undo", {"seq": deleted})
    assert back == {**slot, "coach": {"id": coach["id"], "name": "Renamed"}}
    with observers.sends("coaches", copies=["schedules"]):
        gym.update("coach", id=coach["id"], name="Again")
