"""`list_*`: what fits a filter, in an order, page by page."""

import random
from typing import Any

import pytest

from tests.support.acks import assert_failure
from tests.support.catalogue import ALL
from tests.support.gym import Gym, Record
from tests.support.socketio_client import Client
from tests.wire.conftest import Connect

BAD: tuple[tuple[dict[str, Any], str, str], ...] = (
    *(({"where": where}, "where", "invalid") for where in ([], "name", 5, True)),
    ({"where": {"nothing": 1}}, "where.nothing", "invalid"),
    ({"where": {"password": {"starts": "$argon2"}}}, "where.password", "invalid"),
    ({"where": {"age": {"like": 3}}}, "where.age.like", "invalid"),
    ({"where": {"or": [{"age": "x"}]}}, "where.or.0.age", "invalid"),
    ({"where": {"age": {"in": list(range(1001))}}}, "", "too_large"),
    ({"where": {"or": [{"age": 30}] * 51}}, "", "too_large"),
    ({"where": {"not": {"not": {"not": {"not": {"not": {"age": 30}}}}}}}, "", "too_large"),
    *(({"order": order}, "order", "invalid") for order in ("name", {}, 5, [5])),
    ({"order": ["nothing"]}, "order.nothing", "invalid"),
    ({"order": ["name"] * 9}, "", "too_large"),
    *(({"limit": limit}, "limit", "invalid") for limit in (0, 1001, -1, 1.5, "x", True, [], 10**40)),
    *(({"after": after}, "after", "invalid") for after in ("", "x", 5, [], {}, True, "W10=")),
    *(({"count": count}, "count", "invalid") for count in (1, "true", [], {})),
    ({"filter": {}}, "filter", "invalid"),
    ({"Where": {}}, "Where", "invalid"),
)


def _list(client: Client, channel: str, **asked: Any) -> dict[str, Any]:
    listed: dict[str, Any] = client.ok(f"list_{channel}", asked)
    assert set(listed) == {"records", "next", "seq"} | ({"count"} if asked.get("count") else set())
    return listed


def _all(client: Client, channel: str, **asked: Any) -> list[Record]:
    """Page by page."""
    records: list[Record] = []
    after = None
    while True:
        listed = _list(client, channel, **asked, after=after)
        records += listed["records"]
        if (after := listed["next"]) is None:
            return records


@pytest.mark.parametrize("name", ALL)
def test_all_records_by_id(name: str, gym: Gym, connect: Connect) -> None:
    made = [gym.new(name) for _ in range(5)]
    channel = ALL[name].channel
    assert connect().welcome()[1].get(channel, made) == made
    for asked in ({}, {"limit": 2}, {"where": {}, "order": [], "count": False}):
        assert _all(gym.client, channel, **asked) == made
    assert gym.client.ok(f"list_{channel}")["records"] == made, "no data at all"
    assert gym.client.ok(f"list_{channel}", None)["records"] == made
    assert _all(gym.client, channel, order=["-id"], limit=1) == made[::-1]
    assert _list(gym.client, channel, where={"id": {"nin": [made[0]["id"]]}}, limit=1, count=True)["count"] == 4


def test_a_hundred_if_not_asked_for_more(gym: Gym) -> None:
    coaches = [gym.client.ok("new_coach", gym.payload("coach")) for _ in range(101)]
    listed = _list(gym.client, "coaches")
    assert listed["records"] == coaches[:100]
    assert _list(gym.client, "coaches", after=listed["next"])["records"] == coaches[100:]
    assert _list(gym.client, "coaches", limit=101)["next"] is None


def test_a_coachs_week(gym: Gym) -> None:
    coach, other = gym.new("coach"), gym.new("coach")
    plan = gym.new("workout_plan")
    slots = [
        gym.new("schedule", coach=owner, workout_plan=plan, day=day)
        for day in ("Monday", "Friday", "Tuesday")
        for owner in (coach, other)
    ]
    mine = [slot for slot in slots if slot["coach"]["id"] == coach["id"]]
    assert _all(gym.client, "schedules", where={"coach": coach["id"]}) == mine
    assert _all(gym.client, "schedules", where={"coach": coach["id"], "day": {"in": ["Friday", "Sunday"]}}) == mine[1:2]
    assert _all(gym.client, "schedules", where={"not": {"coach.name": coach["name"]}}) == slots[1::2]
    gym.update("coach", id=coach["id"], name="Émile")
    renamed = [{**slot, "coach": {"id": coach["id"], "name": "Émile"}} for slot in mine]
    assert _all(gym.client, "schedules", where={"coach.name": {"contains": "ÉMI"}}) == renamed


def test_a_timetable(gym: Gym) -> None:
    """Days in the order of the week, and hours in that of the day, also from page to page."""
    coach, plan = gym.new("coach"), gym.new("workout_plan")
    times = [("Sunday", "000"), ("Friday", "1830"), ("Monday", "1000"), ("Friday", "900"), ("Monday", "930")]
    slots = {time: gym.new("schedule", coach=coach, workout_plan=plan, day=time[0], hour=time[1]) for time in times}
    for limit in (1, 2, 100):
        listed = _all(gym.client, "schedules", order=["day", "hour"], limit=limit)
        assert listed == [slots[times[place]] for place in (4, 2, 3, 1, 0)]
    where = {"day": {"gte": "Friday"}, "hour": {"gte": "09:00", "lt": "1830"}}
    assert _all(gym.client, "schedules", where=where) == [slots["Friday", "900"]]
    assert _all(gym.client, "schedules", where={"minutes": None}) == []


def test_plans_with_a_move(gym: Gym) -> None:
    move, other = gym.new("exercise_move"), gym.new("exercise_move")
    plans = [gym.new("workout_plan", exercise_moves=moves) for moves in ([move, other], [other], [other, move, move])]
    assert _all(gym.client, "workout_plans", where={"exercise_moves": {"has": move["id"]}}) == plans[::2]


@pytest.mark.parametrize("name", ALL)
def test_bad_requests(name: str, gym: Gym) -> None:
    channel = ALL[name].channel
    gym.new(name)
    for args in (("x",), (5,), ([],), (True,), ({}, {}, {}), ({}, 5), ({}, {"limit": 5})):
        assert_failure(gym.client.call(f"list_{channel}", *args), extended=None)
    if name != "coach":
        return
    for asked, field, code in BAD:
        ack = gym.client.call(f"list_{channel}", asked, {})
        assert_failure(ack, extended=True)
        assert ack["meta"] == {"code": code}, asked
        assert set(ack["errors"]) == {"errors", field} - {""}, asked


@pytest.mark.parametrize("seed", range(3))
def test_pages_neither_skip_nor_repeat_what_stays(seed: int, gym: Gym, connect: Connect) -> None:
    """Others insert, change and delete between the pages, and while each is read."""
    chance = random.Random(seed)
    order = ["age", "-name"]
    stays = [gym.new("coach", age=chance.randrange(18, 25)) for _ in range(30)]
    moves = [gym.new("coach", age=chance.randrange(18, 25)) for _ in range(10)]
    client, found = connect(auth={"sync": True}), []
    after = None
    while True:
        numbers = [gym.client.emit(*_write(chance, gym, moves)) for _ in range(5)]
        listed = _list(client, "coaches", order=order, limit=7, after=after)
        found += listed["records"]
        for number in numbers:
            assert gym.client.ack(number)["ok"]
        if (after := listed["next"]) is None:
            break
    ids = [record["id"] for record in found]
    known = {record["id"] for record in stays}
    wanted = sorted(stays, key=lambda one: one["name"], reverse=True)
    wanted.sort(key=lambda one: one["age"])
    assert [record for record in found if record["id"] in known] == wanted
    assert len([number for number in ids if number in known]) == 30


def _write(chance: random.Random, gym: Gym, moves: list[Record]) -> tuple[str, Any]:
    """One that others make: of a record that need not be listed, or need not be listed once."""
    match chance.randrange(3):
        case 0:
            return "new_coach", gym.payload("coach", age=chance.randrange(18, 25))
        case 1 if len(moves) > 1:
            return "delete_coach", moves.pop()
        case _:
            return "update_coach", {"id": moves[0]["id"], "age": chance.randrange(18, 25)}


def test_who_follows_from_its_seq_misses_nothing(gym: Gym, connect: Connect) -> None:
    """Writes come while it is read: what is not in the list comes after its seq."""
    coach = gym.new("coach")
    client = connect(auth={"sync": True})
    epoch = client.next_event("connected").args[0]["epoch"]
    for age in range(20, 60):
        number = gym.client.emit("update_coach", {"id": coach["id"], "age": age}, {})
        asked = client.emit("list_coaches", {"where": {"age": {"gte": 18}}})
        written = gym.client.ack(number)["meta"]["seq"]
        listed = client.ack(asked)["data"]
        state = {record["id"]: record for record in listed["records"]}
        told = client.ok("sync", {"epoch": epoch, "seq": listed["seq"]})
        client.take()
        while True:
            for change in told.get("changes", ()):
                state[change["id"]] = change["record"]
            if told["seq"] >= written:
                break
            told = client.next_event("changes").args[0]
        assert state[coach["id"]]["age"] == age


def test_own_writes_are_in_it_as_soon_as_they_are_acked(gym: Gym, connect: Connect) -> None:
    """At whichever process it is asked."""
    others = [connect(auth={"sync": True}) for _ in range(4)]
    for _ in range(5):
        ack = gym.client.call("new_coach", gym.payload("coach"), {})
        for other in others:
            listed = _list(other, "coaches", where={"id": ack["data"]["id"]}, count=True)
            assert listed["records"] == [ack["data"]]
            assert listed["count"] == 1
            assert listed["seq"] >= ack["meta"]["seq"]
