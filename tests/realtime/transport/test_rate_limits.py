"""Rate limits and their cost, and the address of a client."""

import time
from collections.abc import Callable

import pytest

from server.realtime.transport.address import client_address
from server.realtime.transport.connection_limit import ConnectionLimit
from server.realtime.transport.rate_limits import Allowance, Limits


def test_counting_a_request_costs_little() -> None:
    """Some fifty times what reading an attribute costs, on a machine as slow as it may be."""
    limits = Limits(100_000)
    sockets = [limits.allowance(f"10.0.0.{i}") for i in range(50)]
    for number, socket in enumerate(sockets):
        socket.account = f"account {number}"
    read = _least(sockets, lambda socket: socket.account)
    assert _least(sockets, lambda socket: socket.take()) < 300 * read


def _least(sockets: list[Allowance], call: Callable[[Allowance], object]) -> float:
    """Seconds that a call takes, the least of five series."""
    series = []
    for _ in range(5):
        started = time.perf_counter()
        for _ in range(200):
            for socket in sockets:
                call(socket)
        series.append((time.perf_counter() - started) / 10_000)
    return min(series)


def test_no_limit_costs_next_to_nothing_and_refuses_nothing() -> None:
    socket = Limits(0).allowance("10.0.0.1")
    assert not any(socket.take() for _ in range(100_000))


def test_the_bucket_fills_again(monkeypatch: pytest.MonkeyPatch) -> None:
    now = 1000.0
    monkeypatch.setattr(time, "monotonic", lambda: now)
    socket = Limits(10).allowance("10.0.0.1")
    assert [socket.take() for _ in range(51)] == [0.0] * 51, "a burst, and the packet that connects"
    assert socket.take() == pytest.approx(0.1)
    now += 0.1
    assert socket.take() == 0
    assert socket.take() > 0
    now += 1000
    assert [socket.take() for _ in range(51)] == [0.0] * 51, "after a pause no more than a burst"
    assert socket.take() > 0


def test_a_request_may_count_as_several(monkeypatch: pytest.MonkeyPatch) -> None:
    now = 1000.0
    monkeypatch.setattr(time, "monotonic", lambda: now)
    socket = Limits(10).allowance("10.0.0.1")
    assert socket.take() == 0
    socket.charge(41)
    assert [socket.take() for _ in range(10)] == [0.0] * 10
    assert socket.take() == pytest.approx(0.1)
    now += 0.1
    # It is carried out if one is left, and what it counts beyond that is owed: never for longer than a burst lasts.
    assert socket.take() == 0
    socket.charge(21)
    assert socket.take() == pytest.approx(2.1)
    now += 2.1
    assert socket.take() == 0
    socket.charge(1_000_000)
    assert socket.take() == pytest.approx(5.1)
    now += 5.1
    assert socket.take() == 0
    free = Limits(0).allowance("10.0.0.1")
    free.charge(1_000_000)
    assert free.take() == 0


def test_what_one_socket_owes_counts_for_its_address(monkeypatch: pytest.MonkeyPatch) -> None:
    now = 1000.0
    monkeypatch.setattr(time, "monotonic", lambda: now)
    limits = Limits(10)
    sockets = [limits.allowance("10.0.0.1") for _ in range(12)]
    for socket in sockets:
        if not socket.take():
            socket.charge(50)
    # It has ten times the burst of a socket, of which a socket takes ten at once.
    assert 7 <= [socket.take() for socket in sockets].count(0) <= 10
    assert limits.allowance("10.0.0.2").take() == 0


@pytest.mark.parametrize(
    ("proxies", "forwarded", "address"),
    [
        (0, "203.0.113.1", "10.0.0.1"),
        (1, "", "10.0.0.1"),
        (1, "203.0.113.1", "203.0.113.1"),
        (1, "198.51.100.66, 203.0.113.1", "203.0.113.1"),
        (2, "198.51.100.66, 203.0.113.1, 10.0.0.9", "203.0.113.1"),
        (2, "203.0.113.1", "10.0.0.1"),
        (1, "2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        (1, "::ffff:203.0.113.1", "203.0.113.1"),
        (1, "nonsense" * 100, ("nonsense" * 100)[:100]),
    ],
)
def test_where_a_client_is(proxies: int, forwarded: str, address: str) -> None:
    environ = {"REMOTE_ADDR": "10.0.0.1", "HTTP_X_FORWARDED_FOR": forwarded}
    assert client_address(environ, proxies) == address


def test_a_connection_limit() -> None:
    connection_limit = ConnectionLimit(2)
    assert connection_limit.acquire("a") and connection_limit.acquire("a") and connection_limit.acquire("b")
    assert not connection_limit.acquire("a")
    connection_limit.release("a")
    assert connection_limit.acquire("a")
    assert all(ConnectionLimit(0).acquire("a") for _ in range(1000))
