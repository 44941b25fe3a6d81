"""Undo: the inverse of a commit, as a new commit."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

import orjson
from sqlalchemy import Row
from sqlalchemy import select

from server.realtime.journal.tables import ChangeRow
from server.realtime.journal.tables import CommitRow
from server.realtime.mutations.conflicts import last_actor
from server.realtime.mutations.conflicts import later_fields
from server.realtime.mutations.crud import Write
from server.realtime.mutations.mutation import Request
from server.realtime.mutations.parse import permit_deletion
from server.realtime.mutations.unit_of_work import UnitOfWork
from server.realtime.protocol.ack import Ack
from server.realtime.protocol.arguments import Options
from server.realtime.protocol.caller import Caller
from server.realtime.protocol.errors import Code
from server.realtime.protocol.errors import Refusal
from server.realtime.protocol.errors import conflict
from server.realtime.protocol.errors import invalid
from server.realtime.protocol.errors import malformed
from server.realtime.protocol.json import same
from server.realtime.resource.comparison import differs
from server.realtime.resource.comparison import is_copied
from server.realtime.resource.loading import load
from server.realtime.resource.loading import load_deleted
from server.realtime.resource.relations import Record
from server.realtime.resource.resource import Resource
from server.realtime.resource.rights import Authorize

EVENT = "undo"
# event, channel, record_id, record, before
_Changed = Row[str, str, int, str | None, str | None]


@dataclass(slots=True)
class Undo:
    """Takes back what commit `seq` did to records; copies follow by themselves, as ever."""

    seq: int
    caller: Caller
    authorize: Authorize

    def apply(self, work: UnitOfWork) -> Ack:
        """Carry it out. Refused as a conflict if a later commit changed the same fields."""
        query = (
            select(CommitRow.event, ChangeRow.channel, ChangeRow.record_id, ChangeRow.record, ChangeRow.before)
            .join(CommitRow, CommitRow.seq == ChangeRow.seq)
            .where(ChangeRow.seq == self.seq)
            .order_by(ChangeRow.place.desc())
        )
        rows = [row for row in work.connection.execute(query) if not _followed(row)]
        if not rows or self.seq <= work.head.oldest_delta_seq:
            raise self._nothing()
        if not _is_of_records(rows[0].event):
            line = "This cannot be undone: it was no edit of a record."
            raise Refusal(Code.INVALID, line, {"seq": [line]})
        # The last that was deleted owns the others, and comes back before them: so it was the first that came back.
        acks = [self._take_back(work, row) for row in rows]
        return acks[0] if rows[0].record is None else acks[-1]

    def _take_back(self, work: UnitOfWork, row: _Changed) -> Ack:
        resource, number = Resource.registry.get(row.channel), row.record_id
        if resource is None:
            line = f"This cannot be undone: there are no {row.channel.replace('_', ' ')} any more."
            raise Refusal(Code.INVALID, line, {"seq": [line]})
        before = None if row.before is None else orjson.loads(row.before)
        after = None if row.record is None else orjson.loads(row.record)
        now = work.read(resource.channel, number)
        states = [state for state in (before, after, now) if state is not None]
        if not all(work.view.has(resource.channel, state) for state in states):
            raise self._nothing()
        if after is None:
            return self._bring_back(work, resource, number, before or {}, now)
        if now is None:
            raise self._too_late(work, resource, number, None, [])
        if before is None:
            return self._take_out(work, resource, number, after, now)
        # Fields come and go with migrations: what only one of them has was not edited, and what is gone stays so.
        both = [field for field in now if field in before and field in after and field not in resource.read_only]
        changed = [field for field in both if differs(resource, field, before, after)]
        if not changed:
            line = "This cannot be undone: the fields that it changed are no longer there."
            raise Refusal(Code.INVALID, line, {"seq": [line]})
        fields = [field for field in changed if differs(resource, field, now, after)]
        if fields:
            raise self._too_late(work, resource, number, now, fields)
        values = load(resource, {field: before[field] for field in changed}, partial=True)
        return self._write(work, resource, "update", number, values)

    def _write(self, work: UnitOfWork, resource: Resource, action: str, number: int, values: Record) -> Ack:
        """The same write as anybody's."""
        allow = partial(self.authorize, self.caller, f"{action}_{resource.name}", resource, number, values)
        allow(work.connection)
        permit = partial(permit_deletion, self.authorize, self.caller)
        return Write(resource, action, number, values, None, False, allow, permit, back=True).apply(work)

    def _bring_back(self, work: UnitOfWork, resource: Resource, number: int, before: Record, now: Record | None) -> Ack:
        """Undo a deletion: the record has its id again, and what it held."""
        if now is not None:
            raise self._too_late(work, resource, number, now, [])
        return self._write(work, resource, "new", number, load_deleted(resource, before))

    def _take_out(self, work: UnitOfWork, resource: Resource, number: int, after: Record, now: Record) -> Ack:
        """Undo a creation."""
        then = after | later_fields(work, resource, now, self.seq, after)
        fields = [
            field
            for field in now
            if field not in resource.read_only and (field not in then or differs(resource, field, now, then))
        ]
        if fields:
            raise self._too_late(work, resource, number, now, fields)
        return self._write(work, resource, "delete", number, {})

    def _nothing(self) -> Refusal:
        """Also for what is not for who asks to see."""
        line = f"There is nothing to undo in commit {self.seq}: it is not there, or too long ago."
        return Refusal(Code.NOT_FOUND, line, {"seq": [line]})

    def _too_late(
        self, work: UnitOfWork, resource: Resource, number: int, now: Record | None, fields: list[str]
    ) -> Refusal:
        who = last_actor(work, resource, number)
        row = work.writes.row(resource.channel, number)
        what = ", ".join(fields).replace("_", " ") or "this record"
        return conflict(
            f"{who or 'Someone'} changed {what} since: undoing it would overwrite that.",
            current=now,
            rev=row.rev if row else None,
            fields=fields,
            actor=who,
        )


def undo_request(event: str, data: object, opts: Options | None, caller: Caller, authorize: Authorize) -> Request:
    """The request for `undo {seq}`."""
    if not isinstance(data, Mapping):
        raise malformed("Send an object {seq}.")
    seq = data.get("seq")
    if isinstance(seq, bool) or not isinstance(seq, int) or not 0 < seq < 2**63:
        raise invalid({"seq": ["Must be the seq of a commit."]})
    undo = Undo(seq, caller, authorize)
    # What it writes is known only in the transaction, and authorized there.
    return Request(event, caller, undo.apply, payload=data, reads_journal=True)


def _followed(row: _Changed) -> bool:
    """Whether the record differs by its copies alone: older versions wrote those that followed into the journal."""
    resource = Resource.registry.get(row.channel)
    if resource is None or row.record is None or row.before is None:
        return False
    before, after = orjson.loads(row.before), orjson.loads(row.record)
    fields = [field for field in {**before, **after} if not same(before.get(field), after.get(field))]
    return bool(fields) and all(is_copied(resource, field, before, after) for field in fields)


def _is_of_records(event: str) -> bool:
    """Whether requests of this name write records: what else follows from one of accounts is not in the journal."""
    return event == EVENT or any(event in resource.events for resource in Resource.registry.values())
