"""How admins change accounts: `new_account`, `set_account` and `delete_account`."""

from collections.abc import Mapping
from functools import partial

import orjson
from marshmallow import Schema, ValidationError, validate
from sqlalchemy import Connection, delete, insert, select, update

from server.accounts.account_list import shown
from server.accounts.admins import keep_an_admin
from server.accounts.models import ROLES, Account, AccountRow
from server.accounts.tokens import Tokens, find_account
from server.accounts.usernames import claim
from server.fields import Password, Text, WholeNumber
from server.fields.messages import OF_SCHEMAS
from server.realtime.mutations.mutation import Request
from server.realtime.mutations.unit_of_work import UnitOfWork
from server.realtime.protocol.ack import Ack
from server.realtime.protocol.arguments import Options
from server.realtime.protocol.caller import Caller
from server.realtime.protocol.errors import Code, Refusal, invalid, malformed
from server.realtime.resource.relations import Record
from server.realtime.resource.resource import Resource
from server.realtime.resource.rights import Authorize
from server.values.passwords import hash_password
from server.values.text import is_clean, trimmed

_COACHES = "coaches"
# Keys of an account as sent that cannot be set: forms echo them.
_READ_ONLY = ("coach", "last_seen")


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


class AccountRequests:
    """Makes the requests of the three events. That the caller is an admin is checked before."""

    def __init__(self, tokens: Tokens) -> None:
        self._tokens = tokens

    def new(self, event: str, data: object, opts: Options | None, caller: Caller, authorize: Authorize) -> Request:
        """`new_account`; the answer holds the account."""
        username, values, fields = _loaded(_new_schema, data, opts)
        apply = partial(_create, username=username, values=values)
        return Request(event, caller, apply, payload=fields, subject=f"account {username}")

    def set(self, event: str, data: object, opts: Options | None, caller: Caller, authorize: Authorize) -> Request:
        """`set_account`; the answer holds the account after the change."""
        if isinstance(data, Mapping) and data.get("password") in (None, ""):
            data = {name: value for name, value in data.items() if name != "password"}
        username, values, fields = _loaded(_schema, data, opts)
        apply = partial(self._update, username=username, values=values)
        return Request(event, caller, apply, payload=fields, subject=f"account {username}")

    def delete(self, event: str, data: object, opts: Options | None, caller: Caller, authorize: Authorize) -> Request:
        """`delete_account`, by an object or the username alone; the answer holds the account as it was."""
        username = username_of(data)
        apply = partial(self._delete, username=username)
        return Request(event, caller, apply, payload=username, subject=f"account {username}")

    def _update(self, work: UnitOfWork, username: str, values: Record) -> Ack:
        connection = work.connection
        before = existing(connection, username)
        coach = values.get("coach_id", before.coach_id)
        _check_coach(work, coach, before.id)
        if before.role == "admin" and values.get("role", "admin") != "admin":
            keep_an_admin(connection, before.id, "role")
        if values:
            connection.execute(update(Account).where(Account.id == before.id).values(values))
        if "password_hash" in values:
            self._tokens.revoke_all(connection, before.id)
        if before.coach_id != coach:
            _set_coach_username(work, before.coach_id, "")
            _set_coach_username(work, coach, before.username)
        return _answer(work, existing(connection, before.username))

    def _delete(self, work: UnitOfWork, username: str) -> Ack:
        before = existing(work.connection, username)
        if before.role == "admin":
            keep_an_admin(work.connection, before.id, "username")
        answer = _answer(work, before)
        self._tokens.revoke_all(work.connection, before.id)
        work.connection.execute(delete(Account).where(Account.id == before.id))
        _set_coach_username(work, before.coach_id, "")
        return answer


def _create(work: UnitOfWork, username: str, values: Record) -> Ack:
    coach = values.get("coach_id")
    _check_coach(work, coach, None)
    row = values | {"username": username, **claim(work.connection, username, None)}
    work.connection.execute(insert(Account).values(row))
    _set_coach_username(work, coach, username)
    return _answer(work, existing(work.connection, username))


def _loaded(schema: Schema, data: object, opts: Options | None) -> tuple[str, Record, Record]:
    """The username; the other columns; and the fields as sent, without the password."""
    if not isinstance(data, Mapping):
        raise malformed("Send the account as an object with its fields.")
    fields = {name: value for name, value in data.items() if name not in _READ_ONLY}
    try:
        values: Record = schema.load(fields)
    except ValidationError as error:
        raise invalid(dict(error.messages_dict)) from None
    if "password" in values:
        values["password_hash"] = hash_password(values.pop("password"), keep=not (opts and opts.check))
    fields.pop("password", None)
    return values.pop("username"), values, fields


def username_of(data: object) -> str:
    """The username of `{username}`, or of a username alone. Refuses what can be none."""
    username = data.get("username") if isinstance(data, Mapping) else data
    if not isinstance(username, str) or not 1 <= len(trimmed(username)) <= 40 or not is_clean(trimmed(username)):
        raise invalid({"username": ["Must be the username of an account."]})
    return trimmed(username)


def existing(connection: Connection, username: str) -> AccountRow:
    """The account of that name. Refuses one that nobody has."""
    account = find_account(connection, username)
    if account is None:
        line = f"There is no account {username!r}. It may have been deleted."
        raise Refusal(Code.NOT_FOUND, line, {"username": [line]})
    return account


def _check_coach(work: UnitOfWork, coach: int | None, account_id: int | None) -> None:
    """Refuse a coach who does not exist, or has another account than this one."""
    if coach is None:
        return
    if _coach(work, coach) is None:
        raise invalid({"coach_id": [f"There is no coach {coach}. Please choose another."]})
    query = select(Account.username).where(Account.coach_id == coach, Account.id.is_distinct_from(account_id))
    other = work.connection.scalar(query)
    if other is not None:
        raise invalid({"coach_id": [f"This coach has the account {other!r}. Please choose another."]})


def _coach(work: UnitOfWork, number: int | None) -> Record | None:
    """The record; None also in an application that has no coaches."""
    return work.read(_COACHES, number) if number is not None and _COACHES in Resource.registry else None


def _answer(work: UnitOfWork, account: AccountRow) -> Ack:
    return Ack(data=orjson.dumps(shown(account, _coach(work, account.coach_id))))


def _set_coach_username(work: UnitOfWork, coach: int | None, username: str) -> None:
    record = _coach(work, coach)
    if coach is not None and record is not None:
        work.put(_COACHES, coach, record | {"username": username})
