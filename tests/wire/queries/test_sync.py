"""`sync`: where a client stands, what it missed, or all there is; and from then on, `changes`."""

from typing import Any

import pytest
from spotter import Replica

from tests.support.catalogue import ALL
from tests.support.gym import Gym
from tests.support.observer import Observer
from tests.support.server import Server
from tests.support.socketio_client import CHANNELS, SYNCED, Client
from tests.wire.conftest import Connect, Follow

EVENT_KEYS = {"epoch", "prev", "seq", "changes"}
CHANGE_KEYS = {"channel", "type", "id", "rev", "record", "op", "actor"}


def _answer(client: Client) -> dict[str, Any]:
    answer: dict[str, Any] = client.next_event("sync").args[0]
    return answer


def test_without_a_cursor_a_snapshot(gym: Gym) -> None:
    records = {ALL[name].channel: gym.new(name) for name in ALL}
    answer = gym.client.ok("sync", None)
    assert set(answer) == {"mode", "epoch", "seq", "snapshot"}
    assert answer["mode"] == "snapshot"
    assert set(answer["snapshot"]) == set(SYNCED)
    for channel, record in records.items():
        rows = answer["snapshot"][channel]
        assert all(set(row) == {"rev", "record"} for row in rows)
        assert all(type(row["rev"]) is int and 0 < row["rev"] <= answer["seq"] for row in rows)
        assert record in [row["record"] for row in rows]
        assert [row["record"]["id"] for row in rows] == sorted(row["record"]["id"] for row in rows)


def test_asked_for_at_connect_it_comes_after_connected_and_no_arrays(connect: Connect, gym: Gym) -> None:
    client = connect(auth={"sync": True})
    client.round_trip()
    assert [event.name for event in client.take()][:2] == ["connected", "sync"]
    gym.new("coach")
    client.next_changes()
    client.round_trip()
    assert not {event.name for event in client.take()} & set(CHANNELS)


def test_connected_and_sync_agree(connect: Connect) -> None:
    client = connect(auth={"sync": True})
    connected = client.next_event("connected").args[0]
    answer = _answer(client)
    assert (connected["epoch"], connected["seq"]) == (answer["epoch"], answer["seq"])


def test_after_sync_a_plain_socket_gets_no_arrays_any_more(gym: Gym, connect: Connect) -> None:
    client = connect()
    client.welcome()
    client.ok("sync", None)
    gym.new("coach")
    client.next_changes()
    client.round_trip()
    assert not {event.name for event in client.take()} & set(CHANNELS)


def test_nothing_happened_since(connect: Connect, follow: Follow) -> None:
    cursor = follow().replica.cursor
    assert connect().ok("sync", cursor) == {"mode": "current", **(cursor or {})}
    assert _answer(connect(auth={"sync": cursor})) == {"mode": "current", **(cursor or {})}


def test_what_happened_since_each_record_once_in_its_newest_state(gym: Gym, connect: Connect, follow: Follow) -> None:
    kept, gone = gym.new("coach"), gym.new("coach")
    follower = follow()
    cursor = follower.replica.cursor
    follower.close()
    for index in range(5):
        newest = gym.update("coach", id=kept["id"], name=f"Name {index}")
    gym.delete("coach", gone)
    made = gym.new("exercise_move")
    answer = connect().ok("sync", cursor)
    assert set(answer) == {"mode", "epoch", "seq", "changes"}
    assert answer["mode"] == "delta"
    changes = {(change["channel"], change["id"]): change for change in answer["changes"]}
    assert len(changes) == len(answer["changes"]) == 3
    assert all(set(change) == CHANGE_KEYS for change in answer["changes"])
    assert changes["coaches", kept["id"]]["record"] == newest
    assert (changes["coaches", gone["id"]]["type"], changes["coaches", gone["id"]]["record"]) == ("del", None)
    assert changes["exercise_moves", made["id"]]["record"] == made


def test_a_record_made_and_deleted_meanwhile_is_not_there(gym: Gym, follow: Follow, connect: Connect) -> None:
    replica = follow().replica
    gym.delete("coach", gym.new("coach"))
    assert replica.take_sync(connect().ok("sync", replica.cursor)) == "apply"
    assert replica.arrays["coaches"] == []


def test_revs_are_the_seq_of_the_last_change(gym: Gym, follow: Follow) -> None:
    follower = follow()
    schedule = gym.new("schedule")
    ack = gym.client.call("update_coach", {"id": schedule["coach"]["id"], "name": "Renamed"}, {})
    seq = ack["meta"]["seq"]
    assert ack["meta"]["rev"] == seq
    follower.read_until(lambda replica: replica.cursor == {**(replica.cursor or {}), "seq": seq}, "the commit")
    revs = follower.replica.revs
    assert revs["coaches"][schedule["coach"]["id"]] == seq
    assert revs["schedules"][schedule["id"]] < seq, "a schedule shows its coach's name, but that is not its own"
    assert revs["workout_plans"][schedule["workout_plan"]["id"]] < seq


def test_changes_are_a_chain_without_gaps(gym: Gym, follow: Follow) -> None:
    follower = follow()
    start = (follower.replica.cursor or {})["seq"]
    coach = gym.new("coach")["id"]
    acks = gym.client.pipeline([("update_coach", {"id": coach, "name": f"Name {i}"}, {}) for i in range(100)])
    seqs = [ack["meta"]["seq"] for ack in acks]
    assert seqs == list(range(start + 2, start + 102)), "seq numbers commits without gaps, in commit order"
    follower.read_until(lambda replica: replica.cursor and replica.cursor["seq"] == seqs[-1], "the last commit")
    events = [event.args[0] for event in follower.client.take() if event.name == "changes"]
    for event in events:
        assert set(event) == EVENT_KEYS
        assert event["prev"] == start
        assert event["seq"] >= event["prev"]
        for change in event["changes"]:
            assert set(change) == CHANGE_KEYS
            assert event["prev"] < change["rev"] <= event["seq"]
        start = event["seq"]
    assert follower.resyncs == 0


def test_what_changes_nothing_is_no_commit(gym: Gym, connect: Connect) -> None:
    coach = gym.new("coach")
    before = connect().ok("sync", None)["seq"]
    gym.update("coach", **coach)
    gym.client.fails("update_coach", {"id": coach["id"], "name": ""})
    assert connect().ok("sync", None)["seq"] == before


def test_joining_and_reading_are_atomic(gym: Gym, connect: Connect) -> None:
    """Under fire, the first event's prev is the answer's seq."""
    coach = gym.new("coach")["id"]
    joined = []
    numbers = []
    for index in range(60):
        numbers.append(gym.client.emit("update_coach", {"id": coach, "name": f"Name {index:03}"}))
        if index % 5 == 2:
            joined.append(connect(auth={"sync": True}))
    for number in numbers:
        gym.client.ack(number)
    for client in joined:
        replica = Replica()
        replica.take_sync(_answer(client))
        while replica.arrays["coaches"][0]["name"] != "Name 059":
            assert replica.take_changes(client.next_event("changes").args[0]) == "apply"


@pytest.mark.kinds("sqlite", reason="silence is broken without asking a database")
@pytest.mark.settings(HEARTBEAT_SECONDS="0.2")
def test_an_idle_socket_gets_a_sign_of_life(own_server: Server, follow: Follow) -> None:
    follower = follow()
    cursor = follower.replica.cursor or {}
    for _ in range(3):
        event = follower.client.next_event("changes", timeout=2).args[0]
        assert event == {**cursor, "prev": cursor["seq"], "changes": []}


@pytest.mark.kinds("sqlite", reason="silence is broken without asking a database")
@pytest.mark.settings(HEARTBEAT_SECONDS="0.2")
def test_a_plain_socket_gets_none(own_server: Server, connect: Connect, follow: Follow) -> None:
    plain = connect()
    plain.welcome()
    follower = follow()
    for _ in range(3):
        follower.client.next_event("changes", timeout=2)
    plain.round_trip()
    assert plain.take() == []


@pytest.mark.kinds("sqlite", reason="what waits for a client waits in the client's process")
def test_a_synced_client_that_is_too_far_behind_is_told_to_sync_again(own_server: Server) -> None:
    """It may lose the connection instead; it must not be left behind believing that it is up to date."""
    follower = Observer(own_server, synced=True)
    writer = Client(own_server.port, auth={"sync": True})
    gym = Gym(writer)
    move = gym.new("exercise_move")["id"]
    text = "x" * 480
    for index in range(3_000):
        writer.emit("update_exercise_move", {"id": move, "description": f"{index} {text}"})
        if index % 50 == 49:
            writer.round_trip()
            writer.take()
    last = gym.update("exercise_move", id=move, name="The last one")
    follower.read_until(lambda replica: replica.arrays["exercise_moves"] == [last], "the newest state")
    follower.close()
    writer.close()
