"""What two processes need, taken away from them: PostgreSQL and Redis, each the campaign's own."""

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path

import psycopg

from tests.faults.place import planted
from tests.faults.points import PROGRAM
from tests.faults.run import Run, Verdict, run_with
from tests.support.database import NEWEST_COMMIT
from tests.support.postgres_cluster import PostgresCluster, url_of
from tests.support.redis_process import RedisProcess
from tests.support.server import Server
from tests.support.waiting import wait_until

Harm = Callable[[Run, PostgresCluster, RedisProcess], None]


class ClusterDatabase:
    """The gym of a cluster, as a server under test has its database."""

    def __init__(self, cluster: PostgresCluster, *others: PostgresCluster) -> None:
        self._clusters = (cluster, *others)
        # One that stands still takes connections and never answers.
        self.url = f"{url_of(*self._clusters)}&connect_timeout=2" if others else cluster.url

    def newest_commit(self) -> int:
        """The seq of the newest commit of all processes."""
        with self._clusters[-1].connect() as connection:
            row = connection.execute(NEWEST_COMMIT).fetchone()
            assert row is not None
            return int(row[0])

    def drop(self) -> None:
        """It goes with its cluster."""


def redis_stops(place: Path, seed: str, size: int) -> Verdict:
    """Redis ends, and comes back."""
    return _with_services(place, seed, size, "Redis stopped", stop_redis)


def redis_freezes(place: Path, seed: str, size: int) -> Verdict:
    """Redis keeps its connections and does nothing."""
    return _with_services(place, seed, size, "Redis frozen", freeze_redis)


def postgres_restarts(place: Path, seed: str, size: int) -> Verdict:
    """PostgreSQL ends, and comes back."""
    return _with_services(place, seed, size, "PostgreSQL restarted", restart_postgres)


def postgres_freezes(place: Path, seed: str, size: int) -> Verdict:
    """PostgreSQL keeps its connections and does nothing."""
    return _with_services(place, seed, size, "PostgreSQL frozen", freeze_postgres)


def connections_end(place: Path, seed: str, size: int) -> Verdict:
    """All connections to PostgreSQL are ended at a random moment."""
    return _with_services(place, seed, size, "connections ended", end_connections)


def connection_ends_in_commit(place: Path, seed: str, size: int) -> Verdict:
    """A connection is ended inside of COMMIT: the server cannot know that it was committed."""
    return _with_services(place, seed, size, "connection ended in COMMIT", end_in_commit)


def failover(place: Path, seed: str, size: int) -> Verdict:
    """The primary is gone, and the standby, which had every acked commit, takes over; `size` times."""
    verdict = Verdict([])
    for index in range(size):
        one = _fail_over(place / str(index), f"{seed}-{index}")
        verdict.add(one)
    return verdict


def _with_services(place: Path, seed: str, size: int, kind: str, deed: Harm) -> Verdict:
    place.mkdir(parents=True, exist_ok=True)
    with closing(PostgresCluster()) as cluster, closing(RedisProcess(place).start()) as redis:

        def harm(run: Run) -> None:
            for _ in range(size):
                run.rest(0.2, 1.0)
                with run.harm(kind):
                    deed(run, cluster, redis)
            run.rest(0.5, 1.0)

        with two_processes(place, ClusterDatabase(cluster), redis) as server:
            return run_with(server.start(), place, seed, harm, is_patient=False)


@contextmanager
def two_processes(place: Path, database: ClusterDatabase, redis: RedisProcess, **settings: str) -> Iterator[Server]:
    """Two on this database, not started yet."""
    settings = {"REDIS_URL": redis.url, **planted(), **settings}
    server = Server(place, database, settings, PROGRAM, 2)  # type: ignore[arg-type]
    try:
        yield server
    finally:
        if server in server.running:
            server.kill()
        server.leave()


def stop_redis(run: Run, cluster: PostgresCluster, redis: RedisProcess) -> None:
    """Redis ends, and comes back."""
    redis.kill()
    run.rest(0.1, 2.0)
    redis.start()


def freeze_redis(run: Run, cluster: PostgresCluster, redis: RedisProcess) -> None:
    """Redis does nothing for a while."""
    redis.freeze()
    run.rest(0.1, 2.0)
    redis.thaw()


def restart_postgres(run: Run, cluster: PostgresCluster, redis: RedisProcess) -> None:
    """PostgreSQL ends, and comes back."""
    cluster.stop()
    run.rest(0.0, 1.5)
    cluster.start()


def freeze_postgres(run: Run, cluster: PostgresCluster, redis: RedisProcess) -> None:
    """PostgreSQL does nothing for a while."""
    cluster.freeze()
    run.rest(0.1, 2.5)
    cluster.thaw()


def end_connections(run: Run, cluster: PostgresCluster, redis: RedisProcess) -> None:
    """All connections to PostgreSQL end."""
    with cluster.connect() as connection:
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = 'gym' AND pid <> pg_backend_pid()"
        )


def end_in_commit(run: Run, cluster: PostgresCluster, redis: RedisProcess) -> None:
    """A commit that waits for a standby is durable already, and whoever asked for it is told that it was cut off."""
    with cluster.connect() as connection:
        connection.autocommit = True
        _wait_for_standby(connection, "nobody")
        waiting = "SELECT pid FROM pg_stat_activity WHERE datname = 'gym' AND wait_event = 'SyncRep'"
        found: list[int] = []

        def look() -> bool:
            found.extend(pid for (pid,) in connection.execute(waiting).fetchall())
            return bool(found)

        wait_until(look, "somebody is in COMMIT", 60)
        connection.execute("SELECT pg_terminate_backend(%s)", [found[0]])
        _wait_for_standby(connection, "")


def follow(primary: PostgresCluster) -> None:
    """From now on nothing is acked that the standby does not have."""
    with primary.connect() as connection:
        connection.autocommit = True
        _wait_for_standby(connection, "*")
        in_step = "SELECT count(*) FROM pg_stat_replication WHERE state = 'streaming' AND sync_state = 'sync'"
        wait_until(lambda: connection.execute(in_step).fetchone() == (1,), "the standby follows", 60)


def fail_over(run: Run, primary: PostgresCluster, standby: PostgresCluster) -> None:
    """The primary does nothing any more, and the standby takes over."""
    primary.freeze()
    standby.take_over()
    time.sleep(run.chance.random())


def _wait_for_standby(connection: "psycopg.Connection[tuple[object, ...]]", name: str) -> None:
    """Let COMMIT wait for a standby of this name, or for none."""
    connection.execute(f"ALTER SYSTEM SET synchronous_standby_names = '{name}'")
    connection.execute("SELECT pg_reload_conf()")


def _fail_over(place: Path, seed: str) -> Verdict:
    place.mkdir(parents=True, exist_ok=True)
    with ExitStack() as stack:
        primary = stack.enter_context(closing(PostgresCluster()))
        standby = stack.enter_context(closing(PostgresCluster(primary)))
        redis = stack.enter_context(closing(RedisProcess(place).start()))
        follow(primary)

        def harm(run: Run) -> None:
            run.rest(0.5, 2.0)
            with run.harm("failed over"):
                fail_over(run, primary, standby)
            run.rest(1.0, 2.0)

        server = stack.enter_context(two_processes(place, ClusterDatabase(primary, standby), redis))
        return run_with(server.start(), place, seed, harm, is_patient=False, clients=8, processes=2)
