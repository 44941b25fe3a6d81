"""How durations are measured, for `/metrics`."""

from prometheus_client import Histogram

_SECONDS = (0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0)


def duration(name: str, text: str) -> Histogram:
    """Measures how long something takes, in seconds."""
    return Histogram(name, text, buckets=_SECONDS, registry=None)
