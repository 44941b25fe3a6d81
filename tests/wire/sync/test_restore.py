"""A database that was put back from a backup is no continuation: whoever knows its lost future gets a snapshot."""

import shutil
import sqlite3
from pathlib import Path

from tests.support.gym import Gym
from tests.support.server import Server
from tests.wire.conftest import Connect


def _backup(server: Server, path: Path) -> None:
    """Copy the database as SQLite does it, also while it is in use."""
    with sqlite3.connect(str(server.database.path)) as source, sqlite3.connect(path) as target:
        source.backup(target)


def _restore(server: Server, path: Path) -> None:
    server.stop()
    for suffix in ("-wal", "-shm"):
        Path(f"{server.database.path}{suffix}").unlink(missing_ok=True)
    shutil.copy(path, server.database.path)
    server.start()


def test_a_restored_database_has_a_new_epoch(own_server: Server, gym: Gym, connect: Connect, tmp_path: Path) -> None:
    gym.new("coach")
    _backup(own_server, tmp_path / "backup.db")
    lost = gym.new("coach")
    known = connect().call("sync", None)["data"]
    _restore(own_server, tmp_path / "backup.db")
    client = connect()
    other = client.call("new_coach", gym.payload("coach"))["data"]
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
