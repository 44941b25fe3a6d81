"""`flask --app server account ...`, beside a running server and without one."""

import json
from collections.abc import Callable

import pytest

from tests.support.fork_server import fork_server
from tests.support.server import Server
from tests.support.socketio_client import NEW_PASSWORD, PASSWORD, Client

NewServer = Callable[..., Server]


@pytest.fixture
def gym(own_server: Server) -> Server:
    """A server that shows nothing to strangers."""
    return own_server


def account(server: Server, *arguments: str, stdin: str = "", code: int = 0, **settings: str) -> str:
    """Run the command; returns what it wrote, to both streams."""
    program = ("flask", "--app", "server", "account", *arguments)
    ended, said = fork_server().end(program, stdin, DATABASE_URL=server.database.url, **settings)
    assert (ended == 0) == (code == 0), said
    assert "Traceback" not in said
    assert PASSWORD not in said and "$argon2" not in said
    return said


def sign_in(server: Server, username: str, password: str) -> dict[str, object]:
    """The ack of a login on a connection of its own."""
    client = Client(server.port)
    ack: dict[str, object] = client.call("login", {"username": username, "password": password})
    client.close()
    return ack


@pytest.mark.settings(ACCESS="required")
def test_an_account_from_its_making_to_its_end(gym: Server) -> None:
    account(gym, "add", "ada", "--role", "admin", stdin=PASSWORD + "\n")
    user = sign_in(gym, "ada", PASSWORD)["user"]
    assert user == {"id": None, "name": "ada", "picture": "", "username": "ada", "role": "admin"}

    account(gym, "add", "grace", stdin=PASSWORD)
    client = Client(gym.port)
    assert client.call("login", {"username": "grace", "password": PASSWORD})["user"]["role"] == "viewer"
    account(gym, "role", "grace", "coach")
    assert client.next_event("session").args[0]["user"]["role"] == "coach"
    account(gym, "password", "grace", stdin=NEW_PASSWORD)
    assert client.next_event("session").args[0]["user"] is None
    assert not sign_in(gym, "grace", PASSWORD)["ok"]
    assert sign_in(gym, "grace", NEW_PASSWORD)["ok"]
    listed = account(gym, "list").splitlines()
    assert [line.split()[:2] for line in listed] == [["ada", "admin"], ["grace", "coach"]]

    account(gym, "remove", "grace")
    assert not sign_in(gym, "grace", NEW_PASSWORD)["ok"]
    client.close()


@pytest.mark.settings(ACCESS="open")
def test_a_coachs_new_account_shows_in_the_record(gym: Server) -> None:
    client = Client(gym.port, auth={"sync": True})
    coach = client.ok("new_coach", {"name": "Ada Lovelace", "age": 30})
    assert [change["record"] for change in client.next_changes()] == [coach]
    account(gym, "add", "ada", "--role", "coach", "--coach", str(coach["id"]), stdin=PASSWORD)
    assert [change["record"] for change in client.next_changes()] == [{**coach, "username": "ada"}]
    assert "Ada Lovelace" in account(gym, "list")
    account(gym, "remove", "ada")
    assert [change["record"] for change in client.next_changes()] == [coach]
    client.close()


@pytest.mark.parametrize(
    ("arguments", "stdin", "says"),
    [
        (("add", "ada"), "short", "8 to 200"),
        (("add", "ada"), "", "8 to 200"),
        (("add", "a"), PASSWORD, "2 to 40"),
        (("add", "ada", "--role", "root"), PASSWORD, "admin"),
        (("add", "ada", "--coach", "77"), PASSWORD, "no coach 77"),
        (("add", "ada", "--password", "x"), "", "--password"),
        (("role", "nobody", "admin"), "", "no account"),
        (("password", "nobody"), PASSWORD, "no account"),
        (("remove", "nobody"), "", "no account"),
    ],
)
def test_an_account_that_cannot_be_is_refused_in_a_line(
    arguments: tuple[str, ...], stdin: str, says: str, new_server: NewServer
) -> None:
    server = new_server()
    said = account_refused(server, *arguments, stdin=stdin)
    assert says in said
    assert account(server, "list") == ""
    server.close()


def account_refused(server: Server, *arguments: str, stdin: str) -> str:
    """Run a command that must fail."""
    return account(server, *arguments, stdin=stdin, code=1)


def test_the_last_admin_stays(new_server: NewServer) -> None:
    server = new_server()
    account(server, "add", "ada", "--role", "admin", stdin=PASSWORD)
    assert "last admin" in account_refused(server, "remove", "ada", stdin="")
    assert "last admin" in account_refused(server, "role", "ada", "viewer", stdin="")
    assert "already" in account_refused(server, "add", "ada", stdin=PASSWORD)
    account(server, "add", "grace", "--role", "admin", stdin=PASSWORD)
    account(server, "remove", "ada")
    server.close()


@pytest.mark.parametrize(
    ("username", "says"),
    [
        ("Ada", "already"),
        ("ＡＤＡ", "already"),
        ("a\u200bda", "already"),
        ("аdа", "looks like 'ada'"),
    ],
    ids=["capital", "wide", "invisible", "Cyrillic"],
)
def test_a_username_that_is_anothers_or_looks_like_it_is_refused(
    username: str, says: str, new_server: NewServer
) -> None:
    server = new_server()
    account(server, "add", "ada", stdin=PASSWORD)
    assert says in account_refused(server, "add", username, "--role", "admin", stdin=NEW_PASSWORD)
    assert [line.split()[:2] for line in account(server, "list").splitlines()] == [["ada", "viewer"]]
    if says == "already":
        account(server, "role", username, "coach")
        account(server, "remove", username)
        assert account(server, "list") == ""
    server.close()


def test_what_it_writes_is_in_the_audit(new_server: NewServer) -> None:
    server = new_server()
    said = account(server, "add", "ada", stdin=PASSWORD, LOG_FORMAT="json")
    [line] = [json.loads(line) for line in said.splitlines() if line.startswith("{")]
    assert line["logger"] == "spotter.audit"
    assert (line["event"], line["record"], line["address"]) == ("new_account", "account ada", "command line")
    said = account(server, "reset-link", "ada", LOG_FORMAT="json")
    [line] = [json.loads(line) for line in said.splitlines() if line.startswith("{")]
    assert (line["event"], line["record"], line["address"]) == ("reset_link", "account ada", "command line")
    server.close()


@pytest.mark.parametrize(
    ("name", "value"),
    [("DATABASE_URL", "postgresql+psycopg://nobody@127.0.0.1:1/nowhere"), ("ACCESS", "everybody")],
)
@pytest.mark.parametrize("command", [["account", "list"], ["journal", "restored"]])
def test_a_setting_that_cannot_work_is_named_in_a_line(command: list[str], name: str, value: str) -> None:
    code, said = fork_server().end(("flask", "--app", "server", *command), **{name: value})
    assert code != 0 and "Traceback" not in said
    assert [line for line in said.splitlines() if line.startswith("Error: " + name)], said
