"""Who makes a request. The application identifies callers."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Caller:
    """The address of a client, and the account that has signed in there: without one all but the address is None.

    `actor` is the name that others see beside a change, `user` what the client is sent of itself. `sign_in` names the
    sign-in.
    """

    address: str
    username: str | None = None
    actor: str | None = None
    role: str | None = None
    user: dict[str, Any] | None = None
    sign_in: str | None = None
