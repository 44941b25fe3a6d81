"""A username belongs to one coach; a password is written and never read."""

import re

import pytest

from tests.support.acks import assert_failure
from tests.support.database import contents
from tests.support.gym import Gym
from tests.support.observers import Observers
from tests.support.server import Server
from tests.support.socketio_client import NEW_PASSWORD, PASSWORD
from tests.wire.conftest import Connect


def test_a_username_shows_in_the_record(gym: Gym) -> None:
    assert gym.new("coach", username="ada", password=PASSWORD)["username"] == "ada"


def test_any_number_of_coaches_have_none(gym: Gym) -> None:
    assert [gym.new("coach", username=None)["username"] for _ in range(3)] == [""] * 3


@pytest.mark.parametrize("spelling", ["ada", " ada ", "ada\u00a0"])
def test_a_taken_username_is_refused(spelling: str, gym: Gym, observers: Observers) -> None:
    gym.new("coach", username="ada", password=PASSWORD)
    other = gym.new("coach")
    with observers.sends():
        assert "username" in gym.client.fails("new_coach", gym.payload("coach", username=spelling))
        assert "username" in gym.client.fails("update_coach", {"id": other["id"], "username": spelling})


def test_its_own_username_is_not_taken(gym: Gym) -> None:
    coach = gym.new("coach", username="ada", password=PASSWORD)
    assert gym.update("coach", **coach) == coach


def test_a_username_is_free_again(gym: Gym) -> None:
    first = gym.new("coach", username="ada", password=PASSWORD)
    gym.update("coach", id=first["id"], username="grace")
    second = gym.new("coach", username="ada", password=PASSWORD)
    gym.delete("coach", second)
    assert gym.new("coach", username="ada", password=PASSWORD)["username"] == "ada"


def test_two_clients_ask_for_one_username_at_once(connect: Connect, gym: Gym) -> None:
    clients = [connect() for _ in range(6)]
    payloads = [gym.payload("coach", username="ada") for _ in clients]
    numbers = [client.emit("new_coach", payload) for client, payload in zip(clients, payloads, strict=True)]
    acks = [client.ack(number) for client, number in zip(clients, numbers, strict=True)]
    losers = [ack for ack in acks if not ack["ok"]]
    assert len(losers) == 5
    for ack in losers:
        assert_failure(ack)
        assert "username" in ack["errors"]


def test_a_password_is_stored_as_an_argon2_hash_only(gym: Gym, target: Server) -> None:
    """That no frame carries it or its hash is checked of every frame of every test, by the client."""
    before = _hashes(target)
    coach = gym.new("coach", username="ada", password=PASSWORD)
    assert set(coach) == {"id", "name", "age", "picture", "username"}
    assert len(_hashes(target) - before) == 1
    assert PASSWORD not in repr(contents(target.database.url))


def test_two_coaches_with_one_password_have_different_hashes(gym: Gym, target: Server) -> None:
    before = _hashes(target)
    gym.new("coach", username="ada", password=PASSWORD)
    gym.new("coach", username="grace", password=PASSWORD)
    assert len(_hashes(target) - before) == 2


def test_a_new_password_replaces_the_old_one(gym: Gym, target: Server, connect: Connect) -> None:
    before = _hashes(target)
    coach = gym.new("coach", username="ada", password=PASSWORD)
    old = _hashes(target) - before
    assert gym.update("coach", id=coach["id"], password=NEW_PASSWORD) == coach
    new = _hashes(target) - before
    assert len(new) == 1
    assert new.isdisjoint(old)
    client = connect()
    assert not client.call("login", {"username": "ada", "password": PASSWORD})["ok"]
    assert client.call("login", {"username": "ada", "password": NEW_PASSWORD})["ok"]


def test_a_new_password_alone_is_sent_to_nobody(gym: Gym, observers: Observers) -> None:
    coach = gym.new("coach", username="ada", password=PASSWORD)
    with observers.sends():
        gym.update("coach", id=coach["id"], password=NEW_PASSWORD)


def test_a_form_that_leaves_the_password_alone(gym: Gym, connect: Connect) -> None:
    coach = gym.new("coach", username="ada", password=PASSWORD)
    gym.update("coach", **{**coach, "name": "Renamed"})
    assert connect().call("login", {"username": "ada", "password": PASSWORD})["ok"]


def _hashes(server: Server) -> set[str]:
    """Every password hash that is anywhere in the database."""
    return set(re.findall(r"\$argon2id\$[^']+", repr(contents(server.database.url))))
