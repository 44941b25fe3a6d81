"""The known hazards of the stack, each with a test that fails without its cure. Others have files of their own:

frames and binary (test_frames), origins and Host (test_origins), order and threads (test_order), acks whatever happens
and NaN (test_acks), numbers (test_bad_inputs), slow readers (test_slow_readers), locks (test_concurrency).
"""

import time
from collections.abc import Callable
from collections.abc import Iterator
from typing import Any

import pytest

from tests.support.eventually import eventually
from tests.support.gym import Gym
from tests.support.raw import RawSocket
from tests.support.server import Server
from tests.support.watch import Watch
from tests.support.wire import PASSWORD
from tests.support.wire import Client
from tests.support.wire import ConnectionClosed
from tests.support.wire import ConnectionRefused
from tests.wire.conftest import Connect

pytestmark = pytest.mark.kinds("sqlite", reason="sockets and memory of a process are its own")

ODD_AUTH: tuple[Any, ...] = (
    "text", 5, True, [], ["token"], {"token": None}, {"token": 5}, {"token": ""}, {"token": []}, {"token": "nonsense"},
    {"token": "a.b.c"}, {"token": "x" * 50_000}, {"token": "\0"}, {"token": "\ud800"}, {"token": {"token": "x"}},
    {"unknown": 1}, {"__class__": 1},
)  # fmt: skip
OWN_NAMES = ("connect", "disconnect", "connect_error", "disconnecting", "error", "newListener")


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


@pytest.mark.parametrize("auth", ODD_AUTH, ids=lambda auth: ascii(auth)[:30])
def test_an_odd_auth_is_let_in_or_sees_nothing(auth: Any, connect: Connect, gym: Gym, watch: Watch) -> None:
    """A connect handler that crashes must not leave the socket in the room that broadcasts go to."""
    client = connect(enter=False)
    try:
        client.enter(auth)
        client.welcome()
    except ConnectionClosed:
        return
    except ConnectionRefused as refused:
        reason = refused.args[0]
        assert isinstance(reason, dict), reason
        assert isinstance(reason.get("message"), str), f"a refusal says why: {reason}"
        with watch.sends("coaches"):
            gym.new("coach")
        try:
            while client.read(0.05):
                pass
        except ConnectionClosed:
            pass
        assert not client.inbox, "a client that was refused was sent something"
        client.close()


def test_a_socket_that_never_connects_is_sent_nothing_and_closed(connect: Connect, watch: Watch, gym: Gym) -> None:
    client = connect(enter=False)
    started = time.monotonic()
    with watch.sends("coaches"):
        gym.new("coach")
    client.read_until_closed(9)
    assert time.monotonic() - started > 3, "a slow client must have the time to say CONNECT"
    assert client.received == []


@pytest.mark.parametrize("name", OWN_NAMES)
def test_a_client_emits_an_event_with_a_name_of_the_stack(name: str, gym: Gym, watch: Watch, connect: Connect) -> None:
    client = connect()
    client.welcome()
    for args in ((), (None,), ({},), ({"token": "x"},), ("client disconnect",)):
        client.tell(name, *args)
        assert client.call(name, *args)["ok"] is False
    assert client.take() == [], "the arrays are not sent again"
    with watch.sends("coaches"):
        gym.new("coach")
    client.next_event("coaches")


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


def test_sockets_that_vanish_during_a_broadcast(connect: Connect, gym: Gym, watch: Watch, target: Server) -> None:
    before = target.sockets()
    for _ in range(3):
        vanishing = []
        for _ in range(8):
            raw = RawSocket(target.port)
            raw.handshake()
            raw.send_text("40")
            vanishing.append(raw)
        with watch.sends("coaches"):
            numbers = [gym.client.emit("new_coach", gym.payload("coach")) for _ in range(8)]
            for raw in vanishing:
                raw.reset()
            assert all(gym.client.ack(number)["ok"] for number in numbers)
    eventually(lambda: target.sockets() <= before, "the sockets that vanished are closed")


def test_one_socket_that_leaves_does_not_take_others_with_it(connect: Connect, gym: Gym) -> None:
    staying, leaving = connect(), connect()
    staying.welcome()
    leaving.send("41")
    staying.round_trip()
    gym.new("coach")
    staying.next_event("coaches")
    leaving.close()


def test_a_client_may_leave_and_enter_again_on_one_socket(connect: Connect, gym: Gym) -> None:
    client = connect()
    client.welcome()
    client.send("41")
    before = len(client.received)
    client.send("40")
    try:
        client.wait_for(lambda: len(client.received) > before + 5, "a second welcome")
    except ConnectionClosed:
        return
    client.round_trip()


def test_entering_twice_sends_nothing_twice(connect: Connect, gym: Gym, watch: Watch) -> None:
    client = connect()
    client.welcome()
    client.send("40")
    try:
        client.round_trip()
    except ConnectionClosed:
        return
    client.take()
    with watch.sends("coaches"):
        coach = gym.new("coach")
    client.round_trip()
    arrays = [event.args[0] for event in client.take() if event.name == "coaches"]
    assert arrays == [[coach]]


@pytest.mark.settings(LOG_LEVEL="DEBUG")
def test_the_log_has_no_passwords_tokens_or_payloads(own_server: Server, gym: Gym, connect: Connect) -> None:
    gym.new("coach", name="A very private name", username="ada", password=PASSWORD)
    ack = connect().call("login", {"username": "ada", "password": PASSWORD})
    connect(auth={"token": ack["token"]}).welcome()
    connect().call("login", {"username": "ada", "password": "a wrong one"})
    log = own_server.log()
    for secret in (PASSWORD, ack["token"], "a wrong one", "$argon2", "A very private name"):
        assert secret not in log


def test_idle_sockets_are_pinged_and_answer(connect: Connect) -> None:
    """The interval is the server's secret only until it says so; a test does not wait for a whole one."""
    opening = connect().opening
    assert 1_000 <= opening["pingInterval"] <= 60_000
    assert 1_000 <= opening["pingTimeout"] <= 60_000


def test_a_hundred_clients_come_and_go(target: Server) -> None:
    before = target.sockets()
    for _ in range(5):
        clients = [Client(target.port) for _ in range(20)]
        for client in clients:
            client.close()
    eventually(lambda: target.sockets() <= before, "the sockets of clients that left are closed")


def _flood(send: Callable[[], None]) -> None:
    """Send 40 MB, which must make the server end the connection."""
    try:
        for _ in range(800):
            send()
    except ConnectionError:
        return
    raise AssertionError("40 MB were taken")
