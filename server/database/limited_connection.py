"""psycopg's connection with the time limits of `postgresql`. Loaded for PostgreSQL alone: that takes long."""

from typing import Any

import psycopg
from sqlalchemy import Engine, event

from server.database.postgresql import time_limit


class _NoAnswer(psycopg.OperationalError):
    """A time limit has passed."""


class _Limited(psycopg.Connection[Any]):
    """A connection that is closed when an answer takes too long, or whoever waits for it is killed: a late one would be
    taken for the next query's.
    """

    def wait(self, *args: Any, **options: Any) -> Any:
        """As psycopg's, which every round trip uses."""
        try:
            with time_limit():
                return super().wait(*args, **options)
        except TimeoutError as error:
            self.close()
            raise _NoAnswer(str(error)) from None
        except BaseException as error:
            if not isinstance(error, Exception):
                self.close()
            raise


def limit_waiting(engine: Engine) -> None:
    """Make the engine's new connections with these limits."""

    @event.listens_for(engine, "do_connect")
    def connect(dialect: object, record: object, args: list[Any], options: dict[str, Any]) -> Any:
        try:
            with time_limit():
                return _Limited.connect(*args, **options)
        except TimeoutError as error:
            raise _NoAnswer(str(error)) from None
