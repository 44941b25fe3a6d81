"""JSON on the wire: numbers are finite, and what can be decoded can be encoded."""

import json
from typing import Any, NoReturn

import orjson

# orjson encodes a quarter of the levels that it decodes, and an answer nests a value some levels deeper.
MOST_LEVELS = 100


def decode(text: str) -> Any:
    """The value of a JSON text. Raises JSONDecodeError, also for NaN, 1e400 and endless nesting.

    A lone surrogate is decoded, as JSON allows it: the error can then name its field.
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
    # Nearly every text has too few brackets for that.
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
    """Compact JSON, keys sorted, of anything that `decode` gives; integer keys become strings."""
    try:
        return orjson.dumps(value, option=orjson.OPT_NON_STR_KEYS | orjson.OPT_SORT_KEYS)
    except TypeError:
        return json.dumps(value, separators=(",", ":"), sort_keys=True).encode()


def same(one: object, other: object) -> bool:
    """Whether two values have the same JSON, in whatever order of keys: other than in Python, true is not 1."""
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
