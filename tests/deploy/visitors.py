"""People before nginx: they know its address alone, and come back when their connection ends."""

import struct
import threading
import time
import uuid
from collections import deque
from collections.abc import Callable, Mapping
from typing import Any

import websocket
from spotter import Replica

from tests.deploy.nginx import NAME, ORIGIN, Nginx
from tests.support.packets import Event
from tests.support.socketio_client import TIMEOUT, Client, ConnectionClosed

GONE = (ConnectionClosed, OSError, websocket.WebSocketException)
AGAIN_SECONDS = 0.05


class Visitor(Client):
    """A client of the page at `NAME`: over TLS, through nginx, from the address `source`."""

    def __init__(
        self,
        nginx: Nginx,
        auth: Any = None,
        *,
        source: str = "127.0.0.1",
        origin: str = ORIGIN,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        self.namespace = "/"
        self.received = []
        self.inbox = deque()
        self.closed = False
        self.allow_stray_acks = False
        self._acks = {}
        self._last_id = 0
        self.socket = websocket.create_connection(
            f"wss://{NAME}/socket.io/?EIO=4&transport=websocket",
            socket=nginx.dial(source),
            timeout=TIMEOUT,
            origin=origin,
            header=dict(headers or {}),
        )
        self.open(auth)


def closing_code(client: Client) -> int:
    """Read until the server closes the websocket; why, as it says."""
    while True:
        opcode, frame = client.socket.recv_data_frame(control_frame=True)
        if opcode == websocket.ABNF.OPCODE_CLOSE:
            code: int = struct.unpack("!H", frame.data[:2])[0]
            return code


class Follower:
    """A synced client. `applied` is each change in the order in which it was applied, `modes` how each return began."""

    def __init__(self, nginx: Nginx, token: str) -> None:
        self._nginx = nginx
        self._token = token
        self.replica = Replica()
        self.applied: list[tuple[str, int, int]] = []
        self.modes: list[str] = []
        self.longest_return = 0.0
        self._enter()
        self.modes.clear()

    def read(self) -> None:
        """Apply what is there, and come back if the connection has ended."""
        try:
            while self.client.read(0.001):
                self._apply()
        except ConnectionClosed:
            self._apply()
            began = time.monotonic()
            self._enter()
            self.longest_return = max(self.longest_return, time.monotonic() - began)

    def close(self) -> None:
        """Leave."""
        self.client.close()

    def _enter(self) -> None:
        self.client = Visitor(self._nginx, {"token": self._token, "sync": self.replica.cursor or True})
        self.replica.take("connected", self.client.next_event("connected").args)
        answer = self.client.next_event("sync").args[0]
        assert self.replica.take_sync(answer) == "apply", f"an answer that cannot be used: {answer}"
        self.modes.append(answer["mode"])
        self._note(answer.get("changes", []))

    def _apply(self) -> None:
        for event in self.client.take():
            if isinstance(event, Event) and event.name == "changes":
                # What is dropped or has to be asked for again was doubled or missed.
                assert self.replica.take_changes(event.args[0]) == "apply", f"not what follows: {event.args[0]}"
                self._note(event.args[0]["changes"])

    def _note(self, changes: list[dict[str, Any]]) -> None:
        self.applied += [(change["channel"], change["id"], change["rev"]) for change in changes]


class Writer(threading.Thread):
    """Makes coaches until stopped, each with an op of its own; what was not acked is sent again.

    It rests for `pause` seconds between two of them.
    """

    def __init__(self, nginx: Nginx, token: str, label: str, pause: float = 0.0) -> None:
        super().__init__(name=label)
        self._nginx = nginx
        self._token = token
        self._label = label
        self._pause = pause
        self._enough = threading.Event()
        self.acked: dict[int, str] = {}
        self.drops = 0
        self.replays = 0
        self.failure: BaseException | None = None

    def run(self) -> None:
        """Write."""
        client: Visitor | None = None
        try:
            client = self._client()
            while not self._enough.is_set():
                request = {"name": f"{self._label} {len(self.acked)}", "age": 30}, {"op": str(uuid.uuid4())}
                while True:
                    try:
                        ack = client.call("new_coach", *request)
                        break
                    except GONE:
                        self.drops += 1
                        client = self._client()
                assert ack["ok"], ack
                self.replays += ack["meta"].get("replayed", False)
                self.acked[ack["data"]["id"]] = request[0]["name"]
                self._enough.wait(self._pause)
        except BaseException as failure:
            self.failure = failure
        finally:
            if client is not None:
                client.close()

    def finish(self) -> None:
        """Stop it after the write that it is at. Raises what went wrong."""
        self._enough.set()
        self.join(30)
        if self.failure is not None:
            raise self.failure

    def _client(self) -> Visitor:
        """A connection, tried again as a browser does, until stopped."""
        while True:
            try:
                return Visitor(self._nginx, {"token": self._token})
            except GONE:
                if self._enough.wait(AGAIN_SECONDS):
                    raise


def read_until(followers: list[Follower], condition: Callable[[], bool], what: str, seconds: float = TIMEOUT) -> None:
    """Let them follow until the condition holds. Raises AssertionError naming `what`."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, f"not within {seconds:g} s: {what}"
        for follower in followers:
            follower.read()
