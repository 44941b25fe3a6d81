"""Frames are read as wsproto reads them, in whatever chunks they arrive."""

from collections.abc import Iterable

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from wsproto import ConnectionType
from wsproto.connection import Connection
from wsproto.events import BytesMessage, CloseConnection, Event, Message, Ping, Pong, TextMessage
from wsproto.utilities import ProtocolError

from server.realtime.transport.frame_parser import FrameParser

BROKEN = "broken"
_MASK = b"\x01\x82\x7f\x00"


def frame(payload: bytes, first: int = 0x81, *, masked: bool = True, width: int | None = None) -> bytes:
    """A client's frame. `width` is how many bytes hold its length, by default the fewest possible."""
    size = len(payload)
    if width is None:
        width = 0 if size < 126 else 2 if size < 65536 else 8
    short = {0: size, 2: 126, 8: 127}[width]
    head = bytes([first, short | (0x80 if masked else 0)]) + (size.to_bytes(width, "big") if width else b"")
    if not masked:
        return head + payload
    return head + _MASK + bytes(one ^ _MASK[place % 4] for place, one in enumerate(payload))


def told(chunks: Iterable[bytes], frames: FrameParser | None) -> list[object]:
    """The messages and control frames of the chunks, in order, and whether it ended in a ProtocolError."""
    parser = Connection(ConnectionType.SERVER)
    found: list[object] = []
    texts: list[str] = []

    def take(event: Event | str) -> None:
        if isinstance(event, str):
            found.append(event)
        elif isinstance(event, TextMessage):
            texts.append(event.data)
            if event.message_finished:
                found.append("".join(texts))
                texts.clear()
        elif isinstance(event, Message):
            found.append(bytes(event.data))
        elif isinstance(event, CloseConnection):
            # The reason counts from where the chunk began that wsproto was given.
            found.append(event.code)
        else:
            found.append(event)

    try:
        for chunk in chunks:
            if frames is None:
                parser.receive_data(chunk)
            for event in parser.events() if frames is None else frames.events(chunk):
                take(event)
                if isinstance(event, CloseConnection):
                    return found
    except ProtocolError:
        found.append(BROKEN)
    return found


SIMPLE = st.one_of(st.text(max_size=60), st.sampled_from(["", "2", "x" * 125, "ö" * 63, "x" * 126, "x" * 16_384])).map(
    lambda text: frame(text.encode())
)
BREACHES_AND_RARITIES = [
    frame(b"x" * 16_385),
    frame(b"x" * 65_536),
    frame(b"short", width=2),
    frame(b"short", width=8),
    frame(b"naked", masked=False),
    frame(b"part", 0x01) + frame(b"", 0x00) + frame(b"ping", 0x89) + frame(b"end", 0x80),
    frame(b"part", 0x01) + frame(b"whole"),
    frame(b"goes on", 0x80),
    frame(b"\x03\xe8", 0x88),
    frame(b"raw", 0x82),
    frame("ö".encode()[:1], 0x01) + frame("ö".encode()[1:], 0x80),
    frame("ö".encode()[:1]),
    frame(b"\xed\xa0\x80"),
    frame(b"compressed", 0xC1),
]
ODD = st.one_of(
    st.binary(max_size=12),
    st.binary(max_size=130).map(frame),
    st.builds(frame, st.binary(max_size=20), st.integers(0, 255), masked=st.booleans()),
    st.sampled_from(BREACHES_AND_RARITIES),
)


@given(st.lists(st.one_of(SIMPLE, SIMPLE, SIMPLE, ODD), max_size=6).map(b"".join), st.lists(st.integers(1, 40)))
@example(frame(b"one") + frame(b"two") + frame(b"ping", 0x89) + frame(b"three"), [])
@example(frame(b"x" * 126), [1, 1, 1, 1])
@example(frame(b"\x80x")[:-1], [])
def test_it_reads_what_wsproto_reads(sent: bytes, cuts: list[int]) -> None:
    chunks = []
    for cut in cuts:
        chunks.append(sent[:cut])
        sent = sent[cut:]
    # wsproto reads the text of a frame that has not come in whole; nothing stays so after the last chunk.
    chunks = [chunk for chunk in [*chunks, sent, bytes(2 * 65_536)] if chunk]
    assert told(chunks, FrameParser()) == told(chunks, None)


@pytest.mark.parametrize("odd", BREACHES_AND_RARITIES)
@pytest.mark.parametrize("size", [1, 3, 1_000_000])
def test_what_is_odd_is_read_as_wsproto_reads_it(odd: bytes, size: int) -> None:
    sent = frame(b"before") + odd + frame(b"after")
    chunks = [sent[start : start + size] for start in range(0, len(sent), size)]
    assert told(chunks, FrameParser()) == told(chunks, None)


@pytest.mark.parametrize("text", ["2", "42" + "ö" * 5_000])
def test_a_simple_frame_is_not_left_to_wsproto(text: str) -> None:
    frames = FrameParser()
    frames.parser = None  # type: ignore[assignment]
    whole = frame(text.encode())
    assert told([whole, whole + whole[:3], whole[3:]], frames) == [text] * 3


def test_pings_and_what_follows_are_answered_by_wsproto() -> None:
    frames = FrameParser()
    [ping] = told([frame(b"one") + frame(b"hello", 0x89)], frames)[1:]
    assert isinstance(ping, Ping)
    assert bytes(frames.parser.send(ping.response())) == b"\x8a\x05hello"
    assert told([frame(b"two")], frames) == ["two"]
    assert not any(isinstance(one, Pong | BytesMessage) for one in told([frame(b"three")], frames))
