"""A client that does not read, or reads slowly, takes little memory, and does not delay others."""

from collections.abc import Iterator
from contextlib import closing

import pytest

from tests.support import packets
from tests.support.gym import Gym
from tests.support.http import ask
from tests.support.packets import Ack, Event
from tests.support.presence_lists import wait_until_editing
from tests.support.raw_socket import RawSocket
from tests.support.server import Server
from tests.wire.conftest import Connect

pytestmark = pytest.mark.kinds("sqlite", reason="what waits for a client waits in the client's process")

DESCRIPTION = "Breathe. " * 50


@pytest.fixture
def stalled(own_server: Server) -> Iterator[RawSocket]:
    """A websocket with the smallest of receive buffers, from which nothing is read."""
    raw = RawSocket(own_server.port, receive_buffer=4_096)
    raw.handshake()
    raw.send_text("40")
    yield raw
    raw.close()


@pytest.fixture
def writer(connect: Connect) -> Gym:
    """Writes, and is sent no arrays that it would have to read."""
    return Gym(connect(auth={"sync": True}))


def _fill(writer: Gym, moves: int, description: str = DESCRIPTION) -> int:
    """Make an array of `moves` rows of 550 bytes, or with another description; returns the id of the first."""
    payloads = [writer.payload("exercise_move", description=description) for _ in range(moves)]
    acks = writer.client.pipeline([("new_exercise_move", payload) for payload in payloads])
    identifier: int = acks[0]["data"]["id"]
    return identifier


@pytest.mark.settings(MAX_BACKLOG_BYTES="300000")
def test_memory_is_bounded_and_others_are_served(own_server: Server, stalled: RawSocket, writer: Gym) -> None:
    move = _fill(writer, 200)
    for index in range(30):
        writer.update("exercise_move", id=move, name=f"Warm up {index}")
    before = own_server.memory()
    for index in range(150):
        writer.update("exercise_move", id=move, name=f"Name {index:04}")
    # Every array has 110 KB: 150 of them kept for the client that does not read would be 16 MB.
    assert own_server.memory() - before < 6_000_000


@pytest.mark.settings(MAX_BACKLOG_BYTES="300000")
def test_what_a_slow_reader_gets_is_whole_and_ends_with_the_newest(
    own_server: Server, stalled: RawSocket, writer: Gym
) -> None:
    """Partial writes must not cut a frame in two. The kernel buffers up to 4 MB."""
    move = _fill(writer, 200)
    for index in range(100):
        writer.update("exercise_move", id=move, name=f"Name {index:04}")
    names: list[str] = []
    buffer = b""
    while not names or names[-1] != "Name 0099":
        part = stalled.socket.recv(65_536)
        assert part, "the server closed the connection of a client that reads slowly"
        buffer += part
        frames, buffer = _frames(buffer)
        for frame in frames:
            if frame.startswith("42") and isinstance(event := packets.parse(frame), Event):
                rows = event.args[0] if event.name == "exercise_moves" else []
                names += [row["name"] for row in rows if row["id"] == move and row["name"].startswith("Name")]
    assert names == sorted(names), "an older array after a newer one"
    assert len(names) < 100, "a client that has not drained gets the newest array when it does, never a backlog"


@pytest.mark.settings(MAX_BACKLOG_BYTES="300000")
def test_a_slow_reader_gets_the_newest_of_who_is_here_and_no_older_one_after_it(
    own_server: Server, writer: Gym
) -> None:
    first = _fill(writer, 200)
    rose = writer.client
    stalled = RawSocket(own_server.port, receive_buffer=4_096)
    with closing(stalled.socket):
        stalled.handshake()
        stalled.send_text('40{"sync":true}')
        # Snapshots of 110 KB each, more than the kernel buffers: what follows has to wait.
        for number in range(80):
            stalled.send_text(f'42{number}["sync",null]')
        for move in range(first, first + 20):
            rose.ok("editing", {"channel": "exercise_moves", "id": move, "on": True})
            wait_until_editing(rose, rose, "exercise_moves", move)
        edited: list[int] = []
        acks, buffer = 0, b""
        while acks < 80 or not edited or edited[-1] != first + 19:
            part = stalled.socket.recv(65_536)
            assert part, "the server closed the connection of a client that reads slowly"
            frames, buffer = _frames(buffer + part)
            for frame in frames:
                acks += frame.startswith("43")
                if frame.startswith('42["presence"') and isinstance(event := packets.parse(frame), Event):
                    edited += [user["editing"]["id"] for user in event.args[0]["users"] if user["editing"]]
    assert edited == sorted(set(edited)), "an older list after a newer one"
    assert len(edited) < 20, "old lists are kept for a client that does not read"


@pytest.mark.settings(MAX_BACKLOG_BYTES="300000")
def test_a_slow_reader_is_not_told_that_it_has_what_it_was_not_sent(own_server: Server, writer: Gym) -> None:
    """The answer to `subscribe` says up to where all parts are complete, also those of which changes were left out."""
    # Of 2 KB each, so that a few batches are more than the kernel buffers.
    first = _fill(writer, 200, "🏋" * 490)

    def rename(name: str) -> int:
        """Change all of them; returns the commit."""
        data = [{"id": move, "name": name} for move in range(first, first + 200)]
        writes = [{"event": "update_exercise_move", "data": each} for each in data]
        seq: int = writer.client.call("batch", {"writes": writes}, {})["meta"]["seq"]
        return seq

    stalled = RawSocket(own_server.port, receive_buffer=4_096)
    with closing(stalled.socket):
        stalled.handshake()
        stalled.send_text('40{"arrays":false}')
        stalled.send_text('421["subscribe",{"channel":"exercise_moves","where":{"id":{"gt":0}}},{}]')
        turn = 0
        while not _backlog(own_server):
            turn += 1
            rename(f"Turn {turn}")
        missed = rename("Missed")
        stalled.send_text('422["subscribe",{"channel":"coaches"},{}]')
        cursor, answered, buffer = 0, False, b""
        while True:
            received = stalled.socket.recv(65_536)
            assert received, "the server closed the connection of a client that reads slowly"
            frames, buffer = _frames(buffer + received)
            for packet in (packets.parse(frame) for frame in frames if frame.startswith(("42", "43"))):
                if isinstance(packet, Ack) and packet.args[0]["ok"]:
                    cursor, answered = packet.args[0]["data"]["seq"], packet.id == 2
                elif isinstance(packet, Ack):
                    assert packet.args[0]["meta"] == {"code": "rate_limited", "retry_after": 1}
                    answered = True
                elif isinstance(packet, Event) and packet.name == "changes":
                    if packet.args[0]["prev"] != cursor:
                        assert cursor < missed <= packet.args[0]["prev"], "by the rule it subscribes again"
                        return
                    cursor = packet.args[0]["seq"]
                    if any(change["record"]["name"] == "Missed" for change in packet.args[0]["changes"]):
                        # The kernel took some of the backlog before: nothing was left out.
                        return
                    assert not (answered and cursor >= missed), "it takes its copy for complete"


def _backlog(server: Server) -> bool:
    """Whether more waits for a client than may."""
    lines = ask(server, "/metrics")[2].decode().splitlines()
    [size] = [line.split()[1] for line in lines if line.startswith("spotter_backlog_bytes ")]
    return float(size) > 300_000


def _frames(buffer: bytes) -> tuple[list[str], bytes]:
    """The whole, unmasked text frames at the start of the buffer, and the rest of it."""
    frames = []
    while len(buffer) >= 2:
        assert buffer[0] in (0x81, 0x89), f"not the beginning of a frame: {buffer[:20]!r}"
        size, start = buffer[1], 2
        if size == 126:
            size, start = int.from_bytes(buffer[2:4]), 4
        elif size == 127:
            size, start = int.from_bytes(buffer[2:10]), 10
        if len(buffer) < start + size or (buffer[1] >= 126 and len(buffer) < start):
            break
        if buffer[0] == 0x81:
            frames.append(buffer[start : start + size].decode())
        buffer = buffer[start + size :]
    return frames, buffer
