"""Around every test on the wire: observers before, and afterwards what they were sent must be what there is."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from typing import Any

import pytest

from tests.conftest import FAILED
from tests.support.gym import Gym
from tests.support.kinds import Kind
from tests.support.observer import Observer
from tests.support.observers import Observers
from tests.support.server import Server
from tests.support.socketio_client import Client
from tests.support.subscriber import Subscriber

Connect = Callable[..., Client]
Follow = Callable[[], Observer]
Subscribe = Callable[..., Subscriber]


@pytest.fixture
def target(request: pytest.FixtureRequest, server_kind: Kind) -> Server:
    """The server that this test is about: its own if it asks for one, else the shared one.

    It names `server_kind` because pytest learns before the run only of parameters that are asked for by name.
    """
    name = "own_server" if "own_server" in request.fixturenames else "server"
    server: Server = request.getfixturevalue(name)
    return server


@pytest.fixture
def connect(target: Server) -> Iterator[Connect]:
    """Connects clients: connect(auth=..., origin=...). At the end each must have one ack for each request."""
    clients: list[tuple[Client, int]] = []

    def open_client(**options: Any) -> Client:
        client = Client(target.port, **options)
        clients.append((client, target.generation))
        return client

    yield open_client
    try:
        for client, generation in clients:
            if not client.closed and client.namespace == "/" and generation == target.generation and target.is_alive():
                client.round_trip()
                client.assert_one_ack_each()
    finally:
        for client, _ in clients:
            client.close()


@pytest.fixture(autouse=True)
def observers(request: pytest.FixtureRequest, target: Server) -> Iterator[Observers]:
    """The observers of this test."""
    with observed(request, target) as observers:
        yield observers


@contextmanager
def observed(request: pytest.FixtureRequest, target: Server) -> Iterator[Observers]:
    """Observers of one test. Afterwards the sums are checked, the log has no traceback, all is deleted again."""
    logged = target.log_size()
    observers = Observers(target)
    try:
        yield observers
        if target.is_alive():
            if not request.node.stash.get(FAILED, False):
                observers.verify()
            observers.close()
            observers.clean()
        assert "Traceback" not in target.log(logged), target.log(logged)[-4000:]
    finally:
        observers.close()


@pytest.fixture
def gym(connect: Connect) -> Gym:
    """A plain client that makes records; it has read its welcome."""
    client = connect()
    client.welcome()
    return Gym(client)


@pytest.fixture
def follow(target: Server) -> Iterator[Follow]:
    """Opens clients that keep a replica by `changes` alone."""
    with ExitStack() as opened:
        yield lambda: opened.enter_context(closing(Observer(target, synced=True)))


@pytest.fixture
def subscribe(target: Server) -> Iterator[Subscribe]:
    """Opens clients that are sent parts of channels: subscribe({"channel": ..., "where": ...}, ...)."""
    with ExitStack() as opened:
        yield lambda *parts, **options: opened.enter_context(closing(Subscriber(target, *parts, **options)))
