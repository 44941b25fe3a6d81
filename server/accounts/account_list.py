"""The accounts, as admins see them."""

from collections.abc import Sequence
from typing import Any

import orjson
from sqlalchemy import Connection
from sqlalchemy import Engine
from sqlalchemy import select

from server.accounts.models import Account
from server.accounts.tokens import usable
from server.accounts.usernames import folded
from server.realtime.journal.state import State
from server.realtime.protocol.ack import Ack
from server.realtime.protocol.arguments import split
from server.realtime.resource.relations import Record
from server.realtime.transport.client import Client

_account = select(
    Account.id,
    Account.username,
    Account.password_hash,
    Account.role,
    Account.coach_id,
    Account.former_coach_id,
    Account.last_seen,
)


def find(connection: Connection, username: str) -> Any | None:
    """The row of the account, None if nobody can sign in under this name."""
    row = connection.execute(_account.where(Account.folded == folded(username))).first()
    return None if row is None or not usable(row) else row


def shown(account: Any, coach: Record | None) -> Record:
    """An account as admins see it. `last_seen` is in milliseconds since 1970, as times in the history are."""
    return {
        "username": account.username,
        "role": account.role,
        "coach": None if coach is None else {"id": coach["id"], "name": coach["name"]},
        "last_seen": None if account.last_seen is None else account.last_seen * 1000,
    }


class AccountList:
    """Answers `accounts`."""

    def __init__(self, engine: Engine, state: State) -> None:
        self._engine = engine
        self._state = state

    def __call__(self, client: Client, args: Sequence[Any]) -> Ack:
        """The service for the event."""
        split(args, required=False)
        return Ack(data=orjson.dumps(self.all()))

    def all(self) -> list[Record]:
        """Every account, by username: by its characters, since each database has an order of its own."""
        query = _account.where(Account.former_coach_id.is_(None))
        with self._engine.connect() as connection:
            rows = sorted(connection.execute(query), key=lambda row: row.username)
        return [shown(row, self._coach(row.coach_id)) for row in rows]

    def _coach(self, number: int | None) -> Record | None:
        row = None if number is None else self._state.row("coaches", number)
        return None if row is None else orjson.loads(row.record)
