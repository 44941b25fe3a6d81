"""A connection that is made again and again, and requests over it."""

import random
import threading
import time
from collections.abc import Callable, Mapping
from typing import Any

import socketio
from socketio.exceptions import ConnectionError as NotConnected
from socketio.exceptions import SocketIOError

from spotter.replica import Row

# For how long an answer is waited for, in seconds.
ANSWER = 10.0
# The server says something at least every 5 s to whoever keeps a copy: after this time the connection is given up. The
# library itself may take half a minute to notice an end that comes while it sends.
SILENCE = 12.0
# How soon a connection that could not be made is tried again, and what the pauses between tries grow to.
AGAIN, LONGEST = 1.0, 30.0

Handler = Callable[[Any], None]


class Connection:
    """Connects by itself until `close()`. `auth` is asked for what to say at each connect.

    `turn` is notified when it begins, ends, or an answer comes. `handlers` are called with what an event says, on
    threads of the library: one event may overtake another. Those of "connected" and "disconnect" say when it begins
    and ends.
    """

    def __init__(
        self,
        url: str,
        turn: threading.Condition,
        auth: Callable[[], Row],
        handlers: Mapping[str, Handler],
    ) -> None:
        self._url, self._auth = url, auth
        self._turn = turn
        self._handlers = handlers
        # The one whose events count; None between two.
        self._socket: socketio.Client | None = None
        self._heard = 0.0
        self._is_closed = False
        self.is_open = False
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def request(self, *event: Any) -> Row | None:
        """The ack; None if there is no connection, it ended before, or was silent for 10 s."""
        answers: list[Row] = []

        def answered(ack: Row) -> None:
            with self._turn:
                answers.append(ack)
                self._turn.notify_all()

        with self._turn:
            socket = self._socket if self.is_open else None
        if socket is None:
            return None
        try:
            socket.emit(event[0], event[1:], callback=answered)
        except SocketIOError:
            return None
        with self._turn:
            self._turn.wait_for(lambda: answers or self._socket is not socket, ANSWER)
            return answers[0] if answers else None

    def close(self) -> None:
        """End it, for good. Not to be called by a handler."""
        with self._turn:
            self._is_closed = True
            self._turn.notify_all()
        self._thread.join(ANSWER)

    def _run(self) -> None:
        pause = AGAIN
        while not self._is_closed:
            if self._lasted():
                pause = AGAIN
            with self._turn:
                self._turn.wait_for(lambda: self._is_closed, pause * random.uniform(0.5, 1.5))
            pause = min(2 * pause, LONGEST)

    def _lasted(self) -> bool:
        """Connect, and return when that has ended; whether there was a connection at all."""
        socket = socketio.Client(reconnection=False, handle_sigint=False)
        for event, handler in self._handlers.items():
            socket.on(event, self._heeded(socket, event, handler))
        with self._turn:
            self._socket, self._heard = socket, time.monotonic()
        try:
            socket.connect(self._url, auth=self._auth, transports=["websocket"])
            with self._turn:
                while self._socket is socket and not self._is_closed and (left := self._patience()) > 0:
                    self._turn.wait(left)
        except NotConnected:
            pass
        with self._turn:
            lasted, self.is_open, self._socket = self.is_open, False, None
            self._handlers["disconnect"](None)
            self._turn.notify_all()
        # What is left of it may take its time.
        dropping = threading.Thread(target=_drop, args=(socket,), daemon=True)
        dropping.start()
        if self._is_closed:
            dropping.join(ANSWER)
        return lasted

    def _patience(self) -> float:
        return self._heard + SILENCE - time.monotonic()

    def _heeded(self, socket: socketio.Client, event: str, handler: Handler) -> Callable[..., None]:
        """The handler, as long as this is the connection that counts."""

        def heed(said: Any = None, *_: Any) -> None:
            with self._turn:
                if self._socket is not socket:
                    return
                self._heard = time.monotonic()
                if event == "connected":
                    handler(said)
                    self.is_open = True
                elif event == "disconnect":
                    self._socket = None
                self._turn.notify_all()
            if event not in ("connected", "disconnect"):
                handler(said)

        return heed


def _drop(socket: socketio.Client) -> None:
    socket.disconnect()
    # The library leaves it open if the other end went first.
    if (websocket := getattr(socket.eio, "ws", None)) is not None:
        websocket.close()
