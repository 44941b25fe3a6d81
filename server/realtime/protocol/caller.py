"""Who is asking. The application says how callers are told apart."""

from dataclasses import dataclass
from typing import Any


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
