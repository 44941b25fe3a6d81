"""The heartbeat closes silent and stalled sockets, and those that never connect. Tested without waiting."""

from types import SimpleNamespace
from typing import Any

import pytest

from server.realtime.transport.heartbeat import Heartbeat


class Socket:
    """A socket as the heartbeat uses it."""

    def __init__(self) -> None:
        self.sid = "x"
        self.session: dict[str, Any] = {"joined": True}
        self.outbox = SimpleNamespace(backlog=0, sent=0)
        self.awaits_pong = False
        self.opened = self.pinged = 0.0
        self.progress = (0, 0.0)
        self.closed: list[Any] = []
        self.pings = 0

    def ping(self) -> None:
        """Count it."""
        self.pings += 1

    def close(self, reason: Any = None) -> None:
        """Note the reason."""
        self.closed.append(reason)

    def end(self, code: int) -> None:
        """Note the code that the client is sent."""
        self.closed.append(code)


@pytest.fixture
def heartbeat() -> Heartbeat:
    """A heartbeat that pings after 25 s, and closes 20 s later."""
    reason = SimpleNamespace(PING_TIMEOUT="ping timeout", TRANSPORT_ERROR="transport error")
    return Heartbeat(SimpleNamespace(ping_interval=25, ping_timeout=20, reason=reason, sockets={}))


def test_who_never_reads_is_ended_though_it_answers_pings(heartbeat: Heartbeat) -> None:
    socket = Socket()
    socket.outbox.backlog = 1_000
    for second in range(1, 60):
        socket.pinged = float(second)
        heartbeat._check(socket, float(second))  # type: ignore[arg-type]
        assert bool(socket.closed) == (second > 30), f"after {second} s"


def test_who_reads_slowly_stays(heartbeat: Heartbeat) -> None:
    socket = Socket()
    socket.outbox.backlog = 1_000
    for second in range(1, 200):
        socket.pinged = float(second)
        socket.outbox.sent += second % 20 == 0
        heartbeat._check(socket, float(second))  # type: ignore[arg-type]
    assert socket.closed == []


def test_who_does_not_answer_a_ping_is_ended(heartbeat: Heartbeat) -> None:
    socket = Socket()
    heartbeat._check(socket, 26.0)  # type: ignore[arg-type]
    assert socket.pings == 1
    socket.awaits_pong, socket.pinged = True, 26.0
    heartbeat._check(socket, 46.0)  # type: ignore[arg-type]
    assert socket.closed == []
    heartbeat._check(socket, 46.1)  # type: ignore[arg-type]
    assert socket.closed == ["ping timeout"]


def test_who_never_connects_is_ended(heartbeat: Heartbeat) -> None:
    socket = Socket()
    socket.session = {}
    heartbeat._check(socket, 5.0)  # type: ignore[arg-type]
    assert socket.closed == []
    heartbeat._check(socket, 5.1)  # type: ignore[arg-type]
    assert socket.closed == [1002]
