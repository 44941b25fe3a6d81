"""A snapshot that was read before the client joined: what was committed between is in neither."""

from typing import Any


def plant() -> None:
    """Answer with the records of the last time, at the seq of now."""
    from server.realtime.journal.state import State

    revised = State.revised
    earlier: list[bytes] = []

    def old(self: Any, view: Any) -> bytes:
        earlier.append(revised(self, view))
        return earlier.pop(0) if len(earlier) > 1 else earlier[0]

    State.revised = old  # type: ignore[method-assign]
