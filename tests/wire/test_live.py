"""The namespace `/test`: who hears what, how often, in what form, and what hostile clients are answered."""

import re
import socket
import sys
import time
import uuid
from collections.abc import Callable
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime
from itertools import pairwise
from pathlib import Path
from typing import Any
from typing import NamedTuple

import pytest

from server.live.demos import number
from tests.support.acks import assert_failure
from tests.support.acks import assert_success
from tests.support.database import SQLiteDatabase
from tests.support.eventually import eventually
from tests.support.gym import Gym
from tests.support.packets import Ack
from tests.support.packets import Event
from tests.support.packets import Refused
from tests.support.raw import RawSocket
from tests.support.server import Server
from tests.support.wire import CHANNELS
from tests.support.wire import Client

pytestmark = pytest.mark.kinds("sqlite", reason="the ticker asks no database")

NAMESPACE = "/test"
SECONDS = 0.05
GREETING = Event("message", ({"data": "Connected", "count": 0},))
PUSHED = ("time", "message", "newnumber")
TIME = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{6}", re.ASCII)

Enter = Callable[..., Client]


class Tick(NamedTuple):
    """What is pushed at once."""

    time: str
    number: float


@pytest.fixture(scope="module")
def fast(new_server: Callable[..., Server]) -> Iterator[Server]:
    """A server that ticks often, for the tests that are not about the rate."""
    server = new_server(TICK_SECONDS=str(SECONDS))
    try:
        yield server.start()
    finally:
        server.close()


@pytest.fixture
def enter(fast: Server) -> Iterator[Enter]:
    """Connects clients to the namespace. Afterwards each has one ack for each request, and the log is clean."""
    logged = fast.log_size()
    clients: list[Client] = []

    def open_client(server: Server = fast, **options: Any) -> Client:
        clients.append(Client(server.port, **{"namespace": NAMESPACE} | options))
        return clients[-1]

    yield open_client
    try:
        for client in clients:
            if not client.closed:
                if client.namespace == NAMESPACE:
                    assert_success(client.call("uuid"))
                client.assert_one_ack_each()
        lines = fast.log(logged).splitlines()
        for before, line in pairwise(["", *lines]):
            assert not line.startswith("Traceback") or "malformed message ended" in before, "\n".join(lines[-40:])
    finally:
        for client in clients:
            client.close()


def ticks(client: Client, count: int) -> list[Tick]:
    """All ticks that came since the client connected, at least `count`. Each is one event of each kind, in order."""

    def pushed() -> list[Event]:
        return [
            packet
            for packet in client.received
            if isinstance(packet, Event) and packet.name in PUSHED and packet != GREETING
        ]

    client.wait_for(lambda: len(pushed()) >= 3 * count, f"{count} ticks")
    client.wait_for(lambda: len(pushed()) % 3 == 0, "the rest of a tick")
    events = pushed()
    found = []
    for clock, message, newnumber in zip(*[iter(events)] * 3, strict=True):
        assert (clock.name, message.name, newnumber.name) == PUSHED
        assert clock.args == message.args
        (told,), (drawn,) = clock.args, newnumber.args
        assert set(told) == {"data", "time"} and told["data"] == "This is data"
        assert set(drawn) == {"number"}
        found.append(Tick(told["time"], drawn["number"]))
    times = [tick.time for tick in found]
    assert times == sorted(set(times)), f"a tick came twice, or before an older one: {times}"
    return found


def steps(heard: list[Tick]) -> list[float]:
    """Seconds from each tick to the next, as they say."""
    moments = [datetime.fromisoformat(tick.time) for tick in heard]
    return [(after - before).total_seconds() for before, after in pairwise(moments)]


def assert_same(everyone: list[list[Tick]]) -> None:
    """While two clients were both there, both heard the same."""
    union = {tick for heard in everyone for tick in heard}
    assert len({tick.time for tick in union}) == len(union), "two numbers at the same time"
    for heard in everyone:
        meanwhile = sorted(tick for tick in union if heard[0] <= tick <= heard[-1])
        assert heard == meanwhile, "a client missed what others heard"


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
    assert abs(time.monotonic() - started - 7) < 0.7
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


def test_numbers_fill_their_range_and_depend_on_the_key() -> None:
    numbers = [number(b"one key", index) for index in range(50_000)]
    assert min(numbers) < 0.01 and max(numbers) > 9.99 and all(0 <= one <= 10 for one in numbers)
    assert abs(sum(numbers) / len(numbers) - 5) < 0.1
    assert numbers[:20] != [number(b"another key", index) for index in range(20)]


def test_requests_are_answered_to_the_requester_with_an_event_and_an_ack(enter: Enter) -> None:
    client, other = enter(), enter()
    for event, answer, key, form in (
        ("uuid", "uuid", "uuid", r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"),
        ("hex", "hex", "hex", r"[0-9a-f]{32}"),
        ("my event", "my response", "data", r"got it!"),
    ):
        args = [{"data": "anything"}] if event == "my event" else []
        acks = [client.call(event, *args) for _ in range(2)]
        for ack in acks:
            assert_success(ack)
            assert set(ack["data"]) == {key} and re.fullmatch(form, ack["data"][key])
            assert client.next_event(answer).args == (ack["data"],)
        assert (acks[0] == acks[1]) == (event == "my event"), "random values differ"
        assert not [seen for seen in client.inbox if seen.name == answer], "one event for each request"
    assert uuid.UUID(client.call("uuid")["data"]["uuid"]).version == 4
    assert_success(client.call("uuid", {"what": "is sent along"}, [1], None))
    ticks(other, 2)
    assert {packet.name for packet in other.received if isinstance(packet, Event)} == set(PUSHED)


def test_without_an_ack_id_only_the_event_comes(enter: Enter) -> None:
    client = enter()
    for event in ("uuid", "hex", "nothing"):
        client.tell(event)
    client.tell("my event", {"data": 1})
    client.tell("my event", 5)
    for answer in ("uuid", "hex", "my response"):
        client.next_event(answer)
    assert_success(client.call("hex"))
    assert len([packet for packet in client.received if isinstance(packet, Ack)]) == 1


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
        eventually(lambda: fast.sockets() == alone, "all have left")


def test_who_leaves_the_namespace_hears_no_more(enter: Enter) -> None:
    stays, leaves = enter(), enter()
    ticks(leaves, 2)
    leaves.send(f"41{NAMESPACE},")
    # The same connection enters the default namespace: what comes before that is answered was sent before.
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
            assert numbers.setdefault(tick.time, tick.number) == tick.number, "two processes tell different numbers"
    shared = {tick.time for tick in everyone[0]} & {tick.time for tick in everyone[-1]}
    assert len(shared) >= 5, "the processes do not tick at the same time"


HOSTILE = (
    '["connect"]', '["connect",{"REMOTE_ADDR":"::1"},{}]', '["disconnect"]', '["disconnect","reason"]', '["*"]',
    '["*","uuid"]', '["nothing"]', '["nothing",1,2,3]', '["time",{}]', '["__class__"]', '[""]', "[5]", "[null]",
    "[[]]", "[{}]", "[]", "{}", '{"0":"uuid"}', '"uuid"', "null", "true", "", "[", '["uuid"', '["uuid"]]',
    '["uuid",NaN]', '["my event",{"data":1e400}]', '["my event"]', '["my event",5]',
    '["my event",null]',
    '["my event",[]]', '["my event",{}]', '["my event",{"data":1},2]', '["my event",{"Data":1}]',
    '["\\u0041",NaN]', '["\\u0041",' + "9" * 5_000 + "]", "[" * 50_000, '["' + "x" * 50_000 + '"]',
)  # fmt: skip


@pytest.mark.parametrize("body", HOSTILE, ids=lambda body: ascii(body)[:40])
def test_a_hostile_request_gets_one_ack_and_does_nothing(body: str, enter: Enter) -> None:
    client = enter()
    heard = len(ticks(client, 1))
    client.send(f"42{NAMESPACE},{body}")
    client.request(1, f"42{NAMESPACE},1{body}")
    assert_failure(client.ack(1))
    # It is still in, alone, and hears each tick once: neither handler of the connection ran.
    ticks(client, heard + 3)
    assert client.received.count(GREETING) == 1
    assert {packet.name for packet in client.received if isinstance(packet, Event)} == set(PUSHED)


def test_a_hostile_request_does_not_reach_into_another_client(enter: Enter) -> None:
    victim, client = enter(), enter()
    for name in ("*", "disconnect", "connect", "uuid"):
        client.call(name, victim.sid)
        client.call(name, victim.sid, victim.sid)
    ticks(victim, 3)
    assert {packet.name for packet in victim.received if isinstance(packet, Event)} == set(PUSHED)


@pytest.mark.parametrize(
    "frame", ['451-/test,1["uuid",{"_placeholder":true,"num":0}]', "459999999999-/test,[]", "44/test,"]
)
def test_binary_and_unknown_packets_end_the_connection(frame: str, enter: Enter) -> None:
    client = enter()
    client.send(frame)
    client.read_until_closed(3)


def serve_with(code: str, directory: Path) -> Server:
    """A server in whose process `code` is run before it serves."""
    program = f"from gevent import monkey; monkey.patch_all()\n{code}\nfrom server.__main__ import main; main()"
    command = (sys.executable, "-c", program)
    return Server(
        directory, SQLiteDatabase(directory), {"TICK_SECONDS": str(SECONDS), "MAX_BACKLOG_BYTES": "100000"}, command
    )


def flood(raw: RawSocket, frame: bytes, sent: int, limit: int) -> int:
    """Send frames until the server takes nothing for a while, or `limit` is reached; returns the bytes sent so far."""
    raw.socket.settimeout(1)
    try:
        while sent < limit:
            # Where the kernel takes a part, the next send goes on in the middle of a frame.
            sent += raw.socket.send((frame * 100)[sent % len(frame) :])
    except TimeoutError:
        pass
    return sent


def test_a_client_that_does_not_read_is_read_no_more_and_misses_ticks(tmp_path: Path, enter: Enter) -> None:
    # The kernel would take megabytes before anything waits in the process.
    code = (
        "import socket; from server.realtime import websocket; outbox = websocket.Outbox\n"
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
            # It may only be slow. But if it reads no more, it takes nothing either after others were served.
            before, sent = sent, flood(raw, frame, sent, 1_000_000)
            ticks(other, len(ticks(other, 1)) + 4)
        assert before == sent, "the server reads on and on"
        # The answer is behind all that came in the meantime: the ticks after it are made while `raw` is behind.
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


def test_a_handler_that_crashes_answers_without_the_reason(tmp_path: Path, enter: Enter) -> None:
    code = "def crash(): raise TypeError('the secret reason')\nimport server.live.demos as demos; demos.uuid4 = crash"
    with closing(serve_with(code, tmp_path)) as server:
        client = enter(server.start())
        ack = client.call("uuid")
        assert_failure(ack)
        assert "secret" not in str(ack)
        reference = ack["errors"]["errors"].rstrip(".").split()[-1]
        assert reference in server.log() and "the secret reason" in server.log()
        client.tell("uuid")
        assert_success(client.call("hex"))
        ticks(client, 3)
        client.close()


def test_a_connect_handler_that_crashes_ends_the_connection(tmp_path: Path, enter: Enter) -> None:
    code = (
        "def crash(*_): raise TypeError('the secret reason')\n"
        "from server.live.listeners import Listeners; Listeners.enter = crash"
    )
    with closing(serve_with(code, tmp_path)) as server:
        client = enter(server.start(), enter=False)
        client.send(f"40{NAMESPACE},")
        client.read_until_closed(3)
        assert not client.received
        client.close()


def test_a_process_that_makes_two_apps_handles_each_event_once(tmp_path: Path, enter: Enter) -> None:
    code = (
        "from server import serve; create = serve.create_app\nserve.create_app = lambda config: (create(config), "
        "create(config))[1]"
    )
    with closing(serve_with(code, tmp_path)) as server:
        client = enter(server.start())
        client.call("uuid")
        client.call("nothing")
        ticks(client, 4)
        client.assert_one_ack_each()
        names = [packet.name for packet in client.received if isinstance(packet, Event)]
        assert names.count("uuid") == 1 and client.received.count(GREETING) == 1
        client.close()


def test_the_task_ends_with_the_last_client_and_with_the_server(tmp_path: Path, enter: Enter) -> None:
    code = (
        "from server.live.ticker import Ticker; run = Ticker._run\n"
        "def tell(self, ended): print('a task began'); run(self, ended); print('a task ended')\n"
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
            eventually(lambda: server.log().count("a task ended") == turn, "the task ends")  # noqa: B023
        client = enter(server)
        ticks(client, 2)
        server.stop()
        client.read_until_closed(1)
        assert server.log().count("a task ended") == 3
        assert "Traceback" not in server.log()
