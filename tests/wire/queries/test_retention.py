"""The journal is trimmed while clients come back with old cursors: a delta is whole, or it is a snapshot."""

import copy
from contextlib import closing

import pytest
from spotter import Replica

from tests.support.gym import Gym
from tests.support.observer import Observer
from tests.support.server import Server
from tests.support.socketio_client import Client
from tests.support.trim import trim
from tests.support.waiting import wait_until

DELETIONS = 20


def _leave_behind(follower: Observer, gym: Gym) -> list[Replica]:
    """What a client knew before each of many deletions."""
    coaches = [gym.new("coach") for _ in range(DELETIONS)]
    left = []
    for coach in coaches:
        _read_up_to(follower, follower.server.database.newest_commit())
        left.append(copy.deepcopy(follower.replica))
        gym.delete("coach", coach)
    return left


def _read_up_to(follower: Observer, seq: int) -> None:
    follower.read_until(lambda replica: replica.cursor["seq"] >= seq, f"commit {seq}")


def _come_back(server: Server, replica: Replica) -> str:
    """A client comes back with what it knew: how it is answered. Its copy must be what a fresh one is given."""
    with closing(Client(server.port, auth={"sync": replica.cursor})) as client:
        replica.take("connected", client.next_event("connected").args)
        answer = client.next_event("sync").args[0]
    assert replica.take_sync(answer) == "apply"
    with closing(Client(server.port, auth={"sync": True})) as client:
        fresh = Replica()
        fresh.take_sync(client.next_event("sync").args[0])
    assert replica.channels == fresh.channels, f"a {answer['mode']} at {answer['seq']} that leaves a wrong copy"
    mode: str = answer["mode"]
    return mode


def test_a_delta_is_never_without_the_deletions_that_were_trimmed(own_server: Server, gym: Gym) -> None:
    """Between the trimming and the server's next look at the database there is a second, in which many come back."""
    with closing(Observer(own_server, synced=True)) as follower:
        left = _leave_behind(follower, gym)
    own_server.restart()
    newest = own_server.database.newest_commit()
    modes = []
    for place, replica in enumerate(left):
        known = (replica.cursor or {})["seq"]
        if place % 2:
            # This one's next commit is forgotten, and that was the deletion.
            trim(own_server.database.url, newest - known - 1)
        modes.append(_come_back(own_server, replica))
    assert modes == ["delta", "snapshot"] * (DELETIONS // 2)


@pytest.mark.settings(JOURNAL_COMMITS="100")
def test_nor_by_a_server_that_trims_while_it_starts(own_server: Server, gym: Gym) -> None:
    """Many come back at once after a restart, and that is when the journal is trimmed."""
    with closing(Observer(own_server, synced=True)) as follower:
        left = _leave_behind(follower, gym)
        coach = gym.new("coach")["id"]
        gym.client.pipeline([("update_coach", {"id": coach, "name": f"Name {i}"}) for i in range(110)])
    own_server.restart()

    def modes() -> set[str]:
        return {_come_back(own_server, copy.deepcopy(replica)) for replica in left[::4]}

    wait_until(lambda: modes() == {"snapshot"}, "the journal is trimmed")
