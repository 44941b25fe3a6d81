"""The journal trimmed by somebody else than the server under test, as another process on the same database does."""

import os
from unittest.mock import patch

from sqlalchemy import create_engine

from server import resources
from server.accounts import models as _accounts  # noqa: F401  (the models of coaches name them)
from server.config import Config
from server.database import prepare
from server.realtime.retention import Retention
from tests.support.environment import environment


def trim(url: str, keep: int) -> int:
    """Forget all but the newest `keep` commits. Returns the new floor."""
    with patch.dict(os.environ, environment(DATABASE_URL=url), clear=True):
        config = Config.from_environment()
    # Whichever models a test has imported: they name each other.
    resources.load()
    engine = create_engine(url)
    prepare(engine, config)
    try:
        return Retention(engine, days=3_650, commits=keep).trim()
    finally:
        engine.dispose()
