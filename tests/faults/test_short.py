"""A little of every kind of harm; `make faults` does all of them hundreds of times (docs/reliability.md).

Two runs have most of them at once, so that one server and one look at what is left serve them all.
"""

from pathlib import Path

import pytest

from tests.faults import crowd
from tests.faults.kinds import mixed
from tests.faults.plan import PLAN
from tests.support.requirements import skip_or_fail

# How often, or for kinds that count otherwise, how much; and with how many clients.
SHORT = {
    "mixed-sqlite": (1, 10),
    "mixed-postgres": (1, 10),
    "kill-sqlite-while-trimming": (1, 8),
    "many-clients": (50, 50),
    "rights": (1, 8),
}


@pytest.mark.timeout(900)
@pytest.mark.parametrize("kind", SHORT)
def test_nothing_is_lost(kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    times, clients = SHORT[kind]
    monkeypatch.setattr(crowd, "most_processes", 2)
    monkeypatch.setattr(crowd, "most_clients", clients)
    verdict = PLAN[kind].run(tmp_path, "short", times)
    assert verdict.found == []
    if left_out := mixed.KINDS.get(kind, set()) - verdict.harms.keys():
        assert left_out <= mixed.PRIVILEGED
        skip_or_fail(f"what this user may not do, or no compiler is there for: {', '.join(sorted(left_out))}")


def test_every_kind_is_in_it() -> None:
    assert {*SHORT}.union(*mixed.KINDS.values()) == {*PLAN, *mixed.MORE}
