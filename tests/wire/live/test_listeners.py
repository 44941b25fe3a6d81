"""What the clients of `/test` are pushed: how often, in what form, and for how long."""

import re
import socket
import time
from collections.abc import Callable
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from tests.support.gym import Gym
from tests.support.packets import Event, Refused
from tests.support.patched_server import serve_with
from tests.support.raw_socket import RawSocket
from tests.support.server import Server
from tests.support.socketio_client import CHANNELS
from tests.support.ticks import GREETING, PUSHED, SECONDS, assert_same, steps, ticks
from tests.support.waiting import wait_until
from tests.wire.live.conftest import NAMESPACE, Enter

pytestmark = pytest.mark.kinds("sqlite", reason="the ticker asks no database")

TIME = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{6}", re.ASCII)


@pytest.mark.parametrize("count", [12, 100])
def test_many_at_the_same_instant_share_one_ticker(count: int, enter: Enter) -> None:
    clients = [enter(enter=False) for _ in range(count)]
    for client in clients:
        client.send(f"40{NAMESPACE},")
    everyone = [ticks(client, 8) for client in clients]
    for client in clients:
        assert client.received[1] == GREETING, "the greeting comes first"
        assert client.received.count(GREETING) == 1
    assert_same(everyone)


@pytest.mark.parametrize("auth", [5, "text", [], ["x"], {"token": "nonsense"}], ids=repr)
def test_anybody_is_let_in(auth: Any, enter: Enter) -> None:
    assert enter(auth=auth).next_event("message") == GREETING


def test_a_tick_each_second_for_longer_than_a_silent_socket_lives(enter: Enter, server: Server) -> None:
    """A socket that belongs to no namespace is closed after 5 s; this one belongs to one."""
    client = enter(server)
    ticks(client, 1)
    started = time.monotonic()
    heard = ticks(client, 8)
    assert 6.3 < time.monotonic() - started < 20
    assert steps(heard) == [1.0] * 7
    # Whatever the time zone, the minutes agree.
    behind = (datetime.now() - datetime.fromisoformat(heard[-1].time)).total_seconds() % 900
    assert behind < 1, "the time is not the clock's"


def test_forms(enter: Enter) -> None:
    heard = ticks(enter(), 20)
    for tick in heard:
        assert TIME.fullmatch(tick.time)
        assert type(tick.number) is float and 0 <= tick.number <= 10 and round(tick.number, 3) == tick.number
    assert len({tick.number for tick in heard}) > 10
    assert min(steps(heard)) == SECONDS


def test_the_namespaces_do_not_hear_each_other(enter: Enter) -> None:
    live, plain = enter(), enter(namespace="/")
    plain.welcome()
    heard = len(ticks(live, 1))
    Gym(plain).new("coach")
    ticks(live, heard + 5)
    for event in ("uuid", "hex", "my event"):
        plain.fails(event)
    assert not {packet.name for packet in plain.received if isinstance(packet, Event)} & {*PUSHED, "uuid", "hex"}
    assert {packet.name for packet in live.received if isinstance(packet, Event)} == set(PUSHED)


def test_the_ticker_starts_again_after_all_have_left(enter: Enter, fast: Server) -> None:
    alone = fast.sockets()
    for leave in ("41/test,", "1", "41/test,"):
        clients = [enter() for _ in range(3)]
        everyone = [ticks(client, 4) for client in clients]
        assert_same(everyone)
        for client in clients:
            client.send(leave)
            client.close()
        wait_until(lambda: fast.sockets() == alone, "all have left")


def test_who_leaves_the_namespace_hears_no_more(enter: Enter) -> None:
    stays, leaves = enter(), enter()
    ticks(leaves, 2)
    leaves.send(f"41{NAMESPACE},")
    # The same connection joins the default namespace: what comes before the answer was sent before.
    leaves.send("40")
    last = CHANNELS[-1]
    leaves.wait_for(lambda: any(getattr(packet, "name", "") == last for packet in leaves.received), "a welcome")
    before = len(leaves.received)
    ticks(stays, len(ticks(stays, 1)) + 4)
    leaves.send("42/test,7" + '["uuid"]')
    leaves.namespace = "/"
    leaves.round_trip()
    assert len(leaves.received) == before + 1, f"after it left came {leaves.received[before:]}"


def test_entering_twice_doubles_nothing(enter: Enter) -> None:
    client = enter()
    client.send(f"40{NAMESPACE},")
    client.wait_for(lambda: any(isinstance(packet, Refused) for packet in client.received), "a refusal")
    ticks(client, 4)
    assert client.received.count(GREETING) == 1


def test_two_processes_tell_the_same_and_nobody_hears_a_tick_twice(
    start_server: Callable[..., Server], enter: Enter, fast: Server
) -> None:
    second = start_server(TICK_SECONDS=str(SECONDS))
    clients = [enter(server) for server in (fast, second) for _ in range(2)]
    everyone = [ticks(client, 12) for client in clients]
    everyone = [ticks(client, 12) for client in clients]
    numbers: dict[str, float] = {}
    for heard in everyone:
        for tick in heard:
            assert numbers.setdefault(tick.time, tick.number) == tick.number, "two processes push different numbers"
    shared = {tick.time for tick in everyone[0]} & {tick.time for tick in everyone[-1]}
    assert len(shared) >= 5, "the processes do not tick at the same time"


def flood(raw: RawSocket, frame: bytes, sent: int, limit: int) -> int:
    """Send frames until the server takes nothing for a while, or `limit` is reached; returns the bytes sent so far."""
    raw.socket.settimeout(1)
    try:
        while sent < limit:
            # If the kernel takes a part, the next send continues in the middle of a frame.
            sent += raw.socket.send((frame * 100)[sent % len(frame) :])
    except TimeoutError:
        pass
    return sent


def test_a_client_that_does_not_read_is_read_no_more_and_misses_ticks(tmp_path: Path, enter: Enter) -> None:
    # With its default buffers the kernel would take megabytes before there is a backlog.
    code = (
        "import socket; from server.realtime.transport import websocket; outbox = websocket.Outbox\n"
        "def small(raw):\n"
        "    for option in (socket.SO_SNDBUF, socket.SO_RCVBUF): raw.setsockopt(socket.SOL_SOCKET, option, 8192)\n"
        "    return outbox(raw)\n"
        "websocket.Outbox = small"
    )
    request = b'42/test,1["uuid"]'
    frame = bytes([0x81, 0x80 | len(request)]) + bytes(4) + request
    with closing(serve_with(code, tmp_path)) as server, closing(RawSocket(server.start().port)) as raw:
        other = enter(server)
        for option in (socket.SO_SNDBUF, socket.SO_RCVBUF):
            raw.socket.setsockopt(socket.SOL_SOCKET, option, 8192)
        raw.handshake()
        raw.send_text(f"40{NAMESPACE},")
        before, sent = -1, 0
        while before < sent < 1_000_000:
            # It may only be slow: it reads no more if it takes nothing after others were served, too.
            before, sent = sent, flood(raw, frame, sent, 1_000_000)
            ticks(other, len(ticks(other, 1)) + 4)
        assert before == sent, "the server reads on and on"
        # The ticks after this answer are made while `raw` has a backlog.
        other.call("hex")
        known = len(ticks(other, 1))
        missed = ticks(other, known + 8)[known:]
        raw.socket.settimeout(10)
        text, heard = b"", [""]
        while heard[-1] <= missed[-1].time:
            text += raw.socket.recv(65_536)
            heard = ["", *TIME.findall(text.decode("ascii", "replace"))]
        other.close()
    assert not {tick.time for tick in missed} & set(heard), "what is stale was sent"


def test_the_task_ends_with_the_last_client_and_with_the_server(tmp_path: Path, enter: Enter) -> None:
    code = (
        "from server.live.ticker import Ticker; run = Ticker._run\n"
        "def tell(self):\n"
        "    print('a task began')\n"
        "    try: run(self)\n"
        "    finally: print('a task ended')\n"
        "Ticker._run = tell"
    )
    with closing(serve_with(code, tmp_path)) as server:
        server.start()
        for turn in (1, 2):
            clients = [enter(server) for _ in range(2)]
            for client in clients:
                ticks(client, 2)
            clients[0].close()
            ticks(clients[1], 6)
            assert server.log().count("a task began") == turn
            assert server.log().count("a task ended") == turn - 1
            clients[1].close()
            wait_until(lambda: server.log().count("a task ended") == turn, "the task ends")  # noqa: B023
        client = enter(server)
        ticks(client, 2)
        server.stop()
        client.read_until_closed(1)
        assert server.log().count("a task ended") == 3
        assert "Traceback" not in server.log()
