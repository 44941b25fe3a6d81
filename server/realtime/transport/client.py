"""One connected client on the default namespace: what it is told, and in which form."""

from collections.abc import Callable
from collections.abc import Iterable
from collections.abc import Sequence

from gevent.event import Event

from server.realtime.protocol.ack import Ack
from server.realtime.protocol.caller import Caller
from server.realtime.resource.view import View
from server.realtime.transport.namespace_client import NamespaceClient
from server.realtime.transport.outbox import frame
from server.realtime.transport.websocket import WebSocket

# Writes that one client may have waiting for their commit; the next one is read when one of them is answered.
_MOST_PENDING = 64

# The frame that carries a channel's newest array, as far as it is in the view.
ArrayFrame = Callable[[str, View], bytes]


class Client(NamespaceClient):
    """Sends to one client so that it never gets an older state after a newer one, and never more than it takes.

    A plain client is told which channels are stale; it gets their newest arrays, one at a time as it reads. A synced
    client gets every `changes` frame; one that is too far behind misses them, and learns from the next frame's `prev`
    that it must sync again. `presence` goes out when nothing else waits, and of several only the newest.
    """

    def __init__(
        self, socket: WebSocket, sid: str, caller: Caller, view: View, array_frame: ArrayFrame, backlog: int
    ) -> None:
        super().__init__(socket, sid, caller)
        # What the caller may read, once it may read at all.
        self.view = view
        self.synced = False
        # Whether it may have the gym's data, and is sent it.
        self.reads = False
        self._array_frame = array_frame
        self.outbox.on_drained = self._on_drained
        self._most_backlog = backlog
        self._stale: dict[str, None] = {}
        self._after_arrays: list[bytes] = []
        self._lags = False
        self._presence: bytes | None = None
        self._pending = 0
        self._calm: Event | None = None

    def ack_frame(self, number: int, ack: Ack, with_meta: bool) -> bytes:
        """The frame of a short ack, for `show`."""
        return frame(b"43%d[%b]" % (number, ack.encode(with_meta)))

    @property
    def unsent_acks(self) -> int:
        """How many frames wait for the arrays that go before them."""
        return len(self._after_arrays)

    def push_changes(self, framed: bytes) -> None:
        """Send a `changes` frame, or skip it if the client is too far behind."""
        if self.outbox.backlog > self._most_backlog:
            self._lags = True
        if not self._lags:
            self.outbox.send(framed)

    def show_presence(self, framed: bytes) -> None:
        """Let the client have this `presence` once it has read what waits for it, unless a newer one comes first."""
        self._presence = framed
        self._send_presence()

    def drop_presence(self) -> None:
        """It must not be told any more who is here: not even what waits to be sent."""
        self._presence = None

    def show(self, channels: Iterable[str], after: Sequence[bytes] = ()) -> None:
        """Let the client have the newest arrays of `channels` if it may, then the frames `after`."""
        if self.reads:
            self._stale.update(dict.fromkeys(channels))
        self._after_arrays.extend(after)
        self._send_arrays()

    def sync(self) -> None:
        """From now on `changes`, and no arrays: not even those that it has not taken yet."""
        self.synced = True
        self._stale.clear()

    def forget(self) -> None:
        """It lost the right to read: no more data, not even what was waiting to be sent."""
        self.reads = self.synced = False
        self._stale.clear()

    def _send_arrays(self) -> None:
        while self._stale and not self.outbox.backlog and not self.gone:
            channel = next(iter(self._stale))
            del self._stale[channel]
            self.outbox.send(self._array_frame(channel, self.view))
        if not self._stale and self._after_arrays:
            frames, self._after_arrays = self._after_arrays, []
            for framed in frames:
                self.outbox.send(framed)

    def _send_presence(self) -> None:
        if self._presence is not None and not self.outbox.backlog:
            framed, self._presence = self._presence, None
            self.outbox.send(framed)

    def _on_drained(self) -> None:
        self._lags = False
        self._send_arrays()
        self._send_presence()
        self._relax()

    def begin(self) -> None:
        """A request of this client was submitted, and will be answered later."""
        self._pending += 1

    def finish(self, number: int | None, ack: Ack, with_meta: bool) -> None:
        """Answer a submitted request."""
        self._pending -= 1
        self.ack(number, ack, with_meta)
        self._relax()

    def wait_for_answers(self) -> None:
        """Block this client's greenlet until its submitted requests are answered: what follows sees their effect."""
        self._wait(lambda: self._pending == 0)

    def wait_for_room(self) -> None:
        """Block this client's greenlet while too many of its requests wait: it is read no faster than it is served."""
        self._wait(lambda: self._pending < _MOST_PENDING)

    def _wait(self, done: Callable[[], bool]) -> None:
        while not done() and not self.gone:
            self._calm = Event()
            self._calm.wait()
        self._calm = None

    def _relax(self) -> None:
        if self._calm is not None:
            self._calm.set()
