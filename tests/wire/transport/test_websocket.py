"""The websocket: its limits, its timers, and connections that end, stall or never finish their handshake."""

import statistics
from collections.abc import Callable, Iterator
from contextlib import closing
from itertools import cycle
from typing import Any

import pytest

from tests.support.gym import Gym
from tests.support.observers import Observers
from tests.support.raw_socket import RawSocket
from tests.support.server import Server
from tests.support.socketio_client import Client
from tests.support.timing import least, seconds
from tests.support.waiting import wait_until
from tests.wire.conftest import Connect

pytestmark = pytest.mark.kinds("sqlite", reason="sockets and memory of a process are its own")


@pytest.fixture
def open_raw(target: Server) -> Iterator[Callable[..., RawSocket]]:
    """Opens TCP connections handled byte by byte."""
    opened: list[RawSocket] = []

    def open_one(**options: Any) -> RawSocket:
        opened.append(RawSocket(target.port, **options))
        return opened[-1]

    yield open_one
    for one in opened:
        one.close()


def test_extensions_are_not_negotiated(open_raw: Callable[..., RawSocket]) -> None:
    head = open_raw().handshake({"Sec-WebSocket-Extensions": "permessage-deflate; client_max_window_bits"})
    assert " 101 " in head
    assert "permessage-deflate" not in head.lower()


@pytest.mark.parametrize("size", [200_000, 40_000_000, 2**40, 2**63 - 1])
def test_a_frame_that_is_too_long_is_not_taken_whole(
    size: int, open_raw: Callable[..., RawSocket], target: Server
) -> None:
    raw = open_raw()
    raw.handshake()
    raw.send_text("40")
    before = target.memory()
    raw.send_frame(b"4", length=size)
    _flood(lambda: raw.socket.sendall(bytes(50_000)))
    assert target.memory() - before < 10_000_000


def test_a_message_in_endless_fragments_is_cut_off(open_raw: Callable[..., RawSocket], target: Server) -> None:
    raw = open_raw()
    raw.handshake()
    raw.send_text("40")
    before = target.memory()
    raw.send_frame(b"42", final=False)
    _flood(lambda: raw.send_frame(bytes(50_000), opcode=0, final=False))
    assert target.memory() - before < 10_000_000


def test_the_largest_message_that_is_allowed(gym: Gym) -> None:
    errors = gym.client.fails("new_coach", gym.payload("coach", name="a" * 99_000))
    assert "name" in errors


def test_slow_handshakes_hold_nobody_up(open_raw: Callable[..., RawSocket], gym: Gym) -> None:
    for _ in range(50):
        open_raw().socket.sendall(b"GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: ")
    gym.new("coach")


def test_sockets_that_vanish_during_a_broadcast(
    connect: Connect, gym: Gym, observers: Observers, target: Server
) -> None:
    before = target.sockets()
    for _ in range(3):
        vanishing = []
        for _ in range(8):
            raw = RawSocket(target.port)
            raw.handshake()
            raw.send_text("40")
            vanishing.append(raw)
        with observers.sends("coaches"):
            numbers = [gym.client.emit("new_coach", gym.payload("coach")) for _ in range(8)]
            for raw in vanishing:
                raw.reset()
            assert all(gym.client.ack(number)["ok"] for number in numbers)
    wait_until(lambda: target.sockets() <= before, "the sockets that vanished are closed")


def test_idle_sockets_are_pinged_and_answer(connect: Connect) -> None:
    """The interval is as the server says in its first packet; a test does not wait for a whole one."""
    opening = connect().opening
    assert 1_000 <= opening["pingInterval"] <= 60_000
    assert 1_000 <= opening["pingTimeout"] <= 60_000


def _flood(send: Callable[[], None]) -> None:
    """Send 40 MB, which must make the server end the connection."""
    try:
        for _ in range(800):
            send()
    except ConnectionError:
        return
    raise AssertionError("40 MB were taken")


def test_what_is_sent_does_not_wait_for_the_receiver_to_confirm(own_server: Server) -> None:
    """Nagle's algorithm holds the second of two small segments back until the first is confirmed: up to 40 ms."""
    with closing(Client(own_server.port)) as client:
        client.welcome()
        coach = client.ok("new_coach", {"name": "Ada", "age": 30})
        client.next_event("coaches")
        ages = cycle((40, 50))

        def write() -> None:
            client.ok("update_coach", {"id": coach["id"], "age": next(ages)})
            client.next_event("coaches")

        assert least(lambda: statistics.median(seconds(write) for _ in range(30)), 0.035) < 0.035
