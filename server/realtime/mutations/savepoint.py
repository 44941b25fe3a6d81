"""One request of a transaction, or some writes of a request, in a savepoint: what fails leaves no trace."""

import logging
import secrets
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError

from server.database.engines import one_line
from server.database.postgresql import is_too_slow
from server.database.statement import Prepared
from server.realtime.mutations.full_disk import why_refused
from server.realtime.mutations.mutation import Checked, Request, Transaction, perform
from server.realtime.mutations.unit_of_work import SECONDS, UnitOfWork
from server.realtime.protocol.ack import Ack
from server.realtime.protocol.errors import OutOfStep, Refusal, internal, too_slow, unavailable, unfit

logger = logging.getLogger("spotter.mutations")

_savepoint = Prepared(text("SAVEPOINT request"))
_release = Prepared(text("RELEASE SAVEPOINT request"))
_roll_back = Prepared(text("ROLLBACK TO SAVEPOINT request"))
_begin_nested = Prepared(text("SAVEPOINT nested"))
_end_nested = Prepared(text("RELEASE SAVEPOINT nested"))
_undo_nested = Prepared(text("ROLLBACK TO SAVEPOINT nested"))
_limit = Prepared(text(f"SELECT set_config('statement_timeout', '{int(SECONDS * 1000)}', true)"))


def limit(connection: Connection) -> None:
    """Let no statement of a request take longer than a request may, until the journal's head is advanced.

    For PostgreSQL: SQLite does not wait for others in the middle of a transaction.
    """
    if connection.dialect.name == "postgresql":
        _limit.run(connection)


def attempt(transaction: Transaction, request: Request) -> Ack:
    """One request's answer; whatever fails is undone."""
    if request.reads_journal:
        # Before the savepoint: what earlier requests changed must stay when this one is rolled back.
        transaction.write_journal()
    _savepoint.run(transaction.connection)
    try:
        ack = perform(transaction, request)
    except Checked as checked:
        ack = checked.ack
    except Refusal as refusal:
        if isinstance(refusal, OutOfStep):
            logger.error("%s was refused: %s", request.event, refusal)
        ack = Ack.refused(refusal)
    except OperationalError as error:
        # On a full disk SQLite may have undone the whole transaction, its savepoints included.
        if error.connection_invalidated or why_refused(error):
            raise
        logger.warning("the database refused %s: %s", request.event, one_line(error))
        ack = Ack.refused(too_slow() if is_too_slow(error) else unavailable())
    except IntegrityError:
        logger.warning("a constraint refused %s", request.event, exc_info=True)
        ack = Ack.refused(unfit())
    except Exception as error:
        if isinstance(error, DBAPIError) and error.connection_invalidated:
            raise
        reference = secrets.token_hex(4)
        logger.exception("%s failed, reference %s", request.event, reference)
        ack = Ack.refused(internal(reference))
    else:
        _end_savepoint(transaction.connection)
        return ack
    _roll_back.run(transaction.connection)
    _end_savepoint(transaction.connection)
    return ack


@contextmanager
def trial(work: UnitOfWork) -> Iterator[UnitOfWork]:
    """A draft for some writes of a request, which a Refusal or an IntegrityError undoes alone."""
    draft = work.draft()
    with nested(work.connection):
        yield draft
    work.take(draft)


@contextmanager
def nested(connection: Connection) -> Iterator[None]:
    """A savepoint inside that of a request. A Refusal or an IntegrityError undoes what the database did in it."""
    _begin_nested.run(connection)
    try:
        yield
    except (Refusal, IntegrityError):
        _undo_nested.run(connection)
        _end_nested.run(connection)
        raise
    _end_nested.run(connection)


def _end_savepoint(connection: Connection) -> None:
    """Where a round trip costs more than the savepoint it stays until the transaction ends; the next one hides it.

    SQLite would copy a page for each savepoint that is open.
    """
    if connection.dialect.name == "sqlite":
        _release.run(connection)
