"""Who is here, across processes: what one process is told of the clients of another, and for how long."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from redis import Redis

from tests.support.database import SQLiteDatabase
from tests.support.presence_lists import (
    People,
    presence_lists,
    wait_for_coaches,
    wait_for_presence,
    wait_until_editing,
    wait_until_left,
    wait_until_present,
)
from tests.support.redis_process import RedisProcess
from tests.support.server import Server
from tests.support.socketio_client import Client

# Short enough to be waited for, long enough for a machine that is busy.
LEASE = 1.5

Enter = Callable[[Server], Client]
Pair = tuple[Server, Server]


@pytest.fixture(scope="module")
def redis(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RedisProcess]:
    """The Redis of these processes alone; each test leaves it running."""
    own = RedisProcess(tmp_path_factory.mktemp("redis")).start()
    yield own
    own.close()


@contextmanager
def two_processes(directory: Path, **settings: str) -> Iterator[Pair]:
    """Two processes of one gym; their logs have no traceback."""
    first = Server(directory, SQLiteDatabase(directory), settings)
    (directory / "second").mkdir()
    second = Server(directory / "second", first.database, settings)
    try:
        yield first.start(), second.start()
        for server in (first, second):
            assert "Traceback" not in server.log(), server.log()[-4000:]
    finally:
        second.leave()
        first.close()


@pytest.fixture
def pair(tmp_path: Path, redis: RedisProcess) -> Iterator[Pair]:
    """Two that hear of each other."""
    with two_processes(tmp_path, REDIS_URL=redis.url, EDITING_SECONDS=str(LEASE)) as pair:
        yield pair


@pytest.fixture
def enter() -> Iterator[Enter]:
    """Connects synced clients."""
    clients: list[Client] = []

    def open_client(server: Server) -> Client:
        clients.append(Client(server.port, auth={"sync": True}))
        return clients[-1]

    yield open_client
    for client in clients:
        client.close()


def test_clients_of_two_processes_see_each_other(pair: Pair, enter: Enter) -> None:
    rose, ben = (enter(server) for server in pair)
    shown: list[People] = [wait_until_present(client, rose, ben) for client in (rose, ben)]
    assert list(shown[0].items()) == list(shown[1].items()), "the same list, in the same order"
    coach = rose.ok("new_coach", {"name": "Ada Holm", "age": 30})["id"]
    wait_for_coaches(ben, [coach])
    ben.ok("editing", {"channel": "coaches", "id": coach, "on": True})
    assert next(iter(wait_until_editing(rose, ben, "coaches", coach))) == ben.sid
    wait_until_editing(rose, ben, "coaches", None)
    rose.ok("editing", {"channel": "coaches", "id": coach, "on": True})
    wait_until_editing(ben, rose, "coaches", coach)
    sid = rose.sid
    rose.close()
    wait_until_left(ben, sid)


def test_a_list_counts_for_as_long_as_it_is_renewed(pair: Pair, enter: Enter) -> None:
    rose, ben = (enter(server) for server in pair)
    wait_until_present(ben, rose, ben)
    known, began = len(presence_lists(ben)), time.monotonic()
    while time.monotonic() - began < 2 * LEASE:
        ben.read(0.1)
    assert len(presence_lists(ben)) == known, "who is here all the time did not leave"
    pair[0].kill()
    wait_until_left(ben, rose.sid)
    assert time.monotonic() - began > 2 * LEASE, "a process that died is missed when its lease ends"


def test_a_process_that_ends_in_order_says_so(tmp_path: Path, redis: RedisProcess, enter: Enter) -> None:
    """With a lease that nobody waits for: it is said, and who begins to listen is told at once."""
    with two_processes(tmp_path, REDIS_URL=redis.url, EDITING_SECONDS="300") as (first, second):
        rose, ben = enter(first), enter(second)
        wait_until_present(ben, rose, ben)
        first.stop()
        wait_until_left(ben, rose.sid)
        first.start()
        late = enter(first)
        wait_until_present(late, ben, late)
        wait_until_present(ben, late)


def test_without_redis_each_process_knows_its_own_until_it_is_back(
    pair: Pair, redis: RedisProcess, enter: Enter
) -> None:
    rose, ben = (enter(server) for server in pair)
    wait_until_present(rose, rose, ben)
    redis.kill()
    wait_until_left(rose, ben.sid)
    wait_until_left(ben, rose.sid)
    late = enter(pair[0])
    wait_until_present(rose, rose, late)
    redis.start()
    for client in (rose, ben, late):
        wait_until_present(client, rose, ben, late)


def test_without_a_redis_url_each_process_knows_its_own(tmp_path: Path, enter: Enter) -> None:
    with two_processes(tmp_path) as (first, second):
        rose, ben, late = enter(first), enter(second), enter(first)
        assert ben.sid not in wait_until_present(rose, rose, late)
        assert wait_until_present(ben, ben).keys() == {ben.sid}


def test_what_comes_over_the_bus_is_not_trusted(pair: Pair, redis: RedisProcess, enter: Enter) -> None:
    rose, ben = (enter(server) for server in pair)
    wait_until_present(rose, rose, ben)
    with Redis.from_url(redis.url) as stranger:
        for channel in stranger.pubsub_channels("spotter:*"):
            for payload in (
                b"",
                b"{",
                b"{}",
                b"[1]",
                b'[["x"]]',
                b'[["x",1,2,null]]',
                b'[["x",null,2,["a"]]]',
                b"\xff",
            ):
                stranger.publish(channel, b"a-stranger presence " + payload)
            stranger.publish(channel, b'a-stranger presence [["ghost",null,1,null]]')
    people = wait_for_presence(rose, lambda people: "ghost" in people, "what could be read")
    assert {rose.sid, ben.sid} <= people.keys()
    wait_until_left(rose, "ghost")
    assert "could not be read" in pair[0].log()
