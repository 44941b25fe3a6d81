"""One client's requests are handled and answered in order, however many it sends at once."""

from typing import Any

from tests.support.catalogue import RESOURCES
from tests.support.gym import Gym
from tests.support.packets import Ack, Event
from tests.support.server import Server
from tests.wire.conftest import Connect

MANY = 300


def test_300_at_once_are_answered_in_order(gym: Gym) -> None:
    coach = gym.new("coach")
    numbers = [gym.client.emit("update_coach", {"id": coach["id"], "name": f"Name {i}"}) for i in range(MANY)]
    for index, number in enumerate(numbers):
        assert gym.client.ack(number)["data"]["name"] == f"Name {index}"
    answered = [packet.id for packet in gym.client.received if isinstance(packet, Ack)]
    assert answered == sorted(answered)


def test_300_different_requests_at_once(gym: Gym) -> None:
    """Fast requests are not answered before slow ones: unknown events, failures, reads and writes mixed."""
    coach = gym.new("coach")
    kinds = [
        ("update_coach", {"id": coach["id"], "age": 40}),
        ("no_such_event", 1),
        ("update_coach", {"id": 0}),
        ("new_exercise_move", gym.payload("exercise_move")),
        ("delete_schedule", None),
    ]
    numbers = [gym.client.emit(*kinds[index % len(kinds)]) for index in range(MANY)]
    acks = [gym.client.ack(number) for number in numbers]
    assert [ack["ok"] for ack in acks] == [index % len(kinds) in (0, 3) for index in range(MANY)]
    answered = [packet.id for packet in gym.client.received if isinstance(packet, Ack)][-MANY:]
    assert answered == numbers


def test_a_later_request_sees_what_an_earlier_one_wrote(gym: Gym) -> None:
    """Sent without waiting: make, rename, delete, and the id is gone."""
    coach = gym.new("coach")
    requests = [
        ("update_coach", {"id": coach["id"], "name": "Renamed"}),
        ("delete_coach", {"id": coach["id"]}),
        ("update_coach", {"id": coach["id"], "name": "Too late"}),
    ]
    renamed, deleted, late = gym.client.pipeline(requests)
    assert renamed["data"]["name"] == deleted["data"]["name"] == "Renamed"
    assert late["ok"] is False


def test_a_read_sees_the_writes_that_were_sent_before_it(gym: Gym) -> None:
    """Reads need no commit, and could be answered sooner than the writes before them."""
    coach = gym.new("coach")["id"]
    requests: list[tuple[Any, ...]] = []
    for index in range(50):
        requests.append(("update_coach", {"id": coach, "name": f"Name {index}"}))
        requests.append(("history", {"channel": "coaches", "id": coach, "limit": 1}))
    numbers = [gym.client.emit(*request) for request in requests]
    for index, number in enumerate(numbers[1::2]):
        (newest,) = gym.client.ack(number)["data"]
        assert newest["changes"]["name"][1] == f"Name {index}"
    answered = [packet.id for packet in gym.client.received if isinstance(packet, Ack)]
    assert answered == sorted(answered)


def test_nobody_is_sent_an_older_array_after_a_newer_one(gym: Gym, connect: Connect) -> None:
    watcher = connect()
    watcher.welcome()
    coach = gym.new("coach", name="Name 0000")
    names = [f"Name {index:04}" for index in range(1, MANY)]
    gym.client.pipeline([("update_coach", {"id": coach["id"], "name": name}) for name in names])
    last = f"Name {MANY - 1:04}"
    for client in (watcher, gym.client):
        seen: list[str] = []
        while not seen or seen[-1] != last:
            seen += [row["name"] for row in client.next_event("coaches").args[0]]
        assert seen == sorted(seen)


def test_ten_clients_at_once_each_in_order(connect: Connect, gym: Gym) -> None:
    clients = [connect() for _ in range(10)]
    coaches = [gym.new("coach") for _ in clients]
    numbers = [
        [client.emit("update_coach", {"id": coach["id"], "name": f"Name {index}"}) for index in range(30)]
        for client, coach in zip(clients, coaches, strict=True)
    ]
    for client, own in zip(clients, numbers, strict=True):
        assert [client.ack(number)["data"]["name"] for number in own] == [f"Name {index}" for index in range(30)]
        assert [packet.id for packet in client.received if isinstance(packet, Ack)] == own


def test_many_requests_do_not_make_many_threads(gym: Gym, target: Server) -> None:
    coach = gym.new("coach")
    numbers = [gym.client.emit("update_coach", {"id": coach["id"], "age": 20 + i % 50}) for i in range(MANY)]
    threads = 0
    for number in numbers[::50]:
        gym.client.ack(number)
        threads = max(threads, target.threads())
    gym.client.ack(numbers[-1])
    assert threads <= 40


def test_the_actor_is_acked_and_sent_the_array(gym: Gym) -> None:
    for name in ("coach", "exercise_move"):
        record = gym.new(name)
        array = gym.client.next_event(RESOURCES[name].channel)
        assert isinstance(array, Event) and record in array.args[0]
