"""The HTTP server's bounds: how long a request may take to arrive, that it has no body, and who may have how many."""

from socket import socket
from typing import Any

import gevent
from gevent.pywsgi import WSGIHandler
from gevent.pywsgi import WSGIServer

from server.realtime.address import Crowd
from server.realtime.address import owner

# Also how long an idle connection is kept for the next request.
_ARRIVAL_SECONDS = 10.0
_CROWDED = b"HTTP/1.1 429 Too Many Requests\r\nConnection: close\r\nRetry-After: 10\r\nContent-Length: 0\r\n\r\n"


class Handler(WSGIHandler):  # type: ignore[misc]
    """Gives up on a connection whose request line and headers have not arrived in time."""

    def handle_one_request(self) -> Any:
        """Read and answer one request; None when there is none, or none in time."""
        self._arrival = gevent.Timeout.start_new(_ARRIVAL_SECONDS)
        try:
            return super().handle_one_request()
        except gevent.Timeout as timeout:
            if timeout is not self._arrival:
                raise
            return None
        finally:
            self._arrival.close()

    def read_request(self, raw_requestline: str) -> Any:
        """Read the headers. From here on it may take as long as it takes: it may be a websocket."""
        try:
            arrived = super().read_request(raw_requestline)
        finally:
            self._arrival.close()
        # No route takes a body; the WSGI server would read one to its end, however long and slow.
        if self.content_length or "transfer-encoding" in self.headers:
            return False
        return arrived


class Listener(WSGIServer):  # type: ignore[misc]
    """Takes connections, as many of one address as the crowd lets in."""

    handler_class = Handler

    def __init__(self, place: socket, application: Any, crowd: Crowd, **options: Any) -> None:
        super().__init__(place, application, **options)
        self._crowd = crowd

    def handle(self, sock: Any, address: Any) -> None:
        """Serve one connection until it ends."""
        place = owner(address[0])
        if not self._crowd.enter(place):
            sock.sendall(_CROWDED)
            return
        try:
            super().handle(sock, address)
        finally:
            self._crowd.leave(place)
