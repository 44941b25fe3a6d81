"""What waits of `presence` for a client that does not read, without a server."""

from types import SimpleNamespace
from typing import Any

import pytest

from server.realtime.protocol.caller import Caller
from server.realtime.resource.view import EVERYTHING
from server.realtime.transport.client import Client


class Outbox:
    """What a client is sent with, as long as nothing waits."""

    def __init__(self) -> None:
        self.sent: list[bytes] = []
        self.backlog = 0
        self.closed = False
        self.on_drained: Any = None

    def send(self, framed: bytes) -> None:
        """Noted."""
        self.sent.append(framed)


@pytest.fixture
def outbox() -> Outbox:
    """One whose client has read everything."""
    return Outbox()


@pytest.fixture
def client(outbox: Outbox) -> Client:
    """Somebody."""
    socket: Any = SimpleNamespace(outbox=outbox)
    return Client(socket, "sid", Caller(""), EVERYTHING, lambda channel, view: b"", 1_000)


def test_it_is_sent_the_newest_when_it_has_read_what_waits(client: Client, outbox: Outbox) -> None:
    client.send_presence(b"1")
    outbox.backlog = 10
    client.send_presence(b"2")
    client.send_presence(b"3")
    assert outbox.sent == [b"1"]
    outbox.backlog = 0
    outbox.on_drained()
    outbox.on_drained()
    assert outbox.sent == [b"1", b"3"]


def test_who_lost_the_right_to_it_is_not_sent_what_waits(client: Client, outbox: Outbox) -> None:
    outbox.backlog = 10
    client.send_presence(b"1")
    client.discard_presence()
    outbox.backlog = 0
    outbox.on_drained()
    assert not outbox.sent
