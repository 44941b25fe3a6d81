"""/asyncapi.json has every event that is served, and every frame is valid by its schemas."""

import json
import re
from collections.abc import Iterator
from contextlib import closing
from typing import Any

import pytest

from server.realtime.protocol.errors import Code
from server.version import VERSION
from tests.support.accounts_server import AccountsServer
from tests.support.acks import CODES
from tests.support.answered_events import answered_events
from tests.support.catalogue import ALL, RESOURCES
from tests.support.gym import Gym
from tests.support.http import ask
from tests.support.json_schema import faults, resolve
from tests.support.packets import Event
from tests.support.presence_lists import wait_until_editing
from tests.support.server import Server
from tests.support.socketio_client import PASSWORD, SYNCED, Client

Document = dict[str, Any]


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    """Every event that the server answers, by namespace."""
    return answered_events(tmp_path_factory.mktemp("events"))


@pytest.fixture(scope="module")
def document(server: Server) -> Document:
    """/asyncapi.json, decoded."""
    status, headers, body = ask(server, "/asyncapi.json")
    assert status == 200
    assert headers["content-type"] == "application/json"
    found: Document = json.loads(body)
    return found


def _nodes(value: Any) -> Iterator[dict[str, Any]]:
    """Every object inside."""
    if isinstance(value, dict):
        yield value
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from _nodes(inner)


def _payload(document: Document, key: str, channel: str = "gym") -> dict[str, Any]:
    schema: dict[str, Any] = document["channels"][channel]["messages"][key]["payload"]
    return schema


def _check(document: Document, key: str, value: Any, channel: str = "gym") -> None:
    assert faults(document, _payload(document, key, channel), value) == [], f"{key} does not allow {value}"
    if key.endswith(".ack") and "meta" in value:
        described = document["components"]["schemas"]["meta" if value["ok"] else "refusal_meta"]
        assert value["meta"].keys() <= described["properties"].keys()


def _check_events(document: Document, events: list[Event]) -> None:
    for event in events:
        assert len(event.args) == 1
        _check(document, f"{event.name}.event", event.args[0])


def test_references_resolve_and_have_no_other_keys(document: Document) -> None:
    references = [node for node in _nodes(document) if "$ref" in node]
    assert len(references) > 50
    for node in references:
        assert node.keys() == {"$ref"}
        resolve(document, node["$ref"])


def test_it_has_the_structure_of_asyncapi_3(document: Document) -> None:
    assert document["asyncapi"].startswith("3.")
    assert document["info"].keys() >= {"title", "version"}
    for operation in document["operations"].values():
        messages = operation["channel"]["$ref"] + "/messages/"
        assert operation["action"] in ("send", "receive")
        assert ("reply" in operation) == (operation["action"] == "receive"), "every request has an ack"
        for part in (operation, operation.get("reply", operation)):
            assert all(message["$ref"].startswith(messages) for message in part["messages"])
    for channel in document["channels"].values():
        used = [
            m["$ref"].rpartition("/")[2] for m in _nodes(document["operations"]) if "/messages/" in m.get("$ref", "")
        ]
        assert channel["messages"].keys() <= set(used)
        assert all(re.fullmatch(r"[\w.-]+", key) and message["summary"] for key, message in channel["messages"].items())
    assert all(re.fullmatch(r"[\w.-]+", key) for key in document["operations"] | document["components"]["schemas"])


@pytest.mark.parametrize("namespace", ["gym", "test"])
def test_every_event_that_is_served_is_in_it_and_no_other(
    namespace: str, document: Document, served: dict[str, list[str]]
) -> None:
    messages = document["channels"][namespace]["messages"]
    described = {message["name"] for key, message in messages.items() if key.endswith(".request")}
    assert described == set(served[namespace])
    assert described == {message["name"] for key, message in messages.items() if key.endswith(".ack")}


def test_it_is_of_this_version(document: Document) -> None:
    assert document["info"]["version"] == VERSION


def test_every_code_is_in_it(document: Document) -> None:
    assert set(document["components"]["schemas"]["code"]["enum"]) == {code.value for code in Code} == CODES


def test_every_channel_is_in_it(document: Document) -> None:
    assert set(document["components"]["schemas"]["channel"]["enum"]) == set(SYNCED)
    for resource in RESOURCES.values():
        assert _payload(document, f"{resource.channel}.event")["items"]["$ref"].endswith(f"/{resource.name}")
    assert "exceptions.event" not in document["channels"]["gym"]["messages"], "plain clients are not sent them"


def test_fields_have_the_limits_of_the_contract(document: Document) -> None:
    coach, schedule = (_payload(document, f"new_{name}.request")["properties"] for name in ("coach", "schedule"))
    assert (coach["name"]["minLength"], coach["name"]["maxLength"]) == (2, 40)
    assert (coach["age"]["minimum"], coach["age"]["maximum"]) == (18, 100)
    assert {"name", "age"} <= set(_payload(document, "new_coach.request")["required"])
    written, empty = coach["picture"]["anyOf"]
    assert written["format"] == "uri" and empty == {"type": ["string", "null"], "maxLength": 0}
    assert "null" not in json.dumps(document["components"]["schemas"]["coach"]), "no text is sent as null"
    assert (coach["password"]["minLength"], coach["password"]["maxLength"]) == (8, 200)
    assert schedule["day"]["enum"][0] == "Monday" and len(schedule["day"]["enum"]) == 7
    assert "password" not in document["components"]["schemas"]["coach"]["properties"]


@pytest.mark.parametrize(
    ("channel", "where", "is_allowed"),
    [
        ("coaches", {}, True),
        (
            "coaches",
            {"name": "May", "age": {"gte": 30, "lt": 40}, "not": {"or": [{"id": 3}, {"username": None}]}},
            True,
        ),
        ("schedules", {"coach": 3, "coach.name": {"contains": "may"}, "hour": {"in": ["900"]}}, True),
        ("workout_plans", {"exercise_moves": {"has": 5}}, True),
        ("coaches", {"nothing": 1}, False),
        ("coaches", {"password": "x"}, False),
        ("coaches", {"age": {"contains": "3"}}, False),
        ("coaches", {"age": {}}, False),
        ("schedules", {"coach.age": 3}, False),
        ("workout_plans", {"exercise_moves": 5}, False),
    ],
)
def test_filters(channel: str, where: Document, is_allowed: bool, document: Document, gym: Gym) -> None:
    """What it allows is taken, and what it does not is refused."""
    asked = {"where": where}
    assert gym.client.call(f"list_{channel}", asked)["ok"] is is_allowed
    assert (faults(document, _payload(document, f"list_{channel}.request"), asked) == []) is is_allowed


@pytest.mark.parametrize("name", list(ALL))
def test_writes_and_their_events_are_valid(name: str, document: Document, gym: Gym, server: Server) -> None:
    with closing(Client(server.port, auth={"sync": True})) as synced:
        payload = gym.payload(name)
        _check(document, f"new_{name}.request", payload)
        ack = gym.client.call(f"new_{name}", payload, {})
        _check(document, f"new_{name}.ack", ack)
        number, rev = ack["data"]["id"], ack["meta"]["rev"]
        field, value = next((field, payload[field]) for field in ("age", "hour", "name", "note") if field in payload)
        for change in (
            {"id": number, field: value},
            {"id": number, field: {}},
            {"id": 99_999_999},
            {"id": number, "x": 1},
        ):
            _check(document, f"update_{name}.ack", gym.client.call(f"update_{name}", change, {"base": rev}))
        listed = f"list_{ALL[name].channel}"
        for request in (
            {},
            {"where": {field: {"in": [value]}, "or": [{"id": number}]}, "order": ["-id"], "count": True},
        ):
            _check(document, f"{listed}.request", request)
            ack = gym.client.call(listed, request, {})
            assert ack["data"]["records"]
            _check(document, f"{listed}.ack", ack)
        for asked in ({"id": number}, {"id": 99_999_999}):
            _check(document, f"get_{name}.request", asked)
            _check(document, f"get_{name}.ack", gym.client.call(f"get_{name}", asked, {}))
        _check(document, f"delete_{name}.request", {"id": number})
        _check(document, f"delete_{name}.request", number)
        ack = gym.client.call(f"delete_{name}", number, {})
        _check(document, f"delete_{name}.ack", ack)
        history = gym.client.call("history", {"channel": ALL[name].channel, "id": number}, {})
        assert len(history["data"]) == 2
        _check(document, "history.ack", history)
        for asked in ({}, {"channel": ALL[name].channel, "limit": 1}):
            _check(document, "history.request", asked)
            _check(document, "history.ack", gym.client.call("history", asked, {}))
        _check(document, "undo.ack", gym.client.call("undo", {"seq": ack["meta"]["seq"]}, {}))
        _check(document, "sync.ack", synced.call("sync", {"epoch": "another", "seq": 0}))
        synced.next_event("connected")
        _check(document, "sync.event", synced.next_event("sync").args[0])
        assert any(event.name == "changes" for event in synced.inbox)
        _check_events(document, synced.take())
    _check_events(document, gym.client.take())


def test_batches_are_valid(document: Document, gym: Gym) -> None:
    schedule = gym.client.call("new_schedule", gym.payload("schedule"), {})
    number, rev = schedule["data"]["id"], schedule["meta"]["rev"]
    slot = {key: schedule["data"][key] for key in ("day", "hour", "coach", "workout_plan")}
    fine = [
        {"event": "update_schedule", "data": {"id": number, "hour": "1000"}, "base": rev},
        {"event": "new_exercise_moves", "data": gym.payload("exercise_move")},
        {"event": "new_schedule", "data": slot | {"hour": "1000"}},
        {"event": "delete_schedule", "data": number},
    ]
    _check(document, "batch.request", {"writes": fine})
    for wrong in ([], [{"event": "undo", "data": {"seq": 1}}], [{"event": "delete_schedule"}], fine * 126):
        assert faults(document, _payload(document, "batch.request"), {"writes": wrong})
    stale = [*fine[:1], {"event": "update_schedule", "data": {"id": number, "hour": "1100"}, "base": rev - 1}]
    acks = [gym.client.call("batch", {"writes": writes}, {}) for writes in (stale, [{}], fine, fine)]
    assert [ack["ok"] for ack in acks] == [False, False, True, False]
    acks.append(gym.client.call("batch", {"writes": [*fine[2:3], *fine[3:]]}, {"check": True}))
    assert acks[-1]["meta"]["warnings"] and not acks[-1]["ok"]
    for ack in acks:
        _check(document, "batch.ack", ack)


def test_presence_is_valid(document: Document, gym: Gym, server: Server) -> None:
    claim = {"channel": "coaches", "id": gym.new("coach")["id"], "on": True}
    _check(document, "editing.request", claim)
    with closing(Client(server.port, auth={"sync": True})) as synced:
        for change in ({}, {"id": 99_999_999}, {"on": 1}):
            _check(document, "editing.ack", synced.call("editing", claim | change, {}))
        people = wait_until_editing(synced, synced, "coaches", claim["id"])
    _check(document, "presence.event", {"users": list(people.values())})


def test_a_conflict_a_replay_and_a_warning_are_valid(document: Document, gym: Gym) -> None:
    op = {"op": "7f3c2a52-0f5e-4a8c-bf0e-2d2a4c7d9e12"}
    schedule = gym.new("schedule")
    warned = [
        gym.client.call("new_schedule", {key: schedule[key] for key in schedule if key != "id"}, op) for _ in "12"
    ]
    assert warned[1]["meta"]["replayed"] and warned[0]["meta"]["warnings"]
    first = warned[0]["meta"]["rev"]
    update = {"id": warned[0]["data"]["id"], "hour": "700"}
    acks = [gym.client.call("update_schedule", update | {"hour": hour}, {"base": first}) for hour in ("700", "800")]
    assert acks[1]["meta"]["code"] == "conflict"
    for ack in warned:
        _check(document, "new_schedule.ack", ack)
    for ack in acks:
        _check(document, "update_schedule.ack", ack)
    _check(document, "delete_coach.ack", gym.client.call("delete_coach", schedule["coach"], {}))


@pytest.mark.settings(ACCESS="public-read")
def test_signing_in_and_accounts_are_valid(document: Document, own_server: Server) -> None:
    accounts_server = AccountsServer(own_server)
    with closing(Client(own_server.port)) as client:
        _check(document, "new_coach.ack", client.call("new_coach", {"name": "Nobody", "age": 30}, {}))
        for password in ("correct horse battery staple", "wrong", ""):
            _check(document, "login.ack", client.call("login", {"username": "coach", "password": password}, {}))
        _check(document, "logout.ack", client.call("logout"))
        _check_events(document, client.take())
    for event in ("accounts", "refresh"):
        _check(document, f"{event}.ack", accounts_server.admin.call(event))
    for event, data in (
        ("new_account", {"username": "desk", "role": "viewer", "password": PASSWORD}),
        ("set_account", {"username": "desk", "role": "coach"}),
        ("delete_account", {"username": "desk"}),
    ):
        _check(document, f"{event}.request", data)
        _check(document, f"{event}.ack", accounts_server.admin.call(event, data, {}))
    with closing(accounts_server.person("late")) as late:
        accounts_server.admin.ok("delete_account", {"username": "late"})
        _check(document, "session.event", late.next_event("session").args[0])
    accounts_server.admin.close()


def test_the_demos_are_valid(document: Document, server: Server) -> None:
    with closing(Client(server.port, namespace="/test")) as client:
        for event, args in (("uuid", ()), ("hex", ()), ("my event", ({"data": 1},)), ("my event", ())):
            _check(document, f"{event.replace(' ', '_')}.ack", client.call(event, *args), "test")
        client.next_event("newnumber")
        for packet in client.received:
            if isinstance(packet, Event):
                _check(document, f"{packet.name.replace(' ', '_')}.event", packet.args[0], "test")
