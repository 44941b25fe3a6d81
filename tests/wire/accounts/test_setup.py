"""The first start: the password on the console makes an admin."""

import re
from contextlib import closing

import pytest

from tests.conftest import StartServer
from tests.support.flask import flask
from tests.support.server import Server
from tests.support.socketio_client import NEW_PASSWORD, Client

pytestmark = pytest.mark.kinds("sqlite", reason="each process offers a password of its own on its console")


def offer(server: Server) -> tuple[str, str] | None:
    """The username and the password that the last start wrote to the console."""
    found = re.findall(r"Sign in as '(\S+)' with the password '(\S+)'", server.log())
    return found[-1] if found else None


def login(server: Server, username: str, password: str) -> bool:
    """Whether one can sign in so."""
    with closing(Client(server.port)) as client:
        return bool(client.call("login", {"username": username, "password": password})["ok"])


@pytest.mark.parametrize("access", ["required", "public-read"])
def test_the_password_on_the_console_works_once(access: str, start_server: StartServer) -> None:
    server = start_server(ACCESS=access)
    found = offer(server)
    assert found is not None
    username, password = found
    assert not login(server, username, password[:-1])
    with closing(Client(server.port)) as admin:
        assert admin.call("login", {"username": username, "password": password})["user"]["role"] == "admin"
        admin.ok("set_account", {"username": username, "password": NEW_PASSWORD})
    assert not login(server, username, password), "the password from the console still opens"
    assert login(server, username, NEW_PASSWORD)


def test_it_is_offered_until_there_is_an_admin_and_never_again(start_server: StartServer) -> None:
    server = start_server(ACCESS="required")
    first = offer(server)
    server.restart()
    second = offer(server)
    assert first and second and first != second
    assert not login(server, *first)
    assert login(server, *second)
    server.restart()
    assert offer(server) == second, "a start with an admin offers nothing new"
    assert login(server, *second), "until the admin chooses another, it is the account's password"


def test_nothing_is_offered_with_open_access(start_server: StartServer) -> None:
    server = start_server()
    assert offer(server) is None
    assert not login(server, "admin", "")


def test_only_one_of_two_processes_makes_the_admin(start_server: StartServer) -> None:
    server = start_server(ACCESS="required")
    with server.another_process() as other:
        own, others = offer(server), offer(other)
        assert own and others
        assert login(server, *own)
        assert not login(other, *others)
        assert login(other, *own)


def test_it_is_not_valid_once_there_is_an_admin_by_another_name(start_server: StartServer) -> None:
    server = start_server(ACCESS="required")
    found = offer(server)
    assert found is not None
    flask(server.database.url, "account", "add", "ada", "--role", "admin", stdin=NEW_PASSWORD)
    assert not login(server, *found)
    assert login(server, "ada", NEW_PASSWORD)


def test_a_username_that_a_coach_has_is_left_alone(start_server: StartServer) -> None:
    server = start_server()
    with closing(Client(server.port)) as client:
        client.ok("new_coach", {"name": "Ada", "age": 30, "username": "admin"})
    server.stop()
    server.settings["ACCESS"] = "required"
    server.start()
    found = offer(server)
    assert found is not None and found[0] != "admin"
    assert login(server, *found)
