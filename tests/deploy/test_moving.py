"""A process behind nginx ends, and its clients move to the other one: they miss nothing, and nothing is done twice."""

import uuid
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager

import pytest

from tests.deploy.conftest import Site, clients
from tests.deploy.visitors import Follower, Visitor, Writer, closing_code, read_until
from tests.support.server import Server
from tests.support.waiting import wait_until

pytestmark = pytest.mark.usefixtures("quiet")


@pytest.fixture
def followers(site: Site) -> Iterator[list[Follower]]:
    """Synced clients on both processes."""
    everyone = [Follower(site.nginx, site.token) for _ in range(4)]
    assert [clients(process) for process in site.processes] == [2, 2], "the one with the fewest connections is next"
    yield everyone
    for follower in everyone:
        follower.close()


def assert_complete(site: Site, followers: list[Follower]) -> dict[int, str]:
    """Each copy is what a new client is sent, and each change was applied once. Returns the coaches' names."""
    site.settle()
    with closing(Visitor(site.nginx, {"token": site.token, "sync": True})) as fresh:
        snapshot = fresh.next_event("sync").args[0]
    read_until(
        followers, lambda: all(one.replica.cursor["seq"] >= snapshot["seq"] for one in followers), "all are up to date"
    )
    rows = {
        channel: {row["record"]["id"]: (row["rev"], row["record"]) for row in rows}
        for channel, rows in snapshot["snapshot"].items()
    }
    for follower in followers:
        assert follower.replica.cursor == {"epoch": snapshot["epoch"], "seq": snapshot["seq"]}
        assert follower.replica.channels == rows
        assert max(Counter(follower.applied).values()) == 1, "a change was applied twice"
    return {number: record["name"] for number, (_, record) in rows["coaches"].items()}


def test_a_write_is_sent_by_both_processes(site: Site, followers: list[Follower]) -> None:
    with closing(Visitor(site.nginx, {"token": site.token})) as visitor:
        coach = visitor.ok("new_coach", {"name": "Noor Haddad", "age": 30})["id"]

    def everyone_sees() -> bool:
        return all(coach in follower.replica.channels["coaches"] for follower in followers)

    read_until(followers, everyone_sees, "all see the new coach")


@contextmanager
def without(process: Server, end: Callable[[Server], None], site: Site) -> Iterator[None]:
    """The process ends at the beginning of the block; after it, it is back and takes clients again."""
    end(process)
    try:
        yield
    finally:
        process.start()
    visitors: list[Visitor] = []

    def is_used() -> bool:
        visitors.append(Visitor(site.nginx))
        return clients(process) > 0

    wait_until(is_used, "the process that came back is used")
    for visitor in visitors:
        visitor.close()


@pytest.mark.parametrize("end", [Server.stop, Server.kill], ids=["stopped", "killed"])
def test_clients_move_to_the_other_process_and_miss_and_double_nothing(
    end: Callable[[Server], None], site: Site, followers: list[Follower]
) -> None:
    began = followers[0].replica.cursor["seq"]
    ending, staying = site.processes
    writers = [Writer(site.nginx, site.token, label) for label in ("Ada", "Grace")]

    def write(more: int) -> None:
        """Let each of them do so many more writes."""
        wanted = [len(writer.acked) + more for writer in writers]
        read_until(
            followers,
            lambda: all(len(writer.acked) >= least for writer, least in zip(writers, wanted, strict=True)),
            "writes go on",
        )

    for writer in writers:
        writer.start()
    try:
        write(10)
        with without(ending, end, site):
            read_until(followers, lambda: clients(staying) == len(followers + writers), "all are on the other process")
            write(10)
        # All others are on the other process: until this one has as many, nginx connects new clients here.
        wait_until(lambda: not clients(ending), "the clients that tried it are gone")
        with closing(Visitor(site.nginx)), closing(Visitor(site.nginx)), closing(Visitor(site.nginx)):
            assert clients(ending) == 3
    finally:
        for writer in writers:
            writer.finish()
    assert sum(writer.drops for writer in writers) == 1, "they were on one process each"
    moved = [follower for follower in followers if follower.modes]
    assert len(moved) == 2, "clients of the other process noticed nothing"
    assert all(follower.modes in (["current"], ["delta"]) for follower in moved)
    assert max(follower.longest_return for follower in moved) < 2
    names = assert_complete(site, followers)
    acked = {number: name for writer in writers for number, name in writer.acked.items()}
    assert acked.items() <= names.items()
    for follower in followers:
        # Each commit made one coach: a gap would be a write that was missed.
        assert [rev for _, _, rev in follower.applied] == list(range(began + 1, began + 1 + len(acked)))
        assert {number for _, number, _ in follower.applied} == acked.keys()


def visitor_on(process: Server, site: Site) -> Visitor:
    """A signed-in client that nginx connected to this process."""
    others: list[Visitor] = []
    while True:
        before = clients(process)
        visitor = Visitor(site.nginx, {"token": site.token})
        if clients(process) > before:
            break
        others.append(visitor)
    for other in others:
        other.close()
    return visitor


def test_a_process_that_is_stopped_closes_with_1001(site: Site) -> None:
    ending = site.processes[0]
    with closing(visitor_on(ending, site)) as visitor, without(ending, Server.stop, site):
        assert closing_code(visitor) == 1001


def test_requests_whose_acks_were_lost_are_done_once(site: Site, followers: list[Follower]) -> None:
    ending = site.processes[0]
    requests = [({"name": f"Lost {number}", "age": 30}, {"op": str(uuid.uuid4())}) for number in range(50)]
    known = len(followers[0].applied)
    with closing(visitor_on(ending, site)) as visitor:
        for request in requests:
            visitor.emit("new_coach", *request)
        read_until(followers, lambda: len(followers[0].applied) > known, "some are committed")
        with without(ending, Server.kill, site):
            with closing(Visitor(site.nginx, {"token": site.token})) as again:
                acks = again.pipeline([("new_coach", *request) for request in requests])
            assert all(ack["ok"] for ack in acks)
            assert any(ack["meta"].get("replayed") for ack in acks)
    names = assert_complete(site, followers)
    lost = Counter(name for name in names.values() if name.startswith("Lost"))
    assert lost == Counter(request["name"] for request, _ in requests)
