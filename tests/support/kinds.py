"""How the server under test is run: on which database, in how many processes.

The contract holds for every kind, so its tests run on all of them. Tests of something else are marked, with a reason:

    @pytest.mark.kinds("sqlite", reason="frames are taken apart before a database is asked")

Those outside of the contract's folders are about commands, pages and settings: unmarked, they run on the first kind.
"""

from dataclasses import dataclass

import pytest


@dataclass(frozen=True)
class Kind:
    """One way to run the server. Of those that are not `whole` the sample is tested, unless somebody asks for more."""

    name: str
    postgres: bool
    processes: int
    whole: bool


KINDS = {
    kind.name: kind
    for kind in (
        Kind("sqlite", postgres=False, processes=1, whole=True),
        Kind("postgres", postgres=True, processes=1, whole=False),
        Kind("postgres-two", postgres=True, processes=2, whole=True),
        Kind("sqlite-two", postgres=False, processes=2, whole=False),
    )
}
ALL = "all"

CONTRACT = ("tests/wire/", "tests/fuzz/")

# Tests take time. The kinds that are not whole only combine what the others have: these tests are about
# where that matters, which is who commits when, and who hears of it.
SAMPLE = (
    "tests/wire/mutations/test_concurrency.py",
    "tests/wire/gateway/test_order.py",
    "tests/wire/mutations/test_op.py",
    "tests/wire/queries/test_sync.py",
    "tests/wire/queries/test_cursors.py",
)


def kinds_of(test: pytest.Item) -> tuple[str, ...]:
    """The names of the kinds that a test is for."""
    if marker := test.get_closest_marker("kinds"):
        return _checked(*marker.args, **marker.kwargs)
    everywhere = tuple(KINDS)
    return everywhere if test.nodeid.startswith(CONTRACT) else everywhere[:1]


def is_wanted(test: pytest.Item, names: frozenset[str]) -> bool:
    """Whether to run a test, when these kinds (or ALL) are asked for.

    None stands for the whole ones and the sample, and for those that a test is marked for.
    """
    callspec = getattr(test, "callspec", None)
    name = callspec and callspec.params.get("server_kind")
    if name is None or ALL in names:
        return True
    if names:
        return name in names
    is_marked = test.get_closest_marker("kinds") is not None
    return KINDS[name].whole or is_marked or test.nodeid.startswith(SAMPLE)


def _checked(*names: str, reason: str) -> tuple[str, ...]:
    assert names and reason and set(names) <= set(KINDS), f"kinds{names}: known are {list(KINDS)}"
    return names
