"""A little of the kinds of harm that end processes; `make faults` does hundreds."""

from pathlib import Path

import pytest

from tests.faults.plan import PLAN


@pytest.mark.parametrize(("kind", "times"), [("kill-sqlite", 4), ("kill-postgres", 2)])
def test_nothing_is_lost(kind: str, times: int, tmp_path: Path) -> None:
    assert PLAN[kind].run(tmp_path, "short", times).found == []
