"""The accounts, as admins see them."""

from collections.abc import Sequence
from typing import Any

import orjson
from sqlalchemy import Engine

from server.accounts.models import AccountRow, usable_accounts
from server.realtime.journal.state import State
from server.realtime.protocol.ack import Ack
from server.realtime.protocol.arguments import split
from server.realtime.resource.relations import Record
from server.realtime.transport.client import Client


def shown(account: AccountRow, coach: Record | None) -> Record:
    """An account as admins see it. `last_seen` is in milliseconds since 1970, as times in the history are."""
    return {
        "username": account.username,
        "role": account.role,
        "coach": None if coach is None else {"id": coach["id"], "name": coach["name"]},
        "last_seen": None if account.last_seen is None else account.last_seen * 1000,
    }


def coach_of(state: State, account: AccountRow) -> Record | None:
    """The record of the coach that the account belongs to."""
    has_coach = account.coach_id is not None and "coaches" in state.channels
    row = state.row("coaches", account.coach_id) if has_coach else None
    return None if row is None else orjson.loads(row.record)


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
        """Every account, by username: by its code points, since each database has a collation of its own."""
        with self._engine.connect() as connection:
            rows = sorted(connection.execute(usable_accounts), key=lambda row: row.username)
        return [shown(row, coach_of(self._state, row)) for row in rows]
