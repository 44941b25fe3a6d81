"""Who is asking. The application says how callers are told apart and what they may do."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from typing import Protocol

from sqlalchemy import Connection

from server.realtime.relations import Record
from server.realtime.resource import Resource


@dataclass(frozen=True, slots=True)
class Caller:
    """One client of the server: where it is, and who has signed in there (None: nobody).

    `actor` is the name that others see beside a change. `role` is None for nobody. `sign_in` names the sign-in.
    """

    address: str
    username: str | None = None
    actor: str | None = None
    role: str | None = None
    user: dict[str, Any] | None = None
    sign_in: str | None = None


# (caller, event, resource, id of the record, values to write, the transaction's connection): raises a Refusal if that
# is not allowed. Without a connection it is a first look, before work is spent on the request.
Authorize = Callable[[Caller, str, Resource, int, Record, Connection | None], None]


class Rights(Protocol):
    """Says who may do what; each refusal is raised."""

    def may_read(self, caller: Caller) -> bool:
        """Whether the caller may have the records."""

    def may_meet(self, caller: Caller) -> bool:
        """Whether the caller sees who else is here, and is seen."""

    def permit(self, caller: Caller, event: str) -> None:
        """Refuse an event that is not for this caller, whatever its payload."""

    @property
    def authorize(self) -> Authorize:
        """Refuses a write that is not for this caller."""
