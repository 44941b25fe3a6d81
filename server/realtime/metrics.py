"""`/metrics`, for Prometheus: numbers that the parts keep anyway, read when somebody asks. See docs/http.md."""

import time
from collections.abc import Iterator
from itertools import accumulate

from prometheus_client import CollectorRegistry
from prometheus_client import ProcessCollector
from prometheus_client.core import CounterMetricFamily
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.core import HistogramMetricFamily
from prometheus_client.exposition import choose_encoder
from prometheus_client.metrics_core import Metric
from prometheus_client.registry import Collector

from server.bus import Bus
from server.realtime.client import Client
from server.realtime.committer import Committer
from server.realtime.distribution import Distribution
from server.realtime.follower import Follower
from server.realtime.gateway import Gateway
from server.realtime.publisher import Publisher
from server.realtime.tally import OK

_KINDS = ("plain", "synced", "no_access")


class Metrics(Collector):
    """What one process has done since its start, and how it is now. No label holds what a client could choose."""

    def __init__(
        self, gateway: Gateway, committer: Committer, publisher: Publisher, follower: Follower, bus: Bus
    ) -> None:
        self._gateway = gateway
        self._committer = committer
        self._publisher = publisher
        self._follower = follower
        self._bus = bus
        self._started = time.monotonic()
        self._registry = CollectorRegistry(auto_describe=False)
        self._registry.register(self)
        # Memory, CPU and open files of the process, where the system tells.
        ProcessCollector(registry=self._registry)

    def page(self, accept: str) -> tuple[bytes, str]:
        """The text for a scraper that takes what its header `Accept` says, and the content type of it."""
        encode, content_type = choose_encoder(accept)
        return encode(self._registry), content_type

    def collect(self) -> Iterator[Metric]:
        """For prometheus_client."""
        yield from self._now()
        requests = CounterMetricFamily(
            "spotter_requests", "Requests answered, by event and outcome.", labels=["event", "code"]
        )
        tally = self._gateway.tally
        # An event begins with 0: from a counter that begins with 1 no rate can be told.
        for labels, count in ({(event, OK): 0 for event in tally.events} | tally.counts).items():
            requests.add_metric(labels, count)
        yield requests
        yield _histogram("spotter_commit_requests", "Requests carried out in one group.", self._committer.sizes)
        yield _histogram("spotter_commit_seconds", "Time that a group took to commit.", self._committer.seconds)
        yield _histogram("spotter_flush_seconds", "Time that it took to tell all clients.", self._publisher.seconds)

    def _now(self) -> Iterator[Metric]:
        clients = self._gateway.lobby.clients
        kinds = [_kind(client) for client in clients]
        connected = GaugeMetricFamily("spotter_clients", "Clients connected, by what they are sent.", labels=["kind"])
        for kind in _KINDS:
            connected.add_metric([kind], kinds.count(kind))
        yield connected
        backlog = sum(client.socket.outbox.backlog for client in clients)
        yield GaugeMetricFamily("spotter_backlog_bytes", "Bytes that wait for clients to take them.", backlog)
        yield GaugeMetricFamily("spotter_journal_seq", "The newest commit known here.", self._follower.seq)
        yield GaugeMetricFamily("spotter_published_seq", "The newest commit told to clients.", self._publisher.seq)
        yield GaugeMetricFamily("spotter_database_up", "1: the database was reached.", int(self._follower.is_up))
        takes = self._follower.is_up and self._committer.writable.problem is None
        yield GaugeMetricFamily("spotter_database_writable", "1: the database took the last write.", int(takes))
        yield GaugeMetricFamily("spotter_bus_up", "1: Redis was reached.", int(bool(self._bus.is_up)))
        yield GaugeMetricFamily("spotter_up_seconds", "Time since the start.", time.monotonic() - self._started)


def _kind(client: Client) -> str:
    if not client.reads:
        return "no_access"
    return "synced" if client.synced else "plain"


def _histogram(name: str, help_text: str, values: Distribution) -> HistogramMetricFamily:
    bounds = [*(f"{float(bound):g}" for bound in values.bounds), "+Inf"]
    buckets = list(zip(bounds, accumulate(values.counts), strict=True))
    return HistogramMetricFamily(name, help_text, buckets=buckets, sum_value=values.total)
