"""From the arguments of an event to a validated request. Nothing here touches the database."""

from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any
from uuid import UUID

from server.fields import whole_number
from server.passwords import hash_password
from server.realtime.actions import Write
from server.realtime.caller import Caller
from server.realtime.errors import forbidden
from server.realtime.errors import invalid
from server.realtime.errors import malformed
from server.realtime.errors import unauthorized
from server.realtime.mutation import Request
from server.realtime.mutation import digest
from server.realtime.resource import Resource
from server.realtime.rights import Authorize
from server.realtime.views import View

_OPTIONS = ("op", "base", "check")
# What stands for the hash of a password that is not going to be kept.
_NO_HASH = "only checked"


@dataclass(frozen=True, slots=True)
class Options:
    """The second argument of a request: `op` names it, `base` is the rev that the edit started from.

    With `check` it is only asked what would happen.
    """

    op: str | None = None
    base: int | None = None
    check: bool = False

    @classmethod
    def parse(cls, opts: object) -> "Options":
        """Read `opts`; refuses what is no object, an op that is no UUID, a base that is no rev, and other keys."""
        if not isinstance(opts, Mapping):
            raise malformed("The second argument (opts) must be an object such as {op, base}.")
        if unknown := sorted(str(key)[:80] for key in opts if key not in _OPTIONS)[:10]:
            raise invalid({key: ["There is no such option; there are op, base and check."] for key in unknown})
        op, base, check = (opts.get(key) for key in _OPTIONS)
        if check is not None and not isinstance(check, bool):
            raise invalid({"check": ["Must be true or false."]})
        if op is not None:
            try:
                op = str(UUID(op))
            except (ValueError, TypeError, AttributeError):
                raise invalid({"op": ["Must be a UUID."]}) from None
        if base is not None and (isinstance(base, bool) or not isinstance(base, int) or base < 0):
            raise invalid({"base": ["Must be the rev of the record that the edit started from."]})
        return cls(op, base, bool(check))


def split(args: Sequence[object], *, required: bool = True) -> tuple[object, Options | None]:
    """The payload and the opts of an event's arguments; opts None if the client sent none."""
    if len(args) > 2:
        raise malformed("Send one argument, or two with opts.")
    if required and not args:
        raise malformed("Send the data as the first argument.")
    opts = args[1] if len(args) == 2 else None
    return (args[0] if args else None), (None if opts is None else Options.parse(opts))


def channel_of(name: object) -> Resource:
    """The resource of a channel named on the wire."""
    resource = Resource.registry.get(name) if isinstance(name, str) else None
    if resource is None:
        raise invalid({"channel": ["Must be one of " + ", ".join(Resource.registry) + "."]})
    return resource


def readable_channel(name: object, view: View, caller: Caller) -> Resource:
    """The same, refused if nothing of it is in the caller's view."""
    resource = channel_of(name)
    if resource.channel in view.hidden:
        raise unauthorized() if caller.role is None else forbidden()
    return resource


def record_id(resource: Resource, value: object) -> int:
    """A record's id off the wire, a number or a string of digits."""
    try:
        number = whole_number(value)
    except ValueError:
        number = 0
    if number < 1:
        name = resource.name.replace("_", " ")
        raise invalid({"id": [f"Must be the id of a {name}."]})
    return number


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
    write = Write(resource, action, number, values, options.base, opts is not None, allow, options.check)
    shown = digest(event, _without(data, resource.secrets)) if options.op else ""
    return Request(event, caller, write.apply, allow, options.op, shown, options.base is not None)


def _without(data: object, secrets: frozenset[str]) -> Any:
    """The payload without passwords: even a digest of one is not for the journal."""
    return {key: value for key, value in data.items() if key not in secrets} if isinstance(data, Mapping) else data
