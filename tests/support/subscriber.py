"""A client that keeps parts of channels by what it is sent of them, and by nothing else."""

from collections.abc import Callable
from contextlib import closing
from typing import Any

from tests.support.gym import Gym
from tests.support.packets import Event
from tests.support.published import synced_client
from tests.support.server import Server
from tests.support.socketio_client import TIMEOUT, Client

Row = dict[str, Any]
MARKER = "A marker"


class Subscriber:
    """Its `records` by channel and id are those of all its parts together.

    It comes back with its cursor, and subscribes again when a frame does not follow on what it has.
    """

    def __init__(self, server: Server, *parts: Row, auth: Row | None = None) -> None:
        self.server = server
        self.auth = auth or {}
        self.parts: list[Row] = list(parts)
        self.records: dict[str, dict[int, Row]] = {}
        self.revs: dict[str, dict[int, int]] = {}
        self.cursor: Row | None = None
        # What it was sent in frames that it applied: (channel, type, id).
        self.seen: list[tuple[str, str, int]] = []
        self.modes: list[str] = []
        self.connect()

    def connect(self) -> None:
        """Connect, and subscribe from where it stood."""
        self._taken = 0
        self._generation = self.server.generation
        self._markers: set[int] = set()
        self.client = Client(self.server.port, auth={**self.auth, "arrays": False})
        self.client.next_event("connected")
        self.subscribe_again()

    def subscribe(self, channel: str, where: Row | None = None) -> str:
        """Subscribe to one part more; returns the mode of the answer."""
        part = {"channel": channel, "where": where or {}}
        self.parts.append(part)
        self._ask(part, None)
        return self.modes[-1]

    def unsubscribe(self, part: Row) -> None:
        """Do without a part. Its records are forgotten, and those of the others asked for anew."""
        self.client.ok("unsubscribe", part)
        self.take()
        self.parts.remove(part)
        self.cursor = None
        self.subscribe_again()

    def subscribe_again(self) -> None:
        """Ask for each part, from the cursor if there is one."""
        cursor = self.cursor
        if cursor is None:
            self.records, self.revs = {}, {}
        for part in self.parts:
            self._ask(part, cursor)
        self._markers = {row["record"]["id"] for row in self._marked()}

    def _marked(self) -> list[Row]:
        answer = self.client.ok("subscribe", {"channel": "exercise_moves", "where": {"focus": MARKER}})
        self.take()
        self.cursor = {"epoch": answer["epoch"], "seq": answer["seq"]}
        rows: list[Row] = answer["snapshot"]["exercise_moves"]
        return rows

    def read_until(self, condition: Callable[["Subscriber"], Any], what: str, timeout: float = TIMEOUT) -> None:
        """Read until the condition holds."""

        def look() -> Any:
            self.take()
            return condition(self)

        self.client.wait_for(look, f"{what} at a subscriber", timeout)

    def settle(self) -> None:
        """Read all that was written before, in whatever process: a marker is made and deleted after it."""
        with closing(synced_client(self.server)) as client:
            gym = Gym(client)
            marker: int = gym.new("exercise_move", focus=MARKER)["id"]
            self.read_until(lambda it: marker in it._markers, "the marker")
            gym.delete("exercise_move", {"id": marker})
            self.read_until(lambda it: marker not in it._markers, "its deletion")

    def catch_up(self) -> None:
        """Connect again if the server was restarted meanwhile."""
        if self.server.generation != self._generation:
            self.close()
            self.connect()

    def take(self) -> None:
        """Apply what was read."""
        while self._taken < len(self.client.received):
            packet = self.client.received[self._taken]
            self._taken += 1
            if not isinstance(packet, Event) or packet.name not in ("changes", *self.records):
                continue
            assert packet.name == "changes", f"an array for a subscriber: {packet.name}"
            self._take_changes(packet.args[0])

    @property
    def story(self) -> str:
        """What it was sent since it connected, for the message of a test that fails."""
        packets = "\n".join(map(str, self.client.received[-40:]))
        return f"A subscriber to {self.parts}, cursor {self.cursor}, was sent:\n{packets}\n"

    def close(self) -> None:
        """Leave."""
        self.client.close()

    def ids(self, channel: str) -> set[int]:
        """The ids of the records of a channel that it has."""
        return set(self.records.get(channel, {}))

    def _ask(self, part: Row, cursor: Row | None) -> None:
        answer = self.client.ok("subscribe", part if cursor is None else {**part, **cursor})
        # What was sent before the answer is older than it.
        self.take()
        self.modes.append(answer["mode"])
        channel = part["channel"]
        self.records.setdefault(channel, {})
        self.revs.setdefault(channel, {})
        if answer["mode"] == "snapshot":
            rows = answer["snapshot"].pop(channel)
            assert answer["snapshot"] == {}, "another channel than that of the part"
            assert [row["record"]["id"] for row in rows] == sorted(row["record"]["id"] for row in rows)
            if len(self.parts) == 1:
                self.records[channel], self.revs[channel] = {}, {}
            for row in rows:
                self._put(channel, row["record"], row["rev"])
        else:
            assert cursor is not None and answer["epoch"] == cursor["epoch"]
            self._apply(answer.get("changes", []))
        self.cursor = {"epoch": answer["epoch"], "seq": answer["seq"]}

    def _take_changes(self, event: Row) -> None:
        if self.cursor is None:
            return
        if event["epoch"] == self.cursor["epoch"]:
            if event["prev"] == self.cursor["seq"]:
                assert event["seq"] >= event["prev"]
                self._apply(event["changes"])
                self.cursor["seq"] = event["seq"]
                return
            if event["seq"] <= self.cursor["seq"]:
                return
        else:
            self.cursor = None
        self.subscribe_again()

    def _apply(self, changes: list[Row]) -> None:
        for change in changes:
            channel = change["channel"]
            if self._is_marker(change):
                continue
            self.seen.append((channel, change["type"], change["id"]))
            if change["type"] == "put":
                assert change["record"]["id"] == change["id"]
                self._put(channel, change["record"], change["rev"])
            else:
                self.records.setdefault(channel, {}).pop(change["id"], None)
                self.revs.setdefault(channel, {}).pop(change["id"], None)

    def _is_marker(self, change: Row) -> bool:
        if change["channel"] == "exercise_moves":
            if change["type"] == "put" and change["record"]["focus"] == MARKER:
                self._markers.add(change["id"])
                return True
            if change["id"] in self._markers:
                self._markers.discard(change["id"])
                return True
        return False

    def _put(self, channel: str, record: Row, rev: int) -> None:
        self.records.setdefault(channel, {})[record["id"]] = record
        self.revs.setdefault(channel, {})[record["id"]] = rev
