"""A note beside an embedded database of how far it had come: so a file that was put back from a backup is noticed."""

import logging
import os
from pathlib import Path

import orjson

from server.realtime.journal import HeadState

logger = logging.getLogger("spotter.witness")


class Witness:
    """Knows the newest epoch and seq that a server saw. With `path` None it knows nothing and contradicts nobody.

    A database that is elsewhere than its file (PostgreSQL) has no such note: after a restore say so with
    `flask --app server journal restored`.
    """

    def __init__(self, path: Path | None) -> None:
        self._path = path
        self._noted: tuple[str, int] | None = None

    def contradicts(self, head: HeadState) -> bool:
        """Whether clients may know more of this database than it does itself. Without a note that cannot be told."""
        if self._path is None:
            return False
        try:
            noted = orjson.loads(self._path.read_bytes())
            return not (noted["epoch"] == head.epoch and noted["seq"] <= head.seq)
        except (OSError, ValueError, KeyError, TypeError):
            return head.seq > 0

    def note(self, epoch: str, seq: int) -> None:
        """Write down how far the database has come, if that is news. A write that fails is only logged."""
        if self._path is None or self._noted == (epoch, seq):
            return
        draft = self._path.with_name(self._path.name + ".new")
        try:
            draft.write_bytes(orjson.dumps({"epoch": epoch, "seq": seq}))
            os.replace(draft, self._path)
        except OSError:
            logger.warning("%s could not be written", self._path, exc_info=True)
        else:
            self._noted = (epoch, seq)
