"""The server as the campaign starts it: with named points of the write path at which it ends, or is made to fail.

The product knows nothing of it: functions are wrapped before it serves. FAULT in the environment is JSON:
`{"point": NAME, "nth": N, "do": "kill" | "end connection"}`. PLANTED names a module of `planted`.
"""

import importlib
import json
import os
import signal
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

PROGRAM = ("-c", "from tests.faults.points import main; main()")

# In the order in which one write, one start, one trimming passes them.
WRITE = (
    "transaction begun",
    "before the journal",
    "before commit",
    "committed, not in memory",
    "committed, not announced",
    "before an ack",
    "between two acks",
    "before publishing",
    "while publishing",
)
START = ("start", "head locked at the start", "state read", "accounts checked")
MIGRATION = ("a migration begins", "before the migrations' commit")
RETENTION = ("trimming", "before a trimming's commit", "ops trimmed")
CHECKPOINT = ("before a checkpoint", "after a checkpoint")


def main() -> None:
    """Run the server with the fault, and the planted one, that the environment names."""
    from server.__main__ import main as serve

    if clock := os.environ.get("CLOCK"):
        _follow_clock(Path(clock))
    if planted := os.environ.get("PLANTED"):
        importlib.import_module(f"tests.faults.planted.{planted}").plant()
    if fault := json.loads(os.environ.get("FAULT") or "null"):
        _arm(**fault)
    if every := os.environ.get("TRIM_EVERY"):
        from server.realtime.journal import retention

        retention._EVERY_SECONDS = float(every)
    serve()


def _follow_clock(file: Path) -> None:
    """Let the clock be ahead by the seconds in the file. What measures durations does not jump with it, as in Linux."""
    real, real_ns = time.time, time.time_ns

    def ahead() -> int:
        return int(file.read_text() or 0) if file.exists() else 0

    time.time = lambda: real() + ahead()
    time.time_ns = lambda: real_ns() + ahead() * 1_000_000_000


def _arm(point: str, nth: int, do: str = "kill") -> None:
    owner, name, is_after = _places()[point]
    count = 0
    passes = getattr(owner, name)

    def trip(arguments: tuple[Any, ...]) -> None:
        nonlocal count
        count += 1
        if count == nth:
            _DEEDS[do](arguments)

    def wrapped(*arguments: Any, **options: Any) -> Any:
        if not is_after:
            trip(arguments)
        result = passes(*arguments, **options)
        if is_after:
            trip(arguments)
        return result

    setattr(owner, name, wrapped)


def _places() -> dict[str, tuple[Any, str, bool]]:
    """By the name of a point: whose function it is, its name, and whether the point is after it."""
    from server.accounts.services import AccountServices
    from server.database import migrations, sqlite_file
    from server.realtime.journal import follower, journal, retention
    from server.realtime.journal.replica import Replica
    from server.realtime.mutations.group_commit import GroupCommit
    from server.realtime.queries.publisher import Publisher
    from server.realtime.transport.client import Client

    return {
        "transaction begun": (GroupCommit, "_begin", True),
        "before the journal": (journal, "append", False),
        "before commit": (journal, "advance", True),
        "committed, not in memory": (Replica, "extend", False),
        "committed, not announced": (Replica, "extend", True),
        "before an ack": (Client, "finish_request", False),
        "between two acks": (Client, "finish_request", True),
        "before publishing": (Publisher, "_publish", False),
        "while publishing": (Publisher, "_push", True),
        "start": (follower.Follower, "open", False),
        "head locked at the start": (follower, "open_journal", False),
        "state read": (follower, "open_journal", True),
        "accounts checked": (AccountServices, "start", True),
        "a migration begins": (migrations, "_counters", True),
        "before the migrations' commit": (migrations, "_restore", True),
        "trimming": (retention, "_delete", False),
        "before a trimming's commit": (retention, "_delete", True),
        "ops trimmed": (retention.Retention, "_delete_ops", True),
        "before a checkpoint": (sqlite_file, "checkpoint", False),
        "after a checkpoint": (sqlite_file, "checkpoint", True),
    }


def _kill(arguments: tuple[Any, ...]) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def _end_connection(arguments: tuple[Any, ...]) -> None:
    """Let PostgreSQL end the connection that is the first argument, as an operator would."""
    import psycopg
    from sqlalchemy import Connection

    connection = next(one for one in arguments if isinstance(one, Connection))
    pid = connection.connection.dbapi_connection.info.backend_pid  # type: ignore[union-attr]
    address = os.environ["DATABASE_URL"].replace("+psycopg", "")
    with psycopg.connect(address, autocommit=True) as other:
        other.execute("SELECT pg_terminate_backend(%s)", [pid])


_DEEDS: dict[str, Callable[[tuple[Any, ...]], None]] = {"kill": _kill, "end connection": _end_connection}
