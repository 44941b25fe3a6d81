"""Signing in and out, and who a connecting client is."""

from collections.abc import Callable
from collections.abc import Sequence
from typing import Any

import gevent
import orjson
from sqlalchemy import Engine

from server.accounts.attempts import Attempts
from server.accounts.setup import SetUp
from server.accounts.tokens import AccountRow
from server.accounts.tokens import Tokens
from server.accounts.tokens import caller_of
from server.accounts.tokens import find_account
from server.accounts.usernames import folded
from server.database.engines import writing
from server.database.postgresql import within
from server.fields.messages import FILL_IN
from server.realtime.journal.state import State
from server.realtime.protocol import audit
from server.realtime.protocol.ack import Ack
from server.realtime.protocol.arguments import split
from server.realtime.protocol.caller import Caller
from server.realtime.protocol.errors import Code
from server.realtime.protocol.errors import Errors
from server.realtime.protocol.errors import Refusal
from server.realtime.protocol.errors import malformed
from server.realtime.transport.client import Client
from server.values.passwords import hash_password
from server.values.passwords import verify_password
from server.values.text import is_clean
from server.values.text import trimmed

# Who tried too often waits for the answer as well.
_PAUSE_SECONDS = 0.2
_FIELDS = ("username", "password")
_WRONG = "The username or the password is wrong."


class Accounts:
    """`become(client, caller)` is called when somebody signs in or out on a live connection."""

    become: Callable[[Client, Caller], None]

    def __init__(self, engine: Engine, tokens: Tokens, state: State, attempts: Attempts, set_up: SetUp) -> None:
        self._engine = engine
        self._tokens = tokens
        self._state = state
        self.attempts = attempts
        self._set_up = set_up

    def identify(self, auth: object, address: str) -> Caller:
        """Who connects with this `auth`. A token that is worth nothing makes nobody of them, not an error.

        Raises what the database raises, within 4 s.
        """
        token = auth.get("token") if isinstance(auth, dict) else None
        nobody = Caller(address)
        if token is None:
            return nobody
        with within(), self._engine.connect() as connection:
            found = self._tokens.read(connection, token)
        if found is None:
            audit.denied(nobody, "connect", Code.UNAUTHORIZED, why="the token is worth nothing")
            return nobody
        return self.caller(found[1], address, found[0])

    def login(self, client: Client, args: Sequence[Any]) -> Ack:
        """The service for `login {username, password}`: the user, and the token for the next connect."""
        tried = ""
        try:
            tried, password = _credentials(split(args)[0])
            return self._sign_in(client, tried, password)
        except Refusal as refusal:
            if tried:
                audit.denied(client.caller, "login", refusal.code, tried=tried)
            if refusal.code is Code.RATE_LIMITED:
                gevent.sleep(_PAUSE_SECONDS)
            return refused_login(refusal)

    def _sign_in(self, client: Client, username: str, password: str) -> Ack:
        address = client.caller.address
        with self.attempts.one(folded(username), address) as attempt:
            row = self._whose(username, password)
            attempt.succeeded = row is not None
        if row is None:
            raise _wrong()
        with within(), writing(self._engine) as connection:
            now = find_account(connection, username)
            # While the password was checked the account may have got another one, or have been deleted.
            if now is None or now.password_hash != row.password_hash:
                raise _wrong()
            row = now
            sign_in, token = self._tokens.issue(connection, row.id)
        caller = self.caller(row, address, sign_in)
        audit.wrote(caller, "login", None, "")
        self.become(client, caller)
        return Ack(data=orjson.dumps(caller.user), extra={"user": caller.user, "token": token})

    def _whose(self, username: str, password: str) -> AccountRow | None:
        """The account that has this username and this password."""
        with within(), self._engine.connect() as connection:
            row = find_account(connection, username)
        if row is None and self._set_up.accepts(username, password):
            return self._first_admin(username, password)
        return row if verify_password(row.password_hash if row else None, password) else None

    def _first_admin(self, username: str, password: str) -> AccountRow | None:
        hashed = hash_password(password)
        with within(), writing(self._engine) as connection:
            made = self._set_up.redeem(connection, hashed)
            return find_account(connection, username) if made else None

    def logout(self, client: Client, args: Sequence[Any]) -> Ack:
        """The service for `logout`: the token is worth nothing any more, and this client is nobody."""
        if client.caller.sign_in is not None:
            with within(), writing(self._engine) as connection:
                self._tokens.revoke(connection, client.caller.sign_in)
        audit.wrote(client.caller, "logout", None, "")
        self.become(client, Caller(client.caller.address))
        return Ack()

    def caller(self, row: AccountRow, address: str, sign_in: str) -> Caller:
        """Who an account's sign-in makes of a client."""
        coach = None if row.coach_id is None else self._state.row("coaches", row.coach_id)
        return caller_of(row, None if coach is None else orjson.loads(coach.record), address, sign_in)


def refused_login(refusal: Refusal) -> Ack:
    """The answer to a sign-in that is refused, for whatever reason: the first client shows what stands by a field."""
    line = refusal.errors["errors"]
    errors = refusal.errors if refusal.errors.keys() & {*_FIELDS} else {"username": [line], **refusal.errors}
    return Ack(ok=False, errors=errors, meta=refusal.meta, extra={"user": None, "token": None})


def _wrong() -> Refusal:
    return Refusal(Code.UNAUTHORIZED, _WRONG, {"username": [_WRONG], "password": [_WRONG]})


def _credentials(data: object) -> tuple[str, str]:
    if not isinstance(data, dict):
        raise malformed("Send an object {username, password}.")
    errors: Errors = {}
    for field in _FIELDS:
        value = data.get(field)
        if isinstance(value, str) and (len(value) > 200 or not is_clean(value)):
            errors[field] = ["Must have at most 200 characters, and no control characters."]
        elif not isinstance(value, str) or not trimmed(value):
            errors[field] = [FILL_IN]
    if errors:
        raise Refusal(Code.INVALID, "Please give your username and your password.", errors)
    return trimmed(data["username"]), data["password"]
