"""Whatever clients do, and whatever happens to them and to the server: in the end all know what the server knows."""

import itertools
import uuid
from contextlib import closing
from typing import Any, ClassVar

import hypothesis
import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule, run_state_machine_as_test

from tests.support.catalogue import NAMES
from tests.support.consistency import assert_consistent
from tests.support.database_records import read_records
from tests.support.gym import Gym
from tests.support.observer import Observer
from tests.support.observers import Observers
from tests.support.published import wait_until_published
from tests.support.server import Server
from tests.support.socketio_client import CHANNELS, Client
from tests.support.trim import trim

PEERS = st.integers(0, 3)
PICKS = st.integers(0, 50)
RESTARTS = 1
TRIMS = 2

Request = tuple[str, Any, dict[str, Any]]


class Convergence(RuleBasedStateMachine):
    """Four clients, two of them plain, that write, drop, come back and ask again; a server that is killed."""

    server: ClassVar[Server]
    channels: ClassVar[tuple[str, ...]] = CHANNELS
    # Undo may bring back records of earlier examples, on the same server.
    names: ClassVar = itertools.count(1)

    def __init__(self) -> None:
        super().__init__()
        self.peers: list[Observer] = []
        self.in_flight: list[tuple[Observer, int, Request]] = []
        self.lost: list[Request] = []
        self.known: dict[str, list[int]] = {name: [] for name in NAMES}
        self.restarts = 0
        self.trims = 0
        self.seq = 0

    @initialize()
    def enter(self) -> None:
        """Begin with an empty gym and four clients in it."""
        with closing(Observers(self.server)) as observers:
            observers.clean()
        self.peers = [Observer(self.server, synced=index % 2 == 0, names=self.channels) for index in range(4)]

    @rule(who=PEERS, name=st.sampled_from(NAMES), pick=PICKS, wait=st.booleans())
    def make(self, who: int, name: str, pick: int, wait: bool) -> None:
        """Make a record of others that are known."""
        fields: dict[str, Any]
        if name == "schedule" and self.known["coach"] and self.known["workout_plan"]:
            fields = {"coach_id": self._pick("coach", pick), "workout_plan_id": self._pick("workout_plan", pick)}
        elif name == "workout_plan" and self.known["exercise_move"]:
            moves = self.known["exercise_move"]
            fields = {"exercise_moves": [{"id": moves[(pick + step) % len(moves)]} for step in range(1 + pick % 3)]}
        elif name in ("coach", "exercise_move"):
            fields = {"name": f"Name {next(self.names)}"}
        else:
            return
        self._send(who, (f"new_{name}", Gym(self.peers[0].client).payload(name, **fields), self._op()), wait)

    @rule(who=PEERS, name=st.sampled_from(NAMES), pick=PICKS, wait=st.booleans(), stale=st.booleans())
    def edit(self, who: int, name: str, pick: int, wait: bool, stale: bool) -> None:
        """Change a record, perhaps from an older state of it, perhaps one that is gone."""
        if not self.known[name]:
            return
        change: dict[str, Any] = {"name": f"Name {next(self.names)}"}
        if name == "schedule":
            change = {"day": ("Monday", "Sunday")[pick % 2], "hour": 100 * (pick % 24)}
            if pick % 3 == 0:
                change = {"coach_id": self._pick("coach", pick)}
        if name == "workout_plan" and pick % 2:
            change = {"exercise_moves": [{"id": self._pick("exercise_move", pick)}]}
        opts = self._op() | ({"base": max(1, self.seq - pick % 5)} if stale else {})
        self._send(who, (f"update_{name}", {"id": self._pick(name, pick), **change}, opts), wait)

    @rule(who=PEERS, name=st.sampled_from(NAMES), pick=PICKS, wait=st.booleans())
    def delete(self, who: int, name: str, pick: int, wait: bool) -> None:
        """Delete a record, perhaps one that is in use or gone."""
        if self.known[name]:
            self._send(who, (f"delete_{name}", {"id": self._pick(name, pick)}, self._op()), wait)

    @rule(who=PEERS, back=st.integers(0, 5), wait=st.booleans())
    def undo(self, who: int, back: int, wait: bool) -> None:
        """Undo one of the last commits, if that can be done."""
        self._send(who, ("undo", {"seq": max(1, self.seq - back)}, self._op()), wait)

    @rule(who=PEERS)
    def drop(self, who: int) -> None:
        """Lose the connection, and whatever was on its way."""
        peer = self.peers[who]
        peer.close()
        self.lost += [request for sender, _, request in self.in_flight if sender is peer]
        self.in_flight = [entry for entry in self.in_flight if entry[0] is not peer]

    @rule(who=PEERS)
    def come_back(self, who: int) -> None:
        """Connect again, with a cursor if there is one."""
        if self.peers[who].client.closed:
            self.peers[who].come_back()

    @rule(who=PEERS)
    @precondition(lambda self: self.lost)
    def ask_again(self, who: int) -> None:
        """Send a request again whose answer was lost; twice, since that must make no difference."""
        request = self.lost.pop()
        self._send(who, request, wait=True)
        self._send(who, request, wait=True)

    @rule()
    @precondition(lambda self: self.restarts < RESTARTS)
    def kill_the_server(self) -> None:
        """End the server without warning, and start it again."""
        self.restarts += 1
        self.server.restart()
        for who in range(len(self.peers)):
            self.drop(who)

    @rule(keep=st.integers(1, 20))
    @precondition(lambda self: self.trims < TRIMS)
    def trim(self, keep: int) -> None:
        """Let the journal be short: of what is older only the newest state of each record is left."""
        self.trims += 1
        trim(self.server.database.url, keep)

    @rule()
    def settle(self) -> None:
        """All that are connected know what a fresh client is told, and the tables say the same."""
        for peer, number, request in self.in_flight:
            self._learn(request, peer.client.ack(number))
        self.in_flight.clear()
        connected = [peer for peer in self.peers if not peer.client.closed]
        wait_until_published(self.server, connected)
        with closing(Client(self.server.port)) as fresh:
            arrays = {channel: fresh.next_event(channel).args[0] for channel in self.channels}
        assert_consistent({channel: arrays[channel] for channel in CHANNELS})
        self.compare_with_tables(arrays)
        for peer in connected:
            known = {channel: peer.replica.arrays[channel] for channel in self.channels}
            assert known == arrays, f"{peer.story} A fresh client at port {fresh.port}: {arrays}"
        for channel in ("coaches", "exercise_moves"):
            names = [row["name"] for row in arrays[channel]]
            assert len(names) == len(set(names)), f"a request was done twice: {names}"

    def compare_with_tables(self, arrays: dict[str, list[dict[str, Any]]]) -> None:
        """The arrays are what the tables say."""
        assert arrays == read_records(self.server.database.url)

    def teardown(self) -> None:
        """In the end everybody comes back."""
        if not self.peers:
            return
        while self.lost:
            self.ask_again(0)
        for who in range(len(self.peers)):
            self.come_back(who)
        self.settle()
        for peer in self.peers:
            peer.client.assert_one_ack_each()
            peer.close()

    def _pick(self, name: str, pick: int) -> int:
        return self.known[name][pick % len(self.known[name])]

    def _op(self) -> dict[str, Any]:
        return {"op": str(uuid.uuid4())}

    def _send(self, who: int, request: Request, wait: bool) -> None:
        self.come_back(who)
        peer = self.peers[who]
        number = peer.client.emit(*request)
        if wait:
            self._learn(request, peer.client.ack(number))
        else:
            self.in_flight.append((peer, number, request))

    def _learn(self, request: Request, ack: dict[str, Any]) -> None:
        if not ack["ok"] and ack["meta"]["code"] == "unavailable":
            # A machine that stands still for a second: with the same op it is safe to ask again.
            self.lost.append(request)
            return
        assert ack["ok"] or ack["meta"]["code"] in ("invalid", "not_found", "in_use", "conflict"), ack
        if ack["ok"]:
            self.seq = max(self.seq, ack["meta"]["seq"])
            if request[0].startswith("new_"):
                self.known[request[0].removeprefix("new_")].append(ack["data"]["id"])


def converge(kind: type[Convergence], server: Server, runs: int = 15) -> None:
    """Let so many machines of this kind run on the server, one after the other."""
    machine = type("Machine", (kind,), {"server": server})
    run_state_machine_as_test(
        machine,
        settings=hypothesis.settings(
            max_examples=runs,
            stateful_step_count=40,
            # Real processes are too slow to shrink with: the steps as they were must do.
            phases=[hypothesis.Phase.generate],
            suppress_health_check=list(hypothesis.HealthCheck),
            database=None,
        ),
    )


@pytest.mark.timeout(300)
def test_everybody_converges(own_server: Server) -> None:
    converge(Convergence, own_server)
