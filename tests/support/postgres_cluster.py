"""A PostgreSQL server of a test's own, to stop, freeze and start again."""

import contextlib
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path
from typing import Any

import psycopg

from tests.support.ports import Port
from tests.support.requirements import skip_or_fail
from tests.support.waiting import wait_until


class PostgresCluster:
    """A cluster with nothing in it but the database `gym`, or a standby of another; `url` goes into DATABASE_URL."""

    def __init__(self, primary: "PostgresCluster | None" = None) -> None:
        self._programs = _programs()
        # Outside pytest's directories, which other users of the machine may not enter.
        self._directory = Path(tempfile.mkdtemp(prefix="spotter-postgres-"))
        self._user = _unprivileged()
        if self._user is not None:
            shutil.chown(self._directory, self._user)
        self._port = Port()
        self._process: subprocess.Popen[bytes] | None = None
        if primary is not None:
            source = ("-d", primary._address("postgres"), "--checkpoint=fast", "--no-sync")
            self._run("pg_basebackup", *source, "--write-recovery-conf", "-D", str(self._data))
            self.start()
            return
        self._run("initdb", "-D", str(self._data), "-U", "postgres", "-A", "trust", "--no-sync", "-E", "UTF8")
        self.start()
        with psycopg.connect(self._address("postgres"), autocommit=True) as connection:
            connection.execute("CREATE DATABASE gym")

    @property
    def port(self) -> int:
        """Where it listens, also after a restart."""
        return self._port.number

    @property
    def url(self) -> str:
        """What goes into DATABASE_URL, the same after a restart."""
        return f"postgresql+psycopg://postgres@127.0.0.1:{self.port}/gym"

    def start(self) -> None:
        """Start it, and return when it takes connections."""
        settings = ["-c", "fsync=off", "-c", "listen_addresses=127.0.0.1"]
        command = [self._programs / "postgres", "-D", self._data, "-p", str(self.port), "-k", self._directory]
        with (self._directory / "log").open("ab") as log:
            self._process = subprocess.Popen(
                [*map(str, command), *settings], cwd=self._directory, stdout=log, stderr=log, user=self._user
            )
        wait_until(self._answers, "PostgreSQL takes connections", 20)

    def stop(self) -> None:
        """End it as a restart does: every connection is cut off."""
        assert self._process is not None
        self._process.send_signal(signal.SIGINT)
        self._process.wait(20)

    def take_over(self) -> None:
        """Let the standby be a primary, which takes writes."""
        with psycopg.connect(self._address("postgres"), autocommit=True) as connection:
            assert connection.execute("SELECT pg_promote()").fetchone() == (True,)

    def freeze(self) -> None:
        """Let it keep its connections and do nothing."""
        # The parent is stopped before its children are listed, and goes on last: so none is made meanwhile.
        for halt in (lambda: [self._parent], self._children):
            pids = halt()
            _send(signal.SIGSTOP, pids)
            # A signal is sent before it has been heeded, and until then a process goes on.
            wait_until(lambda pids=pids: all(map(_is_halted, pids)), "stopped")  # type: ignore[misc]

    def thaw(self) -> None:
        """Let it go on."""
        _send(signal.SIGCONT, [*self._children(), self._parent])

    def connect(self) -> psycopg.Connection[Any]:
        """A connection to the gym past the server; a standby's only reads."""
        return psycopg.connect(self._address("gym"))

    def close(self) -> None:
        """End it, and remove what it kept."""
        if self._process is not None and self._process.poll() is None:
            self.thaw()
            self.stop()
        shutil.rmtree(self._directory, ignore_errors=True)
        self._port.release()

    @property
    def _data(self) -> Path:
        return self._directory / "data"

    def _address(self, name: str) -> str:
        return f"postgresql://postgres@127.0.0.1:{self.port}/{name}"

    def _answers(self) -> bool:
        try:
            psycopg.connect(self._address("postgres"), connect_timeout=2).close()
        except psycopg.OperationalError:
            return False
        return True

    def _children(self) -> list[int]:
        """Each connection has a process of its own."""
        command = ["ps", "-o", "pid=", "--ppid", str(self._parent)]
        return [int(pid) for pid in subprocess.run(command, capture_output=True, text=True, check=False).stdout.split()]

    @property
    def _parent(self) -> int:
        assert self._process is not None
        return self._process.pid

    def _run(self, program: str, *arguments: str) -> None:
        done = subprocess.run(
            [str(self._programs / program), *arguments],
            cwd=self._directory,
            capture_output=True,
            text=True,
            timeout=60,
            user=self._user,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr


def _is_halted(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return True
    return state in "TZX"


def url_of(*clusters: PostgresCluster) -> str:
    """What goes into DATABASE_URL to use the one among them that takes writes."""
    hosts = "&".join(f"host=127.0.0.1:{cluster.port}" for cluster in clusters)
    return f"postgresql+psycopg://postgres@/gym?{hosts}&target_session_attrs=read-write"


def _programs() -> Path:
    """Debian keeps PostgreSQL's programs out of PATH."""
    found = shutil.which("initdb")
    if found is not None:
        return Path(found).resolve().parent
    versions = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    return versions[-1].parent if versions else skip_or_fail("PostgreSQL's server programs are not installed")


def _unprivileged() -> str | None:
    """Who runs it: PostgreSQL refuses to be run by root."""
    if os.geteuid() != 0:
        return None
    names = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in names else "nobody"


def _send(number: signal.Signals, pids: list[int]) -> None:
    for pid in pids:
        # A connection may have ended meanwhile.
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, number)
