"""PostgreSQL restarts, freezes or is not there at the start: requests are told so in time, and it all comes back."""

import json
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Any

import pytest

from tests.support.acks import assert_failure, assert_refused_login
from tests.support.gym import Gym
from tests.support.http import ask
from tests.support.observer import Observer
from tests.support.postgres_cluster import PostgresCluster
from tests.support.server import Server
from tests.support.socketio_client import CHANNELS, PASSWORD, Client, ConnectionClosed, ConnectionRefused
from tests.support.waiting import wait_until
from tests.wire.processes.conftest import Shared, Site

ANSWERED = 15.0
BACK = 30.0


@pytest.fixture(autouse=True)
def ready(site: Site) -> None:
    """Both processes know that PostgreSQL is back from the test before."""
    _wait_until_ready(site)


@pytest.fixture(params=["stopped", "frozen"])
def away(request: pytest.FixtureRequest, postgres: PostgresCluster) -> Any:
    """Takes PostgreSQL away inside a with block, one way or the other."""

    @contextmanager
    def gone() -> Iterator[None]:
        (postgres.stop if request.param == "stopped" else postgres.freeze)()
        try:
            yield
        finally:
            (postgres.start if request.param == "stopped" else postgres.thaw)()

    return gone


def _ready(server: Server) -> int:
    status: int = ask(server, "/readyz")[0]
    return status


def _wait_until_ready(site: Site) -> None:
    for server in site.servers:
        wait_until(lambda server=server: _ready(server) == 200, "ready", BACK)  # type: ignore[misc]


def _assert_unavailable(client: Client, requests: list[tuple[str, Any]]) -> None:
    """All of them, sent together: each is answered in time, with the errors of the base contract."""
    began = time.monotonic()
    numbers = [client.emit(event, data) for event, data in requests]
    for number, request in zip(numbers, requests, strict=True):
        ack = client.ack(number)
        assert time.monotonic() - began < ANSWERED, request
        (assert_refused_login if request[0] == "login" else assert_failure)(ack)
        assert "cannot be reached" in ack["errors"]["errors"], (request, ack)


def _write_when_back(client: Client, payload: dict[str, Any]) -> dict[str, Any]:
    deadline = time.monotonic() + BACK
    while not (ack := client.call("new_exercise_move", payload, {}))["ok"]:
        assert ack["meta"]["code"] == "unavailable" and time.monotonic() < deadline, ack
    made: dict[str, Any] = ack["data"]
    return made


def test_it_goes_away_and_comes_back(site: Site, away: Any) -> None:
    logged = [server.log_size() for server in site.servers]
    with (
        closing(Client(site.one.port, auth={"sync": True})) as client,
        closing(Observer(site.other, synced=True)) as observer,
    ):
        gym = Gym(client)
        move = gym.new("exercise_move")
        known = client.ok("sync", None)
        # The connection that it is kept on is lost with all others.
        assert client.ok("list_exercise_moves", {"where": {"id": move["id"]}})["records"] == [move]
        payload = gym.payload("exercise_move")
        observer.read_until(lambda replica: move["id"] in replica.channels["exercise_moves"], "what is in memory")
        with away():
            _assert_unavailable(
                client,
                [
                    ("new_exercise_move", payload),
                    ("update_exercise_move", {"id": move["id"], "name": "Lost"}),
                    ("delete_exercise_move", move),
                    ("undo", {"seq": known["seq"]}),
                ],
            )
            _assert_unavailable(
                client,
                [
                    ("history", {"channel": "exercise_moves", "id": move["id"]}),
                    ("list_exercise_moves", {"where": {"id": move["id"]}}),
                    ("login", {"username": "ada", "password": "a password of hers"}),
                ],
            )
            for server in site.servers:
                wait_until(lambda server=server: _ready(server) == 503, "not ready", ANSWERED)  # type: ignore[misc]
                assert ask(server, "/healthz")[0] == 200
                # What is in memory is served to whoever comes.
                with closing(Client(server.port)) as fresh:
                    assert move in fresh.welcome()[1]["exercise_moves"]
                    assert fresh.call("refresh")["ok"]
                    assert fresh.ok("get_exercise_move", {"id": move["id"]}) == move
                with closing(Client(server.port, auth={"sync": True})) as synced:
                    snapshot = synced.next_event("sync").args[0]["snapshot"]
                    assert move in [row["record"] for row in snapshot["exercise_moves"]]
                assert "database" in json.loads(ask(server, "/readyz")[2])["problem"]
        made = _write_when_back(client, payload)
        observer.read_until(lambda replica: made["id"] in replica.channels["exercise_moves"], "a write after it")
        _wait_until_ready(site)
        history = client.ok("history", {"channel": "exercise_moves", "id": move["id"]})
        assert [entry["type"] for entry in history] == ["put"], "nothing was half done"
        assert client.ok("list_exercise_moves", {"where": {"id": move["id"]}})["records"] == [move]
        with closing(Client(site.one.port)) as fresh:
            assert observer.replica.plain_arrays == fresh.welcome()[1]
    for server, size in zip(site.servers, logged, strict=True):
        assert "Traceback" not in server.log(size), server.log(size)[-3000:]
        assert "the database is back" in server.log(size)


def test_who_has_a_token_is_not_let_in_as_a_stranger(site: Site, away: Any) -> None:
    """Who it is cannot be looked up: the connection ends, and the client comes back by itself."""
    with closing(Client(site.one.port)) as client:
        coach = Gym(client).new("coach", username=f"ada{time.monotonic_ns()}", password=PASSWORD)
        token = client.call("login", {"username": coach["username"], "password": PASSWORD})["token"]
    with away():
        visitor = Client(site.one.port, enter=False)
        with closing(visitor), pytest.raises((ConnectionClosed, ConnectionRefused)):
            visitor.enter({"token": token})
        assert visitor.take() == []
    with closing(Client(site.one.port)) as client:
        _write_when_back(client, Gym(client).payload("exercise_move"))
    with closing(Client(site.one.port, auth={"token": token})) as client:
        assert client.welcome()[0]["user"]["username"] == coach["username"]


def test_a_short_restart_only_delays_writes(site: Site, postgres: PostgresCluster) -> None:
    """Whoever writes while PostgreSQL restarts is not bothered with it: the write waits, and is done once."""
    with closing(Client(site.one.port, auth={"sync": True})) as client:
        gym = Gym(client)
        before = gym.new("exercise_move")["id"]
        postgres.stop()
        numbers = [client.emit("new_exercise_move", gym.payload("exercise_move")) for _ in range(3)]
        postgres.start()
        acks = [client.ack(number) for number in numbers]
        assert [ack["ok"] for ack in acks] == [True, True, True]
        assert [ack["data"]["id"] > before for ack in acks] == [True, True, True]
        with closing(Client(site.one.port)) as fresh:
            moves = fresh.welcome()[1]["exercise_moves"]
        names = [move["name"] for move in moves]
        assert all(names.count(ack["data"]["name"]) == 1 for ack in acks)


def test_a_process_starts_without_it_and_serves_when_it_comes(
    postgres: PostgresCluster, site: Site, tmp_path: Any
) -> None:
    with closing(Client(site.one.port)) as client:
        move = Gym(client).new("exercise_move")
    postgres.stop()
    late = Server(tmp_path, Shared(postgres.url))
    try:
        late.start()
        assert ask(late, "/healthz")[0] == 200
        assert _ready(late) == 503
        assert ask(late, "/export/exercise_moves.csv")[0] == 503
        with closing(Client(late.port)) as plain, closing(Client(late.port, auth={"sync": True})) as synced:
            assert plain.next_event("connected").args[0]["seq"] == 0
            _assert_unavailable(
                plain, [("new_exercise_move", {"name": "Too early"}), ("refresh", None), ("sync", None), ("nothing", 1)]
            )
            assert plain.take() == [], "an empty gym is not what there is"
            postgres.start()
            for channel in CHANNELS:
                records = plain.next_event(channel).args[0]
                assert channel != "exercise_moves" or move in records
            snapshot = synced.next_event("sync").args[0]["snapshot"]
            assert move in [row["record"] for row in snapshot["exercise_moves"]]
            made = _write_when_back(plain, Gym(plain).payload("exercise_move"))
            assert [change["record"] for change in synced.next_changes()] == [made]
            wait_until(lambda: _ready(late) == 200, "ready", BACK)
        assert "DATABASE_URL" in late.log()
        assert "Traceback" not in late.log(), late.log()[-3000:]
    finally:
        if not postgres._answers():
            postgres.start()
        late.close()


def test_a_demo_account_that_is_found_only_when_it_comes_ends_the_process(
    postgres: PostgresCluster, site: Site, tmp_path: Any
) -> None:
    demo = {"username": "viewer", "password": "spotter-demo"}
    with closing(Client(site.one.port)) as client:
        coach = client.ok("new_coach", {"name": "Ada Lovelace", "age": 36, **demo})
    postgres.stop()
    late = Server(tmp_path, Shared(postgres.url), {"ACCESS": "required"})
    try:
        late.start()
        with closing(Client(late.port)) as early:
            assert not early.call("login", demo)["ok"]
            postgres.start()
            wait_until(lambda: not late.is_alive(), "the process ends", BACK)
        last = late.log().strip().splitlines()[-1]
        assert "viewer" in last and "account password" in last
        assert "Traceback" not in late.log(), late.log()[-3000:]
    finally:
        if not postgres._answers():
            postgres.start()
        late.kill()
        late.close()
    _wait_until_ready(site)
    with closing(Client(site.one.port)) as client:
        client.ok("delete_coach", coach)
