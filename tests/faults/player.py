"""One client of the campaign: connects, writes, loses its connection, comes back, and in the end says what it has."""

import random
import time
from collections.abc import Sequence
from typing import Any, NamedTuple

from tests.faults.copies import ARRAYS, KINDS, Row
from tests.faults.history import Notes, digest
from tests.faults.link import Ended, Link
from tests.faults.writes import CHANNELS, Writes

# Answers that leave a write undone for now: the same one may succeed later.
LATER = ("unavailable", "rate_limited")
# For how long a request may go unanswered before the client gives its connection up.
PATIENCE = 8.0
_SILENCE = 15.0
_WINDOW = 3


class Write(NamedTuple):
    """A write that was not answered for good."""

    event: str
    data: Any
    opts: Row


class Player:
    """`ports` are where it may connect, one after the other; `via` says what is between, for the history."""

    def __init__(
        self,
        who: str,
        kind: str,
        ports: Sequence[int],
        notes: Notes,
        seed: str,
        *,
        via: str = "",
        pace: float = 0.03,
        patience: float = PATIENCE,
    ) -> None:
        self.who, self._ports, self._notes, self._via = who, list(ports), notes, via
        self._chance = random.Random(f"{seed} {who}")
        self.copy = KINDS[kind](self._ask)
        self._learned: dict[str, set[int]] = {channel: set() for channel in CHANNELS.values()}
        self._writes = Writes(who, self._chance, self._known, self.copy.rev)
        self._link: Link | None = None
        self._number = self._requests = 0
        self._pace, self._patience = pace, patience
        self.token: str | None = None
        # Writes with an op, to be sent again until they are answered; and what each request that waits was.
        self._queue: list[Write] = []
        self._pending: dict[int, tuple[float, str, Any, Write | None]] = {}
        self._next = 0.0
        self._window = _WINDOW
        self._opened = 0.0
        self.is_in = self.is_ending = False
        self._hashes: set[str] = set()

    def step(self) -> None:
        """Read for a moment, and maybe write."""
        try:
            if self._link is None:
                self._connect()
            self._read(0.004)
            self._give_up_if_silent()
            if not self.is_ending and time.monotonic() > self._next:
                self._act()
            elif self.is_ending and self._queue and not self._pending:
                self._send(self._queue.pop(0))
        except Ended as ended:
            self._end(str(ended))
            time.sleep(self._chance.uniform(0.02, 0.15))

    def only_one_row(self, is_hot: bool) -> None:
        """Whether to edit the first coach and nothing else, with more requests at a time."""
        self._writes.is_hot = is_hot
        self._window = 20 if is_hot else _WINDOW

    @property
    def is_done(self) -> bool:
        """Whether nothing is to be sent again, and nothing waits for an answer."""
        return self._link is not None and not self._queue and not self._pending and not self.copy.is_asking

    def tell(self) -> None:
        """Note what it has in the end."""
        self._notes.note(
            self.who,
            "copy",
            kind=self.copy.kind,
            parts=getattr(self.copy, "parts", None),
            cursor=self.copy.cursor,
            channels={name: list(rows.values()) for name, rows in self.copy.channels.items()},
        )

    def close(self) -> None:
        """Leave."""
        if self._link is not None:
            self._end("leaves")

    def _known(self, channel: str) -> list[int]:
        return self.copy.known(channel) or sorted(self._learned[channel])

    def _connect(self) -> None:
        self._number += 1
        port = self._chance.choice(self._ports)
        auth = dict(self.copy.auth)
        if self.token:
            auth["token"] = self.token
        self._note("open", kind=self.copy.kind, via=self._via, port=port)
        self._pending.clear()
        self.is_in = False
        self._opened = time.monotonic()
        self._link = Link(port, auth, self._take, self._patience)
        until = time.monotonic() + self._patience
        while not self.is_in:
            if not self._link.read(0.1) and time.monotonic() > until:
                raise Ended("nobody answers")
        self._next = 0.0

    def _end(self, why: str) -> None:
        if self._link is not None:
            self._link.close()
            self._link = None
        self._note("end", why=why[:200])
        # In the order in which they were made.
        self._queue[:0] = [write for *_, write in self._pending.values() if write is not None and "op" in write.opts]
        self._pending.clear()

    def _read(self, seconds: float) -> None:
        assert self._link is not None
        for _ in range(50):
            if not self._link.read(seconds):
                return
            seconds = 0.001

    def _give_up_if_silent(self) -> None:
        assert self._link is not None
        now = time.monotonic()
        if any(now - sent > self._patience for sent, *_ in self._pending.values()):
            raise Ended("a request is not answered")
        # Also the answer to the cursor in the auth object may be lost.
        if self.copy.is_asking and not self._pending and now - self._opened > self._patience:
            raise Ended("a request is not answered")
        if self.copy.kind != "plain" and now - self._link.heard > _SILENCE:
            raise Ended("silence")

    def _act(self) -> None:
        chance = self._chance
        self._next = time.monotonic() + chance.uniform(0, 2 * self._pace)
        if chance.random() < 0.01:
            self._next = time.monotonic() + chance.uniform(0, 0.5)
            raise Ended("goes offline")
        if len(self._pending) >= self._window:
            return
        if self._queue:
            self._send(self._queue.pop(0))
        else:
            # A frame that a line doubles is a request twice.
            self._send(Write(*self._writes.one(only_with_op="double" in self._via)))

    def _send(self, write: Write) -> None:
        self._emit(write.event, write.data, write.opts, write)

    def _ask(self, event: str, data: Any) -> None:
        self._emit(event, data, None, None)

    def _emit(self, event: str, data: Any, opts: Row | None, write: Write | None) -> None:
        assert self._link is not None
        self._requests += 1
        number = self._requests
        self._pending[number] = (time.monotonic(), event, data, write)
        self._note("send", n=number, event=event, data=data, opts=opts)
        self._link.request(number, event, data, *([] if opts is None else [opts]))

    def _take(self, kind: str, number: int | None, arguments: list[Any]) -> None:
        if kind == "in":
            self.is_in = True
            self._note("in")
            self.copy.opened()
        elif kind == "ack":
            self._note("ack", n=number, ack=arguments[0])
            if number in self._pending:
                self._answered(*self._pending.pop(number)[1:], arguments[0])
        else:
            name, *args = arguments
            self._note_event(name, args)
            self.copy.event(name, args)

    def _answered(self, event: str, data: Any, write: Write | None, ack: Row) -> None:
        if write is None:
            self.copy.answer(data, ack)
            return
        meta = ack.get("meta", {})
        if meta.get("code") in LATER and "op" in write.opts:
            self._queue.append(write)
            self._next = time.monotonic() + 0.2
        elif ack["ok"] and not write.opts.get("check"):
            self._writes.seqs.append(meta.get("seq"))
            if ack["data"] is None:
                return
            if event.startswith("new_"):
                self._learned[CHANNELS[event.removeprefix("new_")]].add(ack["data"]["id"])
            elif event.startswith("delete_"):
                self._learned[CHANNELS[event.removeprefix("delete_")]].discard(data["id"])

    def _note_event(self, name: str, args: list[Any]) -> None:
        if name not in ARRAYS:
            self._note("event", name=name, args=args)
            return
        hashed = digest(args[0])
        said = {} if hashed in self._hashes else {"args": args}
        self._hashes.add(hashed)
        self._note("event", name=name, hash=hashed, **said)

    def _note(self, what: str, **said: Any) -> None:
        self._notes.note(self.who, what, self._number, **said)
