"""A Redis server of a test's own, to kill, freeze and start again."""

import shutil
import signal
import subprocess
from pathlib import Path

from redis import Redis
from redis.exceptions import RedisError

from tests.support.ports import Port
from tests.support.requirements import skip_or_fail
from tests.support.waiting import wait_until


class RedisProcess:
    """`url` goes into REDIS_URL. It keeps nothing on disk."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        self._port = Port()
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """Where it listens, the same after a restart."""
        return f"redis://127.0.0.1:{self._port.number}"

    def start(self) -> "RedisProcess":
        """Start it, and return when it answers."""
        program = shutil.which("redis-server") or skip_or_fail("redis-server is not installed")
        settings = ["--port", str(self._port.number), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]
        self._process = subprocess.Popen(
            [program, *settings], cwd=self._directory, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        wait_until(self._answers, "redis-server answers", 10)
        return self

    def kill(self) -> None:
        """End it at once."""
        assert self._process is not None
        self._process.kill()
        self._process.wait()

    def freeze(self) -> None:
        """Let it keep its connections and do nothing."""
        assert self._process is not None
        self._process.send_signal(signal.SIGSTOP)

    def thaw(self) -> None:
        """Let it go on."""
        assert self._process is not None
        self._process.send_signal(signal.SIGCONT)

    def close(self) -> None:
        """End it for good."""
        if self._process is not None and self._process.poll() is None:
            self.kill()
        self._port.release()

    def _answers(self) -> bool:
        try:
            with Redis.from_url(self.url, socket_timeout=1) as client:
                return bool(client.ping())
        except RedisError:
            return False
