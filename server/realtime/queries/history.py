"""`history`: who changed what, when, and in which fields: of a record, of a channel, or of everything."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

import orjson
from sqlalchemy import Connection, Engine, Row, Select, literal, select, tuple_

from server.fields import whole_number
from server.realtime.journal.tables import ChangeRow, CommitRow
from server.realtime.protocol.ack import Ack
from server.realtime.protocol.arguments import split
from server.realtime.protocol.errors import Errors, invalid, malformed, too_large
from server.realtime.protocol.json import same
from server.realtime.resource.comparison import is_copied
from server.realtime.resource.lookup import readable_channel, record_id
from server.realtime.resource.relations import Record
from server.realtime.resource.resource import Resource
from server.realtime.resource.view import View
from server.realtime.transport.client import Client
from server.realtime.transport.time_slice import TimeSlice

_DEFAULT_LIMIT = 50
_MAX_LIMIT = 200
# No commit is divided between pages, since a page begins after a commit. Of a seed, or of an undo that brings back
# thousands of records, only so many are shown.
_MOST_OF_ONE_COMMIT = 1_000
_MOST_BYTES = 1_000_000
# So many changes are looked at for one answer, if the caller may not read all.
_MOST_JUDGED = 20_000
_TOO_MANY = f"You may read none of the last {_MOST_JUDGED:,} changes. Ask for a channel, or for a record."
_CHUNK = 50
_CHANGE = (ChangeRow.seq, ChangeRow.place, ChangeRow.channel, ChangeRow.record_id, ChangeRow.record, ChangeRow.before)
_COLUMNS: tuple[Any, ...] = (*_CHANGE, CommitRow.at, CommitRow.actor, CommitRow.event)


@dataclass(frozen=True, slots=True)
class HistoryQuery:
    """`history {channel?, id?, before?, limit?}`, validated. `before` is a seq: only older commits are returned."""

    resource: Resource | None
    number: int | None
    before: int | None
    limit: int

    @classmethod
    def parse(cls, data: object, client: Client) -> "HistoryQuery":
        """Refuses what is not valid, and a channel that the client may not read."""
        if not isinstance(data, Mapping):
            raise malformed("Send an object {channel, id, before, limit}.")
        channel, given = data.get("channel"), data.get("id")
        resource = None if channel is None else readable_channel(channel, client.view, client.caller)
        errors: Errors = {}
        if resource is None and given is not None:
            errors["channel"] = ["Say of which channel this is the id."]
        numbers: dict[str, int | None] = {"before": None, "limit": _DEFAULT_LIMIT}
        for field in numbers:
            if data.get(field) is not None:
                try:
                    numbers[field] = whole_number(data[field])
                except ValueError:
                    errors[field] = ["Must be a whole number."]
        limit = numbers["limit"] or 0
        if "limit" not in errors and not 1 <= limit <= _MAX_LIMIT:
            errors["limit"] = [f"Must be a whole number from 1 to {_MAX_LIMIT}."]
        if errors:
            raise invalid(errors)
        number = None if resource is None or given is None else record_id(resource, given)
        return cls(resource, number, numbers["before"], limit)

    def statement(self, view: View) -> Select[Any]:
        """The changes that it is about, newest first, of channels of which the view may have some."""
        chosen = select(*_COLUMNS).join(CommitRow, CommitRow.seq == ChangeRow.seq)
        chosen = chosen.order_by(ChangeRow.seq.desc(), ChangeRow.place.desc())
        if self.before is not None:
            # Of both, since PostgreSQL does not conclude one from the other.
            chosen = chosen.where(ChangeRow.seq < self.before, CommitRow.seq < self.before)
        # As an expression: by an index of channels all changes would have to be found before they are sorted.
        channel = ChangeRow.channel + literal("")
        if self.resource is None:
            return chosen.where(channel.in_(Resource.registry.keys() - view.hidden))
        if self.number is not None:
            return chosen.where(ChangeRow.channel == self.resource.channel, ChangeRow.record_id == self.number)
        return chosen.where((ChangeRow.channel if self.resource.whole else channel) == self.resource.channel)


class History:
    """Answers `history`: changes, newest first, field by field."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def __call__(self, client: Client, args: Sequence[Any]) -> Ack:
        """The service for the event `history`."""
        data, _ = split(args)
        query = HistoryQuery.parse(data, client)
        while True:
            view = client.view
            entries = self._entries(query, view)
            if client.view is view:
                return Ack(data=orjson.dumps(entries))

    def _entries(self, query: HistoryQuery, view: View) -> list[dict[str, Any]]:
        """Those of whole commits: of the first whatever it has, of further ones as long as they fit."""
        entries: list[dict[str, Any]] = []
        size = judged = 0
        with self._engine.connect() as connection:
            changes = _read(connection, query.statement(view))
            for _, rows in groupby(changes, key=lambda row: row.seq):
                commit: list[dict[str, Any]] = []
                for row in rows:
                    judged += 1
                    if (entry := _entry(row, view)) is not None:
                        commit.append(entry)
                        size += len(row.record or "") + len(row.before or "")
                    if len(commit) == _MOST_OF_ONE_COMMIT or size >= _MOST_BYTES:
                        break
                if entries and (len(entries) + len(commit) > query.limit or size >= _MOST_BYTES):
                    break
                entries += commit
                if len(entries) >= query.limit or judged >= _MOST_JUDGED:
                    break
        if not entries and judged >= _MOST_JUDGED:
            raise too_large(_TOO_MANY)
        return entries


def _read(connection: Connection, statement: Select[Any]) -> Iterator[Row[Any]]:
    """The rows, some at a time. Others run meanwhile."""
    time_slice = TimeSlice()
    part = statement.limit(_CHUNK)
    while True:
        rows = connection.execute(part).all()
        for row in rows:
            yield row
            time_slice.yield_if_spent()
        if len(rows) < _CHUNK:
            return
        last = rows[-1]
        follows = tuple_(ChangeRow.seq, ChangeRow.place) < tuple_(literal(last.seq), literal(last.place))
        part = statement.where(follows, CommitRow.seq <= last.seq).limit(_CHUNK)


def _entry(row: Row[Any], view: View) -> dict[str, Any] | None:
    """A change as the view has it: a record that enters it is new, and one that leaves it is deleted."""
    resource = Resource.registry[row.channel]
    before, after = (_visible(resource, text, view) for text in (row.before, row.record))
    shown = before if after is None else after
    if shown is None:
        return None
    return {
        "seq": row.seq,
        "at": row.at,
        "actor": row.actor,
        "event": row.event,
        "channel": row.channel,
        "id": row.record_id,
        "label": _label(resource, shown),
        "type": "put" if after is not None else "del",
        "changes": differences(resource, before, after),
    }


def _label(resource: Resource, record: Record) -> str:
    try:
        return str(resource.label(record))
    except (KeyError, TypeError, ValueError, AttributeError):
        # An older version wrote the record, without what it is called by now.
        return str(record["id"])


def differences(resource: Resource, before: Record | None, after: Record | None) -> dict[str, list[Any]]:
    """`{field: [from, to]}` of the fields that differ; a record that does not exist has null in all.

    Fields that differ only in their copies are left out, unless all do: older versions committed such changes.
    """
    old, new = before or {}, after or {}
    fields = [field for field in {**old, **new} if field != "id" and not same(old.get(field), new.get(field))]
    edited = [field for field in fields if not is_copied(resource, field, old, new)]
    return {field: [old.get(field), new.get(field)] for field in edited or fields}


def _visible(resource: Resource, text: str | None, view: View) -> Record | None:
    record: Record | None = None if text is None else orjson.loads(text)
    return record if record is not None and view.has(resource.channel, record) else None
