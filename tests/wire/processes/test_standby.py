"""A standby takes over from a PostgreSQL that is lost: the servers run on, with what it had."""

from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import psycopg
import pytest

from tests.support.database import NEWEST_COMMIT
from tests.support.gym import Gym
from tests.support.observer import Observer
from tests.support.postgres_cluster import PostgresCluster, url_of
from tests.support.server import Server
from tests.support.socketio_client import Client
from tests.support.waiting import wait_until
from tests.wire.processes.conftest import Shared


@pytest.fixture
def postgres() -> Iterator[PostgresCluster]:
    """Another one for each test, which loses it."""
    with closing(PostgresCluster()) as own:
        yield own


@pytest.fixture
def standby(postgres: PostgresCluster) -> Iterator[PostgresCluster]:
    """It follows the primary as long as it runs."""
    with closing(PostgresCluster(primary=postgres)) as own:
        yield own


@pytest.fixture
def server(postgres: PostgresCluster, standby: PostgresCluster, tmp_path: Path) -> Iterator[Server]:
    """It knows where both are, and uses the one that takes writes."""
    with closing(Server(tmp_path, Shared(url_of(postgres, standby)))) as own:
        yield own.start()


def _newest_commit(postgres: PostgresCluster) -> int:
    """The one that this server of PostgreSQL has, a standby too; 0 before it has the tables."""
    with postgres.connect() as connection:
        try:
            row = connection.execute(NEWEST_COMMIT).fetchone()
        except psycopg.errors.UndefinedTable:
            return 0
    return int(row[0]) if row else 0


@pytest.mark.parametrize(
    ("meanwhile", "loss"),
    [("running", PostgresCluster.stop), ("stopped", PostgresCluster.stop), ("running", PostgresCluster.freeze)],
    ids=["running", "stopped", "silent"],
)
def test_a_standby_takes_over_and_what_it_did_not_have_is_forgotten(
    meanwhile: str,
    loss: Callable[[PostgresCluster], None],
    server: Server,
    postgres: PostgresCluster,
    standby: PostgresCluster,
) -> None:
    with closing(Client(server.port)) as client:
        gym = Gym(client)
        kept = client.call("new_coach", gym.payload("coach", name="Kept"), {})
        wait_until(lambda: _newest_commit(standby) == kept["meta"]["seq"], "the standby has it")
        standby.stop()
        client.ok("update_coach", {"id": kept["data"]["id"], "name": "Lost Otherwise"})
        lost = client.call("new_coach", gym.payload("coach", name="Lost"), {})["meta"]["seq"]
    with closing(Observer(server, synced=True)) as observer:
        cursor = dict(observer.replica.cursor or {})
        assert cursor["seq"] == lost
        if meanwhile == "stopped":
            server.stop()
        loss(postgres)
        standby.start()
        standby.take_over()
        if meanwhile == "stopped":
            server.start()
            observer.come_back()
        # A silent server is noticed after 3 s, and each new connection looks for it 2 s more.
        observer.read_until(lambda replica: replica.cursor["epoch"] != cursor["epoch"], "a new epoch", 20)
        with closing(Client(server.port)) as client:
            gym, seq = Gym(client), 0
            # The numbers of what was lost are given again, to others.
            while seq <= lost:
                seq = client.call("new_exercise_move", gym.payload("exercise_move"), {})["meta"]["seq"]
        observer.read_until(lambda replica: replica.cursor["seq"] >= seq, "all that was written since")
        assert [record["name"] for record in observer.replica.arrays["coaches"]] == ["Kept"]
    with closing(Client(server.port, auth={"sync": cursor})) as late:
        answer = late.next_event("sync").args[0]
    assert answer["mode"] == "snapshot", "it knows a future that is lost"
