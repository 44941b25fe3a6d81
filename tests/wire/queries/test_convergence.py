"""Whatever clients do, and whatever happens to them and to the server: in the end all know what the server knows."""

import itertools
import uuid
from collections.abc import Callable
from contextlib import closing
from typing import Any, ClassVar

import hypothesis
import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule, run_state_machine_as_test
from spotter import Replica

from tests.support.catalogue import ALL
from tests.support.consistency import assert_consistent
from tests.support.database_records import read_records
from tests.support.gym import Gym
from tests.support.observer import Observer
from tests.support.observers import Observers
from tests.support.published import synced_client, wait_until_published
from tests.support.server import Server
from tests.support.socketio_client import CHANNELS, SYNCED, Client
from tests.support.subscriber import Subscriber
from tests.support.trim import trim

NAMES = tuple(ALL)
# Mondays and Sundays.
DATES = ("2026-12-21", "2026-12-27", "2026-12-28", "2027-01-03")
PEERS = st.integers(0, 3)
SUBSCRIBERS = st.integers(0, 1)
PICKS = st.integers(0, 50)
VERBS = st.sampled_from(["new", "update", "update", "delete"])
RESTARTS = 1
TRIMS = 2

Request = tuple[str, Any, dict[str, Any]]


# Parts of channels, and which records are in them.
PARTS: list[tuple[dict[str, Any], Callable[[dict[str, Any]], bool]]] = [
    ({"channel": "schedules", "where": {"day": "Monday"}}, lambda row: row["day"] == "Monday"),
    (
        {"channel": "schedules", "where": {"not": {"coach.name": {"contains": "1"}}}},
        lambda row: "1" not in row["coach"]["name"],
    ),
    ({"channel": "workout_plans", "where": {}}, lambda row: True),
    (
        {"channel": "coaches", "where": {"or": [{"name": {"starts": "COACH"}}, {"age": {"lt": 40}}]}},
        lambda row: row["name"].startswith("Coach") or row["age"] < 40,
    ),
    (
        {"channel": "exceptions", "where": {"schedule.day": "Monday"}},
        lambda row: row["schedule"] is not None and row["schedule"]["day"] == "Monday",
    ),
]


class Convergence(RuleBasedStateMachine):
    """Four clients, two of them plain, that write, drop, come back and ask again; a server that is killed.

    And two that are sent parts of channels alone.
    """

    server: ClassVar[Server]
    channels: ClassVar[tuple[str, ...]] = CHANNELS
    # Undo may bring back records of earlier examples, on the same server.
    names: ClassVar = itertools.count(1)

    def __init__(self) -> None:
        super().__init__()
        self.peers: list[Observer] = []
        self.subscribers: list[Subscriber] = []
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
        self.subscribers = [Subscriber(self.server, PARTS[index][0]) for index in range(2)]

    @rule(who=PEERS, name=st.sampled_from(NAMES), pick=PICKS, wait=st.booleans())
    def make(self, who: int, name: str, pick: int, wait: bool) -> None:
        """Make a record of others that are known."""
        if data := self._new(name, pick):
            self._send(who, (f"new_{name}", data, self._op()), wait)

    def _new(self, name: str, pick: int) -> dict[str, Any] | None:
        fields: dict[str, Any]
        if name == "schedule" and self.known["coach"] and self.known["workout_plan"]:
            fields = {"coach_id": self._pick("coach", pick), "workout_plan_id": self._pick("workout_plan", pick)}
        elif name == "workout_plan" and self.known["exercise_move"]:
            moves = self.known["exercise_move"]
            fields = {"exercise_moves": [{"id": moves[(pick + step) % len(moves)]} for step in range(1 + pick % 3)]}
        elif name == "exception" and self.known["schedule"]:
            # Half of them on another weekday.
            fields = {"date": DATES[pick % len(DATES)], "schedule_id": self._pick("schedule", pick // 2)}
            if pick % 5 == 0:
                fields["schedule_id"] = None
        elif name in ("coach", "exercise_move"):
            fields = {"name": f"Name {next(self.names)}"}
        else:
            return None
        return Gym(self.peers[0].client).payload(name, **fields)

    @rule(who=PEERS, name=st.sampled_from(NAMES), pick=PICKS, wait=st.booleans(), stale=st.booleans())
    def edit(self, who: int, name: str, pick: int, wait: bool, stale: bool) -> None:
        """Change a record, perhaps from an older state of it, perhaps one that is gone."""
        if data := self._changed(name, pick):
            opts = self._op() | ({"base": max(1, self.seq - pick % 5)} if stale else {})
            self._send(who, (f"update_{name}", data, opts), wait)

    def _changed(self, name: str, pick: int) -> dict[str, Any] | None:
        if not self.known[name]:
            return None
        change: dict[str, Any] = {"name": f"Name {next(self.names)}"}
        if name == "schedule":
            change = {"day": ("Monday", "Sunday")[pick % 2], "hour": 100 * (pick % 24)}
            if pick % 3 == 0:
                change = {"coach_id": self._pick("coach", pick)}
        if name == "workout_plan" and pick % 2:
            change = {"exercise_moves": [{"id": self._pick("exercise_move", pick)}]}
        if name == "exception":
            change = ({"note": f"Note {pick}"}, {"date": DATES[pick % len(DATES)]}, {"cancelled": False})[pick % 3]
            if pick % 4 == 0 and self.known["coach"]:
                change |= {"coach_id": self._pick("coach", pick), "cancelled": False}
        return {"id": self._pick(name, pick), **change}

    @rule(
        who=PEERS,
        writes=st.lists(st.tuples(VERBS, st.sampled_from(NAMES), PICKS), min_size=2, max_size=6),
        wait=st.booleans(),
    )
    def batch(self, who: int, writes: list[tuple[str, str, int]], wait: bool) -> None:
        """Make, change and delete records in one commit."""
        held: list[dict[str, Any]] = []
        for verb, name, pick in writes:
            data: Any = self._new(name, pick) if verb == "new" else self._changed(name, pick)
            if data and verb == "delete":
                data = data["id"]
            if data:
                held.append({"event": f"{verb}_{name}", "data": data})
        if held:
            self._send(who, ("batch", {"writes": held}, self._op()), wait)

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

    @rule(who=SUBSCRIBERS, part=st.sampled_from([part for part, _ in PARTS]), back=st.booleans())
    def choose_another_part(self, who: int, part: dict[str, Any], back: bool) -> None:
        """Subscribe to one part more, or do without it."""
        subscriber = self.subscribers[who]
        if subscriber.client.closed:
            subscriber.connect()
        if part not in subscriber.parts:
            subscriber.subscribe(**part)
        elif back:
            subscriber.unsubscribe(part)

    @rule(who=SUBSCRIBERS)
    def leave_and_come_back(self, who: int) -> None:
        """Be away, or come back with the cursor."""
        subscriber = self.subscribers[who]
        if subscriber.client.closed:
            subscriber.connect()
        else:
            subscriber.close()

    @rule(who=SUBSCRIBERS, name=st.sampled_from(NAMES), pick=PICKS)
    def miss_something(self, who: int, name: str, pick: int) -> None:
        """Be away for a moment, in which a record is changed and another one deleted."""
        self.subscribers[who].close()
        self.edit(0, name, pick, wait=True, stale=False)
        self.delete(0, name, pick + 1, wait=True)
        self.subscribers[who].connect()

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
        for subscriber in self.subscribers:
            subscriber.close()

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
            plain = {channel: fresh.next_event(channel).args[0] for channel in self.channels}
        with closing(synced_client(self.server)) as fresh:
            replica = Replica()
            replica.take_sync(fresh.next_event("sync").args[0])
        arrays = {channel: replica.arrays[channel] for channel in (*self.channels, "exceptions")}
        assert plain == {channel: arrays[channel] for channel in self.channels}
        assert_consistent({channel: arrays[channel] for channel in SYNCED})
        self.compare_with_tables(arrays)
        for peer in connected:
            expected = arrays if peer.synced else plain
            known = {channel: peer.replica.arrays[channel] for channel in expected}
            assert known == expected, f"{peer.story} A fresh client at port {fresh.port}: {expected}"
        for subscriber in self.subscribers:
            if not subscriber.client.closed:
                subscriber.settle()
                assert subscriber.records == _parts(subscriber, arrays), subscriber.story
                assert subscriber.records == _listed(subscriber), subscriber.story
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
        for subscriber in self.subscribers:
            if subscriber.client.closed:
                subscriber.connect()
        self.settle()
        for peer in self.peers:
            peer.client.assert_one_ack_each()
            peer.close()
        for subscriber in self.subscribers:
            subscriber.close()

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
            several = request[0] == "batch"
            events = [write["event"] for write in request[1]["writes"]] if several else [request[0]]
            for event, record in zip(events, ack["data"] if several else [ack["data"]], strict=True):
                if event.startswith("new_"):
                    self.known[event.removeprefix("new_")].append(record["id"])


def _parts(subscriber: Subscriber, arrays: dict[str, list[dict[str, Any]]]) -> dict[str, dict[int, dict[str, Any]]]:
    """What a subscriber should have."""
    found: dict[str, dict[int, dict[str, Any]]] = {part["channel"]: {} for part in subscriber.parts}
    for part, has in PARTS:
        if part in subscriber.parts:
            found[part["channel"]] |= {row["id"]: row for row in arrays[part["channel"]] if has(row)}
    return found


def _listed(subscriber: Subscriber) -> dict[str, dict[int, dict[str, Any]]]:
    """What `list_*` finds of its parts, in pages of three."""
    found: dict[str, dict[int, dict[str, Any]]] = {part["channel"]: {} for part in subscriber.parts}
    for part in subscriber.parts:
        query = {"where": part["where"], "limit": 3, "after": None}
        while True:
            page = subscriber.client.ok(f"list_{part['channel']}", query)
            found[part["channel"]] |= {row["id"]: row for row in page["records"]}
            if page["next"] is None:
                break
            query["after"] = page["next"]
    return found


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
