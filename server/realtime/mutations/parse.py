"""From the payload of an event that writes a record to a validated request. Nothing here touches the database."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from sqlalchemy import Connection

from server.realtime.mutations.crud import Write
from server.realtime.mutations.mutation import Request
from server.realtime.protocol.arguments import Options
from server.realtime.protocol.caller import Caller
from server.realtime.protocol.errors import invalid
from server.realtime.resource.loading import load
from server.realtime.resource.lookup import record_id
from server.realtime.resource.relations import Record
from server.realtime.resource.resource import Resource
from server.realtime.resource.rights import Authorize
from server.values.passwords import hash_password


def write_request(
    event: str, data: object, opts: Options | None, caller: Caller, authorize: Authorize, *, resource: Resource
) -> Request:
    """The request for `new_*`, `update_*` or `delete_*`. Refuses what the contract does not allow."""
    action = resource.events[event]
    number, values = 0, {}
    if action == "delete":
        number = record_id(resource, data.get("id") if isinstance(data, Mapping) else data)
    else:
        values = load(resource, data, partial=action == "update")
        given = data.get("id") if isinstance(data, Mapping) else None
        if action == "update":
            number = record_id(resource, given)
        elif given not in (None, ""):
            raise invalid({"id": ["Leave the id out: the server chooses it."]})
    options = opts or Options()
    allow = partial(authorize, caller, event, resource, number, values)
    for secret in resource.secrets & values.keys():
        # Hashing takes its time: not for those who may not write.
        allow(None)
        values[secret] = hash_password(values[secret], keep=not options.check)
    permit = partial(permit_deletion, authorize, caller)
    write = Write(resource, action, number, values, options.base, opts is not None, allow, permit, options.check)
    payload, reads_journal = _without(data, resource.secrets), options.base is not None
    return Request(event, caller, write.apply, allow, payload=payload, reads_journal=reads_journal)


def permit_deletion(
    authorize: Authorize, caller: Caller, connection: Connection, resource: Resource, number: int, record: Record
) -> None:
    """Refuse to delete a record that is not the caller's to delete."""
    authorize(caller, f"delete_{resource.name}", resource, number, {}, connection, record)


def _without(data: object, secrets: frozenset[str]) -> Any:
    """The payload without passwords."""
    if not secrets or not isinstance(data, Mapping):
        return data
    return {key: value for key, value in data.items() if key not in secrets}
