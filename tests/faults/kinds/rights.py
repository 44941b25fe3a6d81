"""Rights that come and go while everybody writes: roles, sign-outs, accounts that end, strangers that ask for all."""

from pathlib import Path
from typing import Any

from tests.faults.asker import Asker
from tests.faults.crowd import Crowd
from tests.faults.history import Notes
from tests.faults.link import Ended
from tests.faults.place import sqlite_server
from tests.faults.run import NOTES, Run, Verdict, run_with
from tests.support.flask import flask
from tests.support.socketio_client import PASSWORD

_KINDS = ("synced", "plain", "parts", "synced")


def change_rights(place: Path, seed: str, size: int) -> Verdict:
    """`size` changes of roles; between them strangers look, people sign out, and accounts end."""
    with sqlite_server(place, ACCESS="required") as server:
        server.start()
        flask(server.database.url, "account", "add", "admin", "--role", "admin", stdin=PASSWORD)
        notes = Notes(place / NOTES)
        admin = Asker("admin", server.port, {"arrays": False}, notes)
        assert admin.ask("login", {"username": "admin", "password": PASSWORD})["ok"]
        names = [f"person{index}" for index in range(6)]
        tokens = {}
        for name in names:
            assert admin.ask("new_account", {"username": name, "role": "admin", "password": PASSWORD}, {})["ok"]
            tokens[name] = _token(server.port, name)

        def crowd(ports: Any) -> Crowd:
            clients = [
                {"who": f"c{i}", "kind": _KINDS[i % 4], "ports": ports, "token": tokens[names[i % len(names)]]}
                for i in range(12)
            ]
            return Crowd(place, seed, clients, 3)

        def harm(run: Run) -> None:
            chance = run.chance
            for index in range(size):
                name = chance.choice(names)
                with run.harm("a role is taken away"):
                    assert admin.ask("set_account", {"username": name, "role": "viewer"}, {})["ok"]
                _look(run, index)
                # For longer than a right may last that was taken away.
                _listen(admin, run, 2.2)
                assert admin.ask("set_account", {"username": name, "role": "admin"}, {})["ok"]
                _listen(admin, run, 0.2)
            admin.close()

        return run_with(server, place, seed, harm, crowd=crowd, notes=notes, token=tokens[names[0]], grace=1.5)


def _token(port: int, name: str) -> str:
    asker = Asker(f"{name}-login", port, {"arrays": False})
    token: str = asker.ask("login", {"username": name, "password": PASSWORD})["token"]
    asker.close()
    return token


def _listen(admin: Asker, run: Run, seconds: float) -> None:
    admin.listen(seconds + run.chance.random() * 0.2)


def _look(run: Run, index: int) -> None:
    """A stranger asks for everything, and somebody who signed out goes on asking."""
    stranger = Asker("stranger", run.server.port, {"sync": True}, run.notes, "synced")
    for event, data in {
        "sync": None,
        "refresh": None,
        "list_coaches": {},
        "history": {},
        "get_coach": {"id": 1},
    }.items():
        stranger.ask(event, data)
    stranger.listen(0.3)
    stranger.close()
    leaver = Asker(f"leaver{index}", run.server.port, {"arrays": False}, run.notes)
    try:
        if leaver.ask("login", {"username": f"person{index % 6}", "password": PASSWORD})["ok"]:
            leaver.ask("sync", None)
            leaver.ask("logout", None)
            leaver.listen(0.3)
    except Ended:
        pass
    leaver.close()
