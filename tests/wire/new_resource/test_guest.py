"""What a model, a schema and one `Resource(...)` are given: events, acks, a channel, arrays, changes, history, undo."""

import json
from typing import Any

import pytest
from spotter import Replica

from tests.support.acks import assert_failure
from tests.support.gym import Gym
from tests.support.http import ask
from tests.support.json_schema import faults
from tests.support.server import Server
from tests.support.socketio_client import CHANNELS, Client
from tests.wire.conftest import Connect
from tests.wire.new_resource.tables import records_of


def new_guest(gym: Gym, **fields: Any) -> dict[str, Any]:
    coach = fields.pop("coach", None) or gym.new("coach")
    guest: dict[str, Any] = gym.client.ok("new_guest", {"name": "Mel", "coach": {"id": coach["id"]}, **fields})
    return guest


def _array_with(client: Client, guest: dict[str, Any]) -> None:
    while guest not in client.next_event("guests").args[0]:
        pass


def test_its_array_comes_after_the_four(connect: Connect) -> None:
    client = connect()
    client.wait_for(lambda: len(client.inbox) > len(CHANNELS) + 1, "a welcome of five arrays")
    assert [event.name for event in client.take()] == ["connected", *CHANNELS, "guests"]


def test_new_update_delete_are_acked_and_broadcast(gym: Gym, connect: Connect) -> None:
    bystander = connect()
    coach = gym.new("coach")
    guest = new_guest(gym, coach=coach, visits="3")
    assert guest == {
        "id": guest["id"],
        "name": "Mel",
        "visits": 3,
        "mood": "",
        "coach": {"id": coach["id"], "name": coach["name"]},
        "favourite": None,
        "buddy": None,
        "plans": [],
    }
    _array_with(bystander, guest)
    after = gym.client.ok("update_guest", {"id": str(guest["id"]), "name": " Melanie "})
    assert after == {**guest, "name": "Melanie"}
    _array_with(bystander, after)
    assert gym.client.ok("delete_guest", after) == after
    while any(row["id"] == guest["id"] for row in bystander.next_event("guests").args[0]):
        pass


def test_changes_and_snapshots_have_it(gym: Gym, connect: Connect) -> None:
    guest = new_guest(gym)
    client = connect(auth={"sync": True})
    replica = Replica()
    replica.take_sync(client.next_event("sync").args[0])
    assert guest in replica.arrays["guests"]
    gym.client.ok("update_guest", {"id": guest["id"], "visits": 7})
    while replica.channels["guests"][guest["id"]][1]["visits"] != 7:
        assert replica.take_changes(client.next_event("changes").args[0]) == "apply"


def test_what_it_embeds_is_followed_without_being_listed(gym: Gym, connect: Connect) -> None:
    coach = gym.new("coach")
    guest = new_guest(gym, coach=coach)
    bystander = connect()
    gym.update("coach", id=coach["id"], name="Renamed")
    _array_with(bystander, {**guest, "coach": {"id": coach["id"], "name": "Renamed"}})
    errors = gym.client.fails("delete_coach", coach)
    assert errors["errors"]


def test_history_and_undo(gym: Gym, target: Server) -> None:
    guest = new_guest(gym)
    gym.client.ok("update_guest", {"id": guest["id"], "name": "Renamed"})
    newest, first = gym.client.ok("history", {"channel": "guests", "id": guest["id"]})
    assert newest["changes"] == {"name": ["Mel", "Renamed"]}
    assert first["changes"]["name"] == [None, "Mel"]
    gym.client.ok("undo", {"seq": newest["seq"]})
    assert records_of(target, "guests")[guest["id"]] == guest


@pytest.mark.parametrize("wrong", [{"name": ""}, {"visits": -1}, {"coach": {"id": 0}}, {"hack": 1}, {"coach": None}])
def test_bad_input_is_refused(wrong: dict[str, Any], gym: Gym, target: Server) -> None:
    before = records_of(target, "guests")
    payload = {"name": "Mel", "coach": {"id": gym.new("coach")["id"]}, **wrong}
    ack = gym.client.call("new_guest", payload)
    assert_failure(ack)
    assert set(ack["errors"]) & {*wrong}
    assert records_of(target, "guests") == before


def test_a_crash_inside_is_answered_once_and_tells_nothing(gym: Gym, target: Server) -> None:
    """The answer says that it is the server's fault; the log has the rest."""
    before, guest = len(records_of(target, "guests")), new_guest(gym)
    for event, data in (
        ("update_guest", {"id": guest["id"]}),
        ("new_guest", {"coach": guest["coach"], "name": "Mel"}),
    ):
        ack = gym.client.call(event, {**data, "mood": "crash"}, {})
        assert_failure(ack, extended=True)
        assert ack["meta"]["code"] == "internal"
        assert "passwd" not in str(ack)
        assert "ZeroDivision" not in str(ack)
    gym.client.round_trip()
    gym.client.assert_one_ack_each()
    assert "ZeroDivisionError" in target.log()
    assert len(records_of(target, "guests")) == before + 1
    assert gym.client.ok("update_guest", {"id": guest["id"], "mood": "good"})["mood"] == "good"


def test_a_crash_in_the_middle_of_others_harms_none_of_them(gym: Gym, connect: Connect) -> None:
    """Requests that wait together may be committed together; one that crashes must not take the others with it."""
    guest = new_guest(gym)
    clients = [connect(auth={"sync": True}) for _ in range(6)]
    moods = ["crash" if index % 3 == 1 else f"mood {index}" for index in range(len(clients))]
    numbers = [
        client.emit("update_guest", {"id": guest["id"], "mood": mood})
        for client, mood in zip(clients, moods, strict=True)
    ]
    acks = [client.ack(number) for client, number in zip(clients, numbers, strict=True)]
    assert [ack["ok"] for ack in acks] == [mood != "crash" for mood in moods]


def test_the_description_has_it(gym: Gym, target: Server) -> None:
    document = json.loads(ask(target, "/asyncapi.json")[2])
    messages = document["channels"]["gym"]["messages"]
    payload = {"name": "Mel", "visits": 3, "coach": {"id": gym.new("coach")["id"]}}
    assert faults(document, messages["new_guest.request"]["payload"], payload) == []
    assert faults(document, messages["new_guest.request"]["payload"], payload | {"visits": 10_001})
    ack = gym.client.call("new_guest", payload, {})
    assert faults(document, messages["new_guest.ack"]["payload"], ack) == []
    assert faults(document, messages["guests.event"]["payload"], list(records_of(target, "guests").values())) == []
    assert "guests" in document["components"]["schemas"]["channel"]["enum"]


def test_it_is_a_table_too_and_its_requests_are_counted(gym: Gym, target: Server) -> None:
    guest = new_guest(gym)
    lines = ask(target, "/export/guests.csv")[2].decode("utf-8-sig").splitlines()
    own, others = "id,name,visits,mood,coach_id,coach_name", "favourite_id,favourite_name,buddy_id,buddy_name"
    assert lines[0] == f"{own},{others},plans_id,plans_name"
    assert lines[-1] == f"{guest['id']},Mel,,,{guest['coach']['id']},{guest['coach']['name']},,,,,,"
    assert 'spotter_requests_total{code="ok",event="new_guest"}' in ask(target, "/metrics")[2].decode()


def test_the_other_four_are_as_they_were(gym: Gym) -> None:
    for name in ("coach", "exercise_move", "workout_plan", "schedule"):
        gym.delete(name, gym.new(name))
