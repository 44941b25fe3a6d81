"""What each role may do: checked for every event, and for each record that is written. Admins may do everything."""

from contextlib import suppress
from enum import StrEnum
from functools import partial
from weakref import WeakValueDictionary

import orjson
from sqlalchemy import Connection, select

from server.accounts.admins import keep_an_admin
from server.accounts.models import ROLES, Account
from server.realtime.protocol.caller import Caller
from server.realtime.protocol.errors import Refusal, forbidden, unauthorized
from server.realtime.resource.relations import Record, without_copies
from server.realtime.resource.resource import Resource
from server.realtime.resource.rules import Rule
from server.realtime.resource.view import EVERYTHING, View


class Need(StrEnum):
    """The right that an event needs."""

    NOTHING = "nothing"
    READ = "read"
    WRITE = "write something"
    SIGNED_IN = "signed in"
    ADMIN = "admin"


# Events that write a resource's records need what the resource declares, any other that is not named here READ.
EVENTS = {
    "login": Need.NOTHING,
    "logout": Need.NOTHING,
    "batch": Need.WRITE,
    "undo": Need.WRITE,
    "editing": Need.WRITE,
    "accounts": Need.ADMIN,
    "set_password": Need.SIGNED_IN,
    "reset_link": Need.ADMIN,
    # Who has the link.
    "reset_password": Need.NOTHING,
    "feed": Need.SIGNED_IN,
    "new_account": Need.ADMIN,
    "set_account": Need.ADMIN,
    "delete_account": Need.ADMIN,
}
ADMIN = "admin"

_account = select(Account.id, Account.username, Account.role)


class Rights:
    """The rights under an ACCESS setting."""

    def __init__(self, access: str) -> None:
        self._access = access
        self._writes = {
            event: resource.write[action]
            for resource in Resource.registry.values()
            for event, action in resource.events.items()
        }
        self._changes = {
            event: resource.read
            for resource in Resource.registry.values()
            for event, action in resource.events.items()
            if resource.read is not None and action != "new"
        }
        for resource in Resource.registry.values():
            _check_roles(resource)
        self._limited = [resource for resource in Resource.registry.values() if resource.read is not None]
        self._views: WeakValueDictionary[str, View] = WeakValueDictionary()
        # The rules' results by role and event, since they are needed for every event.
        self._permitted: set[tuple[str | None, str]] = set()
        for role in (None, *ROLES):
            for event in (*EVENTS, *self._writes):
                with suppress(Refusal):
                    self.permit(Caller("", role=role), event)
                    self._permitted.add((role, event))

    def may_read(self, caller: Caller) -> bool:
        """Whether the caller may read the gym's records."""
        return self._access != "required" or caller.role is not None

    def view(self, caller: Caller) -> View:
        """The records that this caller may read, if it may read at all: one View for all who may read the same."""
        if not self._limited or caller.role == ADMIN:
            return EVERYTHING
        rules = {resource: resource.read for resource in self._limited if resource.read is not None}
        hidden = [resource.channel for resource, rule in rules.items() if not rule.allows_role(caller.role)]
        known = _by_account(caller)
        filters = {
            resource.channel: partial(_holds, rule, known, resource)
            for resource, rule in rules.items()
            if rule.of is not None and rule.allows_role(caller.role)
        }
        if not hidden and not filters:
            return EVERYTHING
        account = [known.username, known.role, known.user] if filters else None
        key = orjson.dumps([hidden, list(filters), account]).decode()
        view = self._views.get(key)
        if view is None:
            view = self._views[key] = View(hidden, filters, key)
        return view

    def may_meet(self, caller: Caller) -> bool:
        """Whether the caller takes part in presence: visitors of a public page neither see the staff nor are seen."""
        return self._access == "open" or caller.role is not None

    def permit(self, caller: Caller, event: str) -> None:
        """Refuse an event that this caller may not use, whatever its payload."""
        if (caller.role, event) in self._permitted:
            return
        need = Need.WRITE if event in self._writes else EVENTS.get(event, Need.READ)
        if need is Need.NOTHING or (need is Need.READ and self.may_read(caller)):
            return
        if need is Need.WRITE and self._access == "open" and not self._hides(caller.role, event):
            return
        if caller.role is None:
            raise unauthorized()
        if need is Need.ADMIN and caller.role != ADMIN:
            raise forbidden()
        if need is Need.WRITE and not self._may_write(caller.role, event):
            raise forbidden()

    def _hides(self, role: str | None, event: str) -> bool:
        """Whether the event would change records that this role may not read."""
        return event in self._changes and not (role == ADMIN or self._changes[event].allows_role(role))

    def _may_write(self, role: str, event: str) -> bool:
        """Whether the role may write some record by this event; by one of no resource, if it may write any."""
        rules = [self._writes[event]] if event in self._writes else self._writes.values()
        return role == ADMIN or (any(rule.allows_role(role) for rule in rules) and not self._hides(role, event))

    def authorize(
        self,
        caller: Caller,
        event: str,
        resource: Resource,
        number: int,
        values: Record,
        connection: Connection | None,
        record: Record | None = None,
    ) -> None:
        """Refuse a write that this caller may not make, as far as that shows without a connection or a record."""
        action = resource.events[event]
        if self._access != "open":
            self._check_rule(caller, action, resource, record)
        if connection is not None and resource.channel == "coaches" and action != "new":
            _guard_admin(connection, caller, action, number, values)

    def _check_rule(self, caller: Caller, action: str, resource: Resource, record: Record | None) -> None:
        if caller.role is None:
            raise unauthorized()
        if caller.role == ADMIN:
            return
        rule = resource.write[action]
        if not rule.allows_role(caller.role) or (
            record is not None and rule.of is not None and not _holds(rule, _by_account(caller), resource, record)
        ):
            raise forbidden()


def _by_account(caller: Caller) -> Caller:
    """The caller as rules see it: what its account says, which is the same for all its sign-ins."""
    user = caller.user and {key: caller.user[key] for key in ("id", "username", "role")}
    return Caller("", caller.username, None, caller.role, user)


def _holds(rule: Rule, caller: Caller, resource: Resource, record: Record) -> bool:
    return rule.allows(caller, without_copies(resource.relations, record))


def _check_roles(resource: Resource) -> None:
    """Raises TypeError if the resource names a role that no account can have."""
    for rule in filter(None, (resource.read, *resource.write.values())):
        if unknown := (rule.roles or frozenset()) - set(ROLES):
            raise TypeError(f"{resource.name}: there is no role {min(unknown)!r}; there are {', '.join(ROLES)}")


def _guard_admin(connection: Connection, caller: Caller, action: str, coach: int, values: Record) -> None:
    """A coach's record makes and changes the coach's account; only admins change or delete an admin's that way.

    Also under ACCESS=open: whoever took over an admin's account there would be admin once ACCESS is another.
    """
    if action == "update" and not values.keys() & {"username", "password"}:
        return
    account = connection.execute(_account.where(Account.coach_id == coach)).first()
    if account is None or account.role != "admin":
        return
    username = None if action == "delete" else values.get("username", account.username)
    if username == account.username and "password" not in values:
        return
    if caller.role != ADMIN:
        raise forbidden("This coach is an admin, and only admins may change an admin's account.")
    if not username:
        keep_an_admin(connection, account.id, "id" if action == "delete" else "username")
