"""What the other processes of the gym say of who is with them. The bus may lose any of it, so it is said again."""

import logging
import time
from collections.abc import Callable
from collections.abc import Iterable

from server.database.bus import HELLO
from server.database.bus import Bus
from server.realtime.presence import roster
from server.realtime.presence.roster import Entry

logger = logging.getLogger("spotter.presence")

_TOPIC = "presence"


class Peers:
    """Tells the other processes of this one's clients, and knows theirs.

    A list counts for `lease` seconds; a process says its own again three times as often. `changed()` is called when
    another process says something new, or has just begun to listen.
    """

    def __init__(self, bus: Bus, lease: float, changed: Callable[[], None]) -> None:
        self._bus = bus
        self._lease = lease
        self._changed = changed
        # By process: when it was heard, and its clients.
        self._heard: dict[str, tuple[float, list[Entry]]] = {}
        self._told = b""
        # When the other processes want to be told again, on the monotonic clock.
        self.due = 0.0
        bus.on(_TOPIC, self._hear)
        bus.on(HELLO, self._introduce)

    def tell(self, entries: Iterable[Entry]) -> None:
        """These are this process's clients; sent if that is new, or due again."""
        now = time.monotonic()
        payload = roster.encode(entries)
        if payload != self._told or now >= self.due:
            self._told, self.due = payload, now + self._lease / 3
            self._bus.send(_TOPIC, payload)

    @property
    def entries(self) -> list[Entry]:
        """The clients of all processes that were heard within the lease."""
        oldest = time.monotonic() - self._lease
        self._heard = {process: known for process, known in self._heard.items() if known[0] > oldest}
        return [entry for _, entries in self._heard.values() for entry in entries]

    def _hear(self, process: str, payload: bytes) -> None:
        try:
            entries = roster.decode(payload)
        except ValueError:
            logger.warning("what process %s said of its clients could not be read", process)
            return
        is_news = process not in self._heard or self._heard[process][1] != entries
        self._heard[process] = (time.monotonic(), entries)
        if is_news:
            self._changed()

    def _introduce(self, process: str, payload: bytes) -> None:
        self.due = 0.0
        self._changed()
