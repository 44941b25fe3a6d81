"""A Socket.IO client that hides nothing: one websocket, read by the test itself, every packet kept in order."""

import time
from collections import deque
from collections.abc import Callable, Iterable
from typing import Any

from server import resources
from server.realtime.resource.resource import Resource
from tests.support import packets
from tests.support.acks import assert_failure, assert_success
from tests.support.connection import TIMEOUT, Connection, ConnectionClosed
from tests.support.packets import Ack, Connected, Disconnected, Event, Packet, Refused

# The base contract's; and those that plain clients are sent, and all, as the server knows them: a resource that is
# added to its folder comes after the contract's.
CONTRACT = ("coaches", "workout_plans", "exercise_moves", "schedules")
resources.load()
_ADDED = [resource for channel, resource in Resource.registry.items() if channel not in CONTRACT]
CHANNELS = (*CONTRACT, *(resource.channel for resource in _ADDED if resource.arrays))
SYNCED = (*CONTRACT, *(resource.channel for resource in _ADDED))

# Passwords that tests set. Neither they nor any hash may be in a frame: every frame of every test is looked at.
PASSWORD = "correct horse battery staple"
NEW_PASSWORD = "another pony charger paperclip"
SECRETS = ("$argon2", "argon2id", PASSWORD, NEW_PASSWORD)


class ConnectionRefused(Exception):
    """The namespace did not let the client in; the argument is what it said."""


class Client(Connection):
    """One connection. `received` is every packet in order; `inbox` the events that no one has taken yet.

    `options` are those of a connection.
    """

    def __init__(
        self, port: int, *, auth: Any = None, namespace: str = "/", enter: bool = True, **options: Any
    ) -> None:
        super().__init__(port, **options)
        self.namespace = namespace
        self.received: list[Packet] = []
        self.inbox: deque[Event] = deque()
        # Frames that are malformed but have an ack id may be answered, though nobody waits for it.
        self.allow_stray_acks = False
        self._acks: dict[int, list[Any]] = {}
        self._last_id = 0
        self.open(auth, enter)

    def open(self, auth: Any, enter: bool = True) -> None:
        """Read the opening, and join the namespace. Closes the socket when that fails."""
        try:
            opening = self.socket.recv()
            assert isinstance(opening, str) and opening.startswith("0"), f"not an Engine.IO opening: {opening!r}"
            self.opening = packets.decode(opening[1:])
            if enter:
                self.enter(auth)
        except BaseException:
            self.close()
            raise

    def enter(self, auth: Any = None) -> None:
        """Join the namespace. Raises ConnectionRefused."""
        where = "" if self.namespace == "/" else self.namespace + ","
        self.send(f"40{where}{'' if auth is None else packets.encode(auth)}")
        self.wait_for(lambda: self.received, "an answer to CONNECT")
        first = self.received[0]
        if isinstance(first, Refused):
            raise ConnectionRefused(first.reason)
        assert isinstance(first, Connected), f"before the namespace let us in came {first}"
        self.sid = first.sid

    def emit(self, event: str, *args: Any) -> int:
        """Send an event that asks for an ack; returns the ack's id."""
        self._last_id += 1
        self.request(self._last_id, packets.event(event, args, self.namespace, self._last_id))
        return self._last_id

    def emit_raw(self, body: str) -> int:
        """Send an event whose JSON is this text, asking for an ack; returns the ack's id."""
        self._last_id += 1
        where = "" if self.namespace == "/" else self.namespace + ","
        self.request(self._last_id, f"42{where}{self._last_id}{body}")
        return self._last_id

    def request(self, number: int, frame: str) -> None:
        """Send a frame that asks for an ack with this id."""
        self._acks[number] = []
        self.send(frame)

    def answered(self, number: int) -> bool:
        """Whether the ack has been read already."""
        return bool(self._acks[number])

    def tell(self, event: str, *args: Any) -> None:
        """Send an event that asks for no ack."""
        self.send(packets.event(event, args, self.namespace))

    def ack(self, number: int, timeout: float = TIMEOUT) -> Any:
        """Wait for the answer to a request. Acks of one argument are unpacked; all of the contract's are."""
        self.wait_for(lambda: self._acks[number], f"ack {number}", timeout)
        args = self._acks[number][0]
        assert len(args) == 1, f"an ack has one argument, not {args!r}"
        return args[0]

    def call(self, event: str, *args: Any, timeout: float = TIMEOUT) -> Any:
        """Send a request and return its ack."""
        return self.ack(self.emit(event, *args), timeout)

    def ok(self, event: str, *args: Any) -> Any:
        """Send a request that must succeed; returns its data."""
        ack = self.call(event, *args)
        assert_success(ack, extended=len(args) > 1)
        return ack["data"]

    def fails(self, event: str, *args: Any) -> dict[str, Any]:
        """Send a request that must fail; returns its errors."""
        ack = self.call(event, *args)
        assert_failure(ack, extended=len(args) > 1)
        errors: dict[str, Any] = ack["errors"]
        return errors

    def pipeline(self, requests: Iterable[tuple[Any, ...]], window: int = 100) -> list[Any]:
        """Send requests (event, *args) without waiting for each; returns the acks in order."""
        numbers: list[int] = []
        for event, *args in requests:
            numbers.append(self.emit(event, *args))
            # Neither side may end up sending to one that does not read.
            if len(numbers) > window:
                self.ack(numbers[-window])
        return [self.ack(number) for number in numbers]

    def next_event(self, name: str, timeout: float = TIMEOUT) -> Event:
        """Take the first event with this name out of the inbox, waiting for it."""
        found: list[Event] = []

        def look() -> list[Event]:
            found.extend(event for event in self.inbox if event.name == name)
            return found

        self.wait_for(look, f"event {name}", timeout)
        self.inbox.remove(found[0])
        return found[0]

    def next_changes(self) -> list[dict[str, Any]]:
        """The changes of the next event that has any: after seconds of silence the server sends one without."""
        while not (changes := self.next_event("changes").args[0]["changes"]):
            pass
        found: list[dict[str, Any]] = changes
        return found

    def take(self) -> list[Event]:
        """Take all that is in the inbox, without waiting."""
        events = list(self.inbox)
        self.inbox.clear()
        return events

    def welcome(self) -> tuple[dict[str, Any], dict[str, list[dict[str, Any]]]]:
        """What every plain client is sent first: `connected`, then each channel."""
        self.wait_for(lambda: len(self.inbox) > len(CHANNELS), "connected and the arrays")
        first, *rest = [self.inbox.popleft() for _ in range(1 + len(CHANNELS))]
        assert first.name == "connected" and tuple(event.name for event in rest) == CHANNELS
        return first.args[0], {event.name: event.args[0] for event in rest}

    def wait_for(self, condition: Callable[[], Any], what: str, timeout: float = TIMEOUT) -> None:
        """Read until the condition holds. Raises AssertionError naming `what`, or ConnectionClosed."""
        deadline = time.monotonic() + timeout
        while not condition():
            if not self.read(deadline - time.monotonic()):
                last = self.received[-1] if self.received else None
                raise AssertionError(f"no {what} within {timeout:g} s; the last packet was {str(last)[:300]}")

    def round_trip(self) -> None:
        """Return when everything sent before has been handled: one client's requests are answered in order."""
        self.call("a round trip")

    def assert_one_ack_each(self) -> None:
        """Every request so far has exactly one ack, no ack is for anything else, and they came in order."""
        counts = {number: len(answers) for number, answers in self._acks.items() if len(answers) != 1}
        assert not counts, f"requests and how many acks they got: {counts}"

    def _take_frame(self, frame: str | bytes) -> None:
        assert isinstance(frame, str), f"a binary frame: {frame[:100]!r}"
        for secret in SECRETS:
            assert secret not in frame, f"a secret left the server: {frame[:300]}"
        if frame == "2":
            self.send("3")
        elif frame == "1" or not frame:
            self.close()
            raise ConnectionClosed
        elif frame.startswith("4"):
            packet = packets.parse(frame)
            self.received.append(packet)
            if isinstance(packet, Event):
                self.inbox.append(packet)
            elif isinstance(packet, Ack):
                assert packet.id in self._acks or self.allow_stray_acks, f"an ack that nobody asked for: {packet}"
                self._acks.setdefault(packet.id, []).append(packet.args)
            elif isinstance(packet, Disconnected):
                self.close()
                raise ConnectionClosed
