"""docs/protocol.md is true: its client runs, its frames parse, and nothing of the contract is left out.

What a resource adds that somebody declares beside the gym's own follows from these: the pages need not name it.
"""

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from server.config import SETTINGS
from server.realtime.protocol.errors import Code
from tests.conftest import StartServer
from tests.support.acks import META_KEYS
from tests.support.answered_events import answered_events
from tests.support.catalogue import ALL
from tests.support.environment import ROOT
from tests.support.gym import Gym
from tests.support.server import Server
from tests.support.socketio_client import CHANNELS, CONTRACT, Client

PROTOCOL = (ROOT / "docs" / "protocol.md").read_text(encoding="utf-8")
ERRORS = (ROOT / "docs" / "errors.md").read_text(encoding="utf-8")
FRAMES = [line for line in (PROTOCOL + ERRORS).splitlines() if line.startswith(("> ", "< "))]
SHORTENED = "..."
# What the server emits beside the channels.
EMITTED = {"connected", "sync", "changes", "session", "presence", "message", "time", "newnumber", "my response"}


@pytest.fixture(scope="module")
def events(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """Every event that the server answers; those of records with the name of their resource."""
    return answered_events(tmp_path_factory.mktemp("events"))


@pytest.fixture(scope="module")
def script(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The client of the page, as a file."""
    [block] = re.findall(r"```python\n(.*?)```", PROTOCOL, re.DOTALL)
    path = tmp_path_factory.mktemp("docs") / "client.py"
    path.write_text(block, encoding="utf-8")
    return path


@pytest.fixture
def example(script: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The client of the page, as a module whose pauses are short."""
    module = ModuleType("example")
    exec(compile(script.read_text(encoding="utf-8"), str(script), "exec"), module.__dict__)
    monkeypatch.setattr(module.random, "uniform", lambda low, high: 0.1)
    return module


@pytest.fixture
def gym_server(start_server: StartServer) -> Server:
    """A server of this test's own."""
    return start_server()


@pytest.fixture
def gym(example: ModuleType, gym_server: Server) -> Iterator[Any]:
    """The page's client, not connected."""
    client = example.Gym(f"ws://127.0.0.1:{gym_server.port}")
    yield client
    if client.socket is not None:
        client.socket.shutdown()


def _is_mentioned(name: str) -> bool:
    """Whether a name stands in the pages as code, alone or as a part of some, or in a frame or an example."""
    code = re.findall(r"```.*?```|`[^`\n]+`", PROTOCOL + ERRORS, re.DOTALL)
    return any(re.search(rf"(?<!\w){re.escape(name)}(?!\w)", part) for part in code)


def _assert_same(gym: Any, server: Server) -> None:
    """The copy, once it has caught up, is what a new plain client is sent."""
    plain = Client(server.port)
    connected, arrays = plain.welcome()
    plain.close()
    while gym.cursor is None or gym.cursor["seq"] < connected["seq"]:
        gym.keep_trying(gym.read)
    for channel in CHANNELS:
        rows = gym.records[channel]
        assert [rows[number]["record"] for number in sorted(rows)] == arrays[channel]


def test_the_client_runs_as_the_page_says(script: Path, gym_server: Server) -> None:
    ended = subprocess.run(
        [sys.executable, str(script), f"ws://127.0.0.1:{gym_server.port}"],
        capture_output=True,
        text=True,
        timeout=280,
        check=False,
    )
    assert ended.returncode == 0, ended.stderr
    assert "my copy has" in ended.stdout
    assert "'age': 32" in ended.stdout


def test_the_client_catches_up_after_a_drop(gym: Any, gym_server: Server) -> None:
    coach = gym.write("new_coach", {"name": "Noor Haddad", "age": 30})["data"]["id"]
    gym.socket.shutdown()
    other = Client(gym_server.port)
    other.ok("update_coach", {"id": coach, "name": "Noor Said"})
    other.ok("new_coach", {"name": "Ola Nordin", "age": 30})
    other.close()
    _assert_same(gym, gym_server)
    assert gym.records["coaches"][coach]["record"]["name"] == "Noor Said"


def test_the_client_keeps_copies_by_the_rule(gym: Any, gym_server: Server) -> None:
    other = Client(gym_server.port)
    made = Gym(other)
    slot = made.new("schedule")
    _assert_same(gym, gym_server)
    plan = gym.records["workout_plans"][slot["workout_plan"]["id"]]["record"]
    for _ in range(2):
        made.update("coach", id=slot["coach"]["id"], name=f"Coach {next(made.numbers)}")
        made.update("workout_plan", id=plan["id"], name=f"Plan {next(made.numbers)}")
        made.update("exercise_move", id=plan["exercise_moves"][0]["id"], name=f"Move {next(made.numbers)}")
        _assert_same(gym, gym_server)
        gym.socket.shutdown()
    other.close()
    assert gym.records["schedules"][slot["id"]]["rev"] < gym.records["coaches"][slot["coach"]["id"]]["rev"]


def test_the_client_goes_on_after_a_crash_of_the_server(gym: Any, gym_server: Server) -> None:
    coach = gym.write("new_coach", {"name": "Noor Haddad", "age": 30})["data"]["id"]
    gym_server.restart()
    assert gym.write("delete_coach", coach)["ok"]
    _assert_same(gym, gym_server)
    assert not gym.records["coaches"]


def test_the_client_writes_once_though_an_ack_was_lost(
    gym: Any, gym_server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    gym.connect()
    receive = gym.socket.recv

    def lose_the_ack() -> Any:
        frame = receive()
        if frame.startswith("43"):
            raise ConnectionError("lost")
        return frame

    monkeypatch.setattr(gym.socket, "recv", lose_the_ack)
    ack = gym.write("new_coach", {"name": "Noor Haddad", "age": 30})
    assert ack["meta"]["replayed"] is True
    _assert_same(gym, gym_server)
    assert len(gym.records["coaches"]) == 1


@pytest.mark.parametrize("wrong", [{"seq": 1}, {"epoch": "another"}])
def test_the_client_syncs_when_it_missed_something(wrong: dict[str, Any], gym: Any, gym_server: Server) -> None:
    for name in ("Noor Haddad", "Ola Nordin", "Maya Lindqvist"):
        gym.write("new_coach", {"name": name, "age": 30})
    _assert_same(gym, gym_server)
    gym.cursor |= wrong
    gym.records["coaches"].popitem()
    other = Client(gym_server.port)
    other.ok("new_coach", {"name": "Aisha Okafor", "age": 30})
    other.close()
    _assert_same(gym, gym_server)


def test_the_client_wants_a_token_where_one_is_needed(example: ModuleType, start_server: StartServer) -> None:
    server = start_server(ACCESS="required")
    client = example.Gym(f"ws://127.0.0.1:{server.port}", "no token at all")
    with pytest.raises(SystemExit, match="token"):
        client.connect()
    client.socket.shutdown()


@pytest.mark.parametrize("code", list(Code))
def test_every_code_has_its_row(code: Code) -> None:
    rows = [line for line in ERRORS.splitlines() if line.startswith(f"| `{code}` |")]
    assert len(rows) == 1
    assert all(cell.strip() for cell in rows[0].strip("|").split("|"))


@pytest.mark.parametrize("key", sorted(META_KEYS))
def test_every_key_of_meta_is_explained(key: str) -> None:
    rows = [line for line in PROTOCOL.splitlines() if line.startswith("| `")]
    assert any(f"`{key}`" in row.split("|")[1] for row in rows)


def test_every_event_is_mentioned(events: dict[str, Any]) -> None:
    assert {"new_coach", "new_exercise_moves", "login", "undo", "hex"} <= {*events["gym"], *events["test"]}
    own = {event for event, name in events["records"].items() if name not in ALL}
    missing = [name for name in {*events["gym"], *events["test"], *EMITTED, *CONTRACT} - own if not _is_mentioned(name)]
    assert not missing


def test_every_event_of_a_record_is_shown_with_its_ack(events: dict[str, Any]) -> None:
    canonical = {f"{action}_{name}" for name in ALL for action in ("new", "update", "delete", "get")}
    canonical |= {f"list_{resource.channel}" for resource in ALL.values()}
    assert canonical <= events["records"].keys()
    for event in sorted(canonical):
        shown = re.findall(rf'> 42(\d+)\["{event}",.*\n< 43(\d+)\[{{"ok":true', PROTOCOL)
        assert any(asked == answered for asked, answered in shown), event


def test_settings_are_called_and_set_as_the_page_says() -> None:
    defaults = {setting.name: setting.default for setting in SETTINGS}
    shown = re.findall(r"`([A-Z]+_[A-Z_]+)` ([0-9]+)", ERRORS)
    assert {name for name, _ in shown} >= {"MAX_MESSAGE_BYTES", "MAX_BACKLOG_BYTES", "JOURNAL_COMMITS"}
    for name, value in shown:
        assert defaults[name] == value, name
    for name in re.findall(r"`([A-Z]+_[A-Z_]+)[`=]", PROTOCOL + ERRORS):
        assert name in defaults


def test_frames_are_frames() -> None:
    whole = [line for line in FRAMES if SHORTENED not in line and "NaN" not in line]
    assert len(whole) > 50
    for line in whole:
        match = re.fullmatch(r"[<>] (?:0|4[0-4](?:/\w+,)?[0-9]*)([\[{\"].*)?", line)
        assert match, line
        if match[1]:
            json.loads(match[1])


def test_links_lead_somewhere() -> None:
    headings = re.findall(r"^#+ (.+)$", PROTOCOL, re.MULTILINE)
    anchors = {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}
    for target in re.findall(r"\]\(([^)]+)\)", PROTOCOL + ERRORS):
        name, _, anchor = target.partition("#")
        assert (ROOT / "docs" / name).exists()
        assert not anchor or anchor in anchors
