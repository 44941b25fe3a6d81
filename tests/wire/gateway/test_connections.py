"""Socket.IO's CONNECT and DISCONNECT: odd `auth`, none at all, twice on one socket, and event names of the library."""

import time
from typing import Any

import pytest

from tests.support.gym import Gym
from tests.support.observers import Observers
from tests.support.server import Server
from tests.support.socketio_client import Client, ConnectionClosed, ConnectionRefused
from tests.support.waiting import wait_until
from tests.wire.conftest import Connect

pytestmark = pytest.mark.kinds("sqlite", reason="sockets and memory of a process are its own")

ODD_AUTH: tuple[Any, ...] = (
    "text", 5, True, [], ["token"], {"token": None}, {"token": 5}, {"token": ""}, {"token": []}, {"token": "nonsense"},
    {"token": "a.b.c"}, {"token": "x" * 50_000}, {"token": "\0"}, {"token": "\ud800"}, {"token": {"token": "x"}},
    {"unknown": 1}, {"__class__": 1},
)  # fmt: skip
OWN_NAMES = ("connect", "disconnect", "connect_error", "disconnecting", "error", "newListener")


@pytest.mark.parametrize("auth", ODD_AUTH, ids=lambda auth: ascii(auth)[:30])
def test_an_odd_auth_is_let_in_or_sees_nothing(auth: Any, connect: Connect, gym: Gym, observers: Observers) -> None:
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
        with observers.sends("coaches"):
            gym.new("coach")
        try:
            while client.read(0.05):
                pass
        except ConnectionClosed:
            pass
        assert not client.inbox, "a client that was refused was sent something"
        client.close()


def test_a_socket_that_never_connects_is_sent_nothing_and_closed(
    connect: Connect, observers: Observers, gym: Gym
) -> None:
    client = connect(enter=False)
    started = time.monotonic()
    with observers.sends("coaches"):
        gym.new("coach")
    client.read_until_closed(9)
    assert time.monotonic() - started > 3, "a slow client must have the time to send CONNECT"
    assert client.received == []


@pytest.mark.parametrize("name", OWN_NAMES)
def test_a_client_emits_an_event_with_a_name_of_the_stack(
    name: str, gym: Gym, observers: Observers, connect: Connect
) -> None:
    client = connect()
    client.welcome()
    for args in ((), (None,), ({},), ({"token": "x"},), ("client disconnect",)):
        client.tell(name, *args)
        assert client.call(name, *args)["ok"] is False
    assert client.take() == [], "the arrays are not sent again"
    with observers.sends("coaches"):
        gym.new("coach")
    client.next_event("coaches")


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


def test_entering_twice_sends_nothing_twice(connect: Connect, gym: Gym, observers: Observers) -> None:
    client = connect()
    client.welcome()
    client.send("40")
    try:
        client.round_trip()
    except ConnectionClosed:
        return
    client.take()
    with observers.sends("coaches"):
        coach = gym.new("coach")
    client.round_trip()
    arrays = [event.args[0] for event in client.take() if event.name == "coaches"]
    assert arrays == [[coach]]


def test_a_hundred_clients_come_and_go(target: Server) -> None:
    before = target.sockets()
    for _ in range(5):
        clients = [Client(target.port) for _ in range(20)]
        for client in clients:
            client.close()
    wait_until(lambda: target.sockets() <= before, "the sockets of clients that left are closed")
