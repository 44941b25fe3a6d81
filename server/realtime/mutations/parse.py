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
    warns = opts is not None
    write = parse_write(event, data, opts or Options(), caller, authorize, resource=resource, with_warnings=warns)
    hash_secrets(write)
    return Request(
        event,
        caller,
        write.apply,
        write.allow,
        payload=without_secrets(data, resource),
        channels=(resource.channel,),
        reads_journal=write.base is not None,
    )


def parse_write(
    event: str,
    data: object,
    options: Options,
    caller: Caller,
    authorize: Authorize,
    *,
    resource: Resource,
    with_warnings: bool,
) -> Write:
    """The write that a payload stands for, by itself or in a batch; `hash_secrets` completes it."""
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
    allow = partial(authorize, caller, event, resource, number, values)
    permit = partial(permit_deletion, authorize, caller)
    return Write(resource, action, number, values, options.base, with_warnings, allow, permit, options.check)


def hash_secrets(write: Write) -> None:
    """Replace each password by its hash, which takes a while."""
    for secret in write.resource.secrets & write.values.keys():
        # Not for those who may not write.
        write.allow(None)
        write.values[secret] = hash_password(write.values[secret], keep=not write.check)


def permit_deletion(
    authorize: Authorize, caller: Caller, connection: Connection, resource: Resource, number: int, record: Record
) -> None:
    """Refuse to delete a record that is not the caller's to delete."""
    authorize(caller, f"delete_{resource.name}", resource, number, {}, connection, record)


def without_secrets(data: object, resource: Resource) -> Any:
    """The payload without passwords."""
    if not resource.secrets or not isinstance(data, Mapping):
        return data
    return {key: value for key, value in data.items() if key not in resource.secrets}
