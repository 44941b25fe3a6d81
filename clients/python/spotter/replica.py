"""What a client knows, and what the server's words make of it: pure rules, which vectors pin for every language.

Verdicts are the vectors': `apply` it is, `drop` what is known already, `resync` because something was missed.
"""

from collections.abc import Collection
from typing import Any, Literal

Row = dict[str, Any]
Verdict = Literal["apply", "drop", "resync"]


class Replica:
    """A copy of the channels, and what the server's words make of it. A channel is absent until it was sent.

    `embeds` is the rule that `connected` told, by which copies follow the records copied; `names` are the channels
    that come as whole arrays. Verdicts: `apply` it was, `drop` what is known already, `resync` because something was
    missed: ask `sync`.
    """

    def __init__(self, embeds: Row | None = None, names: Collection[str] = ()) -> None:
        self.embeds = embeds or {}
        self.names = names
        self.cursor: Row | None = None
        self.channels: dict[str, dict[int, tuple[int | None, Row]]] = {}

    @property
    def arrays(self) -> dict[str, list[Row]]:
        """The records alone, as a plain client is sent them."""
        return {channel: [row for _, (_, row) in sorted(rows.items())] for channel, rows in self.channels.items()}

    @property
    def plain_arrays(self) -> dict[str, list[Row]]:
        """The same of the channels that come as arrays."""
        return {channel: records for channel, records in self.arrays.items() if channel in self.names}

    @property
    def revs(self) -> dict[str, dict[int, int | None]]:
        """The rev of each record."""
        return {channel: {id_: rev for id_, (rev, _) in rows.items()} for channel, rows in self.channels.items()}

    def take_array(self, channel: str, records: list[Row]) -> Verdict:
        """A whole array, as plain clients get it: it has no revs, and says nothing of a cursor."""
        self.channels[channel] = {record["id"]: (None, record) for record in records}
        self.cursor = None
        return "apply"

    def take_changes(self, event: Row) -> Verdict:
        """A `changes` event: applied if it follows on what is known."""
        if self.cursor is None or event["epoch"] != self.cursor["epoch"]:
            return "resync"
        known = self.cursor["seq"]
        if event["prev"] == known:
            self._apply(event["changes"])
            self.cursor = {"epoch": event["epoch"], "seq": event["seq"]}
            return "apply"
        return "drop" if event["seq"] <= known else "resync"

    def take_sync(self, answer: Row) -> Verdict:
        """The answer of `sync`."""
        if answer["mode"] == "snapshot":
            self.channels = {
                channel: {row["record"]["id"]: (row["rev"], row["record"]) for row in rows}
                for channel, rows in answer["snapshot"].items()
            }
        elif self.cursor is None or answer["epoch"] != self.cursor["epoch"]:
            return "resync"
        elif answer["seq"] < self.cursor["seq"]:
            return "drop"
        elif answer["mode"] == "delta":
            self._apply(answer["changes"])
        else:
            assert answer["mode"] == "current", f"not a mode: {answer['mode']!r}"
        self.cursor = {"epoch": answer["epoch"], "seq": answer["seq"]}
        return "apply"

    def take(self, name: str, args: tuple[Any, ...]) -> Verdict | None:
        """Any event of the server by its name; None if it says nothing of records."""
        if name == "connected":
            self.embeds = args[0].get("embeds", {})
        if name in self.names:
            return self.take_array(name, args[0])
        if name == "changes":
            return self.take_changes(args[0])
        if name == "sync":
            return self.take_sync(args[0])
        return None

    def _apply(self, changes: list[Row]) -> None:
        for change in changes:
            rows = self._rows(change["channel"])
            if change["type"] == "put":
                rows[change["id"]] = (change["rev"], change["record"])
                self._follow(change["channel"], change["record"])
            else:
                assert change["type"] == "del", f"not a type of change: {change['type']!r}"
                rows.pop(change["id"], None)

    def _rows(self, channel: str) -> dict[int, tuple[int | None, Row]]:
        """The records of a channel. One that was not there, and that nobody has copies of, came with an upgrade.

        Others that were not there are not whole: of these only the copies are kept.
        """
        is_copied = any(rule["channel"] == channel for fields in self.embeds.values() for rule in fields.values())
        return self.channels.get(channel, {}) if is_copied else self.channels.setdefault(channel, {})

    def _follow(self, channel: str, record: Row, inside: str | None = None) -> None:
        """Let whoever has a copy of the record show it as it is now; `inside`: whose copies have this field of it."""
        for owner, fields in self.embeds.items():
            for field, rule in fields.items():
                if rule["channel"] == channel and (inside is None or inside in rule["fields"]):
                    shown = {name: record[name] for name in rule["fields"]}
                    self._renew(owner, field, shown)

    def _renew(self, owner: str, field: str, shown: Row) -> None:
        rows = self.channels.get(owner, {})
        for id_, (rev, record) in list(rows.items()):
            value = record[field]
            copies = value if isinstance(value, list) else [value] if value else []
            if any(copy["id"] == shown["id"] for copy in copies):
                fresh = [_over(copy, shown) for copy in copies]
                rows[id_] = (rev, {**record, field: fresh if isinstance(value, list) else fresh[0]})
                # Also if it stayed as it was: what came before may have an older copy of it, with an older one inside.
                self._follow(owner, rows[id_][1], inside=field)


def _over(copy: Row, shown: Row) -> Row:
    return {**copy, **shown} if copy["id"] == shown["id"] else copy
