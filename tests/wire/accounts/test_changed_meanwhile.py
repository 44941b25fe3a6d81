"""Accounts that another process changes or deletes while somebody signs in with them."""

from contextlib import closing

import pytest

from tests.support.accounts_server import AccountsServer
from tests.support.postgres import PostgresDatabase
from tests.support.socketio_client import PASSWORD, Client
from tests.wire.accounts.accounts import TEMP

pytestmark = pytest.mark.kinds("postgres", reason="SQLite lets one transaction write at a time")


@pytest.mark.parametrize(
    "change",
    [
        "DELETE FROM accounts WHERE username = 'temp'",
        "UPDATE accounts SET password_hash = '' WHERE username = 'temp'",
    ],
    ids=["deleted", "another password"],
)
def test_who_signs_in_waits_for_a_change_of_the_account_and_is_refused(
    change: str, admin: Client, accounts_server: AccountsServer
) -> None:
    database = accounts_server.server.database
    assert isinstance(database, PostgresDatabase)
    admin.ok("new_account", TEMP)
    client = accounts_server.client()
    with closing(client), database.transaction() as transaction:
        # It is not committed: whoever asks now still finds the old account.
        transaction.execute(change)
        signing_in = client.emit("login", {"username": "temp", "password": PASSWORD})
        database.wait_for_waiting(transaction)
        transaction.commit()
        ack = client.ack(signing_in)
    assert not ack["ok"] and ack["user"] is None and ack["token"] is None
    assert ack["errors"]["username"] == ["The username or the password is wrong."]
    with database.transaction() as transaction:
        assert (
            transaction.execute(
                "SELECT * FROM sign_ins s JOIN accounts a ON a.id = account_id WHERE username = 'temp'"
            ).fetchall()
            == []
        )
