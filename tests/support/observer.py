"""A client that watches from before a test to after it, and what it saw."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from typing import Any

from spotter import Replica

from tests.support.packets import Event
from tests.support.server import Server
from tests.support.socketio_client import CHANNELS, TIMEOUT, Client, ConnectionClosed


@dataclass(frozen=True)
class Seen:
    """One array, or one change, that arrived: its channel and the ids in it."""

    channel: str
    ids: frozenset[int]


class Observer:
    """Applies all it is sent to its replica: whole arrays if plain, `changes` if synced.

    Survives a restart of the server as a client would: by connecting again, a synced one with its cursor.
    """

    def __init__(
        self, server: Server, *, synced: bool, auth: dict[str, Any] | None = None, names: Collection[str] = CHANNELS
    ) -> None:
        self.server = server
        self.synced = synced
        self.auth = auth or {}
        self.replica = Replica(names=names)
        self.seen: list[Seen] = []
        self.resyncs = 0
        self._taken = 0
        self._connect()

    def read_until(self, condition: Callable[[Replica], Any], what: str, timeout: float = TIMEOUT) -> None:
        """Read until the replica fulfils the condition."""

        def look() -> Any:
            self._take()
            return condition(self.replica)

        who = "synced" if self.synced else "plain"
        self.client.wait_for(look, f"{what} at the {who} observer", timeout)

    def read_until_sees(self, channels: Iterable[str]) -> None:
        """Read until something came on each of the channels."""
        self.read_until(lambda _: {seen.channel for seen in self.seen} >= set(channels), " and ".join(channels))

    def catch_up(self) -> None:
        """Connect again if the server was restarted meanwhile; a connection may end for no other reason."""
        try:
            while self.client.read(0.001):
                pass
        except ConnectionClosed:
            pass
        self._take()
        if self.server.generation != self._generation:
            self.come_back()
        assert not self.client.closed, "the server closed the connection of a client that only watched"

    @property
    def story(self) -> str:
        """What it was sent since it connected, for the message of a test that fails."""
        who = "synced" if self.synced else "plain"
        packets = "\n".join(map(str, self.client.received[-40:]))
        return f"The {who} client at port {self.client.port}, cursor {self.replica.cursor}, was sent:\n{packets}\n"

    def come_back(self) -> None:
        """Connect again: a synced one goes on from its cursor."""
        self.client.close()
        self._connect()

    def close(self) -> None:
        """Leave."""
        self.client.close()

    def _connect(self) -> None:
        self._generation = self.server.generation
        self._taken = 0
        if self.synced:
            self.client = Client(self.server.port, auth={**self.auth, "sync": self.replica.cursor or True})
            self.replica.take("connected", self.client.next_event("connected").args)
            answer = self.client.next_event("sync").args[0]
            assert self.replica.take_sync(answer) == "apply", f"an answer that cannot be used: {answer}"
            self._taken = len(self.client.received)
        else:
            self.client = Client(self.server.port, auth=self.auth or None)
            self.client.welcome()
            self.replica.channels = {}
            self._take()

    def _take(self) -> None:
        """Apply what has been read since the last time. `received` keeps all of it, whoever took the inbox."""
        for packet in self.client.received[self._taken :]:
            self._taken += 1
            if not isinstance(packet, Event) or (verdict := self.replica.take(packet.name, packet.args)) is None:
                continue
            data = packet.args[0]
            if packet.name == "changes":
                self.seen += [Seen(change["channel"], frozenset([change["id"]])) for change in data["changes"]]
            elif packet.name != "sync":
                self.seen.append(Seen(packet.name, frozenset(record["id"] for record in data)))
            if verdict == "resync":
                self.resyncs += 1
                self.replica.take_sync(self.client.ok("sync", self.replica.cursor))
