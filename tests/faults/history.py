"""What clients sent and received: one JSON line each, in files of one process each.

`at` is nanoseconds of the machine's monotonic clock, which all its processes share; `who` a client's name; `link`
counts its connections; `what` is one of:

    open     it connects: `kind`, `via` ("" if directly), `port`
    in       the namespace let it in
    send     a request: `n`, `event`, `data`, `opts`
    ack      an answer: `n`, `ack`
    event    `name`, `args`; of an array `hash` in place of `args`
    end      the connection ended: `why`
    copy     what it has in the end: `channels` by id, `cursor`
    fault    somebody did harm: `kind`, `phase`
"""

import hashlib
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

import orjson

Row = dict[str, Any]


def digest(value: Any) -> str:
    """A hash of JSON, whatever the order of keys."""
    return hashlib.sha256(orjson.dumps(value, option=orjson.OPT_SORT_KEYS | orjson.OPT_NON_STR_KEYS)).hexdigest()[:16]


class Notes:
    """Appends to a history file; lines of threads do not mix."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("ab", buffering=1 << 16)

    def note(self, who: str, what: str, link: int = 0, **said: Any) -> None:
        """One line, dated now."""
        line = orjson.dumps({"at": time.monotonic_ns(), "who": who, "what": what, "link": link, **said})
        # One call of the file, which takes a lock for it.
        self._file.write(line + b"\n")

    def flush(self) -> None:
        """Let readers see what was noted."""
        self._file.flush()

    def close(self) -> None:
        """Note nothing more."""
        self._file.close()


class Request(NamedTuple):
    """One try of a request. `ack` is None, and `answered` 0, if no answer came."""

    who: str
    link: int
    number: int
    sent: int
    event: str
    data: Any
    opts: Row
    ack: Row | None
    answered: int
    # When its connection ended, 0 if it did not.
    ended: int
    # How many acks came.
    acks: int

    @property
    def op(self) -> str | None:
        """Its idempotency key."""
        return self.opts.get("op")

    @property
    def code(self) -> str | None:
        """Why it was refused."""
        return None if self.ack is None else self.ack.get("meta", {}).get("code")

    @property
    def is_write(self) -> bool:
        """Whether it may make a commit."""
        return self.event.startswith(("new_", "update_", "delete_")) or self.event in ("batch", "undo")


@dataclass
class Link:
    """One connection, and what came over it in order."""

    who: str
    number: int
    kind: str
    via: str
    opened: int
    lines: list[Row] = field(default_factory=list)
    ended: int = 0
    user: Any = None

    def events(self, *names: str) -> Iterator[Row]:
        """Those with one of these names, in order."""
        return (line for line in self.lines if line["what"] == "event" and line["name"] in names)


class History:
    """All lines of all processes by time."""

    def __init__(self, lines: Iterable[Row]) -> None:
        self.lines = sorted(lines, key=lambda line: line["at"])
        self.links: dict[tuple[str, int], Link] = {}
        self.copies: dict[str, Row] = {}
        self.faults: list[Row] = []
        self.embeds: Row = {}
        self.requests: list[Request] = []
        self._sort()
        self.end = self.lines[-1]["at"] if self.lines else 0

    @classmethod
    def read(cls, paths: Iterable[Path]) -> "History":
        """That of these files; a line that was cut off by a kill is left out."""
        lines = []
        for path in paths:
            for line in path.read_bytes().split(b"\n"):
                if line:
                    lines.append(orjson.loads(line))
        return cls(lines)

    def _sort(self) -> None:
        sent: dict[tuple[str, int, int], Row] = {}
        acks: dict[tuple[str, int, int], list[Row]] = defaultdict(list)
        for line in self.lines:
            key = (line["who"], line.get("link", 0))
            match line["what"]:
                case "open":
                    self.links[key] = Link(*key, line["kind"], line.get("via", ""), line["at"])
                case "end":
                    self.links[key].ended = line["at"]
                case "copy":
                    self.copies[line["who"]] = line
                case "fault":
                    self.faults.append(line)
                case "send":
                    sent[*key, line["n"]] = line
                case "ack":
                    acks[*key, line["n"]].append(line)
                case "event" if line["name"] == "connected":
                    self.embeds = line["args"][0].get("embeds") or self.embeds
            if key in self.links:
                self.links[key].lines.append(line)
        for (who, link, number), line in sent.items():
            answers = acks.get((who, link, number), [])
            self.requests.append(
                Request(
                    *(who, link, number, line["at"], line["event"], line["data"], line["opts"] or {}),
                    *((answers[0]["ack"], answers[0]["at"]) if answers else (None, 0)),
                    self.links[who, link].ended,
                    len(answers),
                )
            )

    @property
    def writes(self) -> list[Request]:
        """The tries of requests that may make a commit."""
        return [request for request in self.requests if request.is_write and not request.opts.get("check")]
