"""The clients of a namespace: python-socketio's connects and disconnects make and end them."""

from abc import ABC, abstractmethod
from typing import Any, Generic, TypeVar

from engineio.server import Server as EngineServer
from socketio import Server

from server.realtime.transport.namespace_client import NamespaceClient
from server.realtime.transport.websocket import WebSocket

P = TypeVar("P", bound=NamespaceClient)


class NamespaceClients(ABC, Generic[P]):
    """The clients that are connected to one namespace."""

    def __init__(self, server: Server, namespace: str) -> None:
        self._manager = server.manager
        self._engine: EngineServer = server.eio
        self._namespace = namespace
        self._clients: dict[str, P] = {}
        server.on("connect", self._connect, namespace)
        server.on("disconnect", self._disconnect, namespace)

    @property
    def clients(self) -> list[P]:
        """Those connected now."""
        return list(self._clients.values())

    def find(self, eio_sid: str) -> P | None:
        """The client of this connection, None while it is not in the namespace."""
        return self._clients.get(eio_sid)

    @abstractmethod
    def make_client(self, socket: WebSocket, sid: str, auth: object) -> P:
        """The client of a CONNECT, which whatever this raises refuses; ConnectionRefusedError if it may not connect."""

    @abstractmethod
    def send_greeting(self, client: P) -> None:
        """Send the client its first events: the CONNECT was answered."""

    @abstractmethod
    def on_disconnect(self, client: P) -> None:
        """The client has disconnected."""

    def _connect(self, sid: str, environ: dict[str, Any], auth: object = None) -> None:
        eio_sid = self._manager.eio_sid_from_sid(sid, self._namespace)
        socket = self._engine.sockets[eio_sid]
        self._clients[eio_sid] = self.make_client(socket, sid, auth)
        socket.session["joined"] = True

    def _disconnect(self, sid: str, reason: str = "") -> None:
        client = self._clients.pop(self._manager.eio_sid_from_sid(sid, self._namespace), None)
        if client is not None:
            self.on_disconnect(client)
            client.socket.allowance.report(client.caller)
