"""Rights end within a second on connected sockets, and begin at once."""

import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass

import pytest

from tests.support.accounts_server import AccountsServer
from tests.support.gym import Record
from tests.support.socketio_client import NEW_PASSWORD, PASSWORD, Client

# The machine may be busy with other tests: what must show is that the client need not send anything.
LIMIT = 3.0


@dataclass
class Temp:
    """A coach's account for one test, signed in on a synced socket."""

    accounts_server: AccountsServer
    coach: Record
    token: str
    client: Client

    def again(self) -> Client:
        """Another connection with the same token."""
        return Client(self.accounts_server.server.port, auth={"token": self.token})


@contextmanager
def temporary(accounts_server: AccountsServer) -> Iterator[Temp]:
    """A Temp, deleted afterwards."""
    coach = accounts_server.gym.new("coach", username="temp", password=PASSWORD)
    with closing(Client(accounts_server.server.port)) as first:
        token = accounts_server.log_in(first, "temp")
    with closing(Client(accounts_server.server.port, auth={"token": token, "sync": True})) as client:
        client.next_event("sync")
        yield Temp(accounts_server, coach, token, client)
    accounts_server.admin.call("delete_coach", coach)
    accounts_server.admin.call("delete_account", {"username": "temp"})


@pytest.fixture
def temp(accounts_server: AccountsServer) -> Iterator[Temp]:
    """One at the server of this test."""
    with temporary(accounts_server) as one:
        yield one


def _sign_out(temp: Temp) -> None:
    with closing(temp.again()) as tab:
        assert tab.call("logout")["ok"]


def _as_admin(event: str, data: Callable[[Temp], Record]) -> Callable[[Temp], None]:
    return lambda temp: temp.accounts_server.admin.ok(event, data(temp))


ENDS: dict[str, Callable[[Temp], None]] = {
    "signed out in another tab": _sign_out,
    "a new password by an admin": _as_admin("set_account", lambda _: {"username": "temp", "password": NEW_PASSWORD}),
    "a new password in the coach's record": _as_admin(
        "update_coach", lambda temp: {"id": temp.coach["id"], "password": NEW_PASSWORD}
    ),
    "the account is deleted": _as_admin("delete_account", lambda _: {"username": "temp"}),
    "the coach loses the username": _as_admin("update_coach", lambda temp: {"id": temp.coach["id"], "username": None}),
    "the coach is deleted": _as_admin("delete_coach", lambda temp: temp.coach),
}


@pytest.mark.parametrize("how", ENDS)
@pytest.mark.parametrize("access", ["required", "public-read"])
def test_a_live_socket_loses_its_rights(
    how: str, access: str, accounts_servers: Callable[[str], AccountsServer]
) -> None:
    with temporary(accounts_servers(access)) as temp:
        move = temp.accounts_server.gym.new("exercise_move")
        temp.client.ok("update_exercise_move", move)
        ENDS[how](temp)
        assert temp.client.next_event("session", LIMIT).args[0] == {"user": None}
        assert temp.client.call("update_exercise_move", move, {})["meta"]["code"] == "unauthorized"
        with closing(temp.again()) as again:
            assert again.next_event("connected").args[0]["user"] is None, "the token still opens"


def test_no_data_is_sent_after_the_right_to_read_has_ended(accounts_server: AccountsServer, temp: Temp) -> None:
    plain = accounts_server.client()
    accounts_server.log_in(plain, "temp")
    # One refresh is served, one waits for its turn while the right to read ends: only its ack comes.
    waiting = [plain.emit("refresh") for _ in range(3)]
    accounts_server.admin.ok("set_account", {"username": "temp", "password": NEW_PASSWORD})
    for client in (temp.client, plain):
        client.next_event("session", LIMIT)
        client.take()
    record = accounts_server.gym.new("coach", name="Only for members")
    for number in waiting:
        plain.ack(number)
    for client in (temp.client, plain):
        client.fails("history", {"channel": "coaches", "id": record["id"]})
        assert [event.name for event in client.take()] == [], "data after the right to it had ended"
    plain.close()


def test_signing_in_on_a_connected_socket_sends_its_data(accounts_server: AccountsServer) -> None:
    plain, synced = accounts_server.client(), accounts_server.client(sync=True)
    for client in (plain, synced):
        client.next_event("connected")
        accounts_server.log_in(client, "viewer")
    assert plain.next_event("coaches").args[0]
    assert synced.next_event("sync").args[0]["mode"] == "snapshot"
    record = accounts_server.gym.new("coach")
    assert plain.next_event("coaches").args[0][-1] == record
    assert synced.next_changes()[0]["record"] == record
    assert not [event for event in synced.take() if event.name == "coaches"], "arrays beside changes"
    for client in (plain, synced):
        client.call("logout")
        assert client.fails("history", {"channel": "coaches", "id": record["id"]})
        client.close()


def test_a_role_that_changes_counts_at_once_for_connected_sockets(accounts_server: AccountsServer) -> None:
    climber = accounts_server.person("climber", "viewer")
    assert not climber.call("new_exercise_move", accounts_server.gym.payload("exercise_move"))["ok"]
    for role, allowed in (("coach", True), ("viewer", False), ("admin", True), ("viewer", False)):
        accounts_server.admin.ok("set_account", {"username": "climber", "role": role})
        assert climber.next_event("session", LIMIT).args[0]["user"]["role"] == role
        assert climber.call("new_exercise_move", accounts_server.gym.payload("exercise_move"))["ok"] is allowed
    accounts_server.admin.ok("delete_account", {"username": "climber"})
    climber.close()


@pytest.mark.kinds("sqlite", "postgres", reason="the other kinds have another process anyway")
def test_another_process_ends_rights_as_well(accounts_server: AccountsServer, temp: Temp) -> None:
    """Two servers on one database without Redis: the second reads the sign-ins itself."""
    with (
        accounts_server.server.another_process() as other,
        closing(Client(other.port, auth={"token": temp.token})) as there,
    ):
        assert there.next_event("connected").args[0]["user"]["username"] == "temp"
        accounts_server.admin.ok("delete_account", {"username": "temp"})
        assert there.next_event("session", LIMIT).args[0] == {"user": None}
        there.fails("refresh")


def test_a_new_name_shows_beside_what_a_connected_coach_does_next(accounts_server: AccountsServer, temp: Temp) -> None:
    accounts_server.admin.ok("update_coach", {"id": temp.coach["id"], "name": "Renamed Meanwhile"})
    assert temp.client.next_event("session", LIMIT).args[0]["user"]["name"] == "Renamed Meanwhile"
    move = accounts_server.gym.new("exercise_move")
    temp.client.ok("update_exercise_move", {"id": move["id"], "focus": "Balance"})
    entry, *_ = temp.client.ok("history", {"channel": "exercise_moves", "id": move["id"]})
    assert entry["actor"] == "Renamed Meanwhile"


def test_one_sign_out_leaves_other_sign_ins_alone(accounts_server: AccountsServer, temp: Temp) -> None:
    other = accounts_server.client()
    accounts_server.log_in(other, "temp")
    assert other.call("logout")["ok"]
    time.sleep(1.2)  # Nothing may happen in the time in which it would.
    temp.client.ok("sync", None)
    other.close()
