"""What a resource declares of its readers holds for the copies of its records too, or is refused at the start."""

from collections.abc import Iterator
from typing import Any

import pytest

from server import resources
from server.accounts.access_rights import Rights
from server.realtime.protocol.caller import Caller
from server.realtime.resource.binding import bind_all
from server.realtime.resource.resource import Resource
from server.realtime.resource.rules import Declared, Rule
from server.realtime.resource.view import EVERYTHING


def _whoever(caller: Caller, record: Any) -> bool:
    return True


@pytest.fixture
def declare(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """Declare a channel of the gym with these readers, for this test; without exceptions, which show classes."""
    resources.load()
    monkeypatch.delitem(Resource.registry, "exceptions")
    bind_all()

    def read(channel: str, declared: Declared | None) -> None:
        rule = None if declared is None else Rule.parse(declared)
        monkeypatch.setattr(Resource.registry[channel], "read", rule)

    yield read
    monkeypatch.undo()
    bind_all()


@pytest.mark.parametrize(
    ("inner", "outer", "fits"),
    [
        (None, None, True),
        (None, ("coach",), True),
        (("coach",), None, False),
        (("coach",), ("coach",), True),
        (("coach", "viewer"), ("coach",), True),
        (("coach",), ("coach", "viewer"), False),
        ((), (), True),
        (_whoever, None, False),
        (_whoever, _whoever, False),
        (_whoever, (), False),
        (("coach",), _whoever, False),
        (("coach",), Rule(frozenset({"coach"}), _whoever), True),
        (Rule(None), None, True),
    ],
)
def test_who_reads_the_copies_may_read_the_record(declare: Any, inner: Any, outer: Any, fits: bool) -> None:
    declare("coaches", inner)
    declare("schedules", outer)
    if fits:
        bind_all()
    else:
        with pytest.raises(TypeError, match=r"schedules.coach would show more of coaches .* only=\('id',\)"):
            bind_all()


def test_a_role_that_no_account_has_is_refused(declare: Any) -> None:
    declare("coaches", ("coach", "trainer"))
    with pytest.raises(TypeError, match="coach: there is no role 'trainer'; there are admin, coach, viewer"):
        Rights("required")


def test_who_may_read_the_same_has_one_view(declare: Any) -> None:
    rights = Rights("required")
    viewers = [Caller(f"::{number}", f"viewer {number}", role="viewer") for number in range(2)]
    assert rights.view(viewers[0]) is EVERYTHING
    declare("schedules", ("coach",))
    rights = Rights("required")
    views = [rights.view(viewer) for viewer in viewers]
    assert views[0] is views[1]
    assert views[0].limited == {"schedules"}
    assert rights.view(Caller("", role="coach")) is EVERYTHING
    declare("schedules", _whoever)
    rights = Rights("required")
    views = [rights.view(viewer) for viewer in viewers]
    assert views[0] is not views[1]
    assert rights.view(Caller("", role="admin")) is EVERYTHING
