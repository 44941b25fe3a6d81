"""A database is saved and restored by PostgreSQL's own programs, as docs/operations.md has it, during writes."""

import shutil
import subprocess
import threading
from contextlib import closing
from pathlib import Path
from typing import Any

from tests.support.postgres import PostgresDatabase
from tests.support.requirements import skip_or_fail
from tests.support.server import Server
from tests.support.socketio_client import Client


class Writer(threading.Thread):
    """Makes, changes and removes coaches while something else happens; what is unavailable is tried again."""

    def __init__(self, server: Server) -> None:
        super().__init__()
        self._port = server.port
        self._enough = threading.Event()
        self.writes = 0
        self.failure: BaseException | None = None

    def run(self) -> None:
        """Write until `finish`."""
        try:
            with closing(Client(self._port)) as client:
                while not self._enough.is_set():
                    coach = self._write(client, "new_coach", {"name": f"Meanwhile {self.writes}", "age": 30})
                    self._write(client, "update_coach", {"id": coach["id"], "age": 33})
                    if self.writes % 3:
                        self._write(client, "delete_coach", coach["id"])
        except BaseException as failure:
            self.failure = failure

    def finish(self) -> None:
        """Stop it. Raises what went wrong."""
        self._enough.set()
        self.join(30)
        if self.failure is not None:
            raise self.failure

    def _write(self, client: Client, event: str, data: Any) -> Any:
        while True:
            ack = client.call(event, data, {})
            code = ack["meta"].get("code")
            if code != "unavailable":
                # A restore may take away a record between its making and its change.
                assert code in (None, "not_found"), ack
                self.writes += 1
                return ack["data"] or {"id": 0}


def save(database: PostgresDatabase, dump: Path) -> None:
    """Write a dump of it to a file."""
    complaint = _run("pg_dump", "-Fc", f"--file={dump}", f"--dbname={_address(database)}")
    assert not complaint, complaint


def restore_in_place(database: PostgresDatabase, dump: Path) -> str:
    """Put it back into the same database; what pg_restore complains of, nothing if it did it."""
    options = "--clean", "--if-exists", "--single-transaction"
    return _run("pg_restore", *options, f"--dbname={_address(database)}", str(dump))


def _run(name: str, *arguments: str) -> str:
    if shutil.which(name) is None:
        skip_or_fail(name)
    ended = subprocess.run([name, *arguments], capture_output=True, text=True, timeout=60, check=False)
    return ended.stderr if ended.returncode else ""


def _address(database: PostgresDatabase) -> str:
    return database.url.replace("postgresql+psycopg:", "postgresql:")
