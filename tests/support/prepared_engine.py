"""What a process beside the server under test has of the server's database, in this process."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from unittest.mock import patch

from sqlalchemy import Engine, create_engine

from server import resources
from server.accounts import models as _accounts  # noqa: F401  (the models of coaches name them)
from server.config import Config
from server.database.engines import flask_settings, prepare
from server.realtime.resource.binding import bind_all
from tests.support.environment import environment


@contextmanager
def prepared_engine(url: str) -> Iterator[Engine]:
    """An engine as servers have it; the gym's resources are bound, whichever a test has imported."""
    with patch.dict(os.environ, environment(DATABASE_URL=url), clear=True):
        config = Config.from_environment()
    resources.load()
    bind_all()
    engine = create_engine(url, **flask_settings(config)["SQLALCHEMY_ENGINE_OPTIONS"])
    prepare(engine, config)
    try:
        yield engine
    finally:
        engine.dispose()
