"""What one may not read is in no calendar and no table."""

from contextlib import closing

import pytest

from tests.support.accounts_server import CALLERS, AccountsServer
from tests.support.http import ask


def _got(accounts_server: AccountsServer, path: str) -> dict[str, tuple[int, bool, bool]]:
    """The status, and whether the class of one's own and that of another are named."""
    found = {}
    for caller in CALLERS:
        token = accounts_server.auth(caller).get("token")
        status, headers, body = ask(accounts_server.server, path, {"Authorization": f"Bearer {token}"} if token else {})
        assert status != 200 or headers["cache-control"] == "no-store"
        found[caller] = status, b"Mine" in body, b"Theirs" in body
    return found


@pytest.fixture
def other(accounts_server: AccountsServer) -> int:
    """A coach who gives a class, beside the one who is signed in and gives another; both go by their plans."""
    coach = accounts_server.gym.new("coach", name="Theirs too")["id"]
    for number, name in ((accounts_server.own["id"], "Mine"), (coach, "Theirs")):
        plan = accounts_server.gym.new("workout_plan", name=name)
        accounts_server.gym.new("schedule", coach_id=number, workout_plan=plan)
    return int(coach)


def _clean(accounts_server: AccountsServer) -> None:
    for event, channel in (("delete_schedule", "schedules"), ("delete_workout_plan", "workout_plans")):
        with_all = accounts_server.client("admin", sync=True)
        for row in with_all.next_event("sync").args[0]["snapshot"][channel]:
            accounts_server.admin.ok(event, {"id": row["record"]["id"]})
        with_all.close()


@pytest.mark.access("public-read")
def test_the_calendar_has_the_classes_that_one_may_read(accounts_server: AccountsServer, other: int) -> None:
    try:
        for path in ("/timetable.ics", "/export/schedules.csv"):
            assert _got(accounts_server, path) == {
                "nobody": (401, False, False),
                "viewer": (403, False, False),
                "coach": (200, True, False),
                "admin": (200, True, True),
            }, path
    finally:
        _clean(accounts_server)


@pytest.mark.access("public-read")
def test_a_coachs_calendar_is_no_way_around(accounts_server: AccountsServer, other: int) -> None:
    try:
        others, own = (
            _got(accounts_server, f"/timetable/{other}.ics"),
            _got(accounts_server, f"/timetable/{accounts_server.own['id']}.ics"),
        )
        assert others == {
            "nobody": (401, False, False),
            "viewer": (403, False, False),
            # The coach's name is for coaches to read.
            "coach": (200, False, True),
            "admin": (200, False, True),
        }
        assert own == {
            "nobody": (401, False, False),
            "viewer": (403, False, False),
            "coach": (200, True, False),
            "admin": (200, True, False),
        }
        token = accounts_server.auth("coach")["token"]
        _, _, body = ask(accounts_server.server, f"/timetable/{other}.ics", {"Authorization": f"Bearer {token}"})
        assert b"BEGIN:VEVENT" not in body
        assert ask(accounts_server.server, "/timetable/1000000.ics")[0] == 401, "as of one that is there"
        assert [answer[0] for answer in _got(accounts_server, "/export/coaches.csv").values()] == [401, 403, 200, 200]
        assert [answer[0] for answer in _got(accounts_server, "/export/workout_plans.csv").values()] == [200] * 4
    finally:
        _clean(accounts_server)


def test_where_all_sign_in_a_token_is_asked_for_first(accounts_server: AccountsServer, other: int) -> None:
    try:
        for path in ("/timetable.ics", f"/timetable/{other}.ics", "/export/schedules.csv", "/export/no.csv"):
            assert ask(accounts_server.server, path)[0] == 401
    finally:
        _clean(accounts_server)


def test_a_private_address_reads_what_its_owner_may(accounts_server: AccountsServer, other: int) -> None:
    """Whoever has it, and without a token."""
    try:
        expected = {"viewer": (403, False, False), "coach": (200, True, False), "admin": (200, True, True)}
        for caller, seen in expected.items():
            with closing(accounts_server.client(caller)) as client:
                path = "/feed" + client.ok("feed")["url"].partition("/feed")[2]
            status, _, body = ask(accounts_server.server, path)
            assert (status, b"Mine" in body, b"Theirs" in body) == seen, caller
            status, _, body = ask(accounts_server.server, path.replace("timetable.ics", f"timetable/{other}.ics"))
            assert (status, b"Mine" in body) == (seen[0], False) and (b"BEGIN:VEVENT" in body) is seen[2], caller
    finally:
        _clean(accounts_server)
