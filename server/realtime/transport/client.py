"""One connected client of the default namespace: the data that it is sent, and its requests that wait for a commit."""

from collections.abc import Callable, Iterable, Sequence

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
    """Sends to one client so that it never gets an older state after a newer one, with a bounded backlog.

    A plain client gets the newest arrays of stale channels, one at a time as it reads. A synced client gets every
    `changes` frame; one that is too far behind misses them, and the next frame's `prev` shows it that it must sync
    again. `presence` is sent when nothing else waits, and of several frames only the newest.
    """

    def __init__(
        self, socket: WebSocket, sid: str, caller: Caller, view: View, array_frame: ArrayFrame, backlog: int
    ) -> None:
        super().__init__(socket, sid, caller)
        # What the caller may read, once it may read at all.
        self.view = view
        self.synced = False
        # Whether it is sent the gym's data.
        self.reads = False
        # `sync` of the auth object of CONNECT, until it is answered.
        self.requested_sync: object = None
        # Without, it is sent neither arrays nor changes until it asks.
        self.wants_arrays = True
        self._array_frame = array_frame
        self.outbox.on_drained = self._on_drained
        self._most_backlog = backlog
        self._stale: dict[str, None] = {}
        self._after_arrays: list[bytes] = []
        self._misses_changes = False
        # Whether it was not sent a `changes` frame, and no later one, which shows it that.
        self.has_gap = False
        self._presence: bytes | None = None
        self._pending = 0
        self._may_go_on = Event()

    def ack_frame(self, number: int, ack: Ack, with_meta: bool) -> bytes:
        """The frame of a short ack, for `send_arrays`."""
        return frame(b"43%d[%b]" % (number, ack.encode(with_meta)))

    @property
    def unsent_acks(self) -> int:
        """How many frames wait for the arrays that go before them."""
        return len(self._after_arrays)

    def send_changes(self, framed: bytes) -> None:
        """Send a `changes` frame, or skip it if the client is too far behind."""
        if self.outbox.backlog > self._most_backlog:
            self._misses_changes = True
        self.has_gap = self._misses_changes
        if not self._misses_changes:
            self.outbox.send(framed)

    def send_presence(self, framed: bytes) -> None:
        """Send a `presence` frame once nothing else waits, unless a newer one replaces it before."""
        self._presence = framed
        self._send_waiting_presence()

    def discard_presence(self) -> None:
        """Do not send a `presence` frame that waits."""
        self._presence = None

    def send_arrays(self, channels: Iterable[str], after: Sequence[bytes] = ()) -> None:
        """Send the newest arrays of `channels` if the client is sent data at all, then the frames `after`."""
        if self.reads:
            self._stale.update(dict.fromkeys(channels))
        self._after_arrays.extend(after)
        self._send_stale_arrays()

    def switch_to_changes(self) -> None:
        """Send `changes` from now on, and no arrays, not even those that wait."""
        self.synced = True
        self._stale.clear()

    def stop_reading(self) -> None:
        """Send no more data, not even what waits: the caller lost the right to read."""
        self.reads = self.synced = False
        self._stale.clear()

    def _send_stale_arrays(self) -> None:
        while self._stale and not self.outbox.backlog and not self.gone:
            channel = next(iter(self._stale))
            del self._stale[channel]
            self.outbox.send(self._array_frame(channel, self.view))
        if not self._stale and self._after_arrays:
            frames, self._after_arrays = self._after_arrays, []
            for framed in frames:
                self.outbox.send(framed)

    def _send_waiting_presence(self) -> None:
        if self._presence is not None and not self.outbox.backlog:
            framed, self._presence = self._presence, None
            self.outbox.send(framed)

    def _on_drained(self) -> None:
        self._misses_changes = False
        self._send_stale_arrays()
        self._send_waiting_presence()
        self._may_go_on.set()

    def begin_request(self) -> None:
        """Count a request that was submitted, and will be answered later."""
        self._pending += 1

    def finish_request(self, number: int | None, ack: Ack, with_meta: bool) -> None:
        """Answer a request that was submitted."""
        self._pending -= 1
        self.ack(number, ack, with_meta)
        self._may_go_on.set()

    def wait_for_answers(self) -> None:
        """Block the client's greenlet until its submitted requests are answered: what follows sees their effect."""
        self._wait_until_pending(0)

    def wait_for_room(self) -> None:
        """Block the client's greenlet while too many of its requests wait: it is read no faster than it is served."""
        self._wait_until_pending(_MOST_PENDING - 1)

    def _wait_until_pending(self, most: int) -> None:
        while self._pending > most and not self.gone:
            self._may_go_on.clear()
            self._may_go_on.wait()
