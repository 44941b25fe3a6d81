"""Undo: the inverse of a commit, as a new commit."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from graphlib import CycleError

import orjson
from sqlalchemy import select

from server.realtime.journal.commit import BATCH, MOST_CHANGES
from server.realtime.journal.tables import ChangeRow, CommitRow
from server.realtime.mutations.conflicts import last_actor, later_fields
from server.realtime.mutations.crud import Write
from server.realtime.mutations.mutation import Request
from server.realtime.mutations.parse import permit_deletion
from server.realtime.mutations.removal import delete_all
from server.realtime.mutations.restoration import Changed, Deleted, restore, used_by
from server.realtime.mutations.unit_of_work import UnitOfWork
from server.realtime.protocol.ack import Ack
from server.realtime.protocol.arguments import Options
from server.realtime.protocol.caller import Caller
from server.realtime.protocol.errors import Code, Refusal, conflict, invalid, malformed
from server.realtime.resource.comparison import differs
from server.realtime.resource.loading import load, load_deleted
from server.realtime.resource.relations import Record
from server.realtime.resource.resource import Resource
from server.realtime.resource.rights import Authorize

EVENT = "undo"


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
            .limit(MOST_CHANGES + 1)
        )
        rows = work.connection.execute(query).all()
        work.announce(len(rows))
        for channel in {row.channel for row in rows} & Resource.registry.keys():
            work.writes.fetch(channel, [row.record_id for row in rows if row.channel == channel])
        if not rows or self.seq <= work.head.oldest_delta_seq:
            raise self._nothing()
        if not _is_of_records(rows[0].event):
            raise _impossible("it was no edit of a record.")
        changes = [change for row in rows if not (change := self._read(work, *row[1:])).is_of_copies]
        if not changes:
            raise self._nothing()
        # The last that was deleted owns the others, and comes back before them: so it was the first that came back.
        subject = changes[0 if changes[0].after is None else -1]
        channel, number = subject.resource.channel, subject.number
        earlier = work.writes.row(channel, number)
        deleted = [self._restored(work, change) for change in changes if change.after is None]
        created = [self._taken_out(work, change) for change in changes if change.before is None]
        edited = [(change, self._updated(work, change)) for change in changes if change.before and change.after]
        work.announce(len(changes))
        used = used_by(created, (change for change, _ in edited))
        gone = {change.key for change in changes if change.after is None}
        # What comes back may need what others give up, such as a unique name: these are first, if nothing refers to
        # them. Others that belong to those created did not come with them, and stay: then these are in use.
        delete_all(work, dict.fromkeys(one.key for one in created if one.key not in used).keys())
        for change, update in edited:
            if gone.isdisjoint(change.uses(change.before)):
                update.apply(work)
        try:
            restore(work, deleted)
        except CycleError:
            raise _impossible("what it deleted refers to one another in a circle.") from None
        for change, update in edited:
            if not gone.isdisjoint(change.uses(change.before)):
                update.apply(work)
        delete_all(work, used.keys())
        _check_all(work, changes)
        row = work.writes.row(channel, number)
        shown = row or earlier
        assert shown is not None
        return Ack(data=work.shown(channel, shown.record), meta={"rev": row.rev if row else work.seq})

    def _read(self, work: UnitOfWork, channel: str, number: int, record: str | None, before: str | None) -> Changed:
        resource = Resource.registry.get(channel)
        if resource is None:
            raise _impossible(f"there are no {channel.replace('_', ' ')} any more.")
        old, new = (None if text is None else orjson.loads(text) for text in (before, record))
        change = Changed(resource, number, old, new, work.read(channel, number))
        states = (change.before, change.after, change.now)
        if not all(work.view.has(channel, state) for state in states if state is not None):
            raise self._nothing()
        return change

    def _allow(self, work: UnitOfWork, change: Changed, action: str, values: Record) -> Callable[..., None]:
        """What the caller may write, as for a request of its own: the first look, and the last one to be called."""
        event = f"{action}_{change.resource.name}"
        allow = partial(self.authorize, self.caller, event, change.resource, change.number, values)
        allow(work.connection)
        return allow

    def _restored(self, work: UnitOfWork, change: Changed) -> Deleted:
        """The inverse of a deletion: the record has its id again, and what it held."""
        resource, before = change.resource, change.before or {}
        if change.now is not None:
            raise self._too_late(work, change, [])
        values = load_deleted(resource, before)
        return Deleted(resource, before, values, self._allow(work, change, "new", values))

    def _taken_out(self, work: UnitOfWork, change: Changed) -> Changed:
        """The inverse of a creation."""
        resource, now, after = change.resource, change.now, change.after
        if now is None or after is None:
            raise self._too_late(work, change, [])
        then = after | later_fields(work, resource, now, self.seq, after)
        fields = [
            field
            for field in now
            if field not in resource.read_only and (field not in then or differs(resource, field, now, then))
        ]
        if fields:
            raise self._too_late(work, change, fields)
        self._allow(work, change, "delete", {})(None, now)
        return change

    def _updated(self, work: UnitOfWork, change: Changed) -> Write:
        """The inverse of an update."""
        resource, _, before, after, now = change
        if now is None or before is None or after is None:
            raise self._too_late(work, change, [])
        # Fields come and go with migrations: what only one of them has was not edited, and what is gone stays so.
        both = [field for field in now if field in before and field in after and field not in resource.read_only]
        changed = [field for field in both if differs(resource, field, before, after)]
        if not changed:
            raise _impossible("the fields that it changed are no longer there.")
        fields = [field for field in changed if differs(resource, field, now, after)]
        if fields:
            raise self._too_late(work, change, fields)
        values = load(resource, {field: before[field] for field in changed}, partial=True)
        allow = self._allow(work, change, "update", values)
        permit = partial(permit_deletion, self.authorize, self.caller)
        return Write(resource, "update", change.number, values, None, False, allow, permit, back=True)

    def _nothing(self) -> Refusal:
        """Also for what is not for the caller to see."""
        line = f"There is nothing to undo in commit {self.seq}: it is not there, or too long ago."
        return Refusal(Code.NOT_FOUND, line, {"seq": [line]})

    def _too_late(self, work: UnitOfWork, change: Changed, fields: list[str]) -> Refusal:
        actor = last_actor(work, change.resource, change.number)
        row = work.writes.row(change.resource.channel, change.number)
        what = f"{', '.join(fields).replace('_', ' ')} of {change.name}" if fields else change.name
        return conflict(
            f"{actor or 'Someone'} changed {what} since: undoing it would overwrite that.",
            current=change.now,
            rev=row.rev if row else None,
            fields=fields,
            actor=actor,
        )


def _check_all(work: UnitOfWork, changes: Iterable[Changed]) -> None:
    """Refuse what the records must not be now that all of them are written: each alone may not fit the others."""
    for change in changes:
        if (record := work.read(*change.key)) is not None:
            change.resource.refuse_flaws(record, change.now or change.before)


def _impossible(why: str) -> Refusal:
    line = f"This cannot be undone: {why}"
    return Refusal(Code.INVALID, line, {"seq": [line]})


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


def _is_of_records(event: str) -> bool:
    """Whether requests of this name write records: what else follows from one of accounts is not in the journal."""
    return event in (EVENT, BATCH) or any(event in resource.events for resource in Resource.registry.values())
