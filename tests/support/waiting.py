"""Waiting for what no event announces, such as a number of open files."""

import time
from collections.abc import Callable

SECONDS = 20.0


def wait_until(condition: Callable[[], bool], what: str, seconds: float = SECONDS) -> None:
    """Return once the condition holds. Raises AssertionError naming `what`."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, f"not within {seconds:g} s: {what}"
        time.sleep(0.005)
