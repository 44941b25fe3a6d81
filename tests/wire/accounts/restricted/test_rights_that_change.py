"""What one may read changes while one is connected: what is not for one any more goes, and what is now comes."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Any

import pytest

from tests.support.accounts_server import AccountsServer
from tests.support.observer import Observer
from tests.support.socketio_client import PASSWORD, Client
from tests.wire.accounts.restricted.conftest import NAMES

LIMIT = 5.0


@contextmanager
def _observers(accounts_server: AccountsServer) -> Iterator[list[Observer]]:
    """A plain and a synced connection of an account that is made for the test."""
    accounts_server.admin.call("delete_account", {"username": "temp"})
    accounts_server.admin.ok("new_account", {"username": "temp", "role": "viewer", "password": PASSWORD})
    with closing(Client(accounts_server.server.port)) as first:
        token = accounts_server.log_in(first, "temp")
    found = [
        Observer(accounts_server.server, synced=synced, auth={"token": token}, names=NAMES) for synced in (False, True)
    ]
    try:
        yield found
    finally:
        for one in found:
            one.close()


def _role(accounts_server: AccountsServer, role: str) -> None:
    accounts_server.admin.ok("set_account", {"username": "temp", "role": role})


def _has(number: int) -> Any:
    return lambda replica: number in replica.channels.get("complaints", {})


@pytest.mark.parametrize("access", ["required", "public-read"])
def test_a_role_comes_and_goes(access: str, accounts_servers: Any) -> None:
    accounts_server = accounts_servers(access)
    with _observers(accounts_server) as observers:
        first = accounts_server.admin.ok("new_complaint", {"name": "Dark corridor"})["id"]
        _role(accounts_server, "coach")
        for observer in observers:
            observer.read_until(_has(first), "what a coach reads", LIMIT)
            assert observer.replica.channels["complaints"][first][1]["name"] == "Dark corridor"
        _role(accounts_server, "viewer")
        for observer in observers:
            observer.read_until(lambda replica: not replica.channels["complaints"], "nothing of it", LIMIT)
            observer.client.received.clear()
            observer._taken = 0
        second = accounts_server.admin.ok("new_complaint", {"name": "Dark cellar"})["id"]
        accounts_server.admin.ok("update_complaint", {"id": first, "name": "Dark attic"})
        move = accounts_server.gym.new("exercise_move")["id"]
        for observer in observers:
            observer.read_until(lambda replica: move in replica.channels["exercise_moves"], "the marker")
            assert "Dark" not in str(observer.client.received)
            assert not observer.replica.channels["complaints"]
        _role(accounts_server, "admin")
        for observer in observers:
            observer.read_until(_has(second), "what an admin reads", LIMIT)


def test_a_cursor_of_more_or_less_rights_leads_to_a_snapshot(accounts_server: AccountsServer) -> None:
    complaint = accounts_server.admin.ok("new_complaint", {"name": "Dark corridor"})["id"]
    cursors = {}
    for caller in ("viewer", "coach", "admin"):
        with closing(accounts_server.client(caller, sync=True)) as client:
            answer = client.next_event("sync").args[0]
            cursors[caller] = {"epoch": answer["epoch"], "seq": answer["seq"]}
            assert client.ok("sync", cursors[caller])["mode"] == "current"
    for caller in cursors:
        for other, cursor in cursors.items():
            with closing(accounts_server.client(caller, sync=cursor)) as client:
                answer = client.next_event("sync").args[0]
                assert answer["mode"] == ("current" if caller == other else "snapshot")
                if caller != other:
                    shown = [row["record"]["id"] for row in answer["snapshot"]["complaints"]]
                    assert (complaint in shown) == (caller != "viewer")


@pytest.mark.access("public-read")
def test_signing_in_shows_more_and_signing_out_less(accounts_server: AccountsServer) -> None:
    complaint = accounts_server.admin.ok("new_complaint", {"name": "Dark corridor"})["id"]
    with closing(Client(accounts_server.server.port)) as client:
        for name in NAMES:
            assert complaint not in [row["id"] for row in client.next_event(name).args[0]] or name != "complaints"
        accounts_server.log_in(client, "coach")
        assert complaint in [row["id"] for row in client.next_event("complaints").args[0]]
        assert client.call("logout")["ok"]
        assert client.next_event("complaints").args[0] == []


def test_another_coach_sees_other_goals(accounts_server: AccountsServer) -> None:
    """The same account, role and connection; only whose coach's it is changes."""
    with _observers(accounts_server) as observers:
        coaches = [accounts_server.gym.new("coach") for _ in range(2)]
        goals = [
            accounts_server.admin.ok("new_goal", {"name": "Goal", "coach": {"id": one["id"]}})["id"] for one in coaches
        ]
        for coach, goal, other in zip(coaches, goals, reversed(goals), strict=True):
            accounts_server.admin.ok("set_account", {"username": "temp", "role": "coach", "coach_id": coach["id"]})
            for observer in observers:
                observer.read_until(
                    lambda replica, goal=goal: goal in replica.channels.get("goals", {}), "the own goal", LIMIT
                )
                assert other not in observer.replica.channels["goals"]


def test_a_subscriber_whose_right_ends_is_sent_no_more(accounts_server: AccountsServer) -> None:
    """It is told of another epoch, and may subscribe to what it reads now."""
    with _observers(accounts_server) as [plain, _]:
        _role(accounts_server, "coach")
        with closing(Client(accounts_server.server.port, auth={**plain.auth, "arrays": False})) as client:
            first = client.ok("subscribe", {"channel": "complaints"})
            move = {"channel": "exercise_moves"}
            client.ok("subscribe", move)
            _role(accounts_server, "viewer")
            while (event := client.next_event("changes").args[0])["epoch"] == first["epoch"]:
                pass
            assert event["changes"] == []
            client.received.clear()
            ack = client.call("subscribe", {"channel": "complaints"}, {})
            assert ack["meta"]["code"] == "forbidden"
            accounts_server.admin.ok("new_complaint", {"name": "Dark cellar"})
            # What it subscribed to before is gone with its rights.
            number = accounts_server.gym.new("exercise_move")["id"]
            answer = client.ok("subscribe", {**move, "epoch": event["epoch"], "seq": event["seq"]})
            assert answer["mode"] == "delta" and number in [change["id"] for change in answer["changes"]]
            assert not [one for one in client.take() if one.name == "changes" and one.args[0]["changes"]]
            assert "Dark" not in str(client.received)
