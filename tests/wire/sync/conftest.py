"""Clients that asked for `sync`."""

from collections.abc import Callable
from collections.abc import Iterator
from typing import Any

import pytest

from tests.support.observer import Observer
from tests.support.server import Server

Follow = Callable[[], Observer]


@pytest.fixture
def follow(target: Server) -> Iterator[Follow]:
    """Opens clients that keep a replica by `changes` alone."""
    followers: list[Observer] = []

    def open_one() -> Observer:
        followers.append(Observer(target, synced=True))
        return followers[-1]

    yield open_one
    for follower in followers:
        follower.close()


def meta_of(ack: dict[str, Any]) -> dict[str, Any]:
    """The fourth key of an ack, with its types checked."""
    meta: dict[str, Any] = ack["meta"]
    if ack["ok"]:
        assert type(meta["seq"]) is int, meta
    return meta
