"""A database that was put back from a backup is no continuation: whoever knows its lost future gets a snapshot."""

from pathlib import Path

import pytest

from tests.support.gym import Gym
from tests.support.server import Server
from tests.wire.conftest import Connect


def test_a_restored_database_has_a_new_epoch(own_server: Server, gym: Gym, connect: Connect) -> None:
    gym.new("coach")
    put_back = own_server.database.back_up()
    lost = gym.new("coach")
    known = connect().call("sync", None)["data"]
    own_server.stop()
    put_back()
    own_server.start()
    client = connect()
    other = client.call("new_coach", gym.payload("coach"))["data"]
    assert "a new epoch begins: the database was filled anew, or restored from a backup" in own_server.log()
    answer = client.call("sync", {"epoch": known["epoch"], "seq": known["seq"]})["data"]
    assert answer["mode"] == "snapshot"
    assert answer["epoch"] != known["epoch"]
    # The seq of the lost commit was given again, to another one: only the epoch tells them apart.
    assert answer["seq"] == known["seq"]
    records = [row["record"] for row in answer["snapshot"]["coaches"]]
    assert other in records
    assert lost not in records


def test_a_restart_keeps_the_epoch(own_server: Server, gym: Gym, connect: Connect) -> None:
    gym.new("coach")
    known = connect().call("sync", None)["data"]
    own_server.kill()
    own_server.start()
    assert connect().call("sync", {"epoch": known["epoch"], "seq": known["seq"]})["data"]["mode"] == "current"
    own_server.restart()
    assert connect().call("sync", {"epoch": known["epoch"], "seq": known["seq"]})["data"]["mode"] == "current"


@pytest.mark.kinds("sqlite", "sqlite-two", reason="PostgreSQL has no file to put a note beside")
def test_without_a_note_of_how_far_it_was_a_database_counts_as_restored(
    own_server: Server, gym: Gym, connect: Connect
) -> None:
    gym.new("coach")
    known = connect().call("sync", None)["data"]
    own_server.stop()
    Path(f"{own_server.database.path}.seen").unlink()
    own_server.start()
    answer = connect().call("sync", {"epoch": known["epoch"], "seq": known["seq"]})["data"]
    assert answer["mode"] == "snapshot"
    assert answer["epoch"] != known["epoch"]
