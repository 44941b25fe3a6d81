"""What changed is told in the order of channels: a record that copies another may come after it, with an older copy."""

from typing import Any


def plant() -> None:
    """Sort the changes of a frame."""
    from server.realtime.queries.delta import Delta

    made = Delta.__init__

    def ordered(self: Any, changes: Any) -> None:
        made(self, changes)
        self.newest.sort(key=lambda newest: newest.change.channel)

    Delta.__init__ = ordered  # type: ignore[method-assign]
