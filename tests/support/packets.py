"""Socket.IO v4 packets inside Engine.IO v4 messages, as text."""

import json
import re
from dataclasses import dataclass
from typing import Any, NoReturn


@dataclass(frozen=True)
class Raw:
    """JSON text that Python's encoder would not write, such as 1e400."""

    text: str


@dataclass(frozen=True)
class Event:
    """An event from the server."""

    name: str
    args: tuple[Any, ...]


@dataclass(frozen=True)
class Ack:
    """The answer to the request with this id."""

    id: int
    args: tuple[Any, ...]


@dataclass(frozen=True)
class Connected:
    """The namespace let us in."""

    sid: str


@dataclass(frozen=True)
class Refused:
    """The namespace did not let us in."""

    reason: Any


@dataclass(frozen=True)
class Disconnected:
    """The server took us out of the namespace."""


Packet = Event | Ack | Connected | Refused | Disconnected

_PACKET = re.compile(r"(\d)(?:(/[^,]*),)?(\d+)?(.*)", re.DOTALL)
_RAW = re.compile(r'"<raw>(.*?)</raw>"')


def encode(value: Any) -> str:
    """JSON as a browser writes it: text beyond ASCII unescaped, lone surrogates escaped; Raw as it is."""

    def default(item: Any) -> str:
        if isinstance(item, Raw):
            return f"<raw>{item.text}</raw>"
        raise TypeError(f"{item!r} cannot be sent")

    text = json.dumps(value, default=default, ensure_ascii=False, separators=(",", ":"))
    try:
        text.encode()
    except UnicodeEncodeError:
        text = json.dumps(value, default=default, separators=(",", ":"))
    return _RAW.sub(r"\1", text)


def decode(text: str) -> Any:
    """JSON as a browser reads it: NaN and Infinity, which Python would take, are errors."""

    def refuse(constant: str) -> NoReturn:
        raise AssertionError(f"the server sent {constant}, which is not JSON: {text[:200]}")

    return json.loads(text, parse_constant=refuse)


def event(name: str, args: tuple[Any, ...], namespace: str = "/", ack: int | None = None) -> str:
    """The frame of an event, with an ack id if an answer is asked for."""
    where = "" if namespace == "/" else namespace + ","
    return f"42{where}{'' if ack is None else ack}{encode([name, *args])}"


def parse(frame: str) -> Packet:
    """The packet in a frame that begins with Engine.IO's 4. Raises AssertionError for what no server may send."""
    match = _PACKET.fullmatch(frame, 1)
    assert match, f"not a Socket.IO packet: {frame[:200]}"
    kind, _, number, body = match.groups()
    match kind:
        case "0":
            return Connected(decode(body)["sid"])
        case "1":
            return Disconnected()
        case "2":
            name, *args = decode(body)
            return Event(name, tuple(args))
        case "3":
            return Ack(int(number), tuple(decode(body)))
        case "4":
            return Refused(decode(body) if body else None)
    raise AssertionError(f"not a packet for a client without binary data: {frame[:200]}")
