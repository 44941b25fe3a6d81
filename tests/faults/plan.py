"""What a whole campaign does: each kind of harm, how often, and how often in one run."""

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from tests.faults.kinds import crowds, disks, frames, kills, mixed, rights, services, upgrades
from tests.faults.run import Verdict


class Planned(NamedTuple):
    """`run(place, seed, size)` does it `size` times; a whole campaign `times`, `each` in one run."""

    run: Callable[[Path, str, int], Verdict]
    times: int
    each: int


PLAN = {
    "kill-sqlite": Planned(kills.kill_sqlite, 240, 20),
    "kill-sqlite-while-trimming": Planned(kills.kill_sqlite_while_trimming, 40, 10),
    "kill-at-checkpoints": Planned(kills.kill_at_checkpoints, 20, 10),
    "kill-postgres": Planned(kills.kill_postgres, 60, 10),
    "lost-frames": Planned(frames.lost_frames, 1000, 250),
    "doubled-frames": Planned(frames.doubled_frames, 1000, 250),
    "delayed-frames": Planned(frames.delayed_frames, 500, 250),
    "reordered-frames": Planned(frames.reordered_frames, 500, 250),
    "cuts": Planned(frames.cut_connections, 1000, 250),
    "half-open": Planned(frames.half_open_connections, 60, 20),
    "redis-stopped": Planned(services.redis_stops, 30, 15),
    "redis-frozen": Planned(services.redis_freezes, 30, 15),
    "postgres-restarted": Planned(services.postgres_restarts, 30, 10),
    "postgres-frozen": Planned(services.postgres_freezes, 30, 10),
    "connections-ended": Planned(services.connections_end, 30, 15),
    "connection-ended-in-commit": Planned(services.connection_ends_in_commit, 30, 15),
    "failover": Planned(services.failover, 30, 5),
    "disk-full": Planned(disks.full_disk, 30, 15),
    "file-locked": Planned(disks.locked_file, 30, 15),
    "file-gone": Planned(disks.file_gone, 30, 15),
    "file-replaced": Planned(disks.file_replaced, 30, 15),
    "clock-jumps": Planned(disks.clock_jumps, 30, 15),
    "power-cuts": Planned(disks.power_cuts, 30, 10),
    "stalled-readers": Planned(crowds.stalled_readers, 60, 30),
    "clients-stopped": Planned(crowds.stopped_clients, 2, 1),
    "hostile-frames": Planned(crowds.hostile_frames, 100_000, 25_000),
    "floods": Planned(crowds.floods, 30, 15),
    "many-clients": Planned(crowds.many_clients, 500, 500),
    "one-row": Planned(crowds.one_row, 10_000, 10_000),
    "upgrades": Planned(upgrades.upgrades, 20, 10),
    "rights": Planned(rights.change_rights, 30, 10),
    "kill-one-of-two": Planned(kills.kill_one_of_two, 40, 10),
    "mixed-sqlite": Planned(mixed.sqlite, 30, 1),
    "mixed-postgres": Planned(mixed.postgres, 30, 1),
}

# Which kind finds which planted fault, and how often the harm is done until then at most.
FINDS = {
    "ack_before_commit": ("kill-sqlite", 10),
    "base_ignored": ("kill-sqlite", 2),
    "copy_mended_out_of_order": ("kill-sqlite", 2),
    "copy_not_mended": ("kill-sqlite", 2),
    "delta_without_deletes": ("kill-sqlite", 4),
    "floor_too_low": ("kill-sqlite-while-trimming", 4),
    "older_array_after_newer": ("kill-sqlite", 2),
    "op_forgotten_at_restart": ("kill-sqlite", 10),
    "op_shared_by_two_events": ("kill-sqlite", 6),
    "presence_leaked": ("rights", 2),
    "rights_looked_at_once": ("rights", 2),
    "rows_lost_by_a_rewrite": ("kill-sqlite", 2),
    "seq_skipped": ("kill-sqlite", 2),
    "seq_taken_twice": ("kill-sqlite", 2),
    "snapshot_from_before_the_join": ("kill-sqlite", 2),
    "undo_without_conflict": ("kill-sqlite", 4),
}
