"""The requests of `/test`: an event and an ack each, hostile ones refused, a failing handler without its reason."""

import re
import uuid
from contextlib import closing
from pathlib import Path

import pytest

from server.live.demos import number
from tests.support.acks import assert_failure, assert_success
from tests.support.packets import Ack, Event
from tests.support.patched_server import serve_with
from tests.support.ticks import GREETING, PUSHED, ticks
from tests.wire.live.conftest import NAMESPACE, Enter

pytestmark = pytest.mark.kinds("sqlite", reason="the ticker asks no database")


def test_numbers_fill_their_range_and_depend_on_the_key() -> None:
    numbers = [number(b"one key", index) for index in range(50_000)]
    assert min(numbers) < 0.01 and max(numbers) > 9.99 and all(0 <= one <= 10 for one in numbers)
    assert abs(sum(numbers) / len(numbers) - 5) < 0.1
    assert numbers[:20] != [number(b"another key", index) for index in range(20)]


def test_requests_are_answered_to_the_requester_with_an_event_and_an_ack(enter: Enter) -> None:
    client, other = enter(), enter()
    for event, answer, key, form in (
        ("uuid", "uuid", "uuid", r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"),
        ("hex", "hex", "hex", r"[0-9a-f]{32}"),
        ("my event", "my response", "data", r"got it!"),
    ):
        args = [{"data": "anything"}] if event == "my event" else []
        acks = [client.call(event, *args) for _ in range(2)]
        for ack in acks:
            assert_success(ack)
            assert set(ack["data"]) == {key} and re.fullmatch(form, ack["data"][key])
            assert client.next_event(answer).args == (ack["data"],)
        assert (acks[0] == acks[1]) == (event == "my event"), "random values differ"
        assert not [seen for seen in client.inbox if seen.name == answer], "one event for each request"
    assert uuid.UUID(client.call("uuid")["data"]["uuid"]).version == 4
    assert_success(client.call("uuid", {"what": "is sent along"}, [1], None))
    ticks(other, 2)
    assert {packet.name for packet in other.received if isinstance(packet, Event)} == set(PUSHED)


def test_without_an_ack_id_only_the_event_comes(enter: Enter) -> None:
    client = enter()
    for event in ("uuid", "hex", "nothing"):
        client.tell(event)
    client.tell("my event", {"data": 1})
    client.tell("my event", 5)
    for answer in ("uuid", "hex", "my response"):
        client.next_event(answer)
    assert_success(client.call("hex"))
    assert len([packet for packet in client.received if isinstance(packet, Ack)]) == 1


HOSTILE = (
    '["connect"]', '["connect",{"REMOTE_ADDR":"::1"},{}]', '["disconnect"]', '["disconnect","reason"]', '["*"]',
    '["*","uuid"]', '["nothing"]', '["nothing",1,2,3]', '["time",{}]', '["__class__"]', '[""]', "[5]", "[null]",
    "[[]]", "[{}]", "[]", "{}", '{"0":"uuid"}', '"uuid"', "null", "true", "", "[", '["uuid"', '["uuid"]]',
    '["uuid",NaN]', '["my event",{"data":1e400}]', '["my event"]', '["my event",5]',
    '["my event",null]',
    '["my event",[]]', '["my event",{}]', '["my event",{"data":1},2]', '["my event",{"Data":1}]',
    '["\\u0041",NaN]', '["\\u0041",' + "9" * 5_000 + "]", "[" * 50_000, '["' + "x" * 50_000 + '"]',
)  # fmt: skip


@pytest.mark.parametrize("body", HOSTILE, ids=lambda body: ascii(body)[:40])
def test_a_hostile_request_gets_one_ack_and_does_nothing(body: str, enter: Enter) -> None:
    client = enter()
    heard = len(ticks(client, 1))
    client.send(f"42{NAMESPACE},{body}")
    client.request(1, f"42{NAMESPACE},1{body}")
    assert_failure(client.ack(1))
    # It is connected, and gets each tick once: neither handler of the connection ran.
    ticks(client, heard + 3)
    assert client.received.count(GREETING) == 1
    assert {packet.name for packet in client.received if isinstance(packet, Event)} == set(PUSHED)


def test_a_hostile_request_does_not_reach_into_another_client(enter: Enter) -> None:
    victim, client = enter(), enter()
    for name in ("*", "disconnect", "connect", "uuid"):
        client.call(name, victim.sid)
        client.call(name, victim.sid, victim.sid)
    ticks(victim, 3)
    assert {packet.name for packet in victim.received if isinstance(packet, Event)} == set(PUSHED)


@pytest.mark.parametrize(
    "frame", ['451-/test,1["uuid",{"_placeholder":true,"num":0}]', "459999999999-/test,[]", "44/test,"]
)
def test_binary_and_unknown_packets_end_the_connection(frame: str, enter: Enter) -> None:
    client = enter()
    client.send(frame)
    client.read_until_closed(3)


def test_a_handler_that_crashes_answers_without_the_reason(tmp_path: Path, enter: Enter) -> None:
    code = "def crash(): raise TypeError('the secret reason')\nimport server.live.demos as demos; demos.uuid4 = crash"
    with closing(serve_with(code, tmp_path)) as server:
        client = enter(server.start())
        ack = client.call("uuid")
        assert_failure(ack)
        assert "secret" not in str(ack)
        reference = ack["errors"]["errors"].rstrip(".").split()[-1]
        assert reference in server.log() and "the secret reason" in server.log()
        client.tell("uuid")
        assert_success(client.call("hex"))
        ticks(client, 3)
        client.close()


def test_a_connect_handler_that_crashes_ends_the_connection(tmp_path: Path, enter: Enter) -> None:
    code = (
        "def crash(*_): raise TypeError('the secret reason')\n"
        "from server.live.listeners import Listeners; Listeners.make_client = crash"
    )
    with closing(serve_with(code, tmp_path)) as server:
        client = enter(server.start(), enter=False)
        client.send(f"40{NAMESPACE},")
        client.read_until_closed(3)
        assert not client.received
        client.close()


def test_a_process_that_makes_two_apps_handles_each_event_once(tmp_path: Path, enter: Enter) -> None:
    code = (
        "from server.cli import serve; create = serve.create_app\nserve.create_app = lambda config: (create(config), "
        "create(config))[1]"
    )
    with closing(serve_with(code, tmp_path)) as server:
        client = enter(server.start())
        client.call("uuid")
        client.call("nothing")
        ticks(client, 4)
        client.assert_one_ack_each()
        names = [packet.name for packet in client.received if isinstance(packet, Event)]
        assert names.count("uuid") == 1 and client.received.count(GREETING) == 1
        client.close()
