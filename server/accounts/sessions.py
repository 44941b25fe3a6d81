"""Changed rights reach connected clients: their sign-ins are read again twice a second, in one query."""

import logging
import time
from collections import defaultdict
from collections.abc import Callable, Iterable

import gevent
from sqlalchemy import Engine, update

from server.accounts.models import Account, AccountRow
from server.accounts.tokens import Tokens
from server.database.engines import UNREACHABLE, one_line, writing
from server.realtime.protocol.caller import Caller
from server.realtime.transport.client import Client

logger = logging.getLogger("spotter.accounts")

_SECONDS = 0.5
_SEEN_SECONDS = 60.0

# (account, address, sign-in)
MakeCaller = Callable[[AccountRow, str, str], Caller]


class Sessions:
    """Calls `changed(client, caller)` for each client whose caller changed, whichever process changed the account."""

    def __init__(
        self,
        engine: Engine,
        tokens: Tokens,
        clients: Callable[[], Iterable[Client]],
        make_caller: MakeCaller,
        changed: Callable[[Client, Caller], None],
    ) -> None:
        self._engine = engine
        self._tokens = tokens
        self._clients = clients
        self._make_caller = make_caller
        self._changed = changed
        self._seen_at = time.monotonic()

    def start(self) -> gevent.Greenlet:
        """Check until killed."""
        return gevent.spawn(self._run)

    def _run(self) -> None:
        while True:
            gevent.sleep(_SECONDS)
            try:
                self._check()
            except UNREACHABLE as error:
                # Every half second: the follower logs it once.
                logger.debug("the sign-ins could not be read: %s", one_line(error))
            except Exception:
                logger.exception("the sign-ins could not be read")

    def _check(self) -> None:
        signed_in: dict[str, list[Client]] = defaultdict(list)
        for client in self._clients():
            if client.caller.sign_in is not None:
                signed_in[client.caller.sign_in].append(client)
        if not signed_in:
            return
        with self._engine.connect() as connection:
            accounts = self._tokens.accounts(connection, list(signed_in))
        for sign_in, clients in signed_in.items():
            for client in clients:
                self._compare(client, sign_in, accounts.get(sign_in))
        if time.monotonic() - self._seen_at > _SEEN_SECONDS:
            self._seen_at = time.monotonic()
            # Not in this greenlet: it may wait for the lock.
            gevent.spawn(self._note_seen, {account.id for account in accounts.values()})

    def _compare(self, client: Client, sign_in: str, account: AccountRow | None) -> None:
        # During the query it may have signed in or out.
        if client.gone or client.caller.sign_in != sign_in:
            return
        address = client.caller.address
        caller = Caller(address) if account is None else self._make_caller(account, address, sign_in)
        if caller != client.caller:
            self._changed(client, caller)

    def _note_seen(self, accounts: set[int]) -> None:
        statement = update(Account).where(Account.id.in_(accounts)).values(last_seen=int(time.time()))
        try:
            with writing(self._engine) as connection:
                connection.execute(statement)
        except UNREACHABLE:
            logger.info("who was seen is noted in a minute: the database is busy")
