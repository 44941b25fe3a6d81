"""What a client makes of what it is sent, by the rules of docs/protocol.md; and what it has to ask again."""

from collections.abc import Callable
from typing import Any

from spotter import Replica

from tests.faults.link import Ended

Row = dict[str, Any]
Ask = Callable[[str, Any], None]

ARRAYS = ("coaches", "workout_plans", "exercise_moves", "schedules")


class Copy:
    """A plain client's, which is sent arrays. `cursor` is None: it does not know one."""

    kind = "plain"
    auth: Row = {}

    def __init__(self, ask: Ask) -> None:
        self._ask = ask
        self.replica = Replica(names=ARRAYS)
        # A request for what was missed that is not answered yet.
        self.is_asking = False

    @property
    def cursor(self) -> Row | None:
        """Up to where it is complete."""
        return self.replica.cursor

    @property
    def channels(self) -> dict[str, dict[int, Row]]:
        """Its records by channel and id."""
        return {name: {id_: row for id_, (_, row) in rows.items()} for name, rows in self.replica.channels.items()}

    def has(self, text: str) -> bool:
        """Whether there is an exercise move of this name."""
        # Another thread may change them: a list is made of them in one step.
        rows = list(self.replica.channels.get("exercise_moves", {}).values())
        return any(row["name"] == text for _, row in rows)

    def known(self, channel: str) -> list[int]:
        """The ids that it has of a channel."""
        return sorted(self.replica.channels.get(channel, ()))

    def rev(self, channel: str, number: int) -> int | None:
        """The rev of a record, None if it is not known."""
        return self.replica.channels.get(channel, {}).get(number, (None, None))[0]

    def opened(self) -> None:
        """A new connection was let in."""
        self.is_asking = False

    def event(self, name: str, args: list[Any]) -> None:
        """An event came."""
        self.replica.take(name, tuple(args))

    def answer(self, asked: Any, ack: Row) -> None:
        """A request for what was missed was answered."""


class Synced(Copy):
    """A synced client's."""

    kind = "synced"

    @property
    def auth(self) -> Row:  # type: ignore[override]
        """What it says at CONNECT."""
        return {"sync": self.cursor or True}

    def opened(self) -> None:
        """The answer to the cursor in the auth object comes first."""
        self.is_asking = True

    def event(self, name: str, args: list[Any]) -> None:
        """The rule for each event."""
        if name == "sync":
            self.is_asking = False
        elif name == "changes" and self.is_asking:
            return
        if self.replica.take(name, tuple(args)) == "resync":
            self.is_asking = True
            self._ask("sync", self.cursor)

    def answer(self, asked: Any, ack: Row) -> None:
        """The answer to `sync`."""
        self.is_asking = False
        if ack["ok"] and self.replica.take_sync(ack["data"]) == "resync":
            self.replica.cursor = None
            self.is_asking = True
            self._ask("sync", None)


class Parts(Copy):
    """A client's that subscribed to parts of channels. `marks` finds the end: a part of its own."""

    kind = "parts"
    auth: Row = {"arrays": False}
    parts: tuple[Row, ...] = (
        {"channel": "schedules", "where": {"day": {"in": ["Monday", "Tuesday", "Wednesday"]}}},
        {"channel": "coaches", "where": {"age": {"lt": 60}}},
        {"channel": "exercise_moves", "where": {}},
    )

    def __init__(self, ask: Ask) -> None:
        super().__init__(ask)
        self._at: Row | None = None
        # Of each part, by its channel, the cursor that its records are of; and those that wait for an answer.
        self._cursors: dict[str, Row] = {}
        self._asking: set[str] = set()

    @property
    def cursor(self) -> Row | None:
        """Up to where all is complete."""
        return self._at

    def opened(self) -> None:
        """Parts end with a connection."""
        self._asking.clear()
        self._subscribe(*self.parts)

    def _subscribe(self, *parts: Row) -> None:
        self.is_asking = True
        for part in parts:
            self._asking.add(part["channel"])
            self._ask("subscribe", {**part, **self._cursors.get(part["channel"], {})})

    def event(self, name: str, args: list[Any]) -> None:
        """The rule, for each part that does not wait for an answer: what comes before that is in it."""
        live = [part for part in self.parts if part["channel"] not in self._asking]
        if name != "changes" or self._at is None or not live:
            return
        event = args[0]
        if event["epoch"] == self._at["epoch"] and event["prev"] == self._at["seq"]:
            self._at = {"epoch": event["epoch"], "seq": event["seq"]}
            names = {part["channel"] for part in live}
            self._apply([change for change in event["changes"] if change["channel"] in names])
            self._cursors |= dict.fromkeys(names, self._at)
        elif event["epoch"] != self._at["epoch"] or event["seq"] > self._at["seq"]:
            self._subscribe(*live)

    def answer(self, asked: Any, ack: Row) -> None:
        """Where that part stands, and where the next event goes on."""
        if not ack["ok"]:
            raise Ended("a part was refused")
        channel, data = asked["channel"], ack["data"]
        if data["mode"] == "snapshot":
            rows = {row["record"]["id"]: (row["rev"], row["record"]) for row in data["snapshot"][channel]}
            self.replica.channels[channel] = rows
        else:
            self._apply(data.get("changes", []))
        self._at = self._cursors[channel] = {"epoch": data["epoch"], "seq": data["seq"]}
        self._asking.discard(channel)
        self.is_asking = bool(self._asking)

    def _apply(self, changes: list[Row]) -> None:
        for change in changes:
            rows = self.replica.channels.setdefault(change["channel"], {})
            if change["type"] == "put":
                rows[change["id"]] = (change["rev"], change["record"])
            else:
                rows.pop(change["id"], None)


class Part(Parts):
    """The same with one part: over a line that loses frames, which no TCP does, `prev` shows it a loss for certain."""

    kind = "part"
    parts = ({"channel": "exercise_moves", "where": {}},)


KINDS = {kind.kind: kind for kind in (Copy, Synced, Parts, Part)}
