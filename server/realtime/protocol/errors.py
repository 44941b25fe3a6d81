"""Every way a request can fail: a code, and a line for a person with the cure."""

import math
from collections.abc import Mapping
from enum import StrEnum
from typing import Any

# {field: [messages], nested fields nested}
Errors = dict[str, Any]


class Code(StrEnum):
    """`meta.code` of a failed request."""

    INVALID = "invalid"
    NOT_FOUND = "not_found"
    CONFLICT = "conflict"
    IN_USE = "in_use"
    UNAUTHORIZED = "unauthorized"
    FORBIDDEN = "forbidden"
    RATE_LIMITED = "rate_limited"
    UNKNOWN_EVENT = "unknown_event"
    OP_REUSED = "op_reused"
    TOO_LARGE = "too_large"
    UNAVAILABLE = "unavailable"
    INTERNAL = "internal"


class Refusal(Exception):
    """A request that is answered with `ok: false` and changes nothing.

    `errors` has fields, and always the line under "errors"; `meta` has the code and what else a client with opts gets.
    """

    def __init__(self, code: Code, line: str, errors: Errors | None = None, **meta: Any) -> None:
        super().__init__(line)
        self.code = code
        self.errors: Errors = {**(errors or {}), "errors": line}
        self.meta: dict[str, Any] = {"code": code.value, **meta}


class OutOfStep(Refusal):
    """The rows are not those of the journal: they were written past the server, and an operator has to reconcile."""

    def __init__(self, problem: str) -> None:
        cure = "This can be mended on the server, by `flask --app server journal reconcile`."
        super().__init__(Code.UNAVAILABLE, f"{problem} {cure}")


def _first_line(errors: Any, label: str = "") -> str:
    """The first message in nested field errors, after the name of its field."""
    if isinstance(errors, dict):
        for key, inner in errors.items():
            # A key may be of the client's making: no line breaks, and not too long.
            outer = " ".join(key.replace("_", " ").split())[:40] if isinstance(key, str) and key[:1] != "_" else ""
            name = f"{label} {int(key) + 1}" if str(key).isdigit() else label if outer in ("", "id") else outer
            return _first_line(inner, name)
    message = errors[0] if isinstance(errors, list) else errors
    return f"{label.strip().capitalize()}: {message}" if label else str(message)


def _count(errors: Any) -> int:
    return sum(map(_count, errors.values())) if isinstance(errors, dict) else 1


def invalid(errors: Errors) -> Refusal:
    """Invalid fields. `errors` is nested by field, as Marshmallow gives it."""
    line = _first_line(errors)
    if (others := _count(errors) - 1) > 0:
        line += f" ({others} more to correct.)"
    return Refusal(Code.INVALID, line, errors)


def malformed(line: str) -> Refusal:
    """A request without the shape that the contract demands; `line` says what that is."""
    return Refusal(Code.INVALID, line)


def of_writes(refused: Mapping[int, tuple[str, Refusal]], **more: Any) -> Refusal:
    """Some writes of a batch, each by its place, with its event and why it was refused.

    Each has the errors that it would have alone; the code, and what else is in `meta`, are those of the first.
    """
    first = min(refused)
    event, refusal = refused[first]
    line = f"{write_name(first, event)}: {refusal.errors['errors']}"
    if (others := len(refused) - 1) > 0:
        line += f" (And {others} other{'s' * (others > 1)}.)"
    writes = {str(place): refused[place][1].errors for place in sorted(refused)}
    composed = Refusal(refusal.code, line, {"writes": writes})
    composed.meta = {**refusal.meta, **more}
    return composed


def write_name(place: int, event: str) -> str:
    """A write of a batch as a person counts; `event` is empty if it has none."""
    return f"Write {place + 1}" + f" ({event.replace('_', ' ')})" * bool(event)


def not_found(name: str, number: int) -> Refusal:
    """No record of that id."""
    message = f"There is no {name.replace('_', ' ')} {number}. It may have been deleted."
    return Refusal(Code.NOT_FOUND, message, {"id": [message]})


def in_use(name: str, users: str) -> Refusal:
    """A record that others refer to is not deleted; `users` names them."""
    message = f"This {name.replace('_', ' ')} is used by {users}. Change or delete that first."
    return Refusal(Code.IN_USE, message, {"id": [message]})


def conflict(line: str, **meta: Any) -> Refusal:
    """The record changed since `base`, in fields that this request changes."""
    return Refusal(Code.CONFLICT, line, **meta)


def unauthorized() -> Refusal:
    """The caller has not signed in, and must."""
    return Refusal(Code.UNAUTHORIZED, "Please sign in to do this.")


def forbidden(line: str = "Your role does not allow this. Ask an admin.") -> Refusal:
    """The caller has signed in, and may not do this."""
    return Refusal(Code.FORBIDDEN, line)


def rate_limited(retry_after: float) -> Refusal:
    """Too many requests; `retry_after` is in seconds."""
    seconds = max(1, round(retry_after))
    line = f"Too many requests. Please try again in {seconds} s."
    return Refusal(Code.RATE_LIMITED, line, retry_after=math.ceil(retry_after * 100) / 100)


def unread() -> Refusal:
    """The client has not read what it was sent: an answer would hide what it was not sent meanwhile."""
    line = "This client has not read all that it was sent. Please read it, and ask again."
    return Refusal(Code.RATE_LIMITED, line, retry_after=1)


def unknown_event() -> Refusal:
    """No event of that name."""
    return Refusal(Code.UNKNOWN_EVENT, "The server knows no event of this name.")


def op_reused() -> Refusal:
    """The `op` is that of another request."""
    return Refusal(Code.OP_REUSED, "This op was used for another request. Use a new UUID for each request.")


def unfit() -> Refusal:
    """A constraint of the database that no field is known for."""
    return Refusal(Code.INVALID, "This does not fit with other records. Reload, and try again.")


def too_large(line: str) -> Refusal:
    """More than one request may do; `line` says of what, and how much that is."""
    return Refusal(Code.TOO_LARGE, line)


def too_slow() -> Refusal:
    """The database took too long for this request, for which others wait."""
    line = "This took too long, and was not done. Please try again; with the same op it is safe."
    return Refusal(Code.UNAVAILABLE, line)


def unavailable() -> Refusal:
    """The database cannot be reached, or is busy for too long."""
    return Refusal(
        Code.UNAVAILABLE, "The gym's data cannot be reached just now. Please try again; with the same op it is safe."
    )


def cannot_be_written(why: str) -> Refusal:
    """The database can be read, and not written; `why` says what is wrong with its disk."""
    line = f"Nothing can be saved just now: {why}, on the server. Please try again; with the same op it is safe."
    return Refusal(Code.UNAVAILABLE, line)


def internal(reference: str) -> Refusal:
    """A defect of the server; `reference` finds it in the log."""
    return Refusal(Code.INTERNAL, f"Something went wrong on the server. Please report it with the code {reference}.")
