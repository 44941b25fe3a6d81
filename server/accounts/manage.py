"""How admins change accounts: `new_account`, `set_account` and `delete_account`."""

from collections.abc import Mapping
from dataclasses import dataclass

import orjson
from marshmallow import Schema
from marshmallow import ValidationError
from marshmallow import validate
from sqlalchemy import Connection
from sqlalchemy import delete
from sqlalchemy import insert
from sqlalchemy import select
from sqlalchemy import update

from server.accounts.account_list import find
from server.accounts.account_list import shown
from server.accounts.admins import keep_an_admin
from server.accounts.models import ROLES
from server.accounts.models import Account
from server.accounts.tokens import AccountRow
from server.accounts.tokens import Tokens
from server.accounts.usernames import claim
from server.fields import Password
from server.fields import Text
from server.fields import WholeNumber
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
from server.realtime.resource.relations import Record
from server.realtime.resource.rights import Authorize
from server.values.passwords import hash_password
from server.values.text import is_clean
from server.values.text import trimmed

_COACHES = "coaches"
# What `accounts` shows beside what can be set: forms echo it.
_SHOWN_ONLY = ("coach", "last_seen")


def _role(*, required: bool = False) -> Text:
    return Text(required=required, validate=validate.OneOf(ROLES, error="Must be one of {choices}."))


class AccountSchema(Schema):
    """`set_account {username, role?, password?, coach_id?}`."""

    error_messages = OF_SCHEMAS

    username = Text(2, 40, required=True)
    role = _role()
    password = Password()
    coach_id = WholeNumber(1, 2**31 - 1, allow_none=True)


class NewAccountSchema(AccountSchema):
    """`new_account {username, role, password, coach_id?}`."""

    role = _role(required=True)
    password = Password(required=True)


_schema, _new_schema = AccountSchema(), NewAccountSchema()


@dataclass(slots=True)
class Making:
    """Make the account of `username`, by the validated `values` (the password hashed)."""

    username: str
    values: Record

    def apply(self, work: UnitOfWork) -> Ack:
        """Carry it out; the answer holds the account."""
        coach = self.values.get("coach_id")
        _check_coach(work, coach, None)
        row = _row(self.values) | {"username": self.username, **claim(work.connection, self.username, None)}
        work.connection.execute(insert(Account).values(row))
        _show_username(work, coach, self.username)
        return _answer(work, self.username)


@dataclass(slots=True)
class Setting:
    """Change the account of `username`, by the validated `values` (the password hashed)."""

    tokens: Tokens
    username: str
    values: Record

    def apply(self, work: UnitOfWork) -> Ack:
        """Carry it out; the answer holds the account as it now is."""
        connection = work.connection
        before = _existing(connection, self.username)
        coach = self.values.get("coach_id", before.coach_id)
        _check_coach(work, coach, before.id)
        row = _row(self.values)
        if before.role == "admin" and row.get("role", "admin") != "admin":
            keep_an_admin(connection, before.id, "role")
        if row:
            connection.execute(update(Account).where(Account.id == before.id).values(row))
        if "password_hash" in row:
            self.tokens.revoke_all(connection, before.id)
        if before.coach_id != coach:
            _show_username(work, before.coach_id, None)
            _show_username(work, coach, before.username)
        return _answer(work, before.username)


@dataclass(slots=True)
class Removal:
    """Delete the account of `username`."""

    tokens: Tokens
    username: str

    def apply(self, work: UnitOfWork) -> Ack:
        """Carry it out; the answer holds the account as it was."""
        before = _existing(work.connection, self.username)
        if before.role == "admin":
            keep_an_admin(work.connection, before.id, "username")
        was = shown(before, None if before.coach_id is None else work.read(_COACHES, before.coach_id))
        self.tokens.revoke_all(work.connection, before.id)
        work.connection.execute(delete(Account).where(Account.id == before.id))
        _show_username(work, before.coach_id, None)
        return Ack(data=orjson.dumps(was))


def _existing(connection: Connection, username: str) -> AccountRow:
    account: AccountRow | None = find(connection, username)
    if account is None:
        line = f"There is no account {username!r}. It may have been deleted."
        raise Refusal(Code.NOT_FOUND, line, {"username": [line]})
    return account


def _row(values: Record) -> Record:
    """The columns for these fields."""
    return {"password_hash" if name == "password" else name: value for name, value in values.items()}


def _check_coach(work: UnitOfWork, coach: int | None, mine: int | None) -> None:
    """Refuse a coach who is not there, or has another account than `mine`."""
    if coach is None:
        return
    if work.read(_COACHES, coach) is None:
        raise invalid({"coach_id": [f"There is no coach {coach}. Please choose another."]})
    query = select(Account.username).where(Account.coach_id == coach, Account.id.is_distinct_from(mine))
    other = work.connection.scalar(query)
    if other is not None:
        raise invalid({"coach_id": [f"This coach has the account {other!r}. Please choose another."]})


def _answer(work: UnitOfWork, username: str) -> Ack:
    account = _existing(work.connection, username)
    coach = None if account.coach_id is None else work.read(_COACHES, account.coach_id)
    return Ack(data=orjson.dumps(shown(account, coach)))


def _show_username(work: UnitOfWork, coach: int | None, username: str | None) -> None:
    """Let the coach's record say so."""
    record = None if coach is None else work.read(_COACHES, coach)
    if coach is not None and record is not None:
        work.put(_COACHES, coach, record | {"username": username or ""})


def new_request(
    event: str, data: object, opts: Options | None, caller: Caller, authorize: Authorize, *, tokens: Tokens
) -> Request:
    """The request for `new_account`; that the caller is an admin was checked before."""
    username, values, fields = _loaded(_new_schema, data, opts)
    return Request(event, caller, Making(username, values).apply, payload=fields, subject=f"account {username}")


def set_request(
    event: str, data: object, opts: Options | None, caller: Caller, authorize: Authorize, *, tokens: Tokens
) -> Request:
    """The request for `set_account`; that the caller is an admin was checked before."""
    if isinstance(data, Mapping) and data.get("password") in (None, ""):
        data = {name: value for name, value in data.items() if name != "password"}
    username, values, fields = _loaded(_schema, data, opts)
    return Request(
        event, caller, Setting(tokens, username, values).apply, payload=fields, subject=f"account {username}"
    )


def _loaded(schema: Schema, data: object, opts: Options | None) -> tuple[str, Record, Record]:
    """The username and the other values, the password hashed; and what was sent, without the password."""
    if not isinstance(data, Mapping):
        raise malformed("Send the account as an object with its fields.")
    fields = {name: value for name, value in data.items() if name not in _SHOWN_ONLY}
    try:
        values: Record = schema.load(fields)
    except ValidationError as error:
        raise invalid(dict(error.messages_dict)) from None
    if "password" in values:
        values["password"] = hash_password(values["password"], keep=not (opts and opts.check))
    fields.pop("password", None)
    return values.pop("username"), values, fields


def delete_request(
    event: str, data: object, opts: Options | None, caller: Caller, authorize: Authorize, *, tokens: Tokens
) -> Request:
    """The request for `delete_account`."""
    username = data.get("username") if isinstance(data, Mapping) else data
    if not isinstance(username, str) or not 1 <= len(trimmed(username)) <= 40 or not is_clean(trimmed(username)):
        raise invalid({"username": ["Must be the username of an account."]})
    username = trimmed(username)
    return Request(event, caller, Removal(tokens, username).apply, payload=username, subject=f"account {username}")
