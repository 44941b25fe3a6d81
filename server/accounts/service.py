"""Signing in and out, and who a connecting client is."""

import logging
from collections.abc import Callable
from collections.abc import Sequence
from typing import Any

import orjson
from sqlalchemy import Engine

from server.accounts.tokens import AccountRow
from server.accounts.tokens import Tokens
from server.accounts.tokens import caller_of
from server.accounts.tokens import find_account
from server.database import WRITES
from server.fields import is_clean
from server.fields import trimmed
from server.passwords import verify_password
from server.realtime.ack import Ack
from server.realtime.caller import Caller
from server.realtime.client import Client
from server.realtime.errors import Code
from server.realtime.errors import Errors
from server.realtime.errors import Refusal
from server.realtime.errors import malformed
from server.realtime.requests import split
from server.realtime.snapshots import Snapshots

audit = logging.getLogger("spotter.audit")

_WRONG = "The username or the password is wrong."


class Accounts:
    """`on_change(client)` is called when who a client is has changed."""

    def __init__(
        self, engine: Engine, tokens: Tokens, snapshots: Snapshots, on_change: Callable[[Client], None]
    ) -> None:
        self._engine = engine
        self._writing = engine.execution_options(**{WRITES: True})
        self._tokens = tokens
        self._snapshots = snapshots
        self._on_change = on_change

    def identify(self, auth: object, address: str) -> Caller:
        """Who connects with this `auth`. A token that is worth nothing makes nobody of them, not an error."""
        token = auth.get("token") if isinstance(auth, dict) else None
        if token is None:
            return Caller(address)
        with self._engine.connect() as connection:
            found = self._tokens.read(connection, token)
        return Caller(address) if found is None else self._caller(found[1], address, found[0])

    def login(self, client: Client, args: Sequence[Any], number: int | None) -> Ack:
        """The service for `login {username, password}`: the user, and the token for the next connect."""
        try:
            return self._sign_in(client, *_credentials(split(args)[0]))
        except Refusal as refusal:
            return Ack.refused(refusal, {"user": None, "token": None})

    def _sign_in(self, client: Client, username: str, password: str) -> Ack:
        with self._engine.connect() as connection:
            row = find_account(connection, username)
        if not verify_password(row.password_hash if row else None, password) or row is None:
            audit.warning("sign-in refused", extra={"who": username, "address": client.caller.address})
            raise Refusal(Code.UNAUTHORIZED, _WRONG, {"username": [_WRONG], "password": [_WRONG]})
        with self._writing.begin() as connection:
            sign_in, token = self._tokens.issue(connection, row.id)
        client.caller = self._caller(row, client.caller.address, sign_in)
        audit.info("signed in", extra={"who": username, "address": client.caller.address})
        self._on_change(client)
        return Ack(data=orjson.dumps(client.caller.user), extra={"user": client.caller.user, "token": token})

    def logout(self, client: Client, args: Sequence[Any], number: int | None) -> Ack:
        """The service for `logout`: the token is worth nothing any more, and this client is nobody."""
        if client.caller.sign_in is not None:
            with self._writing.begin() as connection:
                self._tokens.revoke(connection, client.caller.sign_in)
        client.caller = Caller(client.caller.address)
        self._on_change(client)
        return Ack()

    def _caller(self, row: AccountRow, address: str, sign_in: str) -> Caller:
        coach = None if row.coach_id is None else self._snapshots.row("coaches", row.coach_id)
        return caller_of(row, None if coach is None else orjson.loads(coach.record), address, sign_in)


def _credentials(data: object) -> tuple[str, str]:
    if not isinstance(data, dict):
        raise malformed("Send an object {username, password}.")
    errors: Errors = {}
    for field in ("username", "password"):
        value = data.get(field)
        if not isinstance(value, str) or not trimmed(value):
            errors[field] = ["Please fill this in."]
        elif len(value) > 200 or not is_clean(value):
            errors[field] = ["Must have at most 200 characters, and no control characters."]
    if errors:
        raise Refusal(Code.INVALID, "Please give your username and your password.", errors)
    return trimmed(data["username"]), data["password"]
