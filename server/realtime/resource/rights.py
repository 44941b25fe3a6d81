"""What callers may do. The application decides it, by what each resource declares."""

from typing import Protocol

from sqlalchemy import Connection

from server.realtime.protocol.caller import Caller
from server.realtime.resource.relations import Record
from server.realtime.resource.resource import Resource
from server.realtime.resource.view import View


class Authorize(Protocol):
    """Refuses a write that is not for this caller."""

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
        """Raises a Refusal. `values` are to be written to the record of this id, over `connection`.

        Without a connection it is a first look, before work is spent on the request. With `record` it is the last one:
        the record as it is, or as it would become.
        """


class Rights(Protocol):
    """Says who may do what; each refusal is raised."""

    def may_read(self, caller: Caller) -> bool:
        """Whether the caller may have the records."""

    def view(self, caller: Caller) -> View:
        """What of the records the caller may have: the same View for all who may have the same."""

    def may_meet(self, caller: Caller) -> bool:
        """Whether the caller sees who else is here, and is seen."""

    def permit(self, caller: Caller, event: str) -> None:
        """Refuse an event that is not for this caller, whatever its payload."""

    @property
    def authorize(self) -> Authorize:
        """Refuses a write that is not for this caller."""
