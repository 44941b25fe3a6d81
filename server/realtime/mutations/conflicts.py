"""Two people edit one record: what merges, and what is a conflict that they must see."""

import orjson
from sqlalchemy import select

from server.realtime.journal.commit import PAST_THE_WIRE, Row
from server.realtime.journal.tables import ChangeRow, CommitRow
from server.realtime.mutations.unit_of_work import UnitOfWork
from server.realtime.protocol.errors import conflict, invalid
from server.realtime.resource.comparison import differs, is_edit
from server.realtime.resource.relations import Record
from server.realtime.resource.resource import Resource


def merge(
    work: UnitOfWork, resource: Resource, row: Row, before: Record, base: int | None, values: Record | None
) -> Record:
    """The fields of `values` to write over `before` (`row`, decoded), for an edit that started from rev `base`.

    Without a base, all of them: the last write wins. With one, only those that the edit changed; if one of these was
    changed meanwhile to something else, the edit is refused as a conflict. A field that did not exist at `base` was not
    seen: to write it is an edit, and it was changed meanwhile if it is not as the migration left it. `values` None
    stands for a deletion, which conflicts with any change since.
    """
    if base is None or base == row.rev:
        return values or {}
    if row.rev == work.seq and (earlier := work.earlier(resource.channel, before["id"])) is not None:
        # What the same request wrote before is no change by others.
        row, before = earlier, orjson.loads(earlier.record)
    origin = before if base == row.rev else None
    if base < row.rev:
        origin = _record_at(work, resource, before["id"], base)
    if origin is not None and not work.view.has(resource.channel, origin):
        # What would count as an edit tells what it was.
        origin = None
    if base > row.rev or (origin is None and base > work.head.oldest_delta_seq):
        raise invalid({"base": [f"There was never a rev {base} of this record; its rev is {row.rev}."]})
    seen = origin or {}
    origin = seen | later_fields(work, resource, before, base, seen)
    since = [field for field in before if field not in origin or differs(resource, field, before, origin)]
    if values is None:
        edited, fields = {}, [field for field in since if field != "id"]
    else:
        edited = {
            field: value
            for field, value in values.items()
            if field not in before or is_edit(resource, field, value, seen)
        }
        fields = [field for field in since if field in edited and is_edit(resource, field, edited[field], before)]
    if fields:
        who = last_actor(work, resource, before["id"])
        line = f"{who or 'Someone'} changed {', '.join(fields).replace('_', ' ')} meanwhile."
        raise conflict(line, current=orjson.Fragment(row.record), rev=row.rev, fields=fields, actor=who)
    return edited


def later_fields(work: UnitOfWork, resource: Resource, now: Record, rev: int, then: Record) -> Record:
    """The fields that the record has `now` and did not have `then`, at `rev`: as they were when they came.

    A migration brought them, and who knew the record at `rev` has not seen them. One that was forgotten is left out.
    """
    missing = now.keys() - then.keys()
    if not missing or not then:
        return {}
    query = (
        select(ChangeRow.record)
        .join(CommitRow, CommitRow.seq == ChangeRow.seq)
        .where(ChangeRow.channel == resource.channel, ChangeRow.record_id == now["id"], ChangeRow.seq > rev)
        .where(CommitRow.event.in_(PAST_THE_WIRE))
        .order_by(ChangeRow.seq)
    )
    found: Record = {}
    for text in work.connection.scalars(query):
        record = orjson.loads(text or "{}")
        found |= {field: record[field] for field in missing if field in record and field not in found}
    return found


def _record_at(work: UnitOfWork, resource: Resource, number: int, rev: int) -> Record | None:
    """The record as it was at `rev`; None if the log does not have it."""
    query = select(ChangeRow.record).where(
        ChangeRow.channel == resource.channel, ChangeRow.record_id == number, ChangeRow.seq == rev
    )
    text = work.connection.scalar(query)
    return None if text is None else orjson.loads(text)


def last_actor(work: UnitOfWork, resource: Resource, number: int) -> str | None:
    """Who changed the record last."""
    query = (
        select(CommitRow.actor)
        .join(ChangeRow, ChangeRow.seq == CommitRow.seq)
        .where(ChangeRow.channel == resource.channel, ChangeRow.record_id == number)
        .order_by(CommitRow.seq.desc())
        .limit(1)
    )
    return work.connection.scalar(query)
