"""`/metrics`, for Prometheus: see docs/http.md."""

import time
from collections.abc import Callable
from functools import partial

from prometheus_client import CollectorRegistry, Gauge, ProcessCollector, disable_created_metrics

from server.database.bus import Bus
from server.realtime.gateway.connections import Connections
from server.realtime.gateway.gateway import Gateway
from server.realtime.journal.follower import Follower
from server.realtime.mutations.group_commit import GroupCommit
from server.realtime.queries.publisher import Publisher
from server.realtime.transport.client import Client


def metrics(
    gateway: Gateway, group_commit: GroupCommit, publisher: Publisher, follower: Follower, bus: Bus
) -> CollectorRegistry:
    """The metrics of one process. No client can choose the value of a label."""
    # For each counter the time of its first request would be another metric.
    disable_created_metrics()  # type: ignore[no-untyped-call]
    registry = CollectorRegistry()
    connections, started = gateway.connections, time.monotonic()

    def gauge(name: str, text: str, read: Callable[[], float]) -> None:
        Gauge(name, text, registry=registry).set_function(read)

    connected = Gauge("spotter_clients", "Clients connected, by what they are sent.", ["kind"], registry=registry)
    for kind, is_of_kind in _KINDS.items():
        connected.labels(kind).set_function(partial(_count, connections, is_of_kind))
    gauge(
        "spotter_backlog_bytes",
        "Bytes that wait for clients to take them.",
        lambda: sum(client.socket.outbox.backlog for client in connections.clients),
    )
    gauge("spotter_journal_seq", "The newest commit known here.", lambda: follower.seq)
    gauge("spotter_published_seq", "The newest commit sent to clients.", lambda: publisher.seq)
    gauge("spotter_database_up", "1: the database was reached.", lambda: follower.is_up)
    gauge(
        "spotter_database_writable",
        "1: the database took the last write.",
        lambda: follower.is_up and group_commit.writable.problem is None,
    )
    gauge("spotter_bus_up", "1: Redis was reached.", lambda: bool(bus.is_up))
    gauge("spotter_up_seconds", "Time since the start.", lambda: time.monotonic() - started)
    for metric in (gateway.requests, group_commit.sizes, group_commit.seconds, publisher.seconds):
        registry.register(metric)
    # Memory, CPU and open files, where the system has them.
    ProcessCollector(registry=registry)
    return registry


def _count(connections: Connections, is_of_kind: Callable[[Client], bool]) -> int:
    return sum(map(is_of_kind, connections.clients))


_KINDS: dict[str, Callable[[Client], bool]] = {
    "plain": lambda client: client.reads and not client.synced,
    "synced": lambda client: client.reads and client.synced,
    "no_access": lambda client: not client.reads,
}
