"""One anonymous socket that sends without a pause and reads nothing, whatever it sends: the others are served.

No limit of requests is set but where a test says so: that nobody keeps the process from the others must hold anyway.
"""

import json
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from typing import NamedTuple

import pytest

from tests.conftest import StartServer
from tests.support.flood import Flood, masked, text
from tests.support.http import ask
from tests.support.raw_socket import RawSocket, framed
from tests.support.server import Server
from tests.support.socketio_client import Client
from tests.support.timing import least, seconds

pytestmark = pytest.mark.kinds("sqlite", reason="frames are read before a database is asked")

# A write takes a few milliseconds. While a socket kept the process busy it took as long as the flood lasted: 44 s for
# 5 MB.
BOUND_SECONDS = 0.5
MOST_MEMORY = 20_000_000
WRITES = 12
BACKLOG_BYTES = 100_000
# A number must stop growing within the first, and has stopped if it did not grow for the second: no pause between two
# reads of a socket is as long.
WITHIN_SECONDS = 120.0
STILL_SECONDS = 0.5
REFRESHES = 20
CONNECT = "40"
TEST = "40/test,"
RATE = 5
# A burst, and the requests of a minute more: a busy machine takes seconds until all have theirs.
FRAMES = 5 * RATE + 60 * RATE
PONG = b"\x81\x013"
REFUSED = b"Too many requests"
# A filter as large as may be, of texts that are found in the most spellings.
FILTER = json.dumps({"where": {"or": [{"name": {"contains": "ᾳßﬁ" * 60}}] * 50}}, ensure_ascii=False)
# Of so many that one unit is over the rate limit.
MANY = 100_000


PART = '{"channel":"coaches","where":{"name":{"contains":"x"}}}'


class Kind(NamedTuple):
    """What is sent again and again, after `first` once: so many frames, and whether each time is answered."""

    unit: bytes
    first: tuple[str, ...] = ()
    frames: int = 1
    handshake: bool = True
    answered: bool = False


def get(path: str, *headers: str) -> bytes:
    """A request for a page."""
    return "\r\n".join((f"GET {path} HTTP/1.1", "Host: 127.0.0.1", *headers, "", "")).encode()


def in_fragments(payload: bytes) -> bytes:
    """A text message, byte by byte."""
    first, *middle, last = (payload[index : index + 1] for index in range(len(payload)))
    parts = b"".join(framed(one, 0, final=False) for one in middle)
    return framed(first, final=False) + parts + framed(last, 0)


def empty_fragments(count: int) -> bytes:
    """A text message in so many frames, all but the first of them empty."""
    return framed(b"3", final=False) + framed(b"", 0, final=False) * (count - 2) + framed(b"", 0)


KINDS = {
    "answers to pings": Kind(text("3")),
    "pings": Kind(text("2"), answered=True),
    "noops": Kind(text("6")),
    "pings of the websocket": Kind(framed(b"x" * 125, 9), answered=True),
    "pongs of the websocket": Kind(framed(b"", 10)),
    "masked": Kind(masked(b"3" + b"x" * 100)),
    "fragments": Kind(in_fragments(b"333"), (CONNECT,), frames=3),
    "empty fragments": Kind(empty_fragments(10), (CONNECT,), frames=10),
    "more empty fragments": Kind(empty_fragments(10_000), (CONNECT,), frames=MANY),
    "fragments of one byte": Kind(in_fragments(b"3" * 90_000), (CONNECT,), frames=MANY),
    "large": Kind(text('421["x","%s"]' % ("x" * 98_000)), (CONNECT,), frames=MANY),
    "events before CONNECT": Kind(text('421["new_coach",{}]')),
    "not JSON": Kind(text("421["), (CONNECT,), answered=True),
    "not JSON, without an ack": Kind(text("42["), (CONNECT,)),
    "names that are no text": Kind(text("421[5]"), (CONNECT,), answered=True),
    "no event": Kind(text("421{}"), (CONNECT,)),
    "ids of 15 digits": Kind(text('42999999999999999["x"]'), (CONNECT,), answered=True),
    "unknown events": Kind(text('421["x",{},{}]'), (CONNECT,), answered=True),
    "refused writes": Kind(text('421["new_coach",{}]'), (CONNECT,), answered=True),
    "refresh": Kind(text('421["refresh","%s"]' % ("x" * 4_000)), (CONNECT,)),
    "sync": Kind(text('421["sync",null]'), (CONNECT,), answered=True),
    "subscribe": Kind(text(f'421["subscribe",{PART}]'), (CONNECT,), answered=True),
    "subscribe and unsubscribe": Kind(
        text(f'421["subscribe",{PART}]', f'422["unsubscribe",{PART}]'), (CONNECT,), frames=2, answered=True
    ),
    "lists": Kind(text(f'421["list_coaches",{FILTER}]'), (CONNECT,), answered=True),
    "history": Kind(text('421["history",{"limit":200}]'), (CONNECT,), answered=True),
    "editing": Kind(text('421["editing",{}]'), (CONNECT,), answered=True),
    "acks": Kind(text("431[1]"), (CONNECT,)),
    "acks of /test": Kind(text("43/test,1[1]"), (TEST,)),
    "requests of /test": Kind(text('42/test,1["hex"]'), (TEST,), answered=True),
    "not JSON on /test": Kind(text("42/test,1["), (TEST,), answered=True),
    "no event on /test": Kind(text("42/test,1[5]"), (TEST,)),
    "other namespaces": Kind(text('42/nowhere,1["x"]'), (CONNECT,)),
    "entering where nothing is": Kind(text("40/nowhere,"), (CONNECT,), answered=True),
    "entering and leaving": Kind(text("41", "40"), (CONNECT,), frames=2, answered=True),
    "entering and leaving /test": Kind(text("41/test,", "40/test,"), (TEST,), frames=2, answered=True),
    "leaving": Kind(text("41/test,"), (CONNECT,)),
    "pages": Kind(get("/healthz"), handshake=False, answered=True),
    "pages that do not exist": Kind(get("/assets/nothing.js"), handshake=False),
    "headers": Kind(
        b"GET / HTTP/1.1\r\n" + b"".join(b"x-%d: %s\r\n" % (i, b"x" * 60_000) for i in range(99)), handshake=False
    ),
    "a request line": Kind(b"GET /" + b"x" * 65_536, handshake=False),
}
ANSWERED = [name for name, kind in KINDS.items() if kind.answered]


@pytest.fixture(autouse=True)
def observers() -> None:
    """No observers: they would be sent every write, and delayed by the flood."""


@pytest.fixture(scope="module")
def flooded(new_server: StartServer) -> Iterator[Server]:
    """The server of these tests."""
    with closing(new_server()) as server:
        yield server.start()


@pytest.fixture(scope="module")
def unread(new_server: StartServer) -> Iterator[Server]:
    """A server with a small backlog for each client."""
    with closing(new_server(MAX_BACKLOG_BYTES=str(BACKLOG_BYTES))) as server:
        yield server.start()


def wait_until_still(count: Callable[[], float], pause: float) -> None:
    """Return once a number that only grows has not grown for so long."""
    deadline = time.monotonic() + WITHIN_SECONDS
    last = -1.0
    while last != (last := count()):
        assert time.monotonic() < deadline, f"{last:g}, and it still grows"
        time.sleep(pause)


def metric(server: Server, name: str) -> float:
    """A number of /metrics, by its name and labels; 0 while it is not there."""
    lines = ask(server, "/metrics")[2].decode().splitlines()
    return next((float(line.removeprefix(name)) for line in lines if line.startswith(f"{name} ")), 0.0)


def answered(server: Server) -> float:
    """How many acks of `refresh` there were."""
    return metric(server, 'spotter_requests_total{code="ok",event="refresh"}')


def slowest(server: Server, client: Client) -> float:
    """The longest that some writes took until their acks, one after the other, or a page."""
    move = {"name": "Squat", "focus": "Legs", "description": "Up and down, slowly."}
    times = [seconds(lambda: client.ok("new_exercise_move", move)) for _ in range(WRITES)]
    return max(*times, seconds(lambda: ask(server, "/healthz")))


@pytest.mark.parametrize("name", KINDS)
def test_a_flood_holds_nobody_up_and_fills_no_memory(name: str, flooded: Server) -> None:
    kind = KINDS[name]
    with closing(Client(flooded.port, auth={"sync": True})) as writer:
        writer.round_trip()
        before = flooded.memory()
        with Flood(flooded.port, kind.unit, kind.first, handshake=kind.handshake):
            assert least(lambda: slowest(flooded, writer), BOUND_SECONDS) < BOUND_SECONDS
            grown = flooded.memory() - before
    assert grown < MOST_MEMORY


@pytest.mark.parametrize("name", ANSWERED)
def test_who_reads_no_answers_is_read_no_more(name: str, unread: Server) -> None:
    """Answers that a client does not read do not fill the memory, whatever the requests are."""
    kind = KINDS[name]
    with Flood(unread.port, kind.unit, kind.first, handshake=kind.handshake) as flood:
        wait_until_still(lambda: flood.sent, STILL_SECONDS)
        assert metric(unread, "spotter_backlog_bytes") < 2 * BACKLOG_BYTES


def test_who_reads_no_arrays_is_answered_no_more(new_server: StartServer) -> None:
    """Acks of `refresh` wait for arrays that wait to be sent: they are limited, too."""
    kind = KINDS["refresh"]
    with closing(new_server(REFRESHES_PER_SECOND=str(REFRESHES))) as server:
        server.start()
        with closing(Client(server.port)) as client:
            for index in range(200):
                client.ok("new_exercise_move", {"name": f"Move {index}", "focus": "Legs", "description": "x" * 500})
        with Flood(server.port, kind.unit, kind.first):
            started = time.monotonic()
            # Longer than the pause between two answers.
            wait_until_still(lambda: answered(server), 1.5)
            services = REFRESHES * (time.monotonic() - started + 1)
            # All that wait are answered together, and no more are read until then.
            assert answered(server) < 60 * services


def test_every_frame_counts(new_server: StartServer) -> None:
    """A request after more frames than the limit allows is answered when these are paid for."""
    kinds = {name: kind for name, kind in KINDS.items() if kind.handshake and kind.frames < MANY}
    with closing(new_server(RATE_LIMIT=str(RATE))) as server, ExitStack() as stack:
        server.start()
        opened = {}
        for index, name in enumerate(kinds):
            # An address of its own: those of one share a limit.
            opened[name] = stack.enter_context(closing(RawSocket(server.port, source=f"127.0.1.{index + 1}")))
            opened[name].handshake()
        for name, kind in kinds.items():
            opened[name].socket.sendall(text(*kind.first) + kind.unit * (FRAMES // kind.frames) + text("2"))
        with closing(RawSocket(server.port)) as other:
            # The one that comes last and sends little is answered first.
            other.handshake()
            other.send_text("2")
            answer = b""
            while not answer.endswith(PONG):
                answer += other.socket.recv(1_000)
        answers = {name: raw.read_available(0.001) for name, raw in opened.items()}
    pings = dict.fromkeys(kinds, 1) | {"pings": FRAMES + 1}
    free = [name for name in kinds if answers[name].count(PONG) == pings[name] and REFUSED not in answers[name]]
    assert free == []
