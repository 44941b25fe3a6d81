"""Harm of all kinds in one run: by groups, one after the other in each, all groups at the same time.

A round is every kind once, in an order of the seed. Both begin with the last version, and upgrade while all goes on.
"""

import os
import shutil
import signal
import threading
from collections.abc import Mapping
from contextlib import ExitStack, closing
from pathlib import Path

from tests.faults import power_cut
from tests.faults.kinds import crowds, disks, kills, services, upgrades
from tests.faults.mixing import LINES, Deed, Group, holding, insisting, mix
from tests.faults.own_process import forked, with_own_process
from tests.faults.place import sqlite_server, start_at_last
from tests.faults.points import MIGRATION
from tests.faults.run import Run, Verdict
from tests.support.disk import mounted
from tests.support.postgres_cluster import PostgresCluster
from tests.support.redis_process import RedisProcess

_EVERYWHERE = {*LINES, "upgrades", "clients-stopped", "stalled-readers", "hostile-frames", "floods"}
# What is not in the plan by itself.
MORE = {"restarts, one after the other"}
# What is left out where it cannot be done.
PRIVILEGED = {"disk-full", "power-cuts"}
# What a round of each has.
KINDS = {
    "mixed-sqlite": {
        *_EVERYWHERE,
        *PRIVILEGED,
        *("kill-sqlite", "kill-at-checkpoints", "file-locked", "file-gone", "file-replaced", "clock-jumps"),
    },
    "mixed-postgres": {
        *(*_EVERYWHERE, *MORE, "kill-postgres", "kill-one-of-two", "one-row", "redis-stopped", "redis-frozen"),
        *("postgres-restarted", "postgres-frozen", "connections-ended", "connection-ended-in-commit", "failover"),
    },
}


def sqlite(place: Path, seed: str, size: int) -> Verdict:
    """One process on a file, `size` rounds. What this machine does not allow is left out."""
    place.mkdir(parents=True, exist_ok=True)
    clock, log = place / "clock", place / "unsynced.log"
    # No start while the file is away: it would be that of a gym without one. No cut of a disk that is full.
    there, room = threading.Lock(), threading.Lock()
    with ExitStack() as stack:
        where, files = place / "gym", dict[str, Deed]()
        if os.geteuid() == 0:
            where = stack.enter_context(mounted(place / "disk", "size=60m")) / "gym"
            files["disk-full"] = holding(room, disks.fill_disk)
        # Nothing less than FULL outlives a power cut.
        opened = sqlite_server(where, SQLITE_SYNCHRONOUS="FULL", CLOCK=str(clock), RATE_LIMIT="1000")
        server = stack.enter_context(opened)
        # Not on a disk that will be full, and gone.
        server.log_path = place / "server.log"
        starts = {
            "kill-sqlite": holding(there, _kill),
            "kill-at-checkpoints": holding(there, lambda run: kills.at_checkpoint(run, run.chance.randrange(4))),
        }
        if shutil.which("gcc"):
            preload = power_cut.environment(power_cut.build(place), where / "gym.db", log)
            starts["power-cuts"] = holding(there, holding(room, lambda run: _cut_power(run, preload, log)))
        files |= {
            "file-locked": disks.lock,
            "file-gone": holding(there, disks.move_away),
            "file-replaced": holding(there, disks.replace),
            "clock-jumps": lambda run: disks.jump(run, clock),
        }
        groups = [Group(starts, first={"upgrades": holding(there, _upgrade)}), Group(files), _crowds()]
        return mix(upgrades.as_it_was(server, upgrades.last_version(place)), place, seed, size, groups)


def postgres(place: Path, seed: str, size: int) -> Verdict:
    """Two processes with PostgreSQL and Redis, `size` rounds, and in the end a failover."""
    place.mkdir(parents=True, exist_ok=True)
    with ExitStack() as stack:
        primary = stack.enter_context(closing(PostgresCluster()))
        standby = stack.enter_context(closing(PostgresCluster(primary)))
        redis = stack.enter_context(closing(RedisProcess(place).start()))

        def of(deed: services.Harm) -> Deed:
            return lambda run: deed(run, primary, redis)

        def fail_over(run: Run) -> None:
            services.follow(primary)
            run.rest()
            services.fail_over(run, primary, standby)

        starts = {
            "kill-postgres": _kill,
            "kill-one-of-two": kills.one_of_them,
            "restarts, one after the other": _restart_each,
        }
        database = {
            "postgres-restarted": of(services.restart_postgres),
            "postgres-frozen": of(services.freeze_postgres),
            "connections-ended": of(services.end_connections),
            "connection-ended-in-commit": of(services.end_in_commit),
        }
        redises = {"redis-stopped": of(services.stop_redis), "redis-frozen": of(services.freeze_redis)}
        groups = [
            Group(starts, first={"upgrades": _upgrade}),
            Group(database, last={"failover": fail_over}),
            Group(redises),
            _crowds(**{"one-row": _wait_for_edits}),
        ]
        gym = services.ClusterDatabase(primary, standby)
        server = stack.enter_context(services.two_processes(place, gym, redis, RATE_LIMIT="1000"))
        return mix(upgrades.as_it_was(server, upgrades.last_version(place)), place, seed, size, groups)


def _crowds(**more: Deed) -> Group:
    """What clients do."""
    return Group(
        {
            "clients-stopped": lambda run: crowds.stop_clients(run, run.chance.uniform(1.0, 4.0)),
            "stalled-readers": insisting(lambda run: crowds.stall(run, 2)),
            "hostile-frames": lambda run: crowds.attack(run, 500),
            "floods": insisting(crowds.flood),
            **more,
        }
    )


def _kill(run: Run) -> None:
    kills.at_a_point(run)
    run.rest()
    kills.at_a_random_moment(run)


def _restart_each(run: Run) -> None:
    for process in run.server.processes:
        kills.restart(run, process, signal.SIGTERM)
        run.rest()


def _upgrade(run: Run) -> None:
    run.rest(1.0, 2.0)
    upgrades.upgrade(run, run.chance.choice(("", *MIGRATION)))


def _cut_power(run: Run, preload: Mapping[str, str], log: Path) -> None:
    """Cut it from a process whose writes are noted; the server before and after is another."""
    run.server.kill()
    settings = dict(run.server.settings)
    run.server.settings |= preload
    with_own_process(run.server)
    start_at_last(run.server)
    run.rest(0.5, 1.5)
    run.server.kill()
    power_cut.cut(log, run.chance)
    run.server.settings.clear()
    run.server.settings.update(settings)
    forked(run.server)
    start_at_last(run.server)


def _wait_for_edits(run: Run) -> None:
    """Of the one row that some clients edit all the time, while all else goes on."""
    run.rest(2.0, 3.0)
