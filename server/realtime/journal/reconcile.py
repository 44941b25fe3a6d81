"""The journal meets data that it did not write: the first start, a seed, a migration, an edit by hand."""

import hashlib
import logging
import time
from collections.abc import Iterator
from heapq import merge
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple

import orjson
from marshmallow.fields import Field
from sqlalchemy import Connection, Select, insert, inspect, select, update
from sqlalchemy.ext.associationproxy import AssociationProxy
from sqlalchemy.orm import QueryableAttribute, Session, selectinload

from server.database.postgresql import may_idle
from server.fields import Placed, Reference
from server.realtime.journal import journal
from server.realtime.journal.commit import MIGRATE, MOST_BYTES, MOST_CHANGES, SEED, Change, Commit
from server.realtime.journal.ids import settle
from server.realtime.journal.journal import HeadState
from server.realtime.journal.record_queries import channels, each
from server.realtime.journal.restore_check import RestoreCheck
from server.realtime.journal.tables import Head
from server.realtime.protocol.json import same
from server.realtime.resource.relations import Record, Relation
from server.realtime.resource.resource import Resource

logger = logging.getLogger("spotter.journal")

_CHUNK = 500


def fresh_records(connection: Connection, resource: Resource) -> Iterator[tuple[int, bytes]]:
    """Every record of a resource as the tables and Marshmallow have it, by id, encoded. Reads; nothing is cached.

    Few of them are in memory at a time.
    """
    column, following = resource.table.c.id, _query(resource)
    while chunk := _fresh_chunk(connection, resource, following):
        yield from chunk
        following = _query(resource).where(column > chunk[-1][0])


def _fresh_chunk(connection: Connection, resource: Resource, query: Select[Any]) -> list[tuple[int, bytes]]:
    with Session(connection) as session:
        records = session.scalars(query.limit(_CHUNK)).all()
        dumps = [resource.schema.dump(record) for record in records]
        places = {
            relation.field: relation.stored_own(connection, dumps[0]["id"], dumps[-1]["id"])
            for relation in resource.lists.values()
            if relation.own and dumps
        }
        for record, dumped in zip(records, dumps, strict=True):
            for relation in resource.lists.values():
                relation.sort(dumped)
            for field, owners in places.items():
                own = owners.get(dumped["id"], [])
                dumped[field] = [{**copy, **mine} for copy, mine in zip(dumped[field], own, strict=True)]
            row = {column.name: getattr(record, key) for key, column in inspect(resource.model).columns.items()}
            dumped |= resource.compute(row)
    return [(dumped["id"], orjson.dumps(dumped)) for dumped in dumps]


def _query(resource: Resource) -> Select[Any]:
    """Every record with all it embeds, by id, in a fixed number of statements."""
    model = resource.model
    loads = [selectinload(getattr(model, relation.field)) for relation in resource.relations]
    for relation in resource.relations:
        target = Resource.registry[relation.target]
        inner = [getattr(target.model, inner.field) for inner in target.inside(relation)]
        options = [selectinload(attribute) for attribute in inner if isinstance(attribute, QueryableAttribute)]
        loads.append(selectinload(getattr(model, relation.field)).options(*options))
    if resource.linked_row is not None:
        proxy = inspect(model).all_orm_descriptors[resource.linked_row.key_field]
        assert isinstance(proxy, AssociationProxy)
        loads.append(selectinload(getattr(model, proxy.target_collection)))
    return select(model).options(*loads).order_by(resource.table.c.id)


def schema_fingerprint() -> str:
    """A hash of the fields that records have: if it differs after an upgrade, records are read anew."""
    fields = {
        name: [
            (field, type(kind).__name__, kind.required, str(resource.columns.get(field)), _shown_of_others(kind))
            for field, kind in resource.schema.dump_fields.items()
        ]
        for name, resource in Resource.registry.items()
    }
    return hashlib.sha256(orjson.dumps(fields, option=orjson.OPT_SORT_KEYS)).hexdigest()


def _shown_of_others(kind: Field[Any]) -> list[str]:
    nested = getattr(kind, "inner", kind)
    own = nested.own if isinstance(nested, Placed) else {}
    return [*nested.schema.dump_fields, *own] if isinstance(nested, Reference) else []


def open_journal(connection: Connection, restore_check: RestoreCheck) -> None:
    """Make the head row if there is none, and bring the log up to date if records look otherwise than it says.

    A database that the restore check contradicts was filled anew or restored from a backup, and begins a new epoch.

    The caller's transaction must hold the write lock.
    """
    head = journal.head(connection, lock=True)
    identity = restore_check.database_identity(connection)
    if head is None:
        new_epoch(connection)
    elif restore_check.contradicts(head, identity):
        logger.warning("a new epoch begins: the database was filled anew, or restored from a backup")
        journal.renew_epoch(connection)
    if head is None or head.database_identity != identity:
        journal.set_database_identity(connection, identity)
    if head is not None and head.schema_fingerprint != schema_fingerprint():
        reconcile(connection, MIGRATE)


def new_epoch(connection: Connection) -> None:
    """Take the data as it is for a new beginning: it was written past the log, by a seed or at the first start."""
    if journal.head(connection, lock=True) is None:
        empty = HeadState(epoch="", seq=0, oldest_delta_seq=0, schema_fingerprint="", database_identity="")
        connection.execute(insert(Head).values(id=journal.HEAD, **empty._asdict()))
    journal.renew_epoch(connection)
    reconcile(connection, SEED)


def _differ(resource: Resource, before: bytes, after: bytes) -> bool:
    """Whether two records differ in more than what their copies say, which is not theirs."""
    if before == after:
        return False
    one, other = orjson.loads(before), orjson.loads(after)
    if one.keys() != other.keys():
        return True
    by_field = {relation.field: relation for relation in resource.relations}
    return any(
        _copied(by_field[field], one) != _copied(by_field[field], other)
        if field in by_field
        else not same(one[field], other[field])
        for field in one
    )


def _copied(relation: Relation, record: Record) -> list[tuple[set[str], Record]]:
    """The fields of each copy, which are others after some upgrades; and what of it is the owner's, as the id is."""
    return [
        (set(copy), {name: copy[name] for name in copy if name == "id" or name not in relation.only})
        for copy in relation.copies(record)
    ]


class Reconciled(NamedTuple):
    """How many records differed, and which tables would have given ids twice."""

    changes: int
    ids: list[str]


def reconcile(connection: Connection, event: str) -> Reconciled:
    """Commit every record that looks otherwise than the log says, and let ids begin after all others.

    Whatever their number, few records are in memory at a time.
    """
    may_idle(connection)
    head = journal.head(connection, lock=True)
    assert head is not None
    found = _Differences(connection, head.seq, event)
    gone = [channel for channel in channels(connection) if channel not in Resource.registry]
    for channel in (*Resource.registry, *gone):
        for number, before, record in _compared(connection, channel):
            found.compare(channel, number, before, record)
    found.commit()
    connection.execute(update(Head).values(schema_fingerprint=schema_fingerprint()))
    return Reconciled(found.count, settle(connection))


def _compared(connection: Connection, channel: str) -> Iterator[tuple[int, bytes | None, bytes | None]]:
    """Each record by id, as the log has it and as the tables have it; None where there is none."""
    resource = Resource.registry.get(channel)
    known = ((number, False, row.record) for number, row in each(connection, channel))
    fresh = fresh_records(connection, resource) if resource is not None else ()
    both = merge(known, ((number, True, record) for number, record in fresh))
    for number, versions in groupby(both, key=itemgetter(0)):
        by_origin = {is_fresh: record for _, is_fresh, record in versions}
        yield number, by_origin.get(False), by_origin.get(True)


class _Differences:
    """Commits what differs, in as many commits as are needed: no more in one than a request may change."""

    def __init__(self, connection: Connection, seq: int, event: str) -> None:
        self._connection = connection
        self._seq = seq
        self._event = event
        self._changes: list[Change] = []
        self._bytes = 0
        self.count = 0

    def compare(self, channel: str, number: int, before: bytes | None, record: bytes | None) -> None:
        """Take note of a record, if it differs from what it was `before`."""
        if before is not None and record is not None and not _differ(Resource.registry[channel], before, record):
            return
        self._changes.append(Change(channel, number, self._seq + 1, record, before))
        self._bytes += len(before or b"") + len(record or b"")
        self.count += 1
        if len(self._changes) == MOST_CHANGES or self._bytes > MOST_BYTES:
            self.commit()

    def commit(self) -> None:
        """Write what was found so far."""
        if not self._changes:
            return
        self._seq += 1
        commit = Commit(self._seq, int(time.time() * 1000), self._event, None, None, self._changes)
        journal.append(self._connection, [journal.Entry(commit)])
        journal.advance(self._connection, self._seq)
        self._changes, self._bytes = [], 0
