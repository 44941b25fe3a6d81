"""What the database holds, past the server: read by the models, and dumped by Marshmallow's schemas."""

from functools import cache
from typing import Any

import orjson
from sqlalchemy import create_engine
from sqlalchemy.pool import NullPool

from server import resources
from server.accounts import models as _accounts  # noqa: F401  (the models of coaches name them)
from server.realtime.journal.reconcile import fresh_records
from server.realtime.resource.binding import bind_all
from server.realtime.resource.resource import Resource

Arrays = dict[str, list[dict[str, Any]]]


def read_records(url: str) -> Arrays:
    """Every channel of the gym as a server that knows nothing yet would make it of the tables."""
    engine = create_engine(url, poolclass=NullPool)
    with engine.connect() as connection:
        return {
            channel: [orjson.loads(record) for _, record in fresh_records(connection, resource)]
            for channel, resource in _bound().items()
        }


@cache
def _bound() -> dict[str, Resource]:
    resources.load()
    bind_all()
    return dict(Resource.registry)
