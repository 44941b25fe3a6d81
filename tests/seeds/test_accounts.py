"""Demo accounts: those of the README, with ACCESS=open only."""

from contextlib import closing
from typing import Any

from tests.seeds.seeding import seed
from tests.support.environment import ROOT
from tests.support.flask import flask
from tests.support.fork_server import fork_server
from tests.support.ports import Port
from tests.support.server import Server
from tests.support.socketio_client import PASSWORD, Client


def _named(server: Server, **settings: str) -> set[str]:
    """The accounts that a refused start names in its one line, which has the cures too."""
    port = Port()
    settings["PORT"] = str(port.number)
    try:
        ended, said = fork_server().end(("server",), DATABASE_URL=server.database.url, **settings)
    finally:
        port.release()
    line = said.strip().splitlines()[-1]
    assert ended == 1 and "Spotter is on" not in said
    assert "account password" in line and "account remove" in line and f"ACCESS={settings['ACCESS']}" in line
    return set(line.partition(": ")[2].partition(".")[0].split(", "))


def _credentials(line: str) -> tuple[str, str]:
    """The two names in `- admin: `user` / `password``."""
    username, password = line.split(":", 1)[1].split("/", 1)
    return username.strip(" `*|"), password.strip(" `*|.")


def test_the_accounts_that_the_readme_names_sign_in(seeded: Server) -> None:
    readme = (ROOT / "README.md").read_text()
    seeded.start()
    try:
        client = Client(seeded.port)
        client.welcome()
        for role in ("admin", "coach", "viewer"):
            line = next(line for line in readme.splitlines() if line.strip(" -*`|").lower().startswith(role))
            username, password = _credentials(line)
            ack = client.call("login", {"username": username, "password": password})
            assert ack["ok"], line
            assert ack["user"]["role"] == role
        client.close()
    finally:
        seeded.stop()


def test_demo_accounts_are_for_an_open_gym_only(new_server: Any) -> None:
    """Not even one that was filled before it was closed to strangers serves with a password that everybody knows."""
    server = new_server()
    try:
        seed(server)
        assert {access: _named(server, ACCESS=access) for access in ("public-read", "required")} == {
            "public-read": {"admin", "coach", "viewer"},
            "required": {"admin", "coach", "viewer"},
        }
        flask(server.database.url, "account", "password", "admin", stdin=PASSWORD)
        assert _named(server, ACCESS="required") == {"coach", "viewer"}
        for name in ("coach", "viewer"):
            flask(server.database.url, "account", "remove", name)
        server.settings["ACCESS"] = "required"
        server.start()
        with closing(Client(server.port)) as client:
            assert client.call("login", {"username": "admin", "password": PASSWORD})["user"]["role"] == "admin"
    finally:
        server.close()


def test_a_demo_account_that_an_undo_brings_back_has_no_password_that_everybody_knows(new_server: Any) -> None:
    server = new_server()
    demo = {"username": "viewer", "password": "spotter-demo"}
    try:
        server.start()
        with closing(Client(server.port)) as client:
            coach = client.ok("new_coach", {"name": "Ada Lovelace", "age": 36, **demo})
            client.ok("delete_coach", coach)
            seq = client.ok("sync")["seq"]
        flask(server.database.url, "account", "add", "ada", "--role", "admin", stdin=PASSWORD)
        server.stop()
        server.settings["ACCESS"] = "required"
        server.start()
        with closing(Client(server.port)) as client:
            assert client.call("login", {"username": "ada", "password": PASSWORD})["ok"]
            assert client.ok("undo", {"seq": seq})["username"] == "viewer"
            assert not client.call("login", demo)["ok"]
    finally:
        server.close()
    assert "'viewer'" in server.log() and "spotter-demo" not in server.log()


def test_a_gym_that_is_closed_to_strangers_is_filled_without_demo_accounts(new_server: Any) -> None:
    server = new_server(ACCESS="required")
    try:
        assert "No demo accounts" in seed(server, ACCESS="required")
        server.start()
        with closing(Client(server.port)) as client:
            for name in ("admin", "coach", "viewer"):
                assert not client.call("login", {"username": name, "password": "spotter-demo"})["ok"]
    finally:
        server.close()
