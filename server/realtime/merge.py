"""Two people edit one record: what merges, and what is a conflict that they must see."""

import orjson
from sqlalchemy import select

from server.realtime.errors import conflict
from server.realtime.errors import invalid
from server.realtime.relations import Record
from server.realtime.resource import Resource
from server.realtime.tables import ChangeRow
from server.realtime.tables import CommitRow
from server.realtime.work import Work


def merge(work: Work, resource: Resource, before: Record, base: int | None, values: Record | None) -> Record:
    """The fields of `values` to write over `before`, for an edit that started from the rev `base`.

    Without a base, all of them: the last write wins. With one, only those that the edit changed; if one of these was
    changed meanwhile to something else, the edit is refused as a conflict. `values` None stands for a deletion, which
    conflicts with any change since.
    """
    row = work.draft.row(resource.channel, before["id"])
    assert row is not None
    if base is None or base == row.rev:
        return values or {}
    origin = None if base > row.rev else _origin(work, resource, before["id"], base)
    if base > row.rev or (origin is None and base > work.head.floor):
        raise invalid({"base": [f"There was never a rev {base} of this record; its rev is {row.rev}."]})
    since = [
        field
        for field, shown in before.items()
        if origin is None or resource.comparable(field, shown) != resource.comparable(field, origin[field])
    ]
    if values is None:
        edited, fields = {}, [field for field in since if field != "id"]
    else:
        edited = {
            field: value
            for field, value in values.items()
            if field not in before
            or origin is None
            or resource.shown(field, value) != resource.comparable(field, origin[field])
        }
        fields = [
            field
            for field in since
            if field in edited and resource.shown(field, edited[field]) != resource.comparable(field, before[field])
        ]
    if fields:
        who = last_actor(work, resource, before["id"])
        line = f"{who or 'Someone'} changed {', '.join(fields).replace('_', ' ')} meanwhile."
        raise conflict(line, current=orjson.Fragment(row.record), rev=row.rev, fields=fields, actor=who)
    return edited


def _origin(work: Work, resource: Resource, number: int, rev: int) -> Record | None:
    """The record as it was at `rev`; None if the log does not have it."""
    query = select(ChangeRow.record).where(
        ChangeRow.channel == resource.channel, ChangeRow.record_id == number, ChangeRow.seq == rev
    )
    text = work.connection.scalar(query)
    return None if text is None else orjson.loads(text)


def last_actor(work: Work, resource: Resource, number: int) -> str | None:
    """Who changed the record last, not counting what it embeds."""
    query = (
        select(CommitRow.actor)
        .join(ChangeRow, ChangeRow.seq == CommitRow.seq)
        .where(ChangeRow.channel == resource.channel, ChangeRow.record_id == number, ChangeRow.derived.is_(False))
        .order_by(CommitRow.seq.desc())
        .limit(1)
    )
    return work.connection.scalar(query)
