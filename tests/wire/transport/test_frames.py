"""Frames that no client library sends: the socket either ends or works, and other clients are served."""

from collections.abc import Callable, Iterator

import pytest
import websocket

from tests.support.gym import Gym
from tests.support.raw_socket import RawSocket
from tests.support.server import Server
from tests.support.socketio_client import Client, ConnectionClosed
from tests.support.waiting import wait_until
from tests.wire.conftest import Connect

pytestmark = pytest.mark.kinds("sqlite", reason="frames are taken apart before a database is asked")

OpenRaw = Callable[[], RawSocket]

MALFORMED = (
    "", " ", "x", "é", "\0", "4", "40x", "4x", "7", "9", "42", "42[", "42]", "42{}", "42[]", "42[null]", "42[5]",
    '42"x"', "42" + "[" * 50_000, "4" + "[" * 50_000, "43", "43[]", "431[]", "439[1,2]", "43x", "44", "44{}", "45",
    "45-", "451-", "46", "47", "48", "49", "42/", "42/,", "42/nowhere", '42/nowhere,["new_coach",{}]',
    '42/nowhere,1["x"]', "40/nowhere,", "40{", "40[", "40/", "40{}", '40{"token":1}',
    '40{"sync":' + "[" * 1_000 + "]" * 1_000 + "}", '40{"token":' + "[" * 1_000 + "]" * 1_000 + "}",
    "5", "6", "0", '0{"sid":"x"}',
    "3", "3probe", "2probe", "2", "2" * 1_000, "42777", "421234567890123456789012345678901234567890", '42-1["x"]',
    "42" + "9" * 5_000 + '["x"]', "b", "bAAAA", "4" * 1_000, '42["x"\x1e42["y"]',
    '42["new_coach",{"name":"\U0001f600"}', '42,["x"]',
)  # fmt: skip
BINARY = (b"", b"\0", b"4", b'42["new_coach",{}]', b"\x04\xff", bytes(1_000))
ATTACHMENTS = (
    '451-["new_coach",{"_placeholder":true,"num":0}]',
    '451-1["new_coach",{"_placeholder":true,"num":0}]',
    '459999999-["new_coach",{"_placeholder":true,"num":9999998}]',
    '450-["new_coach",{"_placeholder":true,"num":0}]',
    '451-["new_coach",{"_placeholder":true,"num":-1}]',
    '461-1[{"_placeholder":true,"num":0}]',
)


@pytest.fixture
def open_raw(target: Server) -> Iterator[OpenRaw]:
    """Opens websockets handled byte by byte."""
    opened: list[RawSocket] = []

    def open_one() -> RawSocket:
        opened.append(RawSocket(target.port))
        assert " 101 " in opened[-1].handshake()
        return opened[-1]

    yield open_one
    for one in opened:
        one.close()


def _ended_or_works(client: Client) -> None:
    """The socket is closed, or a request on it is answered."""
    try:
        client.ok("new_coach", {"name": "Still here", "age": 30})
    except ConnectionClosed:
        pass


@pytest.mark.parametrize("frame", MALFORMED, ids=lambda frame: ascii(frame)[:30])
def test_a_malformed_frame(frame: str, connect: Connect) -> None:
    client = connect()
    client.welcome()
    client.allow_stray_acks = True
    client.send(frame)
    _ended_or_works(client)
    client.close()


@pytest.mark.parametrize("frame", MALFORMED, ids=lambda frame: ascii(frame)[:30])
def test_a_malformed_frame_before_connect(frame: str, connect: Connect) -> None:
    client = connect(enter=False)
    client.send(frame)
    try:
        client.send("40")
        client.wait_for(lambda: client.received, "an answer to CONNECT")
    except ConnectionClosed:
        pass
    client.close()


@pytest.mark.parametrize("frame", BINARY)
def test_binary_is_refused(frame: bytes, connect: Connect) -> None:
    client = connect()
    client.welcome()
    client.socket.send_binary(frame)
    _ended_or_works(client)
    client.close()


@pytest.mark.parametrize("frame", ATTACHMENTS)
def test_attachments_are_refused(frame: str, connect: Connect, target: Server) -> None:
    client = connect()
    client.welcome()
    client.allow_stray_acks = True
    before = target.memory()
    client.send(frame)
    try:
        for _ in range(200):
            client.socket.send_binary(bytes(90_000))
        client.read(0.2)
    except (ConnectionClosed, OSError, websocket.WebSocketException):
        pass
    client.close()
    assert target.memory() - before < 8_000_000


def test_malformed_frames_leave_no_sockets_behind(connect: Connect, target: Server) -> None:
    before = target.sockets()
    for frame in ("x", "", "4" + "[" * 50_000, "42[", "451-[]"):
        for _ in range(5):
            client = connect()
            client.send(frame)
            client.close()
    wait_until(lambda: target.sockets() <= before, "the server closes the sockets of clients that left")


def test_an_event_in_many_fragments(open_raw: OpenRaw, gym: Gym) -> None:
    client = open_raw()
    client.send_text("40")
    text = '42["new_coach",{"name":"Fragmented \u00e9\U0001f4aa","age":30}]'.encode()
    client.send_frame(text[:1], final=False)
    for index in range(1, len(text) - 1):
        client.send_frame(text[index : index + 1], opcode=0, final=False)
    client.send_frame(b"", opcode=9)
    client.send_frame(text[-1:], opcode=0)
    while gym.client.next_event("coaches").args[0] == []:
        pass


def test_a_frame_that_arrives_byte_by_byte(open_raw: OpenRaw, gym: Gym) -> None:
    client = open_raw()
    client.send_text("40")
    payload = b'42["new_coach",{"name":"Slowly","age":30}]'
    for byte in bytes([0x81, 0x80 | len(payload)]) + bytes(4) + payload:
        client.socket.sendall(bytes([byte]))
    while gym.client.next_event("coaches").args[0] == []:
        pass


@pytest.mark.parametrize(
    "data",
    [
        b"\xff" * 50,
        b"\x81\x05hello",
        b"\xc1\x85" + bytes(4) + b"hello",
        b"\x83\x80" + bytes(4),
        b"\x81\x82" + bytes(4) + b"\xff\xfe",
        b"\x80\x81" + bytes(4) + b"x",
        b"\x09\x80" + bytes(4),
        b"\x88\x81" + bytes(4) + b"x",
    ],
    ids=[
        "noise",
        "unmasked",
        "reserved bit",
        "opcode 3",
        "no UTF-8",
        "stray continuation",
        "fragmented ping",
        "half a code",
    ],
)
def test_what_is_no_websocket_frame_ends_the_connection(data: bytes, open_raw: OpenRaw) -> None:
    client = open_raw()
    client.send_text("40")
    client.socket.sendall(data)
    assert client.seconds_until_closed(5) < 5


def test_a_ping_frame_is_answered(open_raw: OpenRaw) -> None:
    client = open_raw()
    client.read_available(0.2)
    client.send_frame(b"hello", opcode=9)
    assert client.socket.recv(100) == b"\x8a\x05hello"


def test_a_close_frame_is_answered(open_raw: OpenRaw) -> None:
    client = open_raw()
    client.send_text("40")
    client.send_frame(b"\x03\xe8", opcode=8)
    assert client.seconds_until_closed(5) < 5
