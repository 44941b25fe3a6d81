"""Arrays are made side by side, and one that took longer is sent after a newer one."""

from typing import Any


def plant() -> None:
    """Send the array of before in the place of every third."""
    from server.realtime.queries.publisher import Publisher

    newest = Publisher.array_frame
    before: dict[str, bytes] = {}
    count = 0

    def late(self: Any, channel: str, view: Any) -> bytes:
        nonlocal count
        count += 1
        framed = newest(self, channel, view)
        if count % 3 == 0 and channel in before:
            return before[channel]
        before[channel] = framed
        return framed

    Publisher.array_frame = late  # type: ignore[method-assign]
