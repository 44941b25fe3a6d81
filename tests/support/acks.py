"""The shape of every answer."""

import re
from typing import Any

KEYS = {"ok", "data", "errors"}
META_KEYS = {"seq", "rev", "revs", "code", "replayed", "warnings", "current", "fields", "actor", "retry_after"}
CODES = {
    "invalid", "not_found", "conflict", "in_use", "unauthorized", "forbidden", "rate_limited", "unknown_event",
    "op_reused", "too_large", "unavailable", "internal",
}  # fmt: skip

# What a Python exception, a query or a path leaves in a text. Bad inputs contain none of these, so an echo is no false
# alarm.
LEAKS = re.compile(
    r"sqlite|sqlalchemy|psycopg|postgres|integrity|constraint|traceback|(?-i:[A-Z]\w*(Error|Exception)|Exception\()"
    r"|\bfile \"|\.py\b|/\w+/\w+/|select .* from|insert into|update \w+ set|delete from|nonetype|has no attribute"
    r"|unhashable|object is not|not supported between|<class|__\w+__|0x[0-9a-f]{6}",
    re.IGNORECASE,
)


def assert_success(ack: Any, extended: bool = False) -> None:
    """Exactly ok, data and errors; a fourth key, meta, when opts were given."""
    assert isinstance(ack, dict), f"an ack is an object: {ack!r}"
    assert ack.get("ok") is True, f"refused: {ack}"
    assert set(ack) == KEYS | ({"meta"} if extended else set()), f"keys of an ack: {sorted(ack)}"
    assert ack["errors"] == {}, f"a success with errors: {ack}"
    if extended:
        assert_meta(ack["meta"])


def assert_failure(ack: Any, extended: bool | None = False) -> None:
    """The same keys, data null, and errors that a form can render and that say nothing of the server's inside.

    `extended` None: the request was such that there may be a meta or not.
    """
    assert isinstance(ack, dict), f"an ack is an object: {ack!r}"
    assert ack.get("ok") is False, f"not refused: {ack}"
    if extended is None:
        extended = "meta" in ack
    assert set(ack) == KEYS | ({"meta"} if extended else set()), f"keys of an ack: {sorted(ack)}"
    assert ack["data"] is None, f"a failure with data: {ack}"
    assert_errors(ack["errors"])
    if extended:
        assert_meta(ack["meta"])
        assert ack["meta"].get("code") in CODES, f"a failure without a code: {ack}"


def assert_refused_login(ack: Any) -> None:
    """A failure with the keys of `login` beside: nobody, no token, and a message by a field that the form shows."""
    assert ack["user"] is None and ack["token"] is None, f"refused, and signed in: {ack}"
    assert_failure({key: value for key, value in ack.items() if key not in ("user", "token")})
    assert ack["errors"].keys() & {"username", "password"}, f"not by a field of the form: {ack}"


def assert_errors(errors: Any) -> None:
    """`errors` is one line for a person; beside it fields with lists of messages, nested as the data is."""
    assert isinstance(errors, dict), f"errors is an object: {errors!r}"
    summary = errors.get("errors")
    assert isinstance(summary, str) and summary.strip(), f"no errors.errors: {errors}"
    assert len(summary.splitlines()) == 1 and len(summary) <= 300, f"not one line for a person: {summary!r}"
    assert not LEAKS.search(summary), f"the server's inside shows: {summary!r}"
    for field, messages in errors.items():
        if field == "writes" and isinstance(messages, dict):
            assert messages and all(place.isdigit() for place in messages), f"not by place: {errors}"
            for of_write in messages.values():
                assert_errors(of_write)
        elif field != "errors":
            _assert_messages(messages, field)


def assert_meta(meta: Any) -> None:
    """Known keys only; a code that the contract lists."""
    assert isinstance(meta, dict), f"meta is an object: {meta!r}"
    assert set(meta) <= META_KEYS, f"keys of meta: {sorted(meta)}"
    assert meta.get("code") in CODES | {None}, f"an unknown code: {meta}"


def _assert_messages(messages: Any, path: str) -> None:
    if isinstance(messages, dict):
        assert messages, f"no message for {path}"
        for key, nested in messages.items():
            _assert_messages(nested, f"{path}.{key}")
        return
    assert isinstance(messages, list) and messages, f"{path} has no list of messages: {messages!r}"
    for message in messages:
        assert isinstance(message, str) and message.strip(), f"{path} has a message that is no text: {message!r}"
        assert not LEAKS.search(message), f"the server's inside shows in {path}: {message!r}"
