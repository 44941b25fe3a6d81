"""A little of every kind of harm; `make faults` does all of them hundreds of times (docs/reliability.md)."""

from pathlib import Path

import pytest

from tests.faults import crowd
from tests.faults.plan import PLAN

# How often, or for kinds that count otherwise, how much.
SHORT = {
    "kill-sqlite": 2,
    "lost-frames": 20,
    "cuts": 20,
    "connection-ended-in-commit": 1,
    "file-gone": 1,
    "power-cuts": 1,
    "hostile-frames": 500,
    "rights": 1,
}


@pytest.mark.timeout(900)
@pytest.mark.parametrize("kind", SHORT)
def test_nothing_is_lost(kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(crowd, "most_processes", 1)
    monkeypatch.setattr(crowd, "most_clients", 8)
    assert PLAN[kind].run(tmp_path, "short", SHORT[kind]).found == []
