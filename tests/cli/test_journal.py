"""`flask --app server journal ...`, beside a running server."""

import sqlite3

from tests.support.flask import flask
from tests.support.gym import Gym
from tests.support.server import Server
from tests.support.socketio_client import Client


def _journal(server: Server, command: str) -> str:
    return flask(server.database.url, "journal", command)


def _synced(server: Server) -> tuple[Client, dict[str, object]]:
    client = Client(server.port)
    client.welcome()
    client.ok("new_coach", {"name": "Ada Lovelace", "age": 30})
    return client, client.ok("sync", None)


def test_restored_makes_connected_clients_sync_again(own_server: Server) -> None:
    client, known = _synced(own_server)
    assert "a new epoch begins: the command line said" in _journal(own_server, "restored")
    client.wait_for(
        lambda: any(event.name == "changes" and event.args[0]["epoch"] != known["epoch"] for event in client.inbox),
        "changes of another epoch",
    )
    answer = client.ok("sync", {"epoch": known["epoch"], "seq": known["seq"]})
    assert answer["mode"] == "snapshot"
    assert [row["record"]["name"] for row in answer["snapshot"]["coaches"]] == ["Ada Lovelace"]
    client.close()
    assert f'the database has a new epoch: clients take its state anew epoch="{answer["epoch"]}"' in own_server.log()


def test_what_was_written_over_the_wire_is_what_the_models_and_schemas_make_of_the_tables(own_server: Server) -> None:
    """Writes go past the ORM, and copies are put in place in memory; reconcile reads everything through both."""
    client = Client(own_server.port)
    client.welcome()
    gym = Gym(client)
    schedule = gym.new("schedule")
    coach = gym.update("coach", id=schedule["coach"]["id"], name="Renamed", username="ada", age="41", picture="")
    gym.update("workout_plan", id=schedule["workout_plan"]["id"], difficulty="Easy")
    plan = gym.new("workout_plan")
    gym.update("exercise_move", id=plan["exercise_moves"][0]["id"], name="Renamed", video_link=None)
    gym.update("workout_plan", id=plan["id"], exercise_moves=plan["exercise_moves"][::-1] * 2)
    gym.update("schedule", id=schedule["id"], hour="07:30", coach_id=gym.new("coach")["id"])
    gym.delete("coach", coach)
    client.ok("undo", {"seq": client.ok("sync", None)["seq"]})
    assert _journal(own_server, "reconcile") == "0 records differed.\n"
    client.close()


def test_reconcile_tells_clients_what_was_changed_by_hand(own_server: Server) -> None:
    client, known = _synced(own_server)
    with sqlite3.connect(str(own_server.database.path)) as connection:
        connection.execute("UPDATE coaches SET name = 'Grace Hopper'")
    assert _journal(own_server, "reconcile") == "1 records differed.\n"
    client.wait_for(
        lambda: any(event.name == "changes" and event.args[0]["changes"] for event in client.inbox), "changes"
    )
    changes = next(e.args[0] for e in client.inbox if e.name == "changes" and e.args[0]["changes"])
    assert changes["prev"] == known["seq"]
    assert [(change["channel"], change["record"]["name"]) for change in changes["changes"]] == [
        ("coaches", "Grace Hopper")
    ]
    assert _journal(own_server, "reconcile") == "0 records differed.\n"
    client.close()
