"""TCP ports that no other test run on this machine takes."""

import fcntl
import os
import random
import socket
import tempfile
from pathlib import Path

# Below the range from which Linux takes the ports of outgoing connections: no client of ours can be sitting on one.
FIRST, LAST = 20_000, 32_000


class Port:
    """A free port, kept from other test runs by a lock file until `release`, so that a server can restart on it."""

    def __init__(self) -> None:
        directory = Path(tempfile.gettempdir()) / "spotter-test-ports"
        directory.mkdir(exist_ok=True)
        candidates = random.SystemRandom()
        for _ in range(200):
            number = candidates.randrange(FIRST, LAST)
            descriptor = os.open(directory / str(number), os.O_RDWR | os.O_CREAT, 0o666)
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
                with socket.socket() as probe:
                    probe.bind(("127.0.0.1", number))
            except OSError:
                os.close(descriptor)
                continue
            self.number = number
            self._descriptor = descriptor
            return
        raise RuntimeError(f"no free port between {FIRST} and {LAST}")

    def release(self) -> None:
        """Let others have it."""
        os.close(self._descriptor)
