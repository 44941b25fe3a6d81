"""Requests of the campaign itself, one after the other."""

import itertools
import time
from typing import Any

from tests.faults.history import Notes
from tests.faults.link import Link

_numbers = itertools.count(1)


class Asker:
    """A connection of the campaign itself; with notes it is in the history like those of the crowd."""

    def __init__(
        self, who: str, port: int, auth: dict[str, Any], notes: Notes | None = None, kind: str = "parts"
    ) -> None:
        self._who, self._notes = who, notes
        self._number = next(_numbers)
        self._requests = itertools.count(1)
        self._acks: dict[int, Any] = {}
        self._note("open", kind=kind, via="", port=port)
        self._is_in = False
        self._link = Link(port, auth, self._take, 10)
        while not self._is_in:
            self._link.read(10)

    def ask(self, event: str, data: Any, *opts: Any) -> Any:
        """The ack."""
        number = next(self._requests)
        said = {"event": event, "data": data, "opts": opts[0] if opts else None}
        self._note("send", n=number, **said)
        self._link.request(number, event, data, *opts)
        until = time.monotonic() + 30
        while number not in self._acks:
            assert time.monotonic() < until, f"no ack of {event}"
            self._link.read(0.2)
        return self._acks[number]

    def listen(self, seconds: float) -> None:
        """Take what comes."""
        until = time.monotonic() + seconds
        while (left := until - time.monotonic()) > 0:
            self._link.read(left)

    def close(self) -> None:
        """Leave."""
        self._link.close()
        self._note("end", why="leaves")

    def _take(self, kind: str, number: int | None, arguments: list[Any]) -> None:
        if kind == "in":
            self._is_in = True
        elif kind == "ack":
            assert number is not None
            self._acks[number] = arguments[0]
            self._note("ack", n=number, ack=arguments[0])
        elif kind == "event":
            name, *args = arguments
            said = {"hash": "", "args": args} if name.endswith("s") and name != "changes" else {"args": args}
            self._note("event", name=name, **said)

    def _note(self, what: str, **said: Any) -> None:
        if self._notes is not None:
            self._notes.note(self._who, what, self._number, **said)
