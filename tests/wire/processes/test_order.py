"""Writers in several processes: one order for all, without gaps, wherever a client is connected."""

import threading
import uuid
from contextlib import closing
from typing import Any

from spotter import Replica

from tests.support.gym import Gym
from tests.support.observer import Observer
from tests.support.server import Server
from tests.support.socketio_client import Client
from tests.wire.processes.conftest import Site

WRITERS, WRITES = 4, 30


def _follow(server: Server, until: int) -> list[tuple[int, int, str]]:
    """What a synced client is told from seq 0 on, as (rev, id, type) of each change, checked to have no gap."""
    told: list[tuple[int, int, str]] = []
    with closing(Client(server.port, auth={"sync": True})) as client:
        known = client.next_event("sync").args[0]["seq"]
        while known < until:
            event = client.next_event("changes").args[0]
            assert event["prev"] == known, f"after {known} came what follows {event['prev']}"
            known = event["seq"]
            told += [(change["rev"], change["id"], change["type"]) for change in event["changes"]]
    return told


def test_seq_has_no_gap_and_is_the_same_everywhere(site: Site) -> None:
    with closing(Client(site.one.port)) as client:
        start = client.ok("sync", None)
    acks: list[dict[str, Any]] = []
    told: dict[int, list[tuple[int, int, str]]] = {}

    def write(index: int) -> None:
        with closing(Client(site.servers[index % 2].port, auth={"sync": True})) as client:
            gym = Gym(client)
            for _ in range(WRITES):
                acks.append(client.call("new_exercise_move", gym.payload("exercise_move"), {"op": str(uuid.uuid4())}))

    def follow(index: int) -> None:
        told[index] = _follow(site.servers[index], start["seq"] + WRITERS * WRITES)

    threads = [threading.Thread(target=follow, args=(index,)) for index in range(2)]
    threads += [threading.Thread(target=write, args=(index,)) for index in range(WRITERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert all(ack["ok"] for ack in acks), acks
    seqs = sorted(ack["meta"]["seq"] for ack in acks)
    assert seqs == list(range(start["seq"] + 1, start["seq"] + 1 + WRITERS * WRITES))
    by_seq = {ack["meta"]["seq"]: ack["data"]["id"] for ack in acks}
    for index in range(2):
        heard = [(rev, number) for rev, number, _ in told[index]]
        assert heard == sorted(heard), "in the order of commits"
        # A client that connected after a write was told of it by its snapshot.
        assert set(heard) <= set(by_seq.items())
        assert (seqs[-1], by_seq[seqs[-1]]) in heard
    with closing(Client(site.one.port)) as one, closing(Client(site.other.port)) as other:
        assert one.welcome()[1] == other.welcome()[1]


def test_two_processes_edit_one_record(site: Site) -> None:
    """Each sees what the other committed before it writes: edits of different fields both stay."""
    with closing(Client(site.one.port)) as one, closing(Client(site.other.port)) as other:
        move = Gym(one).new("exercise_move")
        for turn in range(10):
            numbers = [
                (one, one.emit("update_exercise_move", {"id": move["id"], "name": f"Name {turn}"})),
                (other, other.emit("update_exercise_move", {"id": move["id"], "focus": f"Focus {turn}"})),
            ]
            for client, number in numbers:
                assert client.ack(number)["ok"]
        final = one.ok("update_exercise_move", {"id": move["id"]})
        assert (final["name"], final["focus"]) == ("Name 9", "Focus 9")


def test_a_conflict_with_a_write_of_another_process_is_seen(site: Site) -> None:
    with closing(Client(site.one.port)) as one, closing(Client(site.other.port)) as other:
        ack = one.call("new_exercise_move", Gym(one).payload("exercise_move"), {})
        number, base = ack["data"]["id"], ack["meta"]["rev"]
        assert other.ok("update_exercise_move", {"id": number, "name": "Theirs"})["name"] == "Theirs"
        mine = one.call("update_exercise_move", {"id": number, "name": "Mine"}, {"base": base})
        assert mine["meta"]["code"] == "conflict"
        assert mine["meta"]["current"]["name"] == "Theirs"


def test_an_op_that_is_retried_on_another_process_is_not_done_twice(site: Site) -> None:
    with closing(Client(site.one.port)) as one, closing(Client(site.other.port)) as other:
        payload, op = Gym(one).payload("exercise_move"), str(uuid.uuid4())
        first = one.call("new_exercise_move", payload, {"op": op})
        again = other.call("new_exercise_move", payload, {"op": op})
        assert again["meta"].pop("replayed") is True
        assert again == first
        reused = other.call("new_exercise_move", {**payload, "name": "Another"}, {"op": op})
        assert reused["meta"]["code"] == "op_reused"
    with closing(Client(site.other.port)) as fresh:
        moves = fresh.welcome()[1]["exercise_moves"]
    assert [move["id"] for move in moves if move["name"] == payload["name"]] == [first["data"]["id"]]


def test_one_op_at_two_processes_at_the_same_instant_is_done_once(site: Site) -> None:
    with closing(Client(site.one.port)) as one, closing(Client(site.other.port)) as other:
        for _ in range(10):
            payload, op = Gym(one).payload("exercise_move"), {"op": str(uuid.uuid4())}
            numbers = [(client, client.emit("new_exercise_move", payload, op)) for client in (one, other)]
            acks = [client.ack(number) for client, number in numbers]
            assert [ack["ok"] for ack in acks] == [True, True]
            assert acks[0]["data"] == acks[1]["data"]
            assert sum(bool(ack["meta"].get("replayed")) for ack in acks) == 1


def test_a_cursor_of_one_process_is_good_at_the_other_at_once(site: Site) -> None:
    """Even if the other has not heard of the newest commit yet: it looks before it answers."""
    with closing(Client(site.one.port)) as one:
        gym = Gym(one)
        cursor = one.ok("sync", None)
        epoch, seq = cursor["epoch"], cursor["seq"]
        for _ in range(10):
            ack = one.call("new_exercise_move", gym.payload("exercise_move"), {})
            with closing(Client(site.other.port, auth={"sync": {"epoch": epoch, "seq": ack["meta"]["seq"]}})) as moved:
                assert moved.next_event("sync").args[0]["mode"] == "current"
            with closing(Client(site.other.port, auth={"sync": {"epoch": epoch, "seq": seq}})) as late:
                answer = late.next_event("sync").args[0]
            assert answer["mode"] == "delta" or answer["seq"] == seq
            replica = Replica()
            replica.cursor = {"epoch": epoch, "seq": seq}
            assert replica.take_sync(answer) == "apply"


def test_a_hole_in_the_journal_is_seen_and_everybody_starts_over(site: Site) -> None:
    """There is none while only servers write. Who edits the tables by hand, or loses one, gets no silent difference."""
    logged = [server.log_size() for server in site.servers]
    with (
        closing(Observer(site.one, synced=True)) as one,
        closing(Observer(site.other, synced=True)) as other,
        closing(Client(site.one.port)) as client,
    ):
        gym = Gym(client)
        before = client.call("new_exercise_move", gym.payload("exercise_move"), {})["meta"]["seq"]
        for observer in (one, other):
            observer.read_until(lambda replica: replica.cursor["seq"] == before, "the last commit without a hole")
        with site.postgres.connect() as connection:
            connection.execute("UPDATE journal_head SET seq = seq + 1")
        for observer in (one, other):
            observer.read_until(lambda replica: replica.cursor["seq"] == before + 1, "what the head says")
            assert observer.resyncs == 1
        after = client.call("new_exercise_move", gym.payload("exercise_move"), {})["meta"]["seq"]
        assert after == before + 2
        for observer in (one, other):
            observer.read_until(lambda replica: replica.cursor["seq"] == after, "it goes on")
            assert observer.resyncs == 1
        assert one.replica.channels == other.replica.channels
    for server, size in zip(site.servers, logged, strict=True):
        assert f"a hole between {before} and {before + 1}" in server.log(size)
