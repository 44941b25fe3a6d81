"""What a request on the namespace is answered: the same three keys as everywhere."""

from typing import Any

from server.realtime.errors import Refusal

Answer = dict[str, Any]


def accepted(data: object) -> Answer:
    """The request was carried out."""
    return {"ok": True, "data": data, "errors": {}}


def refused(refusal: Refusal) -> Answer:
    """The request did nothing; `errors.errors` tells a person why."""
    return {"ok": False, "data": None, "errors": refusal.errors}
