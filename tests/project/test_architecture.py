"""docs/architecture.md is true: its picture has the rooms and the arrows of the import contracts, and no others."""

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.environment import ROOT

PAGE = (ROOT / "docs" / "architecture.md").read_text()
HOUSE, REALTIME = "The house: imports go down only", "Inside realtime: from frames to rows and back"
ROOMS = sorted(path.parent for path in (ROOT / "server").glob("**/__init__.py") if path.parent != ROOT / "server")


def _layers(name: str) -> list[list[str]]:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    [contract] = [one for one in contracts if one["name"] == name]
    return [[room.strip().removeprefix("server.") for room in layer.split("|")] for layer in contract["layers"]]


def _contracts() -> set[tuple[str, str]]:
    """Who may import whom, by the contracts: from each layer all below it. What is in realtime is its rooms."""
    layers: list[list[str]] = []
    for layer in _layers(HOUSE):
        layers += _layers(REALTIME) if layer == ["realtime"] else [layer]
    return {
        (upper, lower)
        for place, layer in enumerate(layers)
        for upper in layer
        for below in layers[place + 1 :]
        for lower in below
    }


def _picture() -> dict[str, set[str]]:
    [drawn] = re.findall(r"^```mermaid$(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
    arrows: dict[str, set[str]] = {}
    for line in re.findall(r"^ *(\S.* --> .*)$", drawn, re.MULTILINE):
        uppers, lowers = ([name.strip() for name in side.split("&")] for side in line.split("-->"))
        for upper in uppers:
            arrows.setdefault(upper, set()).update(lowers)
    return arrows


def _below(arrows: dict[str, set[str]], room: str) -> Iterator[str]:
    for lower in arrows.get(room, ()):
        yield lower
        yield from _below(arrows, lower)


def test_the_picture_is_that_of_the_import_contracts() -> None:
    arrows = _picture()
    assert {(room, lower) for room in arrows for lower in _below(arrows, room)} == _contracts()


@pytest.mark.parametrize("room", ROOMS, ids=lambda room: room.relative_to(ROOT).as_posix())
def test_every_room_says_what_it_is_for_and_has_its_paragraph(room: Path) -> None:
    said = ast.get_docstring(ast.parse((room / "__init__.py").read_text())) or ""
    assert len(said.splitlines()) >= 3, "what it is for, what comes in, what goes out"
    name = room.relative_to(ROOT / "server").as_posix()
    paragraphs = [one for one in PAGE.split("\n\n") if one.startswith(f"**`{name}/`**")]
    assert len(paragraphs) == 1


@pytest.mark.parametrize("room", ROOMS, ids=lambda room: room.relative_to(ROOT).as_posix())
def test_no_room_has_more_files_than_one_can_keep_in_mind(room: Path) -> None:
    assert len([path for path in room.glob("*.py") if path.name != "__init__.py"]) <= 15


def test_every_file_that_the_walk_names_is_there() -> None:
    named = set(re.findall(r"`((?:[a-z_]+/)+[a-z_]+\.py)`", PAGE))
    assert len(named) > 20
    assert [name for name in sorted(named) if not (ROOT / "server" / name).exists()] == []


def test_each_logger_is_named_after_its_room() -> None:
    """But `spotter.audit`, which operators filter by."""
    for path in (ROOT / "server").glob("**/*.py"):
        for name in re.findall(r'getLogger\("(spotter\..*?)"\)', path.read_text()):
            assert name == f"spotter.{path.parent.name}" or (name, path.stem) == ("spotter.audit", "audit"), path
