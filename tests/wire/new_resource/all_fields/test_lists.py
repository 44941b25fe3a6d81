"""Lists whose places have fields of their own: they stay when a form knows ids alone, and belong to the list."""

import json
from typing import Any

import pytest
from spotter import Replica

from tests.support.gym import Gym
from tests.support.http import ask
from tests.support.json_schema import faults
from tests.support.server import Server
from tests.wire.new_resource.tables import assert_reconciled, records_of

EMPTY = {"sets": None, "reps": "", "weight": None}


def _new(gym: Gym, *moves: dict[str, Any], **fields: Any) -> dict[str, Any]:
    """The ack of a new routine."""
    ack = gym.client.call("new_routine", {"name": "Routine", "moves": list(moves), **fields}, {})
    assert ack["ok"], ack
    found: dict[str, Any] = ack
    return found


def _place(move: dict[str, Any], **own: Any) -> dict[str, Any]:
    return {"id": move["id"], "name": move["name"], **EMPTY, **own}


def test_they_are_sent_with_the_record_everywhere(gym: Gym, target: Server) -> None:
    one, two = gym.new("exercise_move"), gym.new("exercise_move")
    coach = gym.new("coach")
    ack = _new(
        gym,
        {"id": one["id"], "sets": "3", "reps": " 8-12 ", "weight": 12.5},
        {"id": two["id"]},
        {**one, "reps": "AMRAP", "sets": ""},
        coaches=[{"id": coach["id"], "years": 4}],
    )
    routine = ack["data"]
    assert routine["moves"] == [_place(one, sets=3, reps="8-12", weight=12.5), _place(two), _place(one, reps="AMRAP")]
    assert routine["coaches"] == [{**coach, "years": 4}]
    assert records_of(target, "routines")[routine["id"]] == routine
    assert gym.client.ok("update_routine", routine) == routine
    gone = gym.client.call("delete_routine", routine, {})
    assert gym.client.ok("undo", {"seq": gone["meta"]["seq"]}) == routine
    gym.update("exercise_move", id=one["id"], name="Renamed")
    places = records_of(target, "routines")[routine["id"]]["moves"]
    assert [place["name"] for place in places] == ["Renamed", two["name"], "Renamed"]
    assert places[0]["sets"] == 3
    assert_reconciled(target)


def test_who_knows_ids_alone_loses_nothing(gym: Gym, target: Server) -> None:
    one, two, three = (gym.new("exercise_move") for _ in range(3))
    routine = _new(gym, {**one, "sets": 1}, {**two, "sets": 2}, {**one, "sets": 3})["data"]
    ids = [{"id": move["id"]} for move in (two, one, three, one, one)]
    after = gym.client.ok("update_routine", {"id": routine["id"], "moves": ids})
    assert [place["sets"] for place in after["moves"]] == [2, 1, None, 3, None]
    assert records_of(target, "routines")[routine["id"]] == after
    some = gym.client.ok("update_routine", {"id": routine["id"], "moves": [{**two, "reps": "5"}, one]})
    assert some["moves"] == [_place(two, reps="5"), _place(one, sets=1)], "who says one says them all"
    assert_reconciled(target)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [({"sets": 0}, "sets"), ({"sets": 1.5}, "sets"), ({"reps": "x" * 21}, "reps"), ({"weight": "x"}, "weight")],
)
def test_what_is_wrong_is_named_by_its_place(wrong: dict[str, Any], field: str, gym: Gym) -> None:
    move = gym.new("exercise_move")
    errors = gym.client.fails("new_routine", {"name": "Routine", "moves": [move, {**move, **wrong}]})
    assert list(errors["moves"]) == ["1"] and list(errors["moves"]["1"]) == [field]


def test_history_undo_merge_and_conflict(gym: Gym, target: Server) -> None:
    move = gym.new("exercise_move")
    ack = _new(gym, {**move, "sets": 1})
    number, base = ack["data"]["id"], {"base": ack["meta"]["rev"]}
    edit = gym.client.call("update_routine", {"id": number, "moves": [{**move, "sets": 2}]}, base)
    [newest, _] = gym.client.ok("history", {"channel": "routines", "id": number})
    assert newest["changes"] == {"moves": [[_place(move, sets=1)], [_place(move, sets=2)]]}
    merged = gym.client.call("update_routine", {**ack["data"], "name": "Merged"}, base)
    assert merged["data"]["moves"] == [_place(move, sets=2)]
    merged = gym.client.call("update_routine", {"id": number, "moves": [{"id": move["id"]}]}, base)
    assert merged["data"]["moves"] == [_place(move, sets=2)], "it says nothing of the sets"
    refused = gym.client.call("update_routine", {"id": number, "moves": [{**move, "sets": 3}]}, base)
    assert refused["meta"]["fields"] == ["moves"]
    assert gym.client.ok("undo", {"seq": edit["meta"]["seq"]})["moves"] == [_place(move, sets=1)]
    assert_reconciled(target)


def test_deltas_have_them_and_copies_follow_beside_them(gym: Gym, connect: Any) -> None:
    move = gym.new("exercise_move")
    routine = _new(gym, {**move, "sets": 1})["data"]
    client = connect(auth={"sync": True})
    replica = Replica(client.next_event("connected").args[0]["embeds"])
    replica.take_sync(client.next_event("sync").args[0])
    gym.client.ok("update_routine", {"id": routine["id"], "moves": [{**move, "sets": 2}]})
    gym.update("exercise_move", id=move["id"], name="Renamed")
    while replica.channels["routines"][routine["id"]][1]["moves"] != [_place({**move, "name": "Renamed"}, sets=2)]:
        assert replica.take_changes(client.next_event("changes").args[0]) == "apply"


def test_the_description_and_the_table_have_them(gym: Gym, target: Server) -> None:
    document = json.loads(ask(target, "/asyncapi.json")[2])
    messages = document["channels"]["gym"]["messages"]
    payload = {"name": "Routine", "moves": [{"id": gym.new("exercise_move")["id"], "sets": 3, "reps": "5"}]}
    assert faults(document, messages["new_routine.request"]["payload"], payload) == []
    payload["moves"][0]["sets"] = 0
    assert faults(document, messages["new_routine.request"]["payload"], payload)
    payload["moves"][0]["sets"] = 4
    ack = gym.client.call("new_routine", {**payload, "coaches": [gym.new("coach")]}, {})
    assert faults(document, messages["new_routine.ack"]["payload"], ack) == []
    del ack["data"]["moves"][0]["sets"]
    assert faults(document, messages["new_routine.ack"]["payload"], ack)
    assert ask(target, "/export/routines.csv")[0] == 200
