"""`set_password`: a signed-in user changes the own password."""

from collections.abc import Mapping
from functools import partial

from marshmallow import Schema, ValidationError
from sqlalchemy import Connection, Engine, update

from server.accounts.attempts import Attempts
from server.accounts.models import Account, AccountRow
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
from server.realtime.protocol.errors import Code, Refusal, invalid, malformed, unauthorized
from server.realtime.resource.rights import Authorize
from server.values.passwords import hash_password, verify_password

_WRONG = "This is not your password."


class PasswordSchema(Schema):
    """`set_password {password, new_password}`."""

    error_messages = OF_SCHEMAS

    password = Password(required=True)
    new_password = Password(required=True)


_schema = PasswordSchema()


class OwnPassword:
    """Makes the request for `set_password`. Wrong passwords count as wrong ones of `login`."""

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
            stored = self._account(connection, caller).password_hash
        hashed = None
        with self._attempts.attempt(folded(caller.username or ""), caller.address) as attempt:
            if verify_password(stored, values["password"]):
                attempt.succeeded = True
                hashed = hash_password(values["new_password"], keep=not (opts and opts.check))
        apply = partial(self._change, caller=caller, stored=stored, hashed=hashed)
        return Request(event, caller, apply, subject=f"account {caller.username}")

    def _change(self, work: UnitOfWork, caller: Caller, stored: str | None, hashed: str | None) -> Ack:
        """Replace the hash `stored`, and end the account's other sign-ins.

        `hashed` None stands for a wrong password, refused here: a retry of an op that committed is answered before.
        """
        account = self._account(work.connection, caller)
        if hashed is None or account.password_hash != stored:
            raise Refusal(Code.INVALID, _WRONG, {"password": [_WRONG]})
        work.connection.execute(update(Account).where(Account.id == account.id).values(password_hash=hashed))
        self._tokens.revoke_all(work.connection, account.id, but=caller.sign_in)
        return Ack()

    def _account(self, connection: Connection, caller: Caller) -> AccountRow:
        sign_in = caller.sign_in or ""
        account = self._tokens.accounts(connection, [sign_in]).get(sign_in)
        if account is None:
            raise unauthorized()
        return account
