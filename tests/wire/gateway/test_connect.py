"""What a client is sent when it connects."""

import pytest

from tests.support.catalogue import NAMES, RESOURCES
from tests.support.gym import Gym
from tests.support.packets import Connected, Event
from tests.support.server import Server
from tests.support.socketio_client import CHANNELS, Client
from tests.wire.conftest import Connect


def test_connected_says_who_we_are(connect: Connect) -> None:
    client = connect()
    connected, _ = client.welcome()
    assert connected["data"] == f"id: {client.sid} is connected"
    assert set(connected) == {"data", "sid", "access", "timezone", "user", "epoch", "seq", "embeds"}
    assert connected["sid"] == client.sid
    assert connected["access"] == "open"
    assert connected["user"] is None
    assert isinstance(connected["epoch"], str) and connected["epoch"]
    assert type(connected["seq"]) is int


@pytest.mark.settings(TIMEZONE="America/St_Johns")
def test_connected_says_whose_clock_the_hours_are_of(own_server: Server, connect: Connect) -> None:
    assert connect().welcome()[0]["timezone"] == "America/St_Johns"
    assert "America/St_Johns" in own_server.log(), "it is said at the start"


def test_connected_and_the_four_arrays_and_nothing_else(connect: Connect) -> None:
    client = connect()
    client.welcome()
    client.round_trip()
    assert isinstance(client.received[0], Connected)
    names = [packet.name for packet in client.received if isinstance(packet, Event)]
    assert names == ["connected", *CHANNELS]


def test_an_empty_gym_sends_empty_arrays(connect: Connect) -> None:
    _, arrays = connect().welcome()
    assert arrays == {channel: [] for channel in CHANNELS}


def test_the_arrays_hold_all_records_sorted_by_id(gym: Gym, connect: Connect) -> None:
    records = {name: [gym.new(name) for _ in range(3)] for name in NAMES}
    # The oldest is written last: an array in the order of writing would show it at the end.
    for name in NAMES:
        first = records[name][0]
        gym.update(name, id=first["id"], **{"day": "Sunday"} if name == "schedule" else {"name": "Written last"})
    _, arrays = connect().welcome()
    for name in NAMES:
        identifiers = [record["id"] for record in arrays[RESOURCES[name].channel]]
        assert identifiers == sorted(identifiers)
        assert {record["id"] for record in records[name]} <= set(identifiers)


def test_epoch_stays_and_seq_grows(gym: Gym, connect: Connect) -> None:
    before, _ = connect().welcome()
    gym.new("coach")
    after, _ = connect().welcome()
    assert after["epoch"] == before["epoch"]
    assert after["seq"] > before["seq"]


def test_each_client_has_its_own_sid(connect: Connect) -> None:
    assert len({connect().sid for _ in range(5)}) == 5


def test_the_opening_offers_no_other_transport(connect: Connect) -> None:
    opening = connect().opening
    assert opening["upgrades"] == []
    assert opening["pingInterval"] > 0
    assert opening["pingTimeout"] > 0


def test_many_connect_at_the_same_instant(connect: Connect) -> None:
    clients: list[Client] = [connect(enter=False) for _ in range(20)]
    for client in clients:
        client.enter()
    for client in clients:
        client.welcome()


def test_leaving_and_coming_back(gym: Gym, connect: Connect) -> None:
    client = connect()
    client.welcome()
    client.close()
    coach = gym.new("coach")
    _, arrays = connect().welcome()
    assert arrays["coaches"] == [coach]
