"""`set_password`: who is signed in chooses another password."""

from collections.abc import Mapping
from dataclasses import dataclass

from marshmallow import Schema
from marshmallow import ValidationError
from sqlalchemy import Connection
from sqlalchemy import Engine
from sqlalchemy import update

from server.accounts.attempts import Attempts
from server.accounts.models import Account
from server.accounts.tokens import AccountRow
from server.accounts.tokens import Tokens
from server.accounts.usernames import folded
from server.database.postgresql import within
from server.fields import Password
from server.fields.messages import OF_SCHEMAS
from server.realtime.mutations.mutation import Request
from server.realtime.mutations.unit_of_work import UnitOfWork
from server.realtime.protocol.ack import Ack
from server.realtime.protocol.arguments import Options
from server.realtime.protocol.caller import Caller
from server.realtime.protocol.errors import Code
from server.realtime.protocol.errors import Refusal
from server.realtime.protocol.errors import invalid
from server.realtime.protocol.errors import malformed
from server.realtime.protocol.errors import unauthorized
from server.realtime.resource.rights import Authorize
from server.values.passwords import hash_password
from server.values.passwords import verify_password

_WRONG = "This is not your password."


class PasswordSchema(Schema):
    """`set_password {password, new_password}`."""

    error_messages = OF_SCHEMAS

    password = Password(required=True)
    new_password = Password(required=True)


_schema = PasswordSchema()


@dataclass(slots=True)
class Change:
    """Let the caller's account have another hash in place of `stored`, and end its other sign-ins."""

    tokens: Tokens
    caller: Caller
    stored: str | None
    hashed: str | None

    def apply(self, work: UnitOfWork) -> Ack:
        """Carry it out. `hashed` None stands for a wrong password: a retry of what was done is answered before this."""
        mine = _account_of(self.tokens, work.connection, self.caller)
        if self.hashed is None or mine.password_hash != self.stored:
            raise Refusal(Code.INVALID, _WRONG, {"password": [_WRONG]})
        work.connection.execute(update(Account).where(Account.id == mine.id).values(password_hash=self.hashed))
        self.tokens.revoke_all(work.connection, mine.id, but=self.caller.sign_in)
        return Ack()


class OwnPassword:
    """Makes the request for `set_password`. The password so far is checked as slowly as one at the sign-in."""

    def __init__(self, engine: Engine, tokens: Tokens, attempts: Attempts) -> None:
        self._engine = engine
        self._tokens = tokens
        self._attempts = attempts

    def __call__(self, event: str, data: object, opts: Options | None, caller: Caller, authorize: Authorize) -> Request:
        """Refuses what the contract does not allow, and too many attempts."""
        if not isinstance(data, Mapping):
            raise malformed("Send an object {password, new_password}.")
        try:
            values = _schema.load(data)
        except ValidationError as error:
            raise invalid(dict(error.messages_dict)) from None
        with within(), self._engine.connect() as connection:
            stored = _account_of(self._tokens, connection, caller).password_hash
        hashed = None
        with self._attempts.one(folded(caller.username or ""), caller.address) as attempt:
            if verify_password(stored, values["password"]):
                attempt.succeeded = True
                hashed = hash_password(values["new_password"], keep=not (opts and opts.check))
        change = Change(self._tokens, caller, stored, hashed)
        # That somebody is signed in is looked up again when it is carried out.
        return Request(event, caller, change.apply, subject=f"account {caller.username}")


def _account_of(tokens: Tokens, connection: Connection, caller: Caller) -> AccountRow:
    sign_in = caller.sign_in or ""
    account = tokens.accounts(connection, [sign_in]).get(sign_in)
    if account is None:
        raise unauthorized()
    return account
