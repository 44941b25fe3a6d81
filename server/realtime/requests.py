"""From the payload of an event that writes a record to a validated request. Nothing here touches the database."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from sqlalchemy import Connection

from server.passwords import hash_password
from server.realtime.actions import Write
from server.realtime.arguments import Options
from server.realtime.caller import Caller
from server.realtime.errors import invalid
from server.realtime.lookup import record_id
from server.realtime.mutation import Request
from server.realtime.mutation import digest
from server.realtime.relations import Record
from server.realtime.resource import Resource
from server.realtime.rights import Authorize

# What stands for the hash of a password that is not going to be kept.
_NO_HASH = "only checked"


def write_request(
    event: str, data: object, opts: Options | None, caller: Caller, authorize: Authorize, *, resource: Resource
) -> Request:
    """The request for `new_*`, `update_*` or `delete_*`. Refuses what the contract does not allow."""
    action = resource.events[event]
    number, values = 0, {}
    if action == "delete":
        number = record_id(resource, data.get("id") if isinstance(data, Mapping) else data)
    else:
        values = resource.load(data, partial=action == "update")
        given = data.get("id") if isinstance(data, Mapping) else None
        if action == "update":
            number = record_id(resource, given)
        elif given not in (None, ""):
            raise invalid({"id": ["Leave the id out: the server chooses it."]})
    options = opts or Options()
    allow = partial(authorize, caller, event, resource, number, values)
    for secret in resource.secrets & values.keys():
        # Hashing costs a tenth of a second: not for those who may not write, nor for what is not written.
        allow(None)
        values[secret] = _NO_HASH if options.check else hash_password(values[secret])
    permit = partial(permit_deletion, authorize, caller)
    write = Write(resource, action, number, values, options.base, opts is not None, allow, permit, options.check)
    shown = digest(event, _without(data, resource.secrets)) if options.op else ""
    return Request(event, caller, write.apply, allow, options.op, shown, options.base is not None)


def permit_deletion(
    authorize: Authorize, caller: Caller, connection: Connection, resource: Resource, number: int, record: Record
) -> None:
    """Refuse to delete a record that is not the caller's to delete."""
    authorize(caller, f"delete_{resource.name}", resource, number, {}, connection, record)


def _without(data: object, secrets: frozenset[str]) -> Any:
    """The payload without passwords: even a digest of one is not for the journal."""
    return {key: value for key, value in data.items() if key not in secrets} if isinstance(data, Mapping) else data
