"""`refresh` sends the four channels again, then the ack; it is paced, not refused."""

import time
from typing import Any

from tests.support.gym import Gym
from tests.support.packets import Ack, Event
from tests.support.socketio_client import CHANNELS, Client
from tests.wire.conftest import Connect

PER_SECOND = 2


def test_four_channels_then_the_ack(gym: Gym) -> None:
    gym.new("schedule")
    gym.client.round_trip()
    before = len(gym.client.received)
    ack = gym.client.call("refresh")
    assert ack["ok"] is True and ack["errors"] == {} and set(ack) == {"ok", "data", "errors"}
    packets = gym.client.received[before:]
    assert isinstance(packets[-1], Ack)
    sent = [packet.name for packet in packets if isinstance(packet, Event)]
    assert sent[-len(CHANNELS) :] == list(CHANNELS)


def test_the_arrays_are_the_newest(gym: Gym) -> None:
    coach = gym.new("coach")
    gym.client.take()
    gym.client.call("refresh")
    assert [event.args[0] for event in gym.client.take() if event.name == "coaches"][-1] == [coach]


def test_only_the_caller_is_sent_anything(gym: Gym, connect: Connect) -> None:
    other = connect()
    other.welcome()
    gym.client.call("refresh")
    other.round_trip()
    assert other.take() == []


def test_arguments_do_no_harm(gym: Gym) -> None:
    odd: tuple[tuple[Any, ...], ...] = ((None,), ({},), ("all",), ([], [], []))
    for args in odd:
        assert isinstance(gym.client.call("refresh", *args)["ok"], bool)


def test_seven_at_once_are_all_answered_and_cost_little(connect: Connect) -> None:
    client = connect()
    client.welcome()
    started = time.monotonic()
    numbers = [client.emit("refresh") for _ in range(7)]
    for number in numbers:
        assert client.ack(number)["ok"] is True
    elapsed = time.monotonic() - started
    answered = [packet.id for packet in client.received if isinstance(packet, Ack)]
    assert answered == numbers
    assert _sets(client) <= 1 + PER_SECOND * elapsed + PER_SECOND, "sets of arrays: the welcome's, and those paced"
    last = max(index for index, packet in enumerate(client.received) if isinstance(packet, Event))
    assert last < len(client.received) - 1, "the last ack comes after the last array"


def test_a_client_that_asks_again_on_every_ack(connect: Connect) -> None:
    client = connect()
    client.welcome()
    started = time.monotonic()
    rounds = 0
    while (elapsed := time.monotonic() - started) < 1.5:
        assert client.call("refresh")["ok"] is True
        rounds += 1
    assert rounds <= PER_SECOND * (elapsed + 1) + 1
    assert _sets(client) == rounds + 1


def test_a_paced_client_does_not_slow_the_others(gym: Gym, connect: Connect) -> None:
    eager = connect()
    eager.welcome()
    numbers = [eager.emit("refresh") for _ in range(5)]
    gym.client.pipeline([("update_coach", {"id": 0})] * 20)
    assert not eager.answered(numbers[-1])
    for number in numbers:
        eager.ack(number)


def _sets(client: Client) -> float:
    return sum(isinstance(packet, Event) and packet.name in CHANNELS for packet in client.received) / len(CHANNELS)
