"""The parts of `accounts`, and what a change of a coach's record does to the coach's account."""

import sys
from collections.abc import Collection, Mapping
from functools import partial

from sqlalchemy import Connection, Engine, select

from server.accounts.access_rights import Rights
from server.accounts.account_list import AccountList
from server.accounts.account_requests import AccountRequests
from server.accounts.attempts import Attempts
from server.accounts.authentication import Authentication, refused_login
from server.accounts.models import Account
from server.accounts.passwords import demo
from server.accounts.passwords.first_admin import FirstAdmin
from server.accounts.passwords.own_password import OwnPassword
from server.accounts.passwords.reset_links import ResetLinks
from server.accounts.sessions import Sessions
from server.accounts.tokens import Tokens
from server.accounts.usernames import claim
from server.config import Config
from server.realtime.gateway.endpoint import Endpoint
from server.realtime.gateway.gateway import Gateway
from server.realtime.journal.state import State
from server.realtime.resource.resource import Resource


class AccountServices:
    """Finds the caller of a client (`authentication`) and its `rights`; `attach` it to the gateway."""

    def __init__(self, config: Config, engine: Engine, state: State) -> None:
        tokens = self.tokens = Tokens(config.secret_key)
        self.rights = Rights(config.access)
        self._access = config.access
        self._first_admin = FirstAdmin()
        attempts = Attempts(bool(config.rate_limit))
        self.authentication = Authentication(engine, tokens, state, attempts, self._first_admin)
        self.requests = AccountRequests(tokens)
        self._own_password = OwnPassword(engine, tokens, attempts)
        self.reset_links = ResetLinks(config.secret_key, engine, tokens)
        self.listing = AccountList(engine, state)
        self._engine = engine
        coaches = Resource.registry.get("coaches")
        # A coach's username and password are an account's.
        if coaches is not None and coaches.linked_row is not None:
            coaches.linked_row.on_change = partial(_revoke_tokens, tokens)
            coaches.linked_row.claim = _claim

    def attach(self, gateway: Gateway) -> None:
        """Serve the events of accounts, and change the callers of connected clients when their accounts change."""
        login = Endpoint(self.authentication.login, own_timeouts=True, refused=refused_login)
        gateway.serve("login", login)
        gateway.serve("logout", Endpoint(self.authentication.logout))
        gateway.serve("accounts", Endpoint(self.listing))
        gateway.serve("new_account", Endpoint(make_request=self.requests.new))
        gateway.serve("set_password", Endpoint(make_request=self._own_password))
        gateway.serve("reset_link", Endpoint(self.reset_links.offer))
        gateway.serve("reset_password", Endpoint(make_request=self.reset_links.use, without_records=True))
        gateway.serve("set_account", Endpoint(make_request=self.requests.set))
        gateway.serve("delete_account", Endpoint(make_request=self.requests.delete))
        connections = gateway.connections
        self.authentication.set_caller = connections.set_caller
        self._sessions = Sessions(
            self._engine,
            self.tokens,
            lambda: connections.clients,
            self.authentication.caller,
            connections.change_session,
        )

    def start(self) -> None:
        """Follow the sign-ins from here on. If there is no admin yet, print how to become one.

        But for ACCESS=open, a demo account with the public password ends the process with one line.
        """
        if self._access != "open":
            if names := demo.in_use(self._engine):
                sys.exit(demo.refusal(names, self._access))
            demo.forget_passwords(self._engine)
            if offer := self._first_admin.offer(self._engine):
                # Not logged: logs are kept, and sent to other machines.
                print(offer, flush=True)
        self._sessions.start()


def _revoke_tokens(tokens: Tokens, connection: Connection, coach: int, fields: Collection[str]) -> None:
    """A new password ends every sign-in of the account; so does deleting the coach or the username (all fields)."""
    if "password" in fields:
        account = connection.scalar(select(Account.id).where(Account.coach_id == coach))
        if account is not None:
            tokens.revoke_all(connection, account)


def _claim(connection: Connection, username: str, coach: int) -> Mapping[str, str]:
    """`usernames.claim` for the account of a coach, which may not be made yet."""
    return claim(connection, username, connection.scalar(select(Account.id).where(Account.coach_id == coach)))
