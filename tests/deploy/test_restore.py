"""A live PostgreSQL database is saved and restored: no client keeps a record of a commit that is lost."""

import uuid
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.deploy.saving import Writer, restore_in_place, save
from tests.support.database import contents
from tests.support.observer import Observer
from tests.support.postgres import PostgresDatabase
from tests.support.redis import URL as REDIS_URL
from tests.support.redis import need_redis
from tests.support.server import Server
from tests.support.socketio_client import Client
from tests.support.waiting import wait_until


@dataclass
class Gym:
    """Two processes, and a synced client at each of them."""

    database: PostgresDatabase
    servers: tuple[Server, Server]
    observers: tuple[Observer, Observer]


@pytest.fixture
def gym(new_database: Callable[[], PostgresDatabase], tmp_path: Path) -> Iterator[Gym]:
    """Of this test alone."""
    need_redis()
    with ExitStack() as stack:
        database = new_database()
        stack.callback(database.drop)
        servers = []
        for name in ("one", "other"):
            (tmp_path / name).mkdir()
            servers.append(Server(tmp_path / name, database, {"REDIS_URL": REDIS_URL}))
            stack.callback(servers[-1].leave)
            servers[-1].start()
        one, other = servers
        observers = Observer(one, synced=True), Observer(other, synced=True)
        for observer in observers:
            stack.callback(observer.close)
        yield Gym(database, (one, other), observers)


def names(gym: Gym) -> set[str]:
    """Of the coaches in the database's table."""
    columns = contents(gym.database.url)["coaches"]
    return {
        value for row in columns for value in row if isinstance(value, str) and value and not value.startswith("http")
    }


def save_while_writing(gym: Gym, dump: Path) -> None:
    """A dump made during writes."""
    writer = Writer(gym.servers[0])
    writer.start()
    try:
        wait_until(lambda: writer.writes > 20 or writer.failure is not None, "writes go on")
        before = writer.writes
        save(gym.database, dump)
        assert writer.writes > before, "nothing was written meanwhile"
    finally:
        writer.finish()


def live_on(gym: Gym) -> tuple[dict[str, Any], tuple[Any, ...]]:
    """Writes that will be lost, sent to all clients. Returns the cursor of such a client, and one of the requests."""
    with closing(Client(gym.servers[1].port)) as client:
        kept = client.ok("new_coach", {"name": "Lost Later", "age": 30})
        client.ok("update_coach", {"id": kept["id"], "name": "Lost Otherwise"})
        request = "new_coach", {"name": "Lost Future", "age": 30}, {"op": str(uuid.uuid4())}
        seq = client.call(*request)["meta"]["seq"]
    for observer in gym.observers:
        observer.read_until(lambda replica: replica.cursor["seq"] >= seq, "the future")
    cursor = gym.observers[0].replica.cursor
    assert cursor is not None
    return dict(cursor), request


def assert_begun_anew(gym: Gym, cursor: dict[str, Any], request: tuple[Any, ...]) -> None:
    """Everybody has the restored state under a new epoch, also who comes later, and it goes on from there."""
    for observer in gym.observers:
        observer.read_until(lambda replica: replica.cursor["epoch"] != cursor["epoch"], "a new epoch")
    epoch = gym.observers[0].replica.cursor["epoch"]
    # Enough for the seqs of the lost commits to be given again, to others.
    with closing(Client(gym.servers[0].port)) as client:
        seq = 0
        while seq <= cursor["seq"]:
            seq = client.call("new_coach", {"name": "Found", "age": 30}, {})["meta"]["seq"]
        again = client.call(*request)
        assert again["ok"] and "replayed" not in again["meta"], "what was lost can be done again"
        newest = client.call("delete_coach", again["data"]["id"], {})["meta"]["seq"]
    for server, observer in zip(gym.servers, gym.observers, strict=True):
        observer.read_until(lambda replica: replica.cursor["seq"] >= newest, "all that was written since")
        with closing(Client(server.port, auth={"sync": cursor})) as client:
            late = client.next_event("sync").args[0]
        assert late["mode"] == "snapshot", "it knows a future that is lost"
        assert {late["epoch"], observer.replica.cursor["epoch"]} == {epoch}
        assert {
            channel: {row["record"]["id"]: (row["rev"], row["record"]) for row in rows}
            for channel, rows in late["snapshot"].items()
        } == observer.replica.channels
        coaches = {record["name"] for record in observer.replica.arrays["coaches"]}
        assert coaches == names(gym) and not {name for name in coaches if "Lost" in name}
        assert "Found" in coaches


def test_restored_in_place_while_the_servers_run(gym: Gym, tmp_path: Path) -> None:
    save_while_writing(gym, tmp_path / "gym.dump")
    cursor, request = live_on(gym)
    assert not restore_in_place(gym.database, tmp_path / "gym.dump")
    assert_begun_anew(gym, cursor, request)
    assert not any("Traceback" in server.log() for server in gym.servers)


def test_restored_in_place_during_writes(gym: Gym, tmp_path: Path) -> None:
    save_while_writing(gym, tmp_path / "gym.dump")
    cursor, request = live_on(gym)
    writer = Writer(gym.servers[1])
    writer.start()
    try:
        wait_until(lambda: writer.writes > 20 or writer.failure is not None, "writes go on")
        # In a deadlock either of the two is cancelled. Then nothing was restored, and it is tried again.
        while complaint := restore_in_place(gym.database, tmp_path / "gym.dump"):
            assert "deadlock detected" in complaint
        for observer in gym.observers:
            observer.read_until(lambda replica: replica.cursor["epoch"] != cursor["epoch"], "a new epoch")
        before = writer.writes
        wait_until(lambda: writer.writes > before + 20 or writer.failure is not None, "writes go on after it")
    finally:
        writer.finish()
    assert_begun_anew(gym, cursor, request)


def test_restored_into_a_new_database_while_the_servers_are_stopped(gym: Gym) -> None:
    with closing(Client(gym.servers[0].port)) as client:
        client.ok("new_coach", {"name": "Kept", "age": 30})
    put_back = gym.database.back_up()
    cursor, request = live_on(gym)
    for server in gym.servers:
        server.stop()
    put_back()
    for server, observer in zip(gym.servers, gym.observers, strict=True):
        server.start()
        observer.come_back()
    assert_begun_anew(gym, cursor, request)
    assert "Kept" in names(gym)
    assert not any("Traceback" in server.log() for server in gym.servers)
