"""A resource that is not whole: everything but its array and `sync`, by `get_*` and `list_*`."""

import csv
from contextlib import closing
from typing import Any

import pytest

from tests.support.gym import Gym
from tests.support.http import ask
from tests.support.server import Server
from tests.support.socketio_client import Client
from tests.wire.conftest import Connect
from tests.wire.new_resource.large.stored import assert_stored

Record = dict[str, Any]


def new(gym: Gym, resource: str = "visit", **fields: Any) -> Record:
    """A new record of these tests' resources."""
    named = {} if resource == "receipt" else {"name": "Mel"}
    made: Record = gym.client.ok(f"new_{resource}", {**named, **fields})
    return made


def listed(client: Client, channel: str, **query: Any) -> list[Record]:
    """What a list has."""
    return list(client.ok(f"list_{channel}", query)["records"])


def test_it_is_written_and_read(gym: Gym, target: Server) -> None:
    coach, move = gym.new("coach"), gym.new("exercise_move")
    visit = new(gym, coach=coach, code="A1", moves=[{"id": move["id"]}])
    assert visit == {
        "id": visit["id"],
        "name": "Mel",
        "code": "A1",
        "coach": {"id": coach["id"], "name": coach["name"]},
        "schedule": None,
        "friend": None,
        "moves": [{"id": move["id"], "name": move["name"]}],
    }
    got = gym.client.call("get_visit", {"id": visit["id"]}, {})
    assert got["data"] == visit
    after = gym.client.call("update_visit", {"id": str(visit["id"]), "name": " Melanie "}, {"base": got["meta"]["rev"]})
    assert after["data"] == {**visit, "name": "Melanie"}
    assert listed(gym.client, "visits", where={"coach": coach["id"]}) == [after["data"]]
    assert gym.client.ok("delete_visit", visit) == after["data"]
    assert gym.client.call("get_visit", {"id": visit["id"]}, {})["meta"]["code"] == "not_found"
    assert gym.client.call("update_visit", {"id": visit["id"], "name": "Late"}, {})["meta"]["code"] == "not_found"
    assert listed(gym.client, "visits", where={"coach": coach["id"]}) == []
    assert_stored(target)


def test_nobody_is_sent_it(gym: Gym, connect: Connect, target: Server) -> None:
    plain, synced = connect(), connect(auth={"sync": True})
    assert "visits" not in synced.next_event("sync").args[0]["snapshot"]
    cursor = gym.client.ok("sync")
    visit = new(gym)
    gym.client.ok("update_visit", {"id": visit["id"], "name": "Renamed"})
    marker = gym.new("exercise_move")
    assert {change["channel"] for change in synced.next_changes()} == {"exercise_moves"}
    delta = gym.client.ok("sync", {key: cursor[key] for key in ("epoch", "seq")})
    assert {change["channel"] for change in delta["changes"]} == {"exercise_moves"}
    assert delta["seq"] == cursor["seq"] + 3, "its commits count"
    while marker not in plain.next_event("exercise_moves").args[0]:
        pass
    plain.ok("refresh")
    names = {event.name for event in plain.received if hasattr(event, "name")}
    assert "members" in names and not names & {"visits", "receipts"}


def test_its_unique_column_is_its_own(gym: Gym) -> None:
    new(gym, code="U1")
    assert gym.client.fails("new_visit", {"name": "Bo", "code": "U1"})["code"]
    other = new(gym, code="U2")
    assert gym.client.fails("update_visit", {"id": other["id"], "code": "U1"})["code"]


def test_conflicts_merges_ops_history_and_undo(gym: Gym, target: Server) -> None:
    coach = gym.new("coach")
    op = "5bd1e0a4-5a4f-4f35-9d1e-9f6f3e0a4f35"
    made = gym.client.call("new_visit", {"name": "Mel", "coach": coach}, {"op": op})
    again = gym.client.call("new_visit", {"name": "Mel", "coach": coach}, {"op": op})
    assert (again["data"], again["meta"]["replayed"]) == (made["data"], True)
    number, rev = made["data"]["id"], made["meta"]["rev"]
    gym.client.ok("update_visit", {"id": number, "name": "Ann"})
    merged = gym.client.call("update_visit", {"id": number, "code": "M1"}, {"base": rev})
    assert (merged["data"]["name"], merged["data"]["code"]) == ("Ann", "M1")
    conflict = gym.client.call("update_visit", {"id": number, "name": "Bea"}, {"base": rev})
    assert (conflict["meta"]["code"], conflict["meta"]["current"]) == ("conflict", merged["data"])
    newest, *_, first = gym.client.ok("history", {"channel": "visits", "id": number})
    assert (newest["changes"], first["changes"]["name"]) == ({"code": ["", "M1"]}, [None, "Mel"])
    gone = gym.client.call("delete_visit", {"id": number}, {})
    back = gym.client.call("undo", {"seq": gone["meta"]["seq"]}, {})
    assert back["data"] == merged["data"] == gym.client.ok("get_visit", {"id": number})
    assert gym.client.call("undo", {"seq": made["meta"]["seq"]}, {})["meta"]["code"] == "conflict"
    assert_stored(target)


def test_requests_of_one_group_see_what_others_of_it_wrote(gym: Gym, target: Server) -> None:
    """They are carried out in one transaction, before anything of it is in the journal."""
    visit = new(gym)
    edits = [
        ("update_visit", {"id": visit["id"], field: f"Value {turn}"}, {})
        for turn in range(20)
        for field in ("name", "code")
    ]
    acks = gym.client.pipeline(edits)
    assert [ack["ok"] for ack in acks] == [True] * len(edits)
    assert gym.client.ok("get_visit", {"id": visit["id"]}) == {**visit, "name": "Value 19", "code": "Value 19"}
    news = [{"event": "new_visit", "data": {"name": f"Visit {turn}", "friend": visit}} for turn in range(9)]
    many = gym.client.ok("batch", {"writes": news})
    assert {one["friend"]["name"] for one in many} == {"Value 19"}
    renamed, friend = gym.client.ok(
        "batch",
        {
            "writes": [
                {"event": "update_visit", "data": {"id": visit["id"], "name": "Renamed"}},
                {"event": "update_visit", "data": {"id": many[0]["id"], "name": "Other"}},
            ]
        },
    )
    assert friend["friend"] == {"id": renamed["id"], "name": "Renamed"}
    assert_stored(target)


def test_it_is_edited_by_somebody(gym: Gym, connect: Connect) -> None:
    other = connect(auth={"sync": True})
    visit = {"channel": "visits", "id": new(gym)["id"]}
    gym.client.ok("editing", {**visit, "on": True})
    while visit not in [user["editing"] for user in other.next_event("presence").args[0]["users"]]:
        pass
    missing = gym.client.call("editing", {**visit, "id": visit["id"] + 1000, "on": True}, {})
    assert missing["meta"]["code"] == "not_found"


def test_the_export_has_all_of_it(gym: Gym, target: Server) -> None:
    coach = gym.new("coach")
    names = [f"Visit {turn}" for turn in range(1_100)]
    gym.client.pipeline([("new_visit", {"name": name, "coach": coach}) for name in names])
    gym.client.ok("update_coach", {"id": coach["id"], "name": "Renamed"})
    status, _, body = ask(target, "/export/visits.csv")
    lines = list(csv.DictReader(body.decode("utf-8-sig").splitlines()))
    mine = [line for line in lines if line["coach_id"] == str(coach["id"])]
    assert (status, [line["name"] for line in mine]) == (200, names)
    assert {line["coach_name"] for line in mine} == {"Renamed"}


def test_it_is_described_without_an_array(gym: Gym, connect: Connect, target: Server) -> None:
    client = connect()
    embeds = client.next_event("connected").args[0]["embeds"]
    assert embeds["visits"]["friend"] == {"channel": "visits", "fields": ["id", "name"]}
    document = ask(target, "/asyncapi.json")[2].decode()
    assert '"list_visits.request"' in document
    assert '"visits.event"' not in document and '"members.event"' in document


@pytest.mark.parametrize(
    "wrong",
    [{"name": ""}, {"coach": {"id": 0}}, {"friend": {"id": 10**8}}, {"hack": 1}, {"moves": [{"id": 10**8}]}],
)
def test_bad_input_is_refused(wrong: Record, gym: Gym) -> None:
    errors = gym.client.fails("new_visit", {"name": "Mel", **wrong})
    assert set(errors) & {*wrong}


def test_ids_are_not_given_twice_over_a_restart(gym: Gym, target: Server) -> None:
    last = new(gym)
    gym.client.ok("delete_visit", last)
    target.restart()
    with closing(Client(target.port)) as client:
        client.welcome()
        assert client.ok("new_visit", {"name": "Mel"})["id"] > last["id"]
