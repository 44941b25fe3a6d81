"""What was acked is there after the process was killed; what was not is there as a whole or not at all."""

import random

import pytest

from tests.support.gym import Gym
from tests.support.server import Server
from tests.support.socketio_client import Client
from tests.wire.conftest import Connect


def test_acked_writes_survive_a_kill(own_server: Server, gym: Gym, connect: Connect) -> None:
    records = {"coaches": gym.new("coach"), "schedules": gym.new("schedule")}
    own_server.restart()
    _, arrays = connect().welcome()
    for channel, record in records.items():
        assert record in arrays[channel]


def test_a_restart_shows_what_was_there_before(own_server: Server, gym: Gym, connect: Connect) -> None:
    """What the server keeps in memory to send quickly is what the database holds."""
    schedule = gym.new("schedule")
    gym.update("coach", id=schedule["coach"]["id"], name="Renamed")
    gym.update("workout_plan", id=schedule["workout_plan"]["id"], difficulty="Easy")
    plan = gym.new("workout_plan")
    gym.update("exercise_move", id=plan["exercise_moves"][0]["id"], name="Renamed", video_link=None)
    gym.delete("workout_plan", gym.new("workout_plan"))
    before, arrays = connect().welcome()
    own_server.restart()
    after, arrays_after = connect().welcome()
    assert arrays_after == arrays
    assert (after["epoch"], after["seq"]) == (before["epoch"], before["seq"])


@pytest.mark.parametrize("seed", [1, 2, 3])
@pytest.mark.settings(SQLITE_SYNCHRONOUS="FULL")
def test_a_kill_in_the_middle_of_writing(seed: int, own_server: Server, gym: Gym) -> None:
    chance = random.Random(seed)
    client = Client(own_server.port)
    numbers = [client.emit("new_coach", gym.payload("coach")) for _ in range(200)]
    acked = [client.ack(number)["data"] for number in numbers[: chance.randrange(20, 150)]]
    own_server.kill()
    client.read_until_closed(5)
    acked += [client.ack(number)["data"] for number in numbers[len(acked) :] if client.answered(number)]
    own_server.start()
    with_reader = Client(own_server.port)
    _, arrays = with_reader.welcome()
    with_reader.close()
    assert arrays["coaches"][: len(acked)] == acked
    assert len(arrays["coaches"]) <= len(numbers)


def test_sigterm_ends_it_in_order_while_clients_write(own_server: Server, gym: Gym) -> None:
    client = Client(own_server.port)
    numbers = [client.emit("new_coach", gym.payload("coach")) for _ in range(100)]
    client.ack(numbers[0])
    own_server.stop()
    client.read_until_closed(5)
    acked = [client.ack(number)["data"] for number in numbers if client.answered(number)]
    own_server.start()
    reader = Client(own_server.port)
    _, arrays = reader.welcome()
    reader.close()
    assert arrays["coaches"][: len(acked)] == acked
