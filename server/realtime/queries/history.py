"""`history`: who changed a record, when, and in which fields."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import orjson
from sqlalchemy import Engine, Row, select

from server.fields import whole_number
from server.realtime.journal.tables import ChangeRow, CommitRow
from server.realtime.protocol.ack import Ack
from server.realtime.protocol.arguments import split
from server.realtime.protocol.errors import Errors, invalid, malformed
from server.realtime.protocol.json import same
from server.realtime.resource.comparison import is_copied
from server.realtime.resource.lookup import readable_channel, record_id
from server.realtime.resource.relations import Record
from server.realtime.resource.resource import Resource
from server.realtime.resource.view import View
from server.realtime.transport.client import Client

_DEFAULT_LIMIT = 50
_MAX_LIMIT = 200


@dataclass(frozen=True, slots=True)
class HistoryQuery:
    """`history {channel, id, before?, limit?}`, validated. `before` is a seq: only older commits are returned."""

    resource: Resource
    number: int
    before: int | None
    limit: int

    @classmethod
    def parse(cls, data: object, client: Client) -> "HistoryQuery":
        """Refuses what is not valid, and a channel that the client may not read."""
        if not isinstance(data, Mapping):
            raise malformed("Send an object {channel, id}.")
        resource = readable_channel(data.get("channel"), client.view, client.caller)
        errors: Errors = {}
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
        return cls(resource, record_id(resource, data.get("id")), numbers["before"], limit)


class History:
    """Answers `history`: a record's changes, newest first, field by field."""

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
        select_changes = (
            select(CommitRow.seq, CommitRow.at, CommitRow.actor, ChangeRow.record, ChangeRow.before)
            .join(ChangeRow, ChangeRow.seq == CommitRow.seq)
            .where(ChangeRow.channel == query.resource.channel, ChangeRow.record_id == query.number)
            .order_by(CommitRow.seq.desc())
            .limit(query.limit)
        )
        entries: list[dict[str, Any]] = []
        older = query.before
        with self._engine.connect() as connection:
            while len(entries) < query.limit:
                statement = select_changes if older is None else select_changes.where(CommitRow.seq < older)
                rows = connection.execute(statement).all()
                entries += filter(None, (_entry(query.resource, row, view) for row in rows))
                if len(rows) < query.limit:
                    break
                # The view does not have all of them.
                older = rows[-1].seq
        return entries[: query.limit]


def _entry(
    resource: Resource, row: Row[int, int, str | None, str | None, str | None], view: View
) -> dict[str, Any] | None:
    """A change as the view has it: a record that enters it is new, and one that leaves it is deleted."""
    before, after = (_visible(resource, text, view) for text in (row.before, row.record))
    if before is None and after is None:
        return None
    return {
        "seq": row.seq,
        "at": row.at,
        "actor": row.actor,
        "type": "put" if after is not None else "del",
        "changes": differences(resource, before, after),
    }


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
