"""/metrics: each number is true, and no client can make labels."""

import re
from contextlib import closing
from itertools import count

import pytest
from prometheus_client.parser import text_string_to_metric_families

from server.realtime.protocol.errors import Code
from tests.conftest import StartServer
from tests.support.environment import ROOT
from tests.support.gym import Gym
from tests.support.http import ask
from tests.support.raw_socket import RawSocket
from tests.support.server import Server
from tests.support.socketio_client import Client
from tests.support.waiting import wait_until

Numbers = dict[tuple[str, ...], float]


def numbers(server: Server) -> Numbers:
    """Every number by its name, and the values of its labels: (name, event, code)."""
    status, headers, body = ask(server, "/metrics")
    assert status == 200
    assert headers["content-type"].startswith("text/plain; version=0.0.4")
    families = text_string_to_metric_families(body.decode())
    samples = [sample for family in families for sample in family.samples]
    labels = ("kind", "event", "code", "le")
    return {(one.name, *(one.labels[name] for name in labels if name in one.labels)): one.value for one in samples}


@pytest.fixture
def measured(start_server: StartServer) -> Server:
    """A server to which nothing has happened."""
    return start_server()


def test_requests_are_counted_by_event_and_outcome(measured: Server) -> None:
    with closing(Client(measured.port)) as client:
        gym = Gym(client)
        coach = gym.new("coach")
        gym.new("coach")
        gym.client.fails("new_coach", {})
        gym.client.fails("update_coach", {"id": 4711, "age": 32})
        for _ in range(3):
            gym.client.call("refresh")
        gym.client.ok("history", {"channel": "coaches", "id": coach["id"]})
        gym.client.fails("history", {"channel": "nothing"})
        found = numbers(measured)
    requests = {labels[1:]: count for labels, count in found.items() if labels[0] == "spotter_requests_total" and count}
    assert requests == {
        ("new_coach", "ok"): 2,
        ("new_coach", "invalid"): 1,
        ("update_coach", "not_found"): 1,
        ("refresh", "ok"): 3,
        ("history", "ok"): 1,
        ("history", "invalid"): 1,
    }
    assert found["spotter_requests_total", "delete_schedule", "ok"] == 0, "every event begins with a 0"


def test_requests_of_the_other_namespace_are_counted_too(measured: Server) -> None:
    with closing(Client(measured.port, namespace="/test")) as client:
        before = numbers(measured)
        for event in ("uuid", "hex", "hex", "my event", "new_coach"):
            client.call(event)
        client.ack(client.emit_raw("[]"))
        after = numbers(measured)
    assert {labels[1:]: after[labels] - before.get(labels, 0) for labels in after if after[labels] != before.get(labels)
            and labels[0] == "spotter_requests_total"} == {
        ("uuid", "ok"): 1, ("hex", "ok"): 2, ("my event", "invalid"): 1, ("unknown", "unknown_event"): 1,
        ("unknown", "invalid"): 1,
    }  # fmt: skip


def test_no_client_makes_labels(measured: Server) -> None:
    with closing(Client(measured.port)) as client:
        before = numbers(measured).keys()
        for index in range(20):
            client.call(f"no such event {index}")
        for body in ('[["new_coach"]]', "[{}]", "[null]", "not json", '[""]', '["unknown"]'):
            client.ack(client.emit_raw(body))
        after = numbers(measured)
    assert {labels[1:] for labels in after.keys() - before} == {("unknown", "unknown_event"), ("unknown", "invalid")}
    assert after["spotter_requests_total", "unknown", "unknown_event"] == 25
    assert after["spotter_requests_total", "unknown", "invalid"] == 1


@pytest.mark.settings(RATE_LIMIT="1")
def test_refusals_before_the_event_is_looked_at_are_counted_too(own_server: Server) -> None:
    with closing(Client(own_server.port)) as client:
        codes = [client.call("undo", {"seq": 4711}, {})["meta"]["code"] for _ in range(8)]
    assert codes.count("rate_limited") > 1
    assert numbers(own_server)["spotter_requests_total", "undo", "rate_limited"] == codes.count("rate_limited")


def test_clients_are_counted_by_what_they_are_sent(measured: Server) -> None:
    clients = [Client(measured.port, auth=auth) for auth in (None, {"sync": True}, {"sync": True}, None, None)]
    other = Client(measured.port, namespace="/test")
    clients[0].ok("sync", None)
    found = numbers(measured)
    assert {kind: found["spotter_clients", kind] for kind in ("plain", "synced", "no_access")} == {
        "plain": 2, "synced": 3, "no_access": 0,
    }  # fmt: skip
    for client in [*clients, other]:
        client.close()
    wait_until(
        lambda: sum(count for labels, count in numbers(measured).items() if labels[0] == "spotter_clients") == 0,
        "nobody",
    )


@pytest.mark.settings(ACCESS="required")
def test_who_may_not_read_is_counted_apart(own_server: Server) -> None:
    with closing(Client(own_server.port)) as client:
        client.next_event("connected")
        assert numbers(own_server)["spotter_clients", "no_access"] == 1


def test_groups_and_flushes_are_measured(measured: Server) -> None:
    with closing(Client(measured.port)) as client:
        acks = client.pipeline([("new_coach", {"name": f"Coach {index}", "age": 30}, {}) for index in range(60)])
        newest = acks[-1]["meta"]["seq"]
        wait_until(lambda: numbers(measured)["spotter_published_seq",] == newest, "the newest published")
    found = numbers(measured)
    assert found["spotter_journal_seq",] == newest
    assert found["spotter_commit_requests_sum",] == 60
    groups = found["spotter_commit_requests_count",]
    assert 1 <= groups < 60, "requests that wait together are committed together"
    assert found["spotter_commit_seconds_count",] == groups
    assert 0 < found["spotter_commit_seconds_sum",] < 20
    assert 1 <= found["spotter_flush_seconds_count",] <= groups + 1
    assert 0 < found["spotter_flush_seconds_sum",] < 20
    for name in ("commit_requests", "commit_seconds", "flush_seconds"):
        buckets = [count for labels, count in found.items() if labels[0] == f"spotter_{name}_bucket"]
        assert buckets == sorted(buckets)
        assert buckets[-1] == found[f"spotter_{name}_count",]


def test_what_clients_do_not_take_is_measured(measured: Server) -> None:
    with (
        closing(RawSocket(measured.port, receive_buffer=4_096)) as raw,
        closing(Client(measured.port, auth={"sync": True})) as client,
    ):
        raw.handshake()
        raw.send_text("40")
        gym = Gym(client)
        moves = [gym.payload("exercise_move", description="Breathe. " * 50) for _ in range(300)]
        client.pipeline([("new_exercise_move", move) for move in moves])
        assert numbers(measured)["spotter_backlog_bytes",] >= 0
        names = (f"Name {index}" for index in count())

        def grows() -> bool:
            """One more array for the client that does not read; how many the kernel takes is not known.

            What waits is the rest of one array: it gets no other before it has that.
            """
            client.ok("update_exercise_move", {"id": 1, "name": next(names)})
            return numbers(measured)["spotter_backlog_bytes",] > 0

        wait_until(grows, "a backlog", 30)
    wait_until(lambda: numbers(measured)["spotter_backlog_bytes",] == 0, "none")


def test_time_passes(server: Server) -> None:
    first, second = (numbers(server)["spotter_up_seconds",] for _ in range(2))
    assert 0 < first < second
    assert numbers(server)["process_resident_memory_bytes",] > 1_000_000


def test_open_metrics_for_those_who_ask(server: Server) -> None:
    _, headers, body = ask(server, "/metrics", {"Accept": "application/openmetrics-text; version=1.0.0"})
    assert headers["content-type"].startswith("application/openmetrics-text")
    assert body.endswith(b"# EOF\n")


def test_the_page_documents_every_metric_with_its_type_and_labels(server: Server) -> None:
    page = (ROOT / "docs" / "http.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `(spotter_\w+)(?:\{([\w,]+)\})?` \| (histogram)?", page, re.MULTILINE)
    documented = {
        name.removesuffix("_total"): (
            "counter" if name.endswith("_total") else kind or "gauge",
            set(re.findall(r"\w+", labels)),
        )
        for name, labels, kind in rows
    }
    _, _, body = ask(server, "/metrics")
    found = {
        family.name: (family.type, {label for sample in family.samples for label in sample.labels} - {"le"})
        for family in text_string_to_metric_families(body.decode())
        if family.name.startswith("spotter")
    }
    assert len(found) > 8
    assert found == documented


def test_codes_are_labels_as_they_are() -> None:
    assert all(re.fullmatch(r"[a-z_]+", code) for code in Code)
    assert "ok" not in {code.value for code in Code}
