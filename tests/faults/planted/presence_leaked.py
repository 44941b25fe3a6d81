"""Who is there is told to everybody who is there."""

from typing import Any


def plant() -> None:
    """Let all callers meet, and all clients see it."""
    from server.accounts.access_rights import Rights
    from server.realtime.presence import presence

    def everybody(self: Any, caller: Any) -> bool:
        return True

    Rights.may_meet = everybody  # type: ignore[method-assign]
    made = presence._Member.__init__

    def edited(self: Any, client: Any) -> None:
        made(self, client)
        self.has_edited = True

    presence._Member.__init__ = edited  # type: ignore[method-assign]
