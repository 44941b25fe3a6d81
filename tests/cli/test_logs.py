"""A log line has the fields that the operations page shows, whatever is in them."""

import json
import logging
import re
import sys
from contextlib import closing

import pytest

from server.cli.logs import JsonLines, TextLines
from tests.support.environment import ROOT
from tests.support.server import Server
from tests.support.socketio_client import Client

_AUDIT = {
    "who": "ada", "role": "coach", "address": "203.0.113.9", "event": "update_schedule", "record": "schedules 7",
    "seq": 412,
}  # fmt: skip


def record(message: str, error: bool = False, **extra: object) -> logging.LogRecord:
    exc_info = sys.exc_info() if error else None
    made = logging.getLogger("spotter.audit").makeRecord(
        "spotter.audit", logging.INFO, __file__, 1, message, (), exc_info, extra=extra
    )
    made.created = 1_772_472_600.0004
    return made


def test_a_line_is_the_object_that_the_page_shows() -> None:
    page = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
    shown = re.search(r'```json\n(\{"at": .*?\})\n```', page, re.DOTALL)
    assert shown is not None
    line = json.loads(JsonLines().format(record("wrote", **_AUDIT)))
    assert list(line.items()) == list(json.loads(shown[1]).items())


def test_an_exception_is_a_field_of_its_line() -> None:
    try:
        raise ValueError('a "quoted"\nline')
    except ValueError:
        failed = record("it failed", error=True, seq=1)
    line = json.loads(JsonLines().format(failed))
    assert line.keys() == {"at", "level", "logger", "message", "seq", "exception"}
    assert line["exception"].endswith('ValueError: a "quoted"\nline')


def test_what_a_client_chose_stays_short_and_on_one_line() -> None:
    chosen = record("denied", tried='"}\n{"at": ' + "\u2028" * 1000, who=None, role=["x"], seq=True)
    for formatter in (JsonLines(), TextLines()):
        assert "\u2028" not in formatter.format(chosen)
        assert len(formatter.format(chosen).splitlines()) == 1
    line = json.loads(JsonLines().format(chosen))
    assert len(line["tried"]) == 203 and line["tried"].endswith("...")
    assert (line["who"], line["role"], line["seq"]) == (None, "['x']", True)
    assert "who=null role=\"['x']\" seq=true" in TextLines().format(chosen)


def answered(server: Server) -> list[tuple[str, str]]:
    """Some requests, and the event and outcome of each that the log has with its time when the server has ended."""
    with closing(Client(server.port)) as client:
        client.welcome()
        logged = server.log_size()
        client.ok("new_coach", {"name": "Ann Lee", "age": 30})
        client.fails("new_coach", {"name": "Secretly"})
        client.ok("list_coaches", {})
        client.fails("no such event", {})
    server.stop()
    line = r'DEBUG spotter.gateway: answered event="(.*)" outcome="(.*)" ms=[0-9.]+$'
    return re.findall(line, server.log(logged), re.MULTILINE)


@pytest.mark.settings(LOG_LEVEL="DEBUG")
def test_each_request_and_its_time_are_logged_if_one_asks(own_server: Server) -> None:
    assert answered(own_server) == [
        ("new_coach", "ok"),
        ("new_coach", "invalid"),
        ("list_coaches", "ok"),
        ("unknown", "unknown_event"),
    ]
    # Not what people wrote.
    assert "Ann Lee" not in own_server.log() and "Secretly" not in own_server.log()


def test_nobody_else_is_told(own_server: Server) -> None:
    assert answered(own_server) == []
