"""What `/readyz` answers."""

from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from server.database import migrations
from server.database.postgresql import within
from server.realtime.journal.follower import Follower
from server.realtime.mutations.full_disk import Writable

_TIMEOUT_SECONDS = 3.0
_UNREACHABLE = "the database cannot be reached"


class Readiness:
    """Queries the database at each call."""

    def __init__(self, engine: Engine, follower: Follower, writable: Writable) -> None:
        self._engine = engine
        self._follower = follower
        self._writable = writable
        self._newest = ScriptDirectory(str(migrations.FOLDER)).get_current_head()

    def problem(self) -> str | None:
        """What is wrong, in a line without secrets; None if nothing is."""
        if not self._follower.is_up:
            return _UNREACHABLE
        try:
            with within(_TIMEOUT_SECONDS), self._engine.connect() as connection:
                current = MigrationContext.configure(connection).get_current_revision()
        except SQLAlchemyError:
            return _UNREACHABLE
        if current != self._newest:
            return "the database's schema is not up to date"
        return self._writable.problem and f"the database takes no writes: {self._writable.problem}"
