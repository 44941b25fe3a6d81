"""Every event with what our own document says of it, and with what nearly is so: the answer is never `internal`."""

import json
from collections.abc import Callable
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.fuzz.conftest import INPUTS
from tests.support.acks import assert_failure
from tests.support.http import ask
from tests.support.json_schema import resolve
from tests.support.schema_values import values_of
from tests.support.server import Server
from tests.support.socketio_client import Client, ConnectionClosed

# They end what the others need: the connection's sign-in, or pace it.
_LEFT_OUT = ("logout", "refresh")
# One in this many of the inputs of the folder, for each of some fifty events.
_SHARE = 60
_DEPTH = 2
_ODD = st.sampled_from([None, "", 0, -1, 2**63, 1e308, True, [], {}, "\ud800", "\x00", [None], {"id": None}])


def _document(server: Server) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(ask(server, "/asyncapi.json")[2])
    return found


def _requests(document: dict[str, Any]) -> dict[str, st.SearchStrategy[list[Any]]]:
    """The arguments of each event of the gym: what is sent, and opts if it takes any."""
    arguments = {}
    for key, message in document["channels"]["gym"]["messages"].items():
        event, _, kind = key.rpartition(".")
        if kind == "request" and event not in _LEFT_OUT:
            parts = [_resolved(document, message[part]) for part in ("payload", "headers") if part in message]
            arguments[event] = st.tuples(*map(values_of, parts)).map(list)
    return arguments


def _resolved(document: dict[str, Any], value: Any, depth: int = 0) -> Any:
    """Without references. Those of filters lead to themselves, and end after some."""
    if isinstance(value, list):
        return [_resolved(document, one, depth) for one in value]
    if not isinstance(value, dict):
        return value
    if "$ref" in value:
        empty = {"type": "object", "maxProperties": 0}
        return empty if depth > _DEPTH else _resolved(document, resolve(document, value["$ref"]), depth + 1)
    return {key: _resolved(document, one, depth) for key, one in value.items() if key not in ("format", "examples")}


def _nearly(value: Any, draw: Callable[..., Any]) -> Any:
    """The same with one place changed, at whatever depth."""
    if isinstance(value, dict) and value and draw(st.integers(0, 3)):
        key = draw(st.sampled_from(sorted(value)))
        return {**value, key: _nearly(value[key], draw)}
    if isinstance(value, list) and value and draw(st.integers(0, 3)):
        place = draw(st.integers(0, len(value) - 1))
        return [*value[:place], _nearly(value[place], draw), *value[place + 1 :]]
    if isinstance(value, dict) and draw(st.booleans()):
        return {**value, draw(st.sampled_from(["id", "hack", "__proto__", "where", ""])): draw(_ODD)}
    return draw(_ODD)


def test_every_event_as_documented_and_nearly_so(server: Server) -> None:
    requests = _requests(_document(server))
    assert len(requests) > 40
    logged = server.log_size()
    for event, arguments in requests.items():
        _fuzz(event, arguments, server)
    assert "Traceback" not in server.log(logged), server.log(logged)[-4000:]


def _fuzz(event: str, arguments: st.SearchStrategy[list[Any]], server: Server) -> None:
    @settings(
        max_examples=max(3, INPUTS // _SHARE),
        deadline=None,
        database=None,
        print_blob=True,
        suppress_health_check=list(HealthCheck),
    )
    @given(data=st.data())
    def send(data: st.DataObject) -> None:
        sent = data.draw(arguments)
        if data.draw(st.booleans()):
            sent = [_nearly(one, data.draw) for one in sent]
        client = Client(server.port, auth={"arrays": False})
        try:
            ack = client.call(event, *sent)
        except ConnectionClosed:
            # Over a limit of the transport, such as the size of a message.
            return
        finally:
            client.close()
        assert isinstance(ack["ok"], bool), (event, sent, ack)
        if not ack["ok"] and event != "login":
            assert_failure(ack, extended=None)
            assert "with the code" not in ack["errors"]["errors"], (event, sent, ack)
            assert ack.get("meta", {}).get("code") != "internal", (event, sent, ack)

    send()
