"""Answers of one line, and downloads that others need not wait for."""

from collections.abc import Iterator
from itertools import islice

import gevent
from flask import Response

_UNAVAILABLE = "The gym's data cannot be reached just now. Please try again.\n"
_FORBIDDEN = "Your role does not allow this. Ask an admin.\n"


def line(text: str, status: int, headers: dict[str, str] | None = None) -> Response:
    """The text, which ends with a line break, for a person."""
    return Response(text, status, headers, mimetype="text/plain")


def unavailable(error: Exception | None = None) -> Response:
    """The database cannot be reached, or nothing was read of it yet."""
    return line(_UNAVAILABLE, 503, {"Retry-After": "1"})


def forbidden() -> Response:
    """The caller's role does not allow it."""
    return line(_FORBIDDEN, 403)


def download(name: str, mimetype: str, parts: Iterator[str], at_once: int) -> Response:
    """A file of these parts; other greenlets run after so many."""
    # No cache may keep what others may not read.
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return Response(_yielding(parts, at_once), headers=headers, content_type=f"{mimetype}; charset=utf-8")


def _yielding(parts: Iterator[str], at_once: int) -> Iterator[bytes]:
    while block := "".join(islice(parts, at_once)):
        yield block.encode()
        gevent.sleep(0)
