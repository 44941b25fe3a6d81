"""One request among others of a transaction, in a savepoint of its own: one that fails leaves no trace."""

import logging
import secrets

from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError

from server.database.engines import one_line
from server.database.postgresql import is_too_slow
from server.database.statement import Prepared
from server.realtime.mutations.full_disk import why_refused
from server.realtime.mutations.mutation import Checked, Request, Transaction, perform
from server.realtime.mutations.unit_of_work import SECONDS
from server.realtime.protocol.ack import Ack
from server.realtime.protocol.errors import OutOfStep, Refusal, internal, malformed, too_slow, unavailable

logger = logging.getLogger("spotter.mutations")

_savepoint = Prepared(text("SAVEPOINT request"))
_release = Prepared(text("RELEASE SAVEPOINT request"))
_roll_back = Prepared(text("ROLLBACK TO SAVEPOINT request"))
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
        ack = Ack.refused(malformed("This does not fit with other records. Reload, and try again."))
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


def _end_savepoint(connection: Connection) -> None:
    """Where a round trip costs more than the savepoint it stays until the transaction ends; the next one hides it.

    SQLite would copy a page for each savepoint that is open.
    """
    if connection.dialect.name == "sqlite":
        _release.run(connection)
