"""A frame as big as may be, of what is worst to look at, in every field of every event: it costs hardly anything."""

import os
from collections.abc import Iterator
from functools import partial
from typing import Any

import orjson
import pytest

from tests.support.http import ask
from tests.support.packets import Raw
from tests.support.server import Server
from tests.wire.conftest import Connect

pytestmark = pytest.mark.kinds("sqlite", reason="what is refused before a database is asked is the same everywhere")

SIZE = 98_000
# Of the process's own time, which does not grow with what else the machine does. A look at each character takes 10 ms.
MOST_SECONDS = 0.05
TRIES = 4
WORST: dict[str, Any] = {
    "two kinds of white space in turn": "\u200b " * (SIZE // 4),
    "white space, and a letter": " " * SIZE + "a",
    "letters": "a" * SIZE + "!",
    "digits": "1" * SIZE,
    "a host of many parts": "http://" + "a." * (SIZE // 2),
    "a host of many dashes": "http://" + "a-" * 900 + "!",
    "marks in the wrong order": "a" + "\u0301" * (SIZE // 4 - 1) + "\u0316" * (SIZE // 4 - 1),
    "a number with a fraction": Raw("1." + "1" * SIZE),
    "a long list of objects": [{}] * (SIZE // 3),
    "many keys": {str(number): 0 for number in range(SIZE // 10)},
}


@pytest.mark.parametrize("worst", WORST.values(), ids=WORST)
def test_it_takes_no_time(worst: Any, connect: Connect, target: Server) -> None:
    client = connect(auth={"sync": True})
    slow: dict[str, float] = {}
    for event, path, args in [*_cases(orjson.loads(ask(target, "/asyncapi.json")[2]), worst)]:
        # The clock ticks in hundredths, and the server may have something else to do for once.
        seconds = _seconds(target, partial(client.call, event, *args))
        for _ in range(TRIES):
            if seconds > MOST_SECONDS:
                seconds = min(seconds, _seconds(target, partial(client.call, event, *args)))
        if seconds > MOST_SECONDS:
            slow[f"{event} {path}"] = seconds
        client.take()
        client.received.clear()
    assert not slow


def _cases(document: dict[str, Any], worst: Any) -> Iterator[tuple[str, str, tuple[Any, ...]]]:
    for key, message in document["channels"]["gym"]["messages"].items():
        event = message["name"]
        if not key.endswith(".request"):
            continue
        yield event, "the payload", (worst,)
        yield event, "opts", ({}, worst)
        yield event, "op", ({}, {"op": worst})
        yield event, "base", ({}, {"base": worst})
        for field in {*_fields(document, message["payload"]), "id", "coach_id"}:
            yield event, field, ({field: worst},)
            if field in ("coach", "workout_plan"):
                yield event, f"{field}.id", ({field: {"id": worst}},)


def _fields(document: dict[str, Any], schema: dict[str, Any]) -> Iterator[str]:
    yield from schema.get("properties", {})
    for inner in (*schema.get("anyOf", ()), *schema.get("oneOf", ())):
        yield from _fields(document, inner)
    if "$ref" in schema:
        yield from _fields(document, document["components"]["schemas"][schema["$ref"].rpartition("/")[2]])


def _seconds(server: Server, act: Any) -> float:
    before = _used(server)
    act()
    return _used(server) - before


def _used(server: Server) -> float:
    used = 0
    for pid in server.pids:
        with open(f"/proc/{pid}/stat") as file:
            fields = file.read().rpartition(")")[2].split()
        used += int(fields[11]) + int(fields[12])
    return used / os.sysconf("SC_CLK_TCK")
