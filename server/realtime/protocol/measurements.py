"""What is counted when it happens: how many requests there were, by event and outcome; and how times are measured."""

from functools import cache

from prometheus_client import Counter
from prometheus_client import Histogram

from server.realtime.protocol.ack import Ack

_SECONDS = (0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0)

_OK = "ok"
_UNKNOWN = "unknown"


def duration(name: str, text: str) -> Histogram:
    """Measures how long something takes, in seconds."""
    return Histogram(name, text, buckets=_SECONDS, registry=None)


def requests_counter() -> Counter:
    """The counter of all requests of a process."""
    text = "Requests answered, by event and outcome."
    return Counter("spotter_requests", text, ["event", "code"], registry=None)


class RequestCounts:
    """Counts the requests of one namespace in `requests`: by event, and by outcome, `ok` or a code of errors.py.

    Events that are not among `events` count as `unknown`, so that no client can make it grow.
    """

    def __init__(self, requests: Counter) -> None:
        self.requests = requests
        self.events: set[str] = set()
        # To find a counter by its labels costs the library three times as much as to count.
        self._counter = cache(requests.labels)

    def know(self, event: str) -> None:
        """Count this event under its name."""
        self.events.add(event)
        # It begins with 0: from a counter that begins with 1 no rate can be told.
        self._counter(event, _OK)

    def count(self, event: object, ack: Ack) -> None:
        """One request was answered."""
        name = event if isinstance(event, str) and event in self.events else _UNKNOWN
        self._counter(name, ack.meta.get("code", _OK)).inc()
