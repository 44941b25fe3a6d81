"""What each role may do. One table, asked for every request."""

from server.realtime.caller import Authorize
from server.realtime.caller import Caller
from server.realtime.errors import forbidden
from server.realtime.errors import unauthorized
from server.realtime.relations import Record
from server.realtime.resource import Resource

OWN_ONLY = "own"
# What a role may write: a channel's records, or of it its own record alone. "*" stands for every other channel.
WRITES: dict[str, dict[str, str | bool]] = {
    "admin": {"*": True},
    "coach": {"coaches": OWN_ONLY, "*": True},
    "viewer": {"*": False},
}


def authorize_for(access: str) -> Authorize:
    """The check of every write under the ACCESS setting."""

    def authorize(caller: Caller, event: str, resource: Resource, number: int, values: Record) -> None:
        if access == "open":
            return
        if caller.role is None:
            raise unauthorized()
        writes = WRITES[caller.role]
        allowed = writes.get(resource.channel, writes["*"])
        if allowed == OWN_ONLY:
            own = caller.user["id"] if caller.user else None
            allowed = resource.events.get(event) == "update" and own is not None and own == number
        if not allowed:
            raise forbidden()

    return authorize


def may_read(access: str, caller: Caller) -> bool:
    """Whether the gym's records are shown to this caller."""
    return access != "required" or caller.role is not None
