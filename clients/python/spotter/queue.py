"""Writes that wait for an answer."""

import json
import os
from pathlib import Path

from spotter.replica import Row


class Queue:
    """Writes that were not answered, first in, first out; in a file too, if there is one to survive in."""

    def __init__(self, file: Path | None) -> None:
        self._file = file
        self.writes: list[Row] = json.loads(file.read_text()) if file is not None and file.exists() else []

    def add(self, write: Row) -> None:
        """Append a write: it is kept when this returns."""
        self.writes.append(write)
        self._keep()

    def drop(self) -> None:
        """Remove the first, which was answered."""
        del self.writes[0]
        self._keep()

    def _keep(self) -> None:
        if self._file is None:
            return
        # The file is whole at any moment, and nobody else's to read: a write may hold a password.
        fresh = self._file.with_name(self._file.name + ".new")
        with open(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as opened:
            json.dump(self.writes, opened)
            opened.flush()
            os.fsync(opened.fileno())
        fresh.replace(self._file)
