"""Every private part of python-socketio and python-engineio that the server replaces or calls.

The test of this file fails when an upgrade changes one, and names what it must still do.
"""

from collections.abc import Callable
from typing import Any

from socketio import Server

# What a server does with a new connection: (environ, start_response, transport, jsonp index) -> body.
Connect = Callable[..., list[bytes]]


def take_connections(server: Server, connect: Connect) -> None:
    """Let `connect` serve each new connection, in place of python-engineio's own sockets."""
    server.eio._handle_connect = connect


def take_packets(server: Server, receive: Callable[[str, str], Any]) -> None:
    """Let `receive(eio_sid, text)` have each Socket.IO packet, in place of python-socketio."""
    server.eio.on("message", receive)


def pass_on(server: Server, eio_sid: str, text: str) -> None:
    """Let python-socketio have a packet after all; raises if it cannot read it."""
    server._handle_eio_message(eio_sid, text)
