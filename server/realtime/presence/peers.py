"""The clients of the peers, as they send them over the bus; sent again and again, as the bus may lose a message."""

import logging
import time
from collections.abc import Callable, Iterable

from server.database.bus import HELLO, Bus
from server.realtime.presence import roster
from server.realtime.presence.roster import Entry

logger = logging.getLogger("spotter.presence")

_TOPIC = "presence"


class Peers:
    """Sends this process's clients to the peers, and has theirs.

    A list is valid for `lease` seconds, and sent again after a third of that. `changed()` is called when a peer's list
    differs from its last, and when a peer has started.
    """

    def __init__(self, bus: Bus, lease: float, changed: Callable[[], None]) -> None:
        self._bus = bus
        self._lease = lease
        self._changed = changed
        # By process: when its list arrived, on the monotonic clock, and the list.
        self._lists: dict[str, tuple[float, list[Entry]]] = {}
        self._sent = b""
        # When to send the list again, on the monotonic clock.
        self.due = 0.0
        bus.on(_TOPIC, self._receive)
        bus.on(HELLO, self._greet)

    def send(self, entries: Iterable[Entry]) -> None:
        """Send this process's clients, if they changed or are due."""
        now = time.monotonic()
        payload = roster.encode(entries)
        if payload != self._sent or now >= self.due:
            self._sent, self.due = payload, now + self._lease / 3
            self._bus.send(_TOPIC, payload)

    @property
    def entries(self) -> list[Entry]:
        """The clients of all peers whose lists are valid."""
        oldest = time.monotonic() - self._lease
        self._lists = {process: arrived for process, arrived in self._lists.items() if arrived[0] > oldest}
        return [entry for _, entries in self._lists.values() for entry in entries]

    def _receive(self, process: str, payload: bytes) -> None:
        try:
            entries = roster.decode(payload)
        except ValueError:
            logger.warning("what process %s said of its clients could not be read", process)
            return
        is_new = process not in self._lists or self._lists[process][1] != entries
        self._lists[process] = (time.monotonic(), entries)
        if is_new:
            self._changed()

    def _greet(self, process: str, payload: bytes) -> None:
        self.due = 0.0
        self._changed()
