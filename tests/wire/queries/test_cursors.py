"""The cursor that a client comes back with: after a restart, when it is too old, and when it is none."""

import copy
from contextlib import closing
from typing import Any

import pytest
from spotter import Replica

from tests.support.gym import Gym
from tests.support.observer import Observer
from tests.support.packets import Raw
from tests.support.server import Server
from tests.support.socketio_client import CHANNELS, Client, ConnectionClosed, ConnectionRefused
from tests.support.waiting import wait_until
from tests.wire.conftest import Connect, Follow


def _answer(client: Client) -> dict[str, Any]:
    answer: dict[str, Any] = client.next_event("sync").args[0]
    return answer


def test_cursors_survive_a_kill_and_a_restart(own_server: Server, gym: Gym, follow: Follow) -> None:
    coach = gym.new("coach")
    follower = follow()
    follower.close()
    gym.update("coach", id=coach["id"], name="Before the kill")
    own_server.restart()
    client = Client(own_server.port, auth={"sync": follower.replica.cursor})
    answer = _answer(client)
    assert answer["mode"] == "delta"
    assert follower.replica.take_sync(answer) == "apply"
    assert follower.replica.arrays["coaches"][0]["name"] == "Before the kill"
    client.close()


def _come_back(server: Server, follower: Observer) -> tuple[str, list[dict[str, Any]]]:
    """A client comes back with the follower's cursor: how it is answered, and which coaches it has then."""
    with closing(Client(server.port, auth={"sync": follower.replica.cursor})) as client:
        answer = _answer(client)
    replica = copy.deepcopy(follower.replica)
    assert replica.take_sync(answer) == "apply"
    return answer["mode"], replica.arrays["coaches"]


@pytest.mark.settings(JOURNAL_COMMITS="100")
def test_a_cursor_that_is_too_old_gets_a_snapshot(own_server: Server, gym: Gym, follow: Follow) -> None:
    coach = gym.new("coach")["id"]
    old = follow()
    old.close()
    gym.client.pipeline([("update_coach", {"id": coach, "name": f"Name {i}"}) for i in range(300)])
    recent = follow()
    recent.close()
    last = gym.update("coach", id=coach, name="The last one")
    # What is beyond retention is forgotten soon after the start.
    own_server.stop()
    own_server.start()
    wait_until(lambda: _come_back(own_server, old) == ("snapshot", [last]), "the old cursor gets a snapshot")
    assert _come_back(own_server, recent) == ("delta", [last])


def _bad_cursors(epoch: str, seq: int) -> list[Any]:
    epochs: tuple[Any, ...] = (None, 5, [], "", "another", epoch.upper() + "x", "x" * 50_000)
    seqs: tuple[Any, ...] = (None, str(seq), -1, 1.5, [], {}, True, 10**40, 2**63, Raw("1e400"), seq + 1, seq + 10**9)
    wrong: list[Any] = ["text", 5, True, False, [], [epoch, seq], {}, {"epoch": epoch}, {"seq": seq}]
    wrong += [{"epoch": other, "seq": seq} for other in epochs]
    wrong += [{"epoch": epoch, "seq": other} for other in seqs]
    return wrong


def test_a_bad_cursor_is_refused_or_answered_with_a_snapshot(gym: Gym, connect: Connect, follow: Follow) -> None:
    """Never with less: a client would believe that it is up to date."""
    gym.new("coach")
    cursor = follow().replica.cursor or {}
    client = connect()
    for bad in _bad_cursors(cursor["epoch"], cursor["seq"]):
        ack = client.call("sync", bad)
        assert not ack["ok"] or ack["data"]["mode"] == "snapshot", f"{bad}: {ack}"
    odd: tuple[tuple[Any, ...], ...] = ((), (None, None, None), (None, {}, {}))
    for args in odd:
        assert isinstance(client.call("sync", *args)["ok"], bool)
    assert client.ok("sync", cursor)["mode"] == "current"


def test_a_bad_cursor_at_connect(gym: Gym, connect: Connect, follow: Follow) -> None:
    """The client is let in, with a snapshot or as a plain one, or told why not: it is never left without records."""
    coach = gym.new("coach")
    cursor = follow().replica.cursor or {}
    for bad in [*_bad_cursors(cursor["epoch"], cursor["seq"]), None]:
        client = connect(enter=False)
        try:
            client.enter({"sync": bad})
        except (ConnectionRefused, ConnectionClosed):
            client.close()
            continue
        client.round_trip()
        names = [event.name for event in client.inbox]
        if "sync" in names:
            replica = Replica()
            assert replica.take_sync(_answer(client)) == "apply", bad
            assert replica.arrays["coaches"] == [coach], bad
        else:
            assert [name for name in names if name in CHANNELS] == list(CHANNELS), bad
        client.close()
