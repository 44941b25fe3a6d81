"""What callers may do: the interface of `accounts.rights`."""

from typing import Protocol

from sqlalchemy import Connection

from server.realtime.protocol.caller import Caller
from server.realtime.resource.relations import Record
from server.realtime.resource.resource import Resource
from server.realtime.resource.view import View


class Authorize(Protocol):
    """Refuses a write that the caller may not do."""

    def __call__(
        self,
        caller: Caller,
        event: str,
        resource: Resource,
        number: int,
        values: Record,
        connection: Connection | None,
        record: Record | None = None,
        /,
    ) -> None:
        """Raises a Refusal. `values` are to be written to the record `number`, over `connection`.

        Called first without a connection, before the request waits for the database; then with one; then with `record`
        before and after the write.
        """


class Rights(Protocol):
    """Says who may do what; each refusal is raised."""

    def may_read(self, caller: Caller) -> bool:
        """Whether the caller may read records at all."""

    def view(self, caller: Caller) -> View:
        """What the caller may read: the same View for all callers that may read the same."""

    def may_meet(self, caller: Caller) -> bool:
        """Whether the caller is sent `presence`, and is in it."""

    def permit(self, caller: Caller, event: str) -> None:
        """Refuse an event that the caller may not use, whatever its payload."""

    @property
    def authorize(self) -> Authorize:
        """The check of a write."""
