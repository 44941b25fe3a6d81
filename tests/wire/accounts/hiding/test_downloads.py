"""What one may not read is in no calendar and no table."""

import pytest

from tests.support.house import CALLERS
from tests.support.house import House
from tests.support.http import ask


def _got(house: House, path: str) -> dict[str, tuple[int, bool, bool]]:
    """The status, and whether the class of one's own and that of another are named."""
    found = {}
    for caller in CALLERS:
        token = house.auth(caller).get("token")
        status, headers, body = ask(house.server, path, {"Authorization": f"Bearer {token}"} if token else {})
        assert status != 200 or headers["cache-control"] == "no-store"
        found[caller] = status, b"Mine" in body, b"Theirs" in body
    return found


@pytest.fixture
def other(house: House) -> int:
    """A coach who gives a class, beside the one who is signed in and gives another; both go by their plans."""
    coach = house.gym.new("coach", name="Theirs too")["id"]
    for number, name in ((house.own["id"], "Mine"), (coach, "Theirs")):
        plan = house.gym.new("workout_plan", name=name)
        house.gym.new("schedule", coach_id=number, workout_plan=plan)
    return int(coach)


def _clean(house: House) -> None:
    for event, channel in (("delete_schedule", "schedules"), ("delete_workout_plan", "workout_plans")):
        with_all = house.client("admin", sync=True)
        for row in with_all.next_event("sync").args[0]["snapshot"][channel]:
            house.admin.ok(event, {"id": row["record"]["id"]})
        with_all.close()


@pytest.mark.access("public-read")
def test_the_calendar_has_the_classes_that_one_may_read(house: House, other: int) -> None:
    try:
        for path in ("/timetable.ics", "/export/schedules.csv"):
            assert _got(house, path) == {
                "nobody": (401, False, False),
                "viewer": (403, False, False),
                "coach": (200, True, False),
                "admin": (200, True, True),
            }, path
    finally:
        _clean(house)


@pytest.mark.access("public-read")
def test_a_coachs_calendar_is_no_way_around(house: House, other: int) -> None:
    try:
        theirs, own = _got(house, f"/timetable/{other}.ics"), _got(house, f"/timetable/{house.own['id']}.ics")
        assert theirs == {
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
        token = house.auth("coach")["token"]
        _, _, body = ask(house.server, f"/timetable/{other}.ics", {"Authorization": f"Bearer {token}"})
        assert b"BEGIN:VEVENT" not in body
        assert ask(house.server, "/timetable/1000000.ics")[0] == 401, "as of one that is there"
        assert [answer[0] for answer in _got(house, "/export/coaches.csv").values()] == [401, 403, 200, 200]
        assert [answer[0] for answer in _got(house, "/export/workout_plans.csv").values()] == [200] * 4
    finally:
        _clean(house)


def test_where_all_sign_in_a_token_is_asked_for_first(house: House, other: int) -> None:
    try:
        for path in ("/timetable.ics", f"/timetable/{other}.ics", "/export/schedules.csv", "/export/no.csv"):
            assert ask(house.server, path)[0] == 401
    finally:
        _clean(house)
