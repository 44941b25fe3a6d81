"""JSON as the wire has it: numbers are finite, and what can be read can also be sent back."""

import json
from typing import Any
from typing import NoReturn

import orjson

# orjson reads four times as many levels as it writes, and what is sent back stands some levels deep itself.
MOST_LEVELS = 100


def decode(text: str) -> Any:
    """The value of a JSON text. Raises JSONDecodeError for what is none: NaN, 1e400, nesting without end included.

    A lone surrogate is let through, as JSON allows it: the field that holds it can then say so.
    """
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError:
        if "\\u" not in text:
            raise
    try:
        return json.loads(text, parse_constant=_refuse, parse_float=_finite)
    except (RecursionError, ValueError):
        raise json.JSONDecodeError("nested too deep, or a number too long", text, 0) from None


def is_too_deep(text: str, value: object) -> bool:
    """Whether a value, decoded from the text, is nested deeper than MOST_LEVELS: `encode` could fail on it."""
    # What opens fewer brackets is not deeper, and that is nearly everything.
    if text.count("[") + text.count("{") <= MOST_LEVELS:
        return False
    level: list[Any] = [[value]]
    for _ in range(MOST_LEVELS + 1):
        level = [
            inner
            for outer in level
            for inner in (outer.values() if isinstance(outer, dict) else outer)
            if isinstance(inner, dict | list)
        ]
    return bool(level)


def encode(value: object) -> bytes:
    """Compact JSON of a value that may hold what `decode` lets through; integer keys become strings."""
    try:
        return orjson.dumps(value, option=orjson.OPT_NON_STR_KEYS | orjson.OPT_SORT_KEYS)
    except TypeError:
        return json.dumps(value, separators=(",", ":"), sort_keys=True).encode()


def same(one: object, other: object) -> bool:
    """Whether two values that can be sent are the same in JSON, whatever the order of keys: true is not 1 there."""
    if one != other or isinstance(one, str) or one is other:
        return one == other
    return orjson.dumps(one, option=orjson.OPT_SORT_KEYS) == orjson.dumps(other, option=orjson.OPT_SORT_KEYS)


def _refuse(constant: str) -> NoReturn:
    raise json.JSONDecodeError("not a number of JSON", constant, 0)


def _finite(text: str) -> float:
    number = float(text)
    if number in (float("inf"), float("-inf")):
        _refuse(text)
    return number
