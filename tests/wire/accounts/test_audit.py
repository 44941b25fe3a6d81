"""A line for every write and every denial: who, what, which commit; as text, or as JSON."""

import json
from contextlib import closing

import pytest

from tests.conftest import StartServer
from tests.support.accounts_server import AccountsServer
from tests.support.audit import Line, between, lines, wrote
from tests.support.socketio_client import NEW_PASSWORD, PASSWORD, Client
from tests.support.waiting import wait_until

pytestmark = pytest.mark.kinds("sqlite", reason="each process logs what it does")


@pytest.mark.parametrize("log_format", ["json", "text"])
def test_who_did_what(log_format: str, start_server: StartServer) -> None:
    with (
        closing(AccountsServer(start_server(ACCESS="public-read", LOG_FORMAT=log_format))) as accounts_server,
        closing(accounts_server.client("coach")) as coach,
    ):
        move = accounts_server.gym.new("exercise_move")
        changed = coach.call("update_exercise_move", {"id": move["id"], "focus": "Balance"}, {})
        coach.call("delete_coach", accounts_server.own)
        accounts_server.admin.ok("new_account", {"username": "temp", "role": "viewer", "password": NEW_PASSWORD})
        with closing(Client(accounts_server.server.port, auth={"token": "x.y.z"})) as stranger:
            stranger.call("new_coach", {"name": 'Eve" who="admin', "age": 30})
            stranger.call("login", {"username": 'a"\u2028b', "password": "a wrong one"})
            stranger.call("no such event")

        def of_strangers() -> list[Line]:
            return [line for line in lines(accounts_server.server, 0) if line["who"] is None]

        wait_until(lambda: len(of_strangers()) >= 3, "the last lines in the audit")
        found = lines(accounts_server.server, 0)
        audit = found[[line["event"] for line in found].index("new_exercise_move") :]
        short = [(one["message"], one["who"], one["event"], one.get("record"), one.get("code")) for one in audit]
        assert short == [
            ("wrote", "admin", "new_exercise_move", f"exercise_moves {move['id']}", None),
            ("wrote", "coach", "update_exercise_move", f"exercise_moves {move['id']}", None),
            ("denied", "coach", "delete_coach", None, "forbidden"),
            ("wrote", "admin", "new_account", "account temp", None),
            ("denied", None, "connect", None, "unauthorized"),
            ("denied", None, "new_coach", None, "unauthorized"),
            ("denied", None, "login", None, "unauthorized"),
        ]
        assert audit[1]["seq"] == changed["meta"]["seq"] and audit[1]["role"] == "coach"
        assert audit[-1]["tried"] == 'a"\u2028b', "what a client chose stays one value on one line"
        assert all(one["address"] == "127.0.0.1" for one in audit)
        log = accounts_server.server.log()
        for secret in (PASSWORD, NEW_PASSWORD, "a wrong one", "$argon2", "x.y.z"):
            assert secret not in log


def test_a_retry_is_not_written_twice(accounts_server: AccountsServer) -> None:
    opts = {"op": "6f1e1c86-9a0c-4c3d-8a55-2f6b0a5a0001"}
    payload = accounts_server.gym.payload("exercise_move")
    since = accounts_server.server.log_size()
    seqs = {accounts_server.admin.call("new_exercise_move", payload, opts)["meta"]["seq"] for _ in range(3)}
    [seq] = seqs
    other = wrote("new_coach", "coaches", accounts_server.gym.new("coach"))
    assert between(accounts_server.server, since, {"message": "wrote", "seq": seq}, other) == []


def test_each_acked_write_is_in_the_audit_of_a_server_that_is_ended(start_server: StartServer) -> None:
    server = start_server(LOG_FORMAT="json")
    with closing(Client(server.port)) as client:
        client.welcome()
        since = server.log_size()
        acks = client.pipeline(("new_coach", {"name": f"Newcomer {number}", "age": 30}, {}) for number in range(200))
        server.stop()
    written = [json.loads(line) for line in server.log(since).splitlines() if '"wrote"' in line]
    assert [line["seq"] for line in written] == [ack["meta"]["seq"] for ack in acks]
