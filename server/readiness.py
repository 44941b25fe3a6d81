"""Whether the server can do its work: `/readyz`."""

from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from server.config import ROOT


class Readiness:
    """Looks at the database each time it is asked."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._newest = ScriptDirectory(str(ROOT / "migrations")).get_current_head()

    def problem(self) -> str | None:
        """What is wrong, in words that may be shown to anybody; None if nothing is."""
        try:
            with self._engine.connect() as connection:
                current = MigrationContext.configure(connection).get_current_revision()
        except SQLAlchemyError:
            return "the database cannot be reached"
        return None if current == self._newest else "the database's schema is not up to date"
