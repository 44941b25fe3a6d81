"""A client that does not read, or reads slowly, costs the server little and the others nothing."""

from collections.abc import Iterator

import pytest

from tests.support import packets
from tests.support.gym import Gym
from tests.support.packets import Event
from tests.support.raw import RawSocket
from tests.support.server import Server

DESCRIPTION = "Breathe. " * 50


@pytest.fixture
def stalled(own_server: Server) -> Iterator[RawSocket]:
    """A websocket with the smallest of receive buffers, from which nothing is read."""
    raw = RawSocket(own_server.port, receive_buffer=4_096)
    raw.handshake()
    raw.send_text("40")
    yield raw
    raw.close()


def _fill(gym: Gym, moves: int) -> list[int]:
    acks = gym.client.pipeline(
        [("new_exercise_move", gym.payload("exercise_move", description=DESCRIPTION)) for _ in range(moves)], window=10
    )
    return [ack["data"]["id"] for ack in acks]


@pytest.mark.settings(MAX_BACKLOG_BYTES="300000")
def test_memory_is_bounded_and_others_are_served(own_server: Server, stalled: RawSocket, gym: Gym) -> None:
    move = _fill(gym, 100)[0]
    for index in range(30):
        gym.update("exercise_move", id=move, name=f"Warm up {index}")
    before = own_server.memory()
    for index in range(300):
        gym.update("exercise_move", id=move, name=f"Name {index:04}")
        gym.client.take()
        gym.client.received.clear()
    # Every array has 60 KB: 300 of them kept for the one who does not read would be 18 MB.
    assert own_server.memory() - before < 6_000_000


def test_what_a_slow_reader_gets_is_whole_and_ends_with_the_newest(
    own_server: Server, stalled: RawSocket, gym: Gym
) -> None:
    """Partial writes must not cut a frame in two."""
    move = _fill(gym, 60)[0]
    for index in range(60):
        gym.update("exercise_move", id=move, name=f"Name {index:04}")
    names: list[str] = []
    buffer = b""
    while not names or names[-1] != "Name 0059":
        part = stalled.socket.recv(3_000)
        assert part, "the server closed the connection of a client that reads slowly"
        buffer += part
        frames, buffer = _frames(buffer)
        for frame in frames:
            if frame.startswith("42") and isinstance(event := packets.parse(frame), Event):
                rows = event.args[0] if event.name == "exercise_moves" else []
                names += [row["name"] for row in rows if row["id"] == move and row["name"].startswith("Name")]
    assert names == sorted(names), "an older array after a newer one"
    assert len(names) < 60, "a client that has not drained gets the newest array when it does, never a backlog"


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
