"""The parts of `accounts`, put together, and what a change of a coach's record does to the coach's account."""

import sys
from collections.abc import Collection
from collections.abc import Mapping
from functools import partial

from sqlalchemy import Connection
from sqlalchemy import Engine
from sqlalchemy import select

from server.accounts import demo
from server.accounts.account_list import AccountList
from server.accounts.attempts import Attempts
from server.accounts.manage import delete_request
from server.accounts.manage import new_request
from server.accounts.manage import set_request
from server.accounts.models import Account
from server.accounts.own_password import OwnPassword
from server.accounts.rights import Rights
from server.accounts.sessions import Sessions
from server.accounts.setup import SetUp
from server.accounts.sign_in import Accounts
from server.accounts.sign_in import refused_login
from server.accounts.tokens import Tokens
from server.accounts.usernames import claim
from server.config import Config
from server.realtime.gateway.endpoint import Endpoint
from server.realtime.gateway.gateway import Gateway
from server.realtime.journal.state import State
from server.realtime.resource.resource import Resource


class AccountServices:
    """Says who a client is (`accounts`) and what it may (`rights`); `attach` it to the gateway that asks."""

    def __init__(self, config: Config, engine: Engine, state: State) -> None:
        self.tokens = Tokens(config.secret_key)
        self.rights = Rights(config.access)
        self._access = config.access
        self._set_up = SetUp()
        self.accounts = Accounts(engine, self.tokens, state, Attempts(bool(config.rate_limit)), self._set_up)
        self._own_password = OwnPassword(engine, self.tokens, self.accounts.attempts)
        self.listing = AccountList(engine, state)
        self._engine = engine
        linked_row = Resource.registry["coaches"].linked_row
        assert linked_row is not None, "a coach's username and password are an account's"
        linked_row.on_change = partial(_end_sign_ins, self.tokens)
        linked_row.claim = _claim_username

    def attach(self, gateway: Gateway) -> None:
        """Serve the events of accounts, and let the gateway know when somebody is not who he was."""
        gateway.serve("login", Endpoint(self.accounts.login, own_timeouts=True, refused=refused_login))
        gateway.serve("logout", Endpoint(self.accounts.logout))
        gateway.serve("accounts", Endpoint(self.listing))
        gateway.serve("new_account", Endpoint(make_request=partial(new_request, tokens=self.tokens)))
        gateway.serve("set_password", Endpoint(make_request=self._own_password))
        gateway.serve("set_account", Endpoint(make_request=partial(set_request, tokens=self.tokens)))
        gateway.serve("delete_account", Endpoint(make_request=partial(delete_request, tokens=self.tokens)))
        connections = gateway.connections
        self.accounts.become = connections.become
        self._sessions = Sessions(
            self._engine, self.tokens, lambda: connections.clients, self.accounts.caller, connections.change
        )

    def start(self) -> None:
        """Watch the sign-ins from now on. If nobody could ever sign in to write, say on the console how to.

        Where signing in matters, an account with a password that everybody knows ends the process with one line.
        """
        if self._access != "open":
            if names := demo.in_use(self._engine):
                sys.exit(demo.refusal(names, self._access))
            demo.forget_passwords(self._engine)
            if offer := self._set_up.offer(self._engine):
                # Not logged: logs are kept, and sent to other places.
                print(offer, flush=True)
        self._sessions.start()


def _end_sign_ins(tokens: Tokens, connection: Connection, coach: int, fields: Collection[str]) -> None:
    """A new password ends every sign-in of the account, and so does the end of coach or username (all fields)."""
    if "password" in fields:
        account = connection.scalar(select(Account.id).where(Account.coach_id == coach))
        if account is not None:
            tokens.revoke_all(connection, account)


def _claim_username(connection: Connection, username: str, coach: int) -> Mapping[str, str]:
    """`usernames.claim` for the account of a coach, which may be yet to be made."""
    return claim(connection, username, connection.scalar(select(Account.id).where(Account.coach_id == coach)))
