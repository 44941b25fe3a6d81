"""What each role may do. One table, asked for every event."""

from contextlib import suppress
from enum import StrEnum

from sqlalchemy import Connection
from sqlalchemy import select

from server.accounts.admins import keep_an_admin
from server.accounts.models import Account
from server.realtime.caller import Caller
from server.realtime.errors import Refusal
from server.realtime.errors import forbidden
from server.realtime.errors import unauthorized
from server.realtime.relations import Record
from server.realtime.resource import Resource


class Need(StrEnum):
    """What an event asks of its caller."""

    NOTHING = "nothing"
    READ = "read"
    WRITE = "write"
    SIGNED_IN = "signed in"
    ADMIN = "admin"


# Events that write records need WRITE, and any other that is not named here READ.
EVENTS = {
    "login": Need.NOTHING,
    "logout": Need.NOTHING,
    "undo": Need.WRITE,
    "editing": Need.WRITE,
    "accounts": Need.ADMIN,
    "set_password": Need.SIGNED_IN,
    "new_account": Need.ADMIN,
    "set_account": Need.ADMIN,
    "delete_account": Need.ADMIN,
}
OWN_ONLY = "own"
# What a role may write: a channel's records, or of it its own record alone. "*" stands for every other channel.
WRITES: dict[str, dict[str, str | bool]] = {
    "admin": {"*": True},
    "coach": {"coaches": OWN_ONLY, "*": True},
    "viewer": {"*": False},
}

_account = select(Account.id, Account.username, Account.role)


class Rights:
    """The checks under an ACCESS setting."""

    def __init__(self, access: str) -> None:
        self._access = access
        self._needs = EVENTS | {event: Need.WRITE for one in Resource.registry.values() for event in one.events}
        # What the table comes to, looked up for every event; others are found out.
        self._permitted: set[tuple[str | None, str]] = set()
        for role in (None, *WRITES):
            for event in self._needs:
                with suppress(Refusal):
                    self.permit(Caller("", role=role), event)
                    self._permitted.add((role, event))

    def may_read(self, caller: Caller) -> bool:
        """Whether the gym's records are shown to this caller."""
        return self._access != "required" or caller.role is not None

    def may_meet(self, caller: Caller) -> bool:
        """Whether the caller sees who else is here, and is seen. Visitors of a public page and the staff do not."""
        return self._access == "open" or caller.role is not None

    def permit(self, caller: Caller, event: str) -> None:
        """Refuse an event that is not for this caller, whatever its payload."""
        if (caller.role, event) in self._permitted:
            return
        need = self._needs.get(event, Need.READ)
        if need is Need.NOTHING or (need is Need.READ and self.may_read(caller)):
            return
        if need is Need.WRITE and self._access == "open":
            return
        if caller.role is None:
            raise unauthorized()
        if (need is Need.ADMIN and caller.role != "admin") or (need is Need.WRITE and caller.role == "viewer"):
            raise forbidden()

    def authorize(
        self,
        caller: Caller,
        event: str,
        resource: Resource,
        number: int,
        values: Record,
        connection: Connection | None,
    ) -> None:
        """Refuse a write that this caller may not make. Without a connection, only by what can be told without one."""
        action = resource.events[event]
        if self._access != "open":
            self._check_role(caller, action, resource, number)
        if connection is not None and resource.channel == "coaches" and action != "new":
            _guard_admin(connection, caller, action, number, values)

    def _check_role(self, caller: Caller, action: str, resource: Resource, number: int) -> None:
        if caller.role is None:
            raise unauthorized()
        writes = WRITES[caller.role]
        allowed = writes.get(resource.channel, writes["*"])
        if allowed == OWN_ONLY:
            own = caller.user["id"] if caller.user else None
            allowed = action == "update" and own is not None and own == number
        if not allowed:
            raise forbidden()


def _guard_admin(connection: Connection, caller: Caller, action: str, coach: int, values: Record) -> None:
    """A coach's record makes and changes the coach's account; an admin's is not taken over or removed that way.

    Not under any ACCESS: who writes freely today would be admin when the gym goes on the internet.
    """
    if action == "update" and not values.keys() & {"username", "password"}:
        return
    account = connection.execute(_account.where(Account.coach_id == coach)).first()
    if account is None or account.role != "admin":
        return
    username = None if action == "delete" else values.get("username", account.username)
    if username == account.username and "password" not in values:
        return
    if caller.role != "admin":
        raise forbidden("This coach is an admin, and only admins may change an admin's account.")
    if not username:
        keep_an_admin(connection, account.id, "id" if action == "delete" else "username")
