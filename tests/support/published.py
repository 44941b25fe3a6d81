"""Waiting until all that was written has been sent: what has not come by then was not sent."""

from collections.abc import Sequence
from contextlib import closing

from tests.support.catalogue import RESOURCES
from tests.support.gym import Gym
from tests.support.observer import Observer
from tests.support.server import Server
from tests.support.socketio_client import Client

# What `wait_until_published` emits, and `sends` before and after what it looks at.
MARKER = ["new_exercise_move", "delete_exercise_move"]


def synced_client(server: Server) -> Client:
    """A client that writes without being sent all the arrays."""
    return Client(server.port, auth={"sync": True})


def wait_until_published(server: Server, observers: Sequence[Observer], via: str = "exercise_move") -> int:
    """Return when all observers have been sent everything that was written before.

    A record is made and deleted again, one broadcast each: what had not arrived before the second will not come. One
    would not do, since writes close together may share a broadcast. Returns the id that the record had.
    """
    channel = RESOURCES[via].channel
    with closing(synced_client(server)) as client:
        gym = Gym(client)
        identifier: int = gym.new(via)["id"]
        for observer in observers:
            observer.read_until(lambda replica: identifier in replica.channels[channel], f"the marker in {channel}")
        gym.delete(via, {"id": identifier})
        for observer in observers:
            observer.read_until(
                lambda replica: identifier not in replica.channels[channel], f"its deletion in {channel}"
            )
    return identifier
