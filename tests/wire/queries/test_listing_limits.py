"""A filter that takes long is refused in time, and takes nothing from others; who asks for many is slowed down."""

import statistics
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from typing import Any

import pytest

from tests.support.fork_server import fork_server
from tests.support.raw_socket import RawSocket
from tests.support.server import Server
from tests.support.socketio_client import TIMEOUT, Client
from tests.support.timing import least, seconds

pytestmark = pytest.mark.kinds("sqlite", "postgres", reason="one computes in the server's process, the other does not")

CLASSES = 5_000
# Each class is compared with fifty texts, of letters that have many spellings, by no index: a second, on a machine of
# today, if it were not ended. That is done earlier here: the machine may be of tomorrow.
SLOW = {"where": {"or": [{"coach.name": {"contains": f"{'ßſkåïﬁﬂ' * 20}{number}"}} for number in range(50)]}}
SECONDS = 0.1
PROGRAM = (
    "-c",
    "import server.__main__\nfrom server.database import query_limits\n"
    f"query_limits.SECONDS = {SECONDS}\nserver.__main__.main()",
)
QUICK = {"where": {"id": {"lt": 6}}, "count": True}
# The time for which a list waits for others, and more, on a machine that has more to do.
ENDED_SECONDS = 4.0
BOUND_SECONDS = 0.25
ASKED = 12


@pytest.fixture(autouse=True)
def observers() -> None:
    """None: they would be sent the whole gym."""


def _seeded(server: Server) -> Server:
    fork_server().run(("seed.py", "--if-empty", "--schedules", str(CLASSES)), DATABASE_URL=server.database.url)
    return server.start()


@pytest.fixture(scope="module")
def large(new_server: Callable[..., Server]) -> Iterator[Server]:
    """A server with many classes."""
    with closing(new_server(PROGRAM)) as server:
        yield _seeded(server)


def _client(server: Server) -> Client:
    return Client(server.port, auth={"arrays": False})


def _is_too_large(ack: Any) -> bool:
    assert not ack["ok"]
    if ack["meta"]["code"] == "too_large":
        assert "Narrow the filter" in ack["errors"]["errors"]
        return True
    assert ack["meta"]["code"] == "rate_limited", ack
    return False


def _list(client: Client) -> None:
    """Ask for something that is quick; on a busy machine it may take too long as well, and is asked for again."""
    deadline = time.monotonic() + TIMEOUT
    while not (ack := client.call("list_coaches", QUICK, {}))["ok"]:
        assert ack["meta"]["code"] in ("too_large", "rate_limited")
        assert time.monotonic() < deadline, ack
    assert [record["id"] for record in ack["data"]["records"]] == [1, 2, 3, 4, 5]
    assert ack["data"]["count"] == 5


def _usual(act: Callable[[], Any]) -> float:
    return statistics.median(seconds(act) for _ in range(ASKED))


@contextmanager
def _flood(server: Server, sockets: int) -> Iterator[list[Any]]:
    """Sockets that ask for something slow, one request after the other. Yields the acks that they got."""
    acks: list[Any] = []
    ended = threading.Event()

    def ask(client: Client) -> None:
        while not ended.is_set():
            acks.append(client.call("list_schedules", SLOW, {}))

    with ExitStack() as stack:
        clients = [stack.enter_context(closing(_client(server))) for _ in range(sockets)]
        threads = [threading.Thread(target=ask, args=(client,)) for client in clients]
        for thread in threads:
            thread.start()
        try:
            yield acks
        finally:
            ended.set()
            for thread in threads:
                thread.join()


def test_what_takes_too_long_is_refused_in_time(large: Server) -> None:
    with closing(_client(large)) as client:
        for asked in (SLOW, {**SLOW, "count": True}, {"where": {"not": SLOW["where"]}, "order": ["coach.name"]}):

            def ask(asked: dict[str, Any] = asked) -> None:
                assert _is_too_large(client.call("list_schedules", asked, {}))

            assert least(lambda: seconds(ask), ENDED_SECONDS) < ENDED_SECONDS
            _list(client)


@pytest.mark.parametrize("sockets", [1, 4])
def test_others_are_served_meanwhile(sockets: int, large: Server) -> None:
    with closing(_client(large)) as other:
        with _flood(large, sockets) as acks:
            for act, bound in (
                (lambda: other.ok("get_coach", {"id": 1}), BOUND_SECONDS),
                (lambda: other.ok("update_coach", {"id": 1, "picture": ""}), BOUND_SECONDS),
                # The lists of several sockets wait for each other, and the others' with them.
                (lambda: other.call("list_coaches", QUICK, {}), BOUND_SECONDS if sockets == 1 else ENDED_SECONDS),
            ):
                assert least(lambda act=act: _usual(act), bound) < bound  # type: ignore[misc]
            while not acks:
                other.round_trip()
        assert any(map(_is_too_large, acks))
        _list(other)


def test_who_asks_for_what_takes_long_is_slowed_down(new_server: Callable[..., Server]) -> None:
    """Their sockets may ask for less, and others of the same address; another address is not concerned."""
    with closing(new_server(PROGRAM, RATE_LIMIT="20")) as server:
        _seeded(server)
        with closing(_client(server)) as client:
            codes = [client.call("list_schedules", SLOW, {})["meta"]["code"] for _ in range(6)]
            assert codes[0] == "too_large"
            assert "rate_limited" in codes
            # As many as in another burst would be refused, too.
            with closing(RawSocket(server.port, source="127.0.1.9")) as other:
                other.handshake()
                other.send_text("40")
                for number in range(50):
                    other.send_text(f'42{number}["get_coach",{{"id":1}}]')
                answers = b""
                while b"4349[" not in answers:
                    answers += other.read_available(0.05)
                assert answers.count(b'"ok":true') == 50
