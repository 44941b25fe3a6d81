"""Faults that the campaign must find: without that a campaign that finds nothing says nothing.

A short run may miss one: then another seed is tried.
"""

from pathlib import Path

import pytest

from tests.faults import crowd
from tests.faults.plan import FINDS, PLAN
from tests.faults.planted import NAMES

_TRIES = 6
# What takes longer to be found is for `make faults-planted`.
_SOON = sorted(
    set(FINDS) - {"copy_mended_out_of_order", "floor_too_low", "older_array_after_newer", "undo_without_conflict"}
)


def test_each_is_looked_for() -> None:
    assert set(FINDS) == set(NAMES)


@pytest.mark.timeout(900)
@pytest.mark.parametrize("name", _SOON)
def test_a_planted_fault_is_found(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLANTED", name)
    monkeypatch.setattr(crowd, "most_processes", 1)
    monkeypatch.setattr(crowd, "most_clients", 8)
    # Some of these keep clients from ever knowing all: that is found, too.
    monkeypatch.setattr(crowd, "most_seconds", 10.0)
    kind, times = FINDS[name]
    found: list[str] = []
    for attempt in range(_TRIES):
        found = PLAN[kind].run(tmp_path / f"{attempt}", f"planted-{attempt}", min(times, 4)).found
        if found:
            break
    assert found
