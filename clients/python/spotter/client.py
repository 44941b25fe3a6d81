"""What a program uses: the live copy, reads, and writes that happen once, whatever the network does."""

import threading
import uuid
from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path
from typing import Any

from spotter.connection import AGAIN, Connection, Handler
from spotter.queue import Queue
from spotter.replica import Replica, Row, Verdict

# What is no answer to a write: the same one may succeed later.
_LATER = ("unavailable", "rate_limited")


class NoAnswer(Exception):
    """There is no connection, or nothing was said for 10 s."""


class Refused(Exception):
    """The server answered a read with `ok: false`; `ack` is all that it said."""

    def __init__(self, ack: Row) -> None:
        super().__init__(ack["errors"]["errors"])
        self.ack = ack


class Spotter:
    """Connects by itself, again and again until `close()`; only `ask` and the waiting methods need a connection.

    Writes go out one after the other, in the order they were made, each under an op: one whose answer was lost is sent
    again, and the server does it once. With `queue`, a file, those that were not answered survive the program; the next
    Spotter of this file sends them. `on_change` is called after each change of the copy, on a thread of the connection.
    """

    def __init__(
        self,
        url: str,
        *,
        token: str | None = None,
        queue: Path | None = None,
        on_change: Callable[[], None] | None = None,
    ) -> None:
        self._token = {} if token is None else {"token": token}
        self._queue = Queue(queue)
        self._on_change = on_change or (lambda: None)
        self._replica = Replica()
        # Of the copy, the queue and the answers; who waits looks again after each change of them.
        self._turn = threading.Condition()
        self._is_closed = self._is_complete = self._is_syncing = False
        self._early: list[Row] = []
        self._outcomes: dict[str, Future[Row]] = {}
        self._own: dict[tuple[str, Any], Row] = {}
        # The newest commit of this client's own.
        self._wrote = 0
        handlers: dict[str, Handler] = {
            "connected": self._on_connected,
            "disconnect": self._on_disconnect,
            "sync": lambda answer: self._take(self._replica.take_sync, answer),
            "changes": lambda event: self._take(self._replica.take_changes, event),
        }
        # Nothing is taken before there is this attribute.
        with self._turn:
            self._connection = Connection(url, self._turn, self._auth, handlers)
        threading.Thread(target=self._send, daemon=True).start()

    @property
    def cursor(self) -> Row | None:
        """The commit that the copy is complete up to, `{epoch, seq}`; None before the first."""
        with self._turn:
            return self._replica.cursor

    @property
    def waiting(self) -> list[Row]:
        """The writes that were not answered, `{op, event, data, base}`, in the order in which they go out."""
        with self._turn:
            return [dict(write) for write in self._queue.writes]

    def all(self, channel: str) -> list[Row]:
        """The records of a channel by id, as of `cursor`; none before the first answer. Not to be changed."""
        with self._turn:
            return self._replica.arrays.get(channel, [])

    def get(self, channel: str, number: int) -> Row | None:
        """A record as of `cursor`. Not to be changed."""
        with self._turn:
            return self._replica.channels.get(channel, {}).get(number, (None, None))[1]

    def rev(self, channel: str, number: int) -> int | None:
        """The rev of a record: the `base` of an edit that starts from what the copy shows."""
        with self._turn:
            return self._replica.channels.get(channel, {}).get(number, (None, None))[0]

    def write(self, event: str, data: Any, base: int | None = None) -> Future[Row]:
        """Queue a request that writes. The future's result is the ack, also one that refuses; it may be long in coming.

        With a `base` it is a conflict if somebody else has changed the same fields since, never if this client has.
        """
        write = {"op": str(uuid.uuid4()), "event": event, "data": data, "base": base}
        outcome: Future[Row] = Future()
        with self._turn:
            self._queue.add(write)
            self._outcomes[str(write["op"])] = outcome
            self._turn.notify_all()
        return outcome

    def ask(self, event: str, data: Any = None) -> Any:
        """The `data` of a read's answer: `ask("list_coaches", {"where": {"age": {"lt": 30}}})`.

        Raises Refused or NoAnswer.
        """
        ack = self._connection.request(event, data)
        if ack is None:
            raise NoAnswer(f"no answer to {event}")
        if not ack["ok"]:
            raise Refused(ack)
        return ack["data"]

    def wait(self, condition: Callable[[], Any], seconds: float = 30.0) -> None:
        """Return once the condition holds of the copy and the queue. Raises TimeoutError."""
        with self._turn:
            if not self._turn.wait_for(condition, seconds):
                raise TimeoutError(f"not within {seconds:g} s")

    def wait_until_complete(self, seconds: float = 30.0) -> None:
        """Return once no write waits, and the copy is up to date and has all of them. Raises TimeoutError."""

        def is_complete() -> bool:
            known = (self._replica.cursor or {"seq": 0})["seq"] >= self._wrote
            return self._is_complete and known and not self._queue.writes

        self.wait(is_complete, seconds)

    def close(self) -> None:
        """Leave. Writes that wait stay in the queue's file; their futures are cancelled."""
        with self._turn:
            self._is_closed = True
            for outcome in self._outcomes.values():
                outcome.cancel()
            self._turn.notify_all()
        self._connection.close()

    def _auth(self) -> Row:
        return {**self._token, "sync": self.cursor or True}

    def _send(self) -> None:
        """Send the first write until it is answered, then the next, until `close()`."""
        while True:
            with self._turn:
                self._turn.wait_for(lambda: self._is_closed or (self._connection.is_open and self._queue.writes))
                if self._is_closed:
                    return
                write = self._queue.writes[0]
            ack = self._connection.request(write["event"], write["data"], {"op": write["op"], "base": write["base"]})
            meta = {} if ack is None else ack["meta"]
            if ack is None or meta.get("code") in _LATER:
                with self._turn:
                    self._turn.wait_for(lambda: self._is_closed, meta.get("retry_after", AGAIN))
            elif meta.get("code") == "conflict" and self._is_own(write, meta):
                write["base"] = meta["rev"]
            else:
                self._answered(write, ack)

    def _is_own(self, write: Row, meta: Row) -> bool:
        """Whether the fields in conflict are as this client itself has left them."""
        left, now = self._own.get(_named(write), {}), meta.get("current") or {}
        return bool(now) and all(field in left and left[field] == now[field] for field in meta["fields"])

    def _answered(self, write: Row, ack: Row) -> None:
        with self._turn:
            self._queue.drop()
            # What this client left is of use as long as later writes of the same record wait.
            later = {_named(waiting) for waiting in self._queue.writes}
            self._own = {name: left for name, left in self._own.items() if name in later}
            if ack["ok"] and _named(write) in later:
                self._own[_named(write)] = self._own.get(_named(write), {}) | _left(write, ack["data"])
            self._wrote = max(self._wrote, ack["meta"].get("seq") or 0)
            outcome = self._outcomes.pop(write["op"], None)
            self._turn.notify_all()
        if outcome is not None and outcome.set_running_or_notify_cancel():
            outcome.set_result(ack)

    def _on_connected(self, told: Row) -> None:
        self._replica.embeds = told.get("embeds", {})

    def _on_disconnect(self, _: None) -> None:
        self._is_complete = self._is_syncing = False

    def _take(self, take: Callable[[Row], Verdict], said: Row) -> None:
        """Take what was said, or ask for what was missed; what is said while that is on its way is taken after it."""
        with self._turn:
            # How copies follow is said first, which another thread may not have taken yet.
            self._turn.wait_for(lambda: self._is_closed or self._connection.is_open, AGAIN)
            if self._is_syncing:
                self._early.append(said)
                return
            verdict = take(said)
            self._is_complete = verdict != "resync"
            self._is_syncing = verdict == "resync"
            self._turn.notify_all()
        if verdict == "apply":
            self._on_change()
        elif verdict == "resync":
            self._ask_for_missed()

    def _ask_for_missed(self) -> None:
        ack = self._connection.request("sync", self.cursor)
        with self._turn:
            self._is_syncing = False
            early, self._early = self._early, []
        if ack is None or not ack["ok"]:
            # The next connection brings it, or the next event is a gap again.
            return
        self._take(self._replica.take_sync, ack["data"])
        for event in sorted(early, key=lambda event: int(event["seq"])):
            self._take(self._replica.take_changes, event)


def _named(write: Row) -> tuple[str, Any]:
    """What a write is about: the singular of its event, and the id."""
    data = write["data"]
    return write["event"].partition("_")[2], data.get("id") if isinstance(data, dict) else data


def _left(write: Row, record: Row) -> Row:
    """What the fields that a write has set are in the record after it."""
    sent = write["data"].keys() if isinstance(write["data"], dict) else ()
    return {field: value for field, value in record.items() if field in sent or f"{field}_id" in sent}
