"""Signing in and out, and who a connecting client is."""

from collections.abc import Callable, Sequence
from typing import Any

import gevent
import orjson
from sqlalchemy import Engine

from server.accounts.account_list import coach_of
from server.accounts.attempts import Attempts
from server.accounts.models import AccountRow
from server.accounts.passwords.first_admin import FirstAdmin
from server.accounts.tokens import Tokens, find_account
from server.accounts.usernames import folded
from server.database.engines import writing
from server.database.postgresql import within
from server.fields.messages import FILL_IN
from server.realtime.journal.state import State
from server.realtime.protocol import audit
from server.realtime.protocol.ack import Ack
from server.realtime.protocol.arguments import split
from server.realtime.protocol.caller import Caller
from server.realtime.protocol.errors import Code, Errors, Refusal, malformed
from server.realtime.transport.client import Client
from server.values.passwords import hash_password, verify_password
from server.values.text import is_clean, trimmed

# A refused attempt is answered after this pause.
_PAUSE_SECONDS = 0.2
_FIELDS = ("username", "password")
_WRONG = "The username or the password is wrong."


class Authentication:
    """`set_caller(client, caller)` is called when a client signs in or out on its connection."""

    set_caller: Callable[[Client, Caller], None]

    def __init__(
        self, engine: Engine, tokens: Tokens, state: State, attempts: Attempts, first_admin: FirstAdmin
    ) -> None:
        self._engine = engine
        self._tokens = tokens
        self._state = state
        self._attempts = attempts
        self._first_admin = first_admin

    def identify(self, auth: object, address: str) -> Caller:
        """The caller for this `auth`. With a token that is not valid it is nobody, and no error.

        Raises what the database raises, within 4 s.
        """
        token = auth.get("token") if isinstance(auth, dict) else None
        nobody = Caller(address)
        if token is None:
            return nobody
        with within(), self._engine.connect() as connection:
            signed_in = self._tokens.read(connection, token)
        if signed_in is None:
            audit.denied(nobody, "connect", Code.UNAUTHORIZED, why="the token is not valid")
            return nobody
        sign_in, account = signed_in
        return self.caller(account, address, sign_in)

    def login(self, client: Client, args: Sequence[Any]) -> Ack:
        """The service for `login {username, password}`: the user, and the token for the next connect."""
        username = ""
        try:
            username, password = _credentials(split(args)[0])
            return self._sign_in(client, username, password)
        except Refusal as refusal:
            if username:
                audit.denied(client.caller, "login", refusal.code, tried=username)
            if refusal.code is Code.RATE_LIMITED:
                gevent.sleep(_PAUSE_SECONDS)
            return refused_login(refusal)

    def _sign_in(self, client: Client, username: str, password: str) -> Ack:
        address = client.caller.address
        with self._attempts.attempt(folded(username), address) as attempt:
            account = self._checked(username, password)
            attempt.succeeded = account is not None
        if account is None:
            raise _wrong()
        with within(), writing(self._engine) as connection:
            newest = find_account(connection, username, lock=True)
            # While the password was checked it may have been changed, or the account deleted.
            if newest is None or newest.password_hash != account.password_hash:
                raise _wrong()
            sign_in, token = self._tokens.issue(connection, newest.id)
        caller = self.caller(newest, address, sign_in)
        audit.wrote(caller, "login", None, "")
        self.set_caller(client, caller)
        return Ack(data=orjson.dumps(caller.user), extra={"user": caller.user, "token": token})

    def _checked(self, username: str, password: str) -> AccountRow | None:
        """The account that has this username and this password."""
        with within(), self._engine.connect() as connection:
            account = find_account(connection, username)
        if account is None and self._first_admin.accepts(username, password):
            return self._make_first_admin(username, password)
        return account if verify_password(account.password_hash if account else None, password) else None

    def _make_first_admin(self, username: str, password: str) -> AccountRow | None:
        hashed = hash_password(password)
        with within(), writing(self._engine) as connection:
            made = self._first_admin.create(connection, hashed)
            return find_account(connection, username) if made else None

    def logout(self, client: Client, args: Sequence[Any]) -> Ack:
        """The service for `logout`: the token is revoked, and the client's caller is nobody."""
        if client.caller.sign_in is not None:
            with within(), writing(self._engine) as connection:
                self._tokens.revoke(connection, client.caller.sign_in)
        audit.wrote(client.caller, "logout", None, "")
        self.set_caller(client, Caller(client.caller.address))
        return Ack()

    def caller(self, account: AccountRow, address: str, sign_in: str) -> Caller:
        """The caller of a sign-in, with the `user` that its client is sent."""
        coach = coach_of(self._state, account) or {"name": account.username, "picture": ""}
        user = {
            "id": account.coach_id,
            "name": coach["name"],
            "picture": coach["picture"],
            "username": account.username,
            "role": account.role,
        }
        return Caller(address, account.username, str(coach["name"]), account.role, user, sign_in)


def refused_login(refusal: Refusal) -> Ack:
    """The ack of a refused `login`: every error is beside a field too, since the first client shows only those."""
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
