"""What is measured. Each scenario starts its servers, lets them take turns, and judges the
figures by the targets of the issue that asked for them."""

import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

from bench import batches, first_load, million, one_batch, renames, subscriptions, week
from bench.load import Lane, Load, ratio, take_turns
from bench.others import batching, echo, feathers, naive, pocketbase, raw
from bench.outcome import GYM, Finding, Outcome, Pace, Say, at_least, at_most
from bench.servers import Server, ours, ours_on_postgresql


def acks(folder: Path, pace: Pace, say: Say) -> Outcome:
    """Issue 2: how far the work of a write keeps us behind a server that does none."""
    with ExitStack() as stack:
        bare = stack.enter_context(echo(folder))
        own = stack.enter_context(ours(folder))
        one = Load(audience="plain", writers=1, seconds=pace.seconds)
        ten = replace(one, writers=10)
        pipelined = replace(one, in_flight=16)
        lanes = {
            (server.name, label): Lane(f"{server.name}, {label}", server, load, pace.rounds)
            for label, load in (("one", one), ("ten", ten), ("one, 16 in flight", pipelined))
            for server in (own, bare)
        }
        take_turns(list(lanes.values()), say)
    share = ratio(lanes["ours", "one"], lanes["echo", "one"], "acked_per_s")
    deep = "one, 16 in flight"
    share_pipelined = ratio(lanes["ours", deep], lanes["echo", deep], "acked_per_s")
    growth = ratio(lanes["ours", "ten"], lanes["ours", "one"], "acked_per_s")
    return Outcome(
        list(lanes.values()),
        [
            at_least("acks/s on one connection, of a bare echo's", share, 0.2),
            at_least("the same with 16 writes in flight", share_pipelined, 0.2),
            Finding("acks/s on ten connections, of those on one", growth, "x", "more than", 1),
        ],
    )


def connect(folder: Path, pace: Pace, say: Say) -> Outcome:
    """Issue 2: nothing is dumped again for a client that connects."""
    clients = Load(audience="plain", subscribers=20, at_once=4)
    with ExitStack() as stack:
        servers = [stack.enter_context(naive(folder)), stack.enter_context(ours(folder))]
        lanes = {server.name: Lane(server.name, server, clients, pace.rounds) for server in servers}
        take_turns(list(lanes.values()), say)
    saved = ratio(lanes["naive"], lanes["ours"], "connect_cpu_ms")
    return Outcome(
        list(lanes.values()),
        [at_least("CPU of a connect, 1,000 schedules: less than naive's, which dumps", saved, 10)],
    )


def fanout(folder: Path, pace: Pace, say: Say) -> Outcome:
    """Issue 3: what a write costs and how long it takes until everybody has seen it."""
    synced = replace(GYM, seconds=pace.seconds)
    plain = replace(synced, audience="plain")
    with ExitStack() as stack:
        own, slow, peer = (stack.enter_context(start(folder)) for start in (ours, naive, feathers))
        writes = Lane("ours", own, synced, pace.rounds)
        to_plain = Lane("ours, plain clients", own, plain, pace.rounds)
        by_feathers = Lane("feathers", peer, synced, pace.rounds)
        # A naive server takes 20 s to let 210 clients in, and is the same for both fields.
        by_naive = Lane("naive", slow, plain, pace.naive_rounds)
        names = Lane("ours, names", own, replace(synced, write="name"), pace.rounds)
        names_to_plain = Lane("ours, names, plain clients", own, replace(plain, write="name"), pace.rounds)
        names_by_feathers = Lane("feathers, names", peer, replace(synced, write="name"), pace.rounds)
        lanes = [writes, by_feathers, to_plain, names, names_to_plain, names_by_feathers, by_naive]
        take_turns(lanes, say)
    cpu, pace_of, sight = "cpu_ms_per_write", "acked_per_s", "seen_ms_p99"
    return Outcome(
        lanes,
        [
            at_least("CPU per write: less than naive's", ratio(by_naive, writes, cpu), 150),
            at_least("CPU per write: less than Feathers'", ratio(by_feathers, writes, cpu), 4),
            at_least("acked/s, of Feathers'", ratio(writes, by_feathers, pace_of), 3),
            at_least("seen by all, p99: shorter than Feathers'", ratio(by_feathers, writes, sight), 3),
            at_least("200 plain clients, CPU: less than naive's", ratio(by_naive, to_plain, cpu), 10),
            at_least(
                "the same when names change, and 1,000 schedules with them",
                ratio(by_naive, names_to_plain, cpu),
                10,
            ),
            Finding("names in 50 classes, CPU: less than naive's", ratio(by_naive, names, cpu)),
            Finding(
                "names in 50 classes, CPU: less than Feathers', which leaves them stale",
                ratio(names_by_feathers, names, cpu),
            ),
        ],
    )


def one_writer(folder: Path, pace: Pace, say: Say) -> Outcome:
    """Issue 3: with one writer there is nothing to put together in one broadcast."""
    load = replace(GYM, writers=1, seconds=pace.seconds)
    with ExitStack() as stack:
        own, peer = (stack.enter_context(start(folder)) for start in (ours, feathers))
        by_us = Lane("ours, one writer", own, load, pace.rounds)
        by_feathers = Lane("feathers, one writer", peer, load, pace.rounds)
        take_turns([by_us, by_feathers], say)
    less = ratio(by_feathers, by_us, "cpu_ms_per_write")
    finding = Finding("one writer, CPU: less than Feathers'", less, "x", "more than", 1)
    return Outcome([by_us, by_feathers], [finding])


def rows(folder: Path, pace: Pace, say: Say) -> Outcome:
    """Issue 3: what a write costs does not depend on how much there is."""
    load = replace(GYM, seconds=pace.seconds, returning=True)
    with ExitStack() as stack:
        few = stack.enter_context(ours(folder, 100, name="few"))
        many = stack.enter_context(ours(folder, pace.many_rows, name="many"))
        small = Lane("ours, 100 schedules", few, load, pace.rounds)
        large = Lane(f"ours, {pace.many_rows:,} schedules", many, load, pace.rounds)
        take_turns([small, large], say)
    growth = ratio(large, small, "cpu_ms_per_write")
    text = f"CPU per write at {pace.many_rows:,} schedules, of that at 100"
    return Outcome([small, large], [at_most(text, growth, 1.2)])


def storm(folder: Path, pace: Pace, say: Say) -> Outcome:
    """Issue 3: everybody comes at once, as after a restart."""
    crowd = Load(audience="synced", subscribers=1000, at_once=1000)
    with ours(folder) as own:
        synced = Lane("ours, 1,000 synced", own, crowd, pace.storms)
        plain = Lane("ours, 1,000 plain", own, replace(crowd, audience="plain"), pace.storms)
        take_turns([synced, plain], say)
    return Outcome(
        [synced, plain],
        [
            at_most(
                "1,000 clients at once: the last has its snapshot",
                synced.median("connect_s"),
                10,
                "s",
            ),
            at_most("the same with plain clients and four arrays", plain.median("connect_s"), 10, "s"),
        ],
    )


def _warm_up(server: Server) -> None:
    """A server's first clients make it allocate what it keeps for all: not what one client costs."""
    take_turns([Lane("warm-up", server, Load(audience="synced", subscribers=50))])
    time.sleep(0.5)


def memory(folder: Path, pace: Pace, say: Say) -> Outcome:
    """Issue 12: what a connection costs that does nothing."""
    idle = Load(audience="synced", subscribers=pace.idle_clients, hold=pace.hold)
    lanes = []
    for start in (ours, echo, feathers, batching, raw, pocketbase):
        with start(folder) as server:
            _warm_up(server)
            lane = Lane(f"{server.name}, idle", server, idle)
            take_turns([lane], say)
            lanes.append(lane)
    finding = at_most("memory per idle connection", lanes[0].median("kb_per_connection"), 30, "KB")
    return Outcome(lanes, [finding])


def durability(folder: Path, pace: Pace, say: Say) -> Outcome:
    """Issue 3: what it costs that an acked write survives a power cut."""
    watched = replace(GYM, seconds=pace.seconds)
    alone = replace(watched, subscribers=0)
    with ExitStack() as stack:
        full = stack.enter_context(ours(folder, synchronous="FULL", name="full"))
        normal = stack.enter_context(ours(folder, synchronous="NORMAL", name="normal"))
        lanes = [
            Lane(f"ours, {server.name}{note}", server, load, pace.rounds)
            for note, load in (("", watched), (", nobody looks on", alone))
            for server in (full, normal)
        ]
        take_turns(lanes, say)
    return Outcome(
        lanes,
        [
            at_least("acked/s, FULL of NORMAL", ratio(lanes[0], lanes[1], "acked_per_s"), 0.7),
            at_least("the same with no subscribers", ratio(lanes[2], lanes[3], "acked_per_s"), 0.7),
        ],
    )


def processes(folder: Path, pace: Pace, say: Say) -> Outcome:
    """Issue 6: PostgreSQL instead of a file, and two processes instead of one."""
    load = replace(GYM, seconds=pace.seconds)
    both = replace(load, subscribers=400)
    with ExitStack() as stack:
        file, peer = (stack.enter_context(start(folder)) for start in (ours, feathers))
        one, two = (stack.enter_context(ours_on_postgresql(folder, count)) for count in (1, 2))
        # A server's first writes open the connections whose processes are to be counted.
        take_turns([Lane("first", server, replace(load, subscribers=0, seconds=0.5)) for server in (one, two)])
        on_file = Lane("ours, SQLite, 1 process", file, load, pace.rounds)
        on_one = Lane(one.name, one, load, pace.rounds)
        on_two = Lane(f"{two.name}, 200 on each", two, both, pace.rounds)
        one_for_all = Lane(f"{one.name}, all 400 on it", one, both, pace.rounds)
        by_feathers = Lane("feathers", peer, load, pace.rounds)
        lanes = [on_file, on_one, on_two, one_for_all, by_feathers]
        take_turns(lanes, say)
    return Outcome(
        lanes,
        [
            at_least(
                "PostgreSQL, one process: acked/s, of Feathers' on SQLite",
                ratio(on_one, by_feathers, "acked_per_s"),
                1,
            ),
            Finding("the same, of ours on SQLite", ratio(on_one, on_file, "acked_per_s")),
            Finding("two processes, 400 clients: acked/s, of one with 400", ratio(on_two, one_for_all, "acked_per_s")),
            Finding("the same: CPU per write, database included", ratio(on_two, one_for_all, "cpu_ms_per_write")),
        ],
    )


def growth(folder: Path, pace: Pace, say: Say) -> Outcome:
    """Issue 6: how the cost of a write grows with processes, subscribers and rows."""
    lanes = []
    for count in (1, 2, 4):
        with ours_on_postgresql(folder, count) as server:
            take_turns([Lane("first", server, replace(GYM, subscribers=0, seconds=0.5))])
            loads = [replace(GYM, subscribers=people, seconds=pace.seconds) for people in (100, 400, 1600)]
            some = [
                Lane(f"{server.name}, {one.subscribers:,} clients", server, one, pace.naive_rounds) for one in loads
            ]
            take_turns(some, say)
            lanes += some
    with ours_on_postgresql(folder, 1, pace.many_rows) as server:
        load = replace(GYM, seconds=pace.seconds, subscribers=100, returning=True)
        take_turns([Lane("first", server, replace(load, subscribers=0, seconds=0.5))])
        large = Lane(f"{server.name}, 100 clients, {pace.many_rows:,} schedules", server, load, pace.naive_rounds)
        take_turns([large], say)
    cpu = "cpu_ms_per_write"
    return Outcome(
        [*lanes, large],
        [
            Finding("16 times the clients, one process: CPU per write", ratio(lanes[2], lanes[0], cpu)),
            Finding("4 processes for 1,600 clients, of one: CPU per write", ratio(lanes[8], lanes[2], cpu)),
            Finding(f"{pace.many_rows:,} schedules for 1,000: CPU per write", ratio(large, lanes[0], cpu)),
        ],
    )


def _grown(lane: Lane) -> float:
    """MB that the server's memory grew by while the lane wrote, in its worst round."""
    return max(run["rss_kb_after"] - run["rss_kb_connected"] for run in lane.runs) / 1024


def stalled(folder: Path, pace: Pace, say: Say) -> Outcome:
    """Issue 3: a client that stops reading is its own problem."""
    fine = replace(GYM, seconds=pace.seconds)
    # A new name makes the server send all schedules again: a stuck client misses a lot.
    heavy = replace(fine, audience="plain", write="name")
    with ours(folder) as own:
        all_read = Lane("ours, all read", own, fine, pace.rounds)
        one_stuck = Lane("ours, one stalled", own, replace(fine, subscribers=201, stalled=1), pace.rounds)
        arrays = Lane("ours, names, plain, all read", own, heavy, pace.rounds)
        five_stuck = replace(heavy, subscribers=205, stalled=5)
        stuck_arrays = Lane("ours, names, plain, five stalled", own, five_stuck, pace.rounds)
        take_turns([all_read, one_stuck, arrays, stuck_arrays], say)
    return Outcome(
        [all_read, one_stuck, arrays, stuck_arrays],
        [
            at_most(
                "a stalled reader: the others' p99, of a run without",
                ratio(one_stuck, all_read, "seen_ms_p99"),
                1.2,
            ),
            at_most(
                "five stalled plain readers: memory grows more than without by",
                _grown(stuck_arrays) - _grown(arrays),
                16,
                "MB",
            ),
        ],
    )


SCENARIOS: dict[str, Callable[[Path, Pace, Say], Outcome]] = {
    "acks": acks,
    "connect": connect,
    "fanout": fanout,
    "one-writer": one_writer,
    "batches": batches.batches,
    "one-batch": one_batch.one_batch,
    "renames": renames.renames,
    "renames-of-many": renames.renames_of_many,
    "subscriptions": subscriptions.subscriptions,
    "million": million.million,
    "week": week.week,
    "rows": rows,
    "storm": storm,
    "memory": memory,
    "durability": durability,
    "stalled": stalled,
    "first-load": first_load.first_load,
    "processes": processes,
    "growth": growth,
}
