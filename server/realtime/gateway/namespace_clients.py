"""Who is connected to a namespace: how python-socketio's connects and disconnects become clients."""

from abc import ABC
from abc import abstractmethod
from typing import Any
from typing import Generic
from typing import TypeVar

from engineio.server import Server as EngineServer
from socketio import Server

from server.realtime.transport import throttle
from server.realtime.transport.namespace_client import NamespaceClient
from server.realtime.transport.websocket import WebSocket

P = TypeVar("P", bound=NamespaceClient)


class NamespaceClients(ABC, Generic[P]):
    """The clients of one namespace. What `enter` raises lets a client in nowhere."""

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
    def enter(self, socket: WebSocket, sid: str, auth: object) -> P:
        """The client that a connection becomes; raises ConnectionRefusedError if it may not come in."""

    @abstractmethod
    def welcome(self, client: P) -> None:
        """It is in, and was told so: what it is sent first."""

    @abstractmethod
    def leave(self, client: P) -> None:
        """It is gone."""

    def _connect(self, sid: str, environ: dict[str, Any], auth: object = None) -> None:
        eio_sid = self._manager.eio_sid_from_sid(sid, self._namespace)
        socket = self._engine.sockets[eio_sid]
        self._clients[eio_sid] = self.enter(socket, sid, auth)
        socket.session["joined"] = True

    def _disconnect(self, sid: str, reason: str = "") -> None:
        client = self._clients.pop(self._manager.eio_sid_from_sid(sid, self._namespace), None)
        if client is not None:
            self.leave(client)
            throttle.report(client.socket.allowance, client.caller)
