"""One connected client of a namespace: its caller, its events and its acks."""

from server.realtime.protocol.ack import Ack
from server.realtime.protocol.caller import Caller
from server.realtime.transport.outbox import frame, header
from server.realtime.transport.websocket import WebSocket

# Data of an ack from this size on is not copied: while many clients wait for the same snapshot, it is in memory once.
_SHARED_BYTES = 32_768


class NamespaceClient:
    """Sends at once, whatever else waits. One websocket may be a client of several namespaces."""

    def __init__(self, socket: WebSocket, sid: str, caller: Caller, namespace: str = "/") -> None:
        self.socket = socket
        self.sid = sid
        self.caller = caller
        self.outbox = socket.outbox
        self._prefix = b"" if namespace == "/" else namespace.encode() + b","

    @property
    def gone(self) -> bool:
        """Whether the connection has ended."""
        return self.outbox.closed

    def emit(self, event: str, payload: bytes) -> None:
        """Send an event with one argument, encoded as JSON."""
        self.outbox.send(frame(b'42%b["%b",%b]' % (self._prefix, event.encode(), payload)))

    def ack(self, number: int | None, ack: Ack, with_meta: bool) -> None:
        """Send the ack `number`; without a number the request asked for none."""
        if number is None:
            return
        before, data, after = ack.parts(with_meta)
        before, after = b"43%b%d[%b" % (self._prefix, number, before), after + b"]"
        if len(data) < _SHARED_BYTES:
            self.outbox.send(frame(before + data + after))
        else:
            self.outbox.send(header(len(before) + len(data) + len(after)) + before)
            self.outbox.send(data)
            self.outbox.send(after)

    def wait_for_answers(self) -> None:
        """Block this client's greenlet until its earlier requests are answered."""
