"""The private parts of python-socketio and python-engineio that are used are those that were read."""

import hashlib
import inspect
import re
from collections.abc import Callable
from typing import Any

import engineio.base_server
import engineio.server
import pytest
import socketio.base_manager
import socketio.server

from server.extensions import socketio as extension
from tests.support.environment import ROOT

ENGINE, SOCKETIO = engineio.server.Server, socketio.server.Server
_SOCKET = "WebSocket in websocket.py has to offer what this uses of a socket"
_CONNECT = "websocket.connect takes its place: it has to do the same for the handlers and `sockets`"
_PASSED = "packets.py hands it what is no event: connects, disconnects and acks have to be all that it does with them"
_HANDLERS = "entrance.py registers its handlers with it, and welcomes a client when it is through"

# Each part, the digest of its source, and what to check when that changes with an upgrade. If the new source is right,
# its digest goes here.
PARTS: list[tuple[Callable[..., Any], str, str]] = [
    (ENGINE._handle_connect, "049f7c2b2c239080", _CONNECT),
    (
        ENGINE.handle_request,
        "79302edd007fcce6",
        "it calls _handle_connect for a websocket of an allowed origin",
    ),
    (ENGINE.send, "982d3799546503a8", _SOCKET),
    (ENGINE.send_packet, "81aec513663f11e1", _SOCKET),
    (ENGINE._get_socket, "ae2f99e66d632944", _SOCKET),
    (ENGINE.on, "7b5457b52dc7fd22", "hooks.take_packets replaces the handler of `message` by it"),
    (SOCKETIO._handle_eio_connect, "4be135c046ed6bcc", "websocket.connect calls it as the handler of `connect`"),
    (SOCKETIO._handle_eio_disconnect, "5c0002fcdb35a127", "websocket.connect calls it as the handler of `disconnect`"),
    (SOCKETIO._handle_eio_message, "65f309c138d634eb", _PASSED),
    (SOCKETIO._handle_ack, "7f114abcf99ff82b", _PASSED),
    (SOCKETIO._handle_connect, "1b0ba130a57d9320", _HANDLERS),
    (SOCKETIO._handle_disconnect, "fb93d61de8cb8c31", _HANDLERS),
    (SOCKETIO._trigger_event, "836cb0c8d232fd2d", _HANDLERS),
    (SOCKETIO._send_packet, "3289b949be8cbb76", "it sends by `eio.send`"),
]


def digest(part: Callable[..., Any]) -> str:
    return hashlib.sha256(inspect.getsource(part).encode()).hexdigest()[:16]


@pytest.mark.parametrize(("part", "known", "where"), PARTS, ids=lambda value: getattr(value, "__qualname__", ""))
def test_an_upgrade_has_not_changed_a_private_part(part: Callable[..., Any], known: str, where: str) -> None:
    name = f"{part.__module__}.{part.__qualname__}"
    assert digest(part) == known, f"{name} is another one than the server was written for. Look at it: {where}."


def test_private_parts_are_used_in_one_file_only() -> None:
    """Not by `x._name` of a server, an Engine.IO server or a manager, wherever it comes from."""
    names = {
        name
        for kind in (ENGINE, SOCKETIO, socketio.base_manager.BaseManager, type(extension))
        for one in kind.__mro__[:-1]
        for name in vars(one)
        if re.match("_[a-z]", name)
    }
    users = {
        path.relative_to(ROOT / "server").as_posix()
        for path in (ROOT / "server").rglob("*.py")
        for owner, name in re.findall(r"(\w+)\.(_[a-z]\w*)", path.read_text())
        if name in names and owner not in ("self", "cls")
    }
    assert users == {"realtime/transport/socketio_internals.py"}
