"""`batch`: several writes, all of them done or none, in one commit."""

from typing import Any

import pytest

from tests.support.acks import assert_failure, assert_success
from tests.support.catalogue import NAMES, RESOURCES, assert_record
from tests.support.database import contents
from tests.support.gym import Gym
from tests.support.observers import Observers
from tests.support.packets import Event
from tests.support.server import Server
from tests.support.waiting import wait_until
from tests.wire.conftest import Connect, Follow

NOBODY = 999_999_999
OP = {"op": "0f8e2f64-5c1f-4a8e-9d53-6a4a3f0f9b80"}


def batch(gym: Gym, *writes: tuple[Any, ...], **opts: Any) -> Any:
    """The ack of a batch of writes (event, data, base?)."""
    entries = [dict(zip(("event", "data", "base"), write, strict=False)) for write in writes]
    return gym.client.call("batch", {"writes": entries}, opts)


def done(gym: Gym, *writes: tuple[Any, ...], **opts: Any) -> Any:
    """The same; all of it must be done."""
    ack = batch(gym, *writes, **opts)
    assert_success(ack, extended=True)
    return ack


def refused(gym: Gym, *writes: tuple[Any, ...], **opts: Any) -> Any:
    """The same; the errors of its writes by place."""
    ack = batch(gym, *writes, **opts)
    assert_failure(ack, extended=True)
    assert "revs" not in ack["meta"] and "seq" not in ack["meta"]
    return ack["errors"]["writes"]


def _history(gym: Gym, channel: str, number: int) -> Any:
    return gym.client.ok("history", {"channel": channel, "id": number})


def test_all_kinds_of_writes_are_one_commit(gym: Gym, observers: Observers, follow: Follow) -> None:
    schedule, coach, gone = gym.new("schedule"), gym.new("coach"), gym.new("coach")
    payload = gym.payload("workout_plan", exercise_moves=[gym.new("exercise_move")])
    follower = follow()
    with observers.sends("coaches", "workout_plans", "schedules"):
        before = gym.client.call("update_coach", {"id": coach["id"], "name": "Before"}, {})
        ack = done(
            gym,
            ("update_coach", {"id": coach["id"], "name": "Renamed"}),
            ("new_workout_plan", payload),
            ("update_schedule", {"id": schedule["id"], "coach": {"id": coach["id"]}, "hour": "10:00"}),
            ("delete_coach", gone["id"]),
            ("delete_coach", schedule["coach"]),
        )
    seq = before["meta"]["seq"] + 1
    assert ack["meta"] == {"seq": seq, "revs": [seq] * 5}
    renamed, plan, moved, *deleted = ack["data"]
    for name, record in (("coach", renamed), ("workout_plan", plan), ("schedule", moved)):
        assert_record(RESOURCES[name], record)
    assert renamed == coach | {"name": "Renamed"} and deleted[0] == gone
    assert moved["coach"] == {"id": coach["id"], "name": "Renamed"} and moved["hour"] == "1000"
    newest = _history(gym, "schedules", schedule["id"])[0]
    assert (newest["seq"], newest["event"]) == (seq, "batch")
    follower.read_until(lambda replica: replica.cursor["seq"] >= seq, "the batch")
    [event] = [
        packet.args[0]
        for packet in follower.client.received
        if isinstance(packet, Event)
        and packet.name == "changes"
        and any(change["rev"] == seq for change in packet.args[0]["changes"])
    ]
    assert [change["rev"] for change in event["changes"]].count(seq) == 5


def test_five_hundred_are_made_in_their_order(gym: Gym, observers: Observers) -> None:
    schedule = gym.new("schedule")
    same = {"coach_id": schedule["coach"]["id"], "workout_plan_id": schedule["workout_plan"]["id"]}
    hours = [f"{number // 60}{number % 60:02}" for number in range(500)]
    with observers.sends("schedules"):
        ack = done(gym, *(("new_schedule", {"day": "Sunday", "hour": hour, **same}) for hour in hours))
    numbers = [record["id"] for record in ack["data"]]
    assert [record["hour"] for record in ack["data"]] == hours
    assert numbers == list(range(schedule["id"] + 1, schedule["id"] + 501))
    assert all(record["coach"] == schedule["coach"] for record in ack["data"])
    assert gym.new("schedule")["id"] == numbers[-1] + 1, "ids go on"
    with observers.sends("schedules"):
        assert done(gym, *(("delete_schedule", number) for number in numbers))["data"] == ack["data"]


@pytest.mark.parametrize("name", NAMES)
def test_several_new_ones_are_as_each_alone(name: str, gym: Gym, observers: Observers) -> None:
    payloads = [gym.payload(name) for _ in range(3)]
    alone = [gym.client.ok(f"new_{name}", payload) for payload in payloads]
    with observers.sends(RESOURCES[name].channel):
        together = done(gym, *((f"new_{name}", payload) for payload in payloads))["data"]
    assert [record | {"id": 0} for record in together] == [record | {"id": 0} for record in alone]
    assert together[0]["id"] > alone[-1]["id"]


def test_one_that_is_refused_leaves_nothing_of_the_others(gym: Gym, observers: Observers, target: Server) -> None:
    schedule, coach = gym.new("schedule"), gym.new("coach")
    for event, data in (
        ("update_coach", {"id": NOBODY, "name": "Nobody"}),
        ("delete_coach", schedule["coach"]),
        ("new_schedule", {"day": "Monday", "hour": 900, "coach_id": NOBODY, "workout_plan_id": NOBODY}),
        ("delete_exercise_move", {"id": NOBODY}),
    ):
        alone = gym.client.call(event, data, {})
        with observers.sends():
            before = contents(target.database.url)
            ack = batch(
                gym,
                ("new_coach", gym.payload("coach")),
                ("update_coach", {"id": coach["id"], "age": 99}),
                (event, data),
                ("update_coach", {"id": NOBODY, "age": 99}),
            )
            assert contents(target.database.url) == before
        assert_failure(ack, extended=True)
        line = alone["errors"]["errors"]
        assert ack["errors"] == {
            "writes": {"2": alone["errors"]},
            "errors": f"Write 3 ({event.replace('_', ' ')}): {line}",
        }
        assert ack["meta"] == alone["meta"], "its code, and what else there is"


def test_all_that_are_not_valid_are_named_at_once(gym: Gym, observers: Observers) -> None:
    coach = gym.new("coach")
    with observers.sends():
        ack = batch(
            gym,
            ("new_coach", {"name": "x", "hack": 1}),
            ("update_coach", {"id": coach["id"], "age": 35}),
            ("update_coach", {"id": coach["id"], "age": "old"}),
            ("delete_coach", {}),
            ("undo", {"seq": 1}),
            ("login", {"username": "admin", "password": "x"}),
            ("refresh", None),
            ("batch", {"writes": []}),
            ("new_coaches", {}),
        )
    assert_failure(ack, extended=True)
    assert ack["meta"] == {"code": "invalid"}
    writes = ack["errors"]["writes"]
    assert writes.keys() == {"0", "2", "3", "4", "5", "6", "7", "8"}
    assert writes["0"] == gym.client.fails("new_coach", {"name": "x", "hack": 1})
    assert writes["2"].keys() == {"age", "errors"} and writes["3"].keys() == {"id", "errors"}
    assert all(writes[place].keys() == {"event", "errors"} for place in "45678")
    assert ack["errors"]["errors"].startswith("Write 1 (new coach): ")
    assert ack["errors"]["errors"].endswith(" (And 7 others.)")


def test_later_writes_see_the_earlier_ones(gym: Gym, observers: Observers) -> None:
    schedule, coach = gym.new("schedule"), gym.new("coach")
    number = schedule["id"]
    with observers.sends("schedules", "coaches"):
        ack = done(
            gym,
            ("update_coach", {"id": coach["id"], "name": "Newer"}),
            ("update_schedule", {"id": number, "hour": "10:00"}),
            ("update_schedule", {"id": number, "coach_id": coach["id"]}),
            ("delete_coach", schedule["coach"]["id"]),
        )
    seq = ack["meta"]["seq"]
    assert [record["hour"] for record in ack["data"][1:3]] == ["1000", "1000"]
    assert ack["data"][2]["coach"] == {"id": coach["id"], "name": "Newer"}
    latest = _history(gym, "schedules", number)[0]
    assert latest["seq"] == seq
    assert latest["changes"] == {
        "hour": ["900", "1000"],
        "coach": [schedule["coach"], {"id": coach["id"], "name": "Newer"}],
    }
    assert [entry["seq"] for entry in _history(gym, "schedules", number)].count(seq) == 1
    # What an earlier one began to use is in use.
    other = gym.new("coach")
    errors = refused(gym, ("update_schedule", {"id": number, "coach_id": other["id"]}), ("delete_coach", other["id"]))
    assert list(errors) == ["1"] and "used by 1 schedule" in errors["1"]["errors"]
    again = gym.new("schedule", coach=other, workout_plan=schedule["workout_plan"])
    third = gym.new("schedule", coach=other, workout_plan=schedule["workout_plan"], hour="1100")
    named = "; ".join(f"{schedule['workout_plan']['name']}, Monday {at}, {other['name']}" for at in ("09:00", "11:00"))
    assert {again["day"], third["day"]} == {"Monday"} and again["hour"] == "900"
    line = gym.client.call("delete_coach", other["id"])["errors"]["errors"]
    assert line.startswith(f"This coach is used by 2 schedules ({named}).")


def test_a_record_that_is_as_it_was_did_not_change(gym: Gym, observers: Observers) -> None:
    schedule = gym.client.call("new_schedule", gym.payload("schedule"), {})
    record, rev = schedule["data"], schedule["meta"]["rev"]
    coach = record["coach"]["id"]
    there, back = ({"id": record["id"], "hour": hour} for hour in ("1000", record["hour"]))
    with observers.sends():
        ack = done(
            gym, ("update_schedule", there), ("update_schedule", back), ("update_schedule", {"id": record["id"]})
        )
    assert ack["meta"] == {"revs": [rev] * 3}
    assert [one["hour"] for one in ack["data"]] == ["1000", "900", "900"]
    with observers.sends("coaches", copies=["schedules"]):
        ack = done(
            gym,
            ("update_schedule", there),
            ("update_coach", {"id": coach, "name": "Renamed"}),
            ("update_schedule", back),
        )
    seq = ack["meta"]["seq"]
    assert ack["meta"]["revs"] == [rev, seq, rev], "only the copy in it changed"
    assert seq not in [entry["seq"] for entry in _history(gym, "schedules", record["id"])]
    assert gym.client.call("update_schedule", {"id": record["id"], "hour": "1100"}, {"base": rev})["ok"]


def test_a_record_that_is_made_and_deleted_never_was(gym: Gym, observers: Observers) -> None:
    """Its id can only be guessed."""
    coach = gym.new("coach")
    number = coach["id"] + 1
    with observers.sends():
        ack = done(
            gym,
            ("new_coach", gym.payload("coach")),
            ("update_coach", {"id": number, "name": "Guessed"}),
            ("delete_coach", number),
        )
    assert "seq" not in ack["meta"]
    assert [record["id"] for record in ack["data"]] == [number] * 3
    assert _history(gym, "coaches", number) == []
    assert gym.new("coach")["id"] == number + 1, "an id is never given twice"


def test_new_ones_may_refer_to_one_another_by_a_guess(gym: Gym, observers: Observers) -> None:
    number = gym.new("coach")["id"] + 1
    plan = gym.new("workout_plan")["id"]
    slot = {"day": "Monday", "hour": 900, "coach_id": number, "workout_plan_id": plan}
    assert refused(gym, ("new_schedule", slot), ("new_coach", gym.payload("coach"))).keys() == {"0"}
    with observers.sends("coaches", "schedules"):
        new = ("new_coach", gym.payload("coach", name="Somebody"))
        [coach, schedule] = done(gym, new, ("new_schedule", slot))["data"]
    assert schedule["coach"] == {"id": coach["id"], "name": "Somebody"}


def test_each_write_has_its_base(gym: Gym, observers: Observers) -> None:
    made = [gym.client.call("new_coach", gym.payload("coach", age=30), {}) for _ in range(2)]
    [one, other] = [ack["data"]["id"] for ack in made]
    [one_rev, other_rev] = [ack["meta"]["rev"] for ack in made]
    changed = gym.client.call("update_coach", {"id": other, "age": 50}, {})
    write = {"id": other, "age": 60, "name": "Both"}
    with observers.sends():
        ack = batch(gym, ("update_coach", {"id": one, "age": 40}, one_rev), ("update_coach", write, other_rev))
    assert_failure(ack, extended=True)
    alone = gym.client.call("update_coach", write, {"base": other_rev})
    assert ack["errors"]["writes"] == {"1": alone["errors"]}
    assert ack["meta"] == alone["meta"]
    assert ack["meta"]["current"] == changed["data"] and ack["meta"]["fields"] == ["age"]
    with observers.sends("coaches"):
        [_, merged] = done(
            gym,
            ("update_coach", {"id": one, "age": 40}, one_rev),
            ("update_coach", made[1]["data"] | {"name": "Merged"}, other_rev),
        )["data"]
    assert (merged["name"], merged["age"]) == ("Merged", 50)
    for base in (-1, 1.5, "1", True, [], 10**40):
        assert list(refused(gym, ("update_coach", {"id": one}), ("update_coach", {"id": one, "age": 41}, base))) == [
            "1"
        ]
    assert done(gym, ("update_coach", {"id": one, "age": 41}, None), ("new_coach", gym.payload("coach"), 7))


def test_what_the_batch_did_before_is_no_conflict(gym: Gym, observers: Observers) -> None:
    made = gym.client.call("new_coach", gym.payload("coach", age=30), {})
    coach, rev = made["data"], made["meta"]["rev"]
    number = coach["id"]
    with observers.sends("coaches"):
        ack = done(
            gym,
            ("update_coach", {"id": number, "age": 31}, rev),
            ("update_coach", coach | {"name": "Echoes the age"}, rev),
            ("update_coach", {"id": number, "age": 32}, rev),
        )
    assert [(one["age"], one["name"]) for one in ack["data"]] == [
        (31, coach["name"]), (31, "Echoes the age"), (32, "Echoes the age"),
    ]  # fmt: skip
    newer = ack["meta"]["seq"]
    with observers.sends():
        conflict = batch(gym, ("update_coach", {"id": number, "picture": ""}), ("delete_coach", number, rev))
    assert conflict["meta"]["code"] == "conflict" and conflict["meta"]["rev"] == newer
    assert conflict["meta"]["current"] == ack["data"][-1], "as it is, without what the batch tried"
    with observers.sends("coaches"):
        done(gym, ("update_coach", {"id": number, "age": 33}, newer), ("delete_coach", number, newer))


def test_warnings_are_of_the_result_and_name_the_write(gym: Gym) -> None:
    schedule = gym.new("schedule", minutes=60)
    slot = {key: schedule[key] for key in ("day", "hour", "coach", "workout_plan")}
    warned = gym.client.call("new_schedule", slot, {})
    [line] = warned["meta"]["warnings"]
    ack = done(
        gym, ("new_exercise_move", gym.payload("exercise_move")), ("delete_schedule", schedule), ("new_schedule", slot)
    )
    assert ack["meta"]["warnings"] == [f"Write 3 (new schedule): {line}"]
    other = ack["data"][2]["id"]
    # Both are at ten for a moment, and neither stays there with the other.
    swap = [
        ("update_schedule", {"id": other, "hour": "1000"}),
        ("update_schedule", {"id": warned["data"]["id"], "hour": "1000"}),
        ("update_schedule", {"id": other, "hour": "900"}),
    ]
    assert "warnings" not in done(gym, *swap)["meta"]
    assert gym.client.call("batch", {"writes": [{"event": "new_schedule", "data": slot}]}).keys() == {
        "ok", "data", "errors",
    }  # fmt: skip


def test_a_retry_is_answered_again(gym: Gym, observers: Observers, connect: Connect) -> None:
    writes = [("new_coach", gym.payload("coach")), ("new_coach", gym.payload("coach"))]
    with observers.sends("coaches"):
        first = done(gym, *writes, **OP)
    with observers.sends():
        for again in (gym, Gym(connect())):
            ack = done(again, *writes, **OP)
            assert ack == first | {"meta": first["meta"] | {"replayed": True}}
        for other in (writes[:1], writes[::-1], [*writes, writes[0]]):
            assert batch(gym, *other, **OP)["meta"]["code"] == "op_reused"
    number = first["data"][0]["id"]
    nothing = {"op": OP["op"][:-1] + "1"}
    with observers.sends():
        ack = done(gym, ("update_coach", {"id": number}), **nothing)
    assert ack["meta"]["revs"] == [first["meta"]["seq"]] and ack["meta"]["seq"] > first["meta"]["seq"]
    assert done(gym, ("update_coach", {"id": number}), **nothing)["meta"]["replayed"]


@pytest.mark.parametrize(
    "data",
    [
        None, "text", 5, [], [{"event": "new_coach"}], {}, {"writes": None}, {"writes": []}, {"writes": {}},
        {"writes": "x"}, {"writes": [{"event": "delete_coach", "data": 1}] * 501},
    ],
)  # fmt: skip
def test_what_is_no_batch(data: Any, gym: Gym, observers: Observers) -> None:
    with observers.sends():
        gym.client.fails("batch", data, {})


def test_keys_that_it_does_not_have_are_named(gym: Gym, observers: Observers) -> None:
    number = gym.new("coach")["id"]
    write = {"event": "update_coach", "data": {"id": number, "age": 35}}
    with observers.sends():
        assert "hack" in gym.client.fails("batch", {"writes": [write], "hack": 1})
        assert "base" in gym.client.fails("batch", {"writes": [write]}, {"base": 1})
        errors = gym.client.fails(
            "batch", {"writes": [write, {**write, "op": 1}, {"event": "new_coach"}, None, [write]]}
        )
    assert {place: set(of_write) - {"errors"} for place, of_write in errors["writes"].items()} == {
        "1": {"op"}, "2": {"data"}, "3": set(), "4": set(),
    }  # fmt: skip


@pytest.mark.kinds("sqlite", reason="each process logs what it does")
def test_one_line_of_the_audit_says_what_was_written(gym: Gym, target: Server) -> None:
    coach, schedule = gym.new("coach", age=30), gym.new("schedule")
    gym.client.round_trip()
    since = target.log_size()
    done(gym, ("update_coach", {"id": coach["id"], "age": 77}))
    done(
        gym,
        ("update_schedule", {"id": schedule["id"], "hour": 1000}),
        ("new_coach", gym.payload("coach")),
        ("new_coach", gym.payload("coach")),
    )
    refused(gym, ("update_coach", {"id": NOBODY}))
    done(gym, ("update_coach", {"id": coach["id"], "age": 78}))
    # The audit is written after the answers.
    wait_until(lambda: target.log(since).count("spotter.audit") >= 3, "three lines in the audit")
    lines = [line for line in target.log(since).splitlines() if "spotter.audit" in line]
    assert len(lines) == 3
    assert f'record="coaches {coach["id"]}"' in lines[0]
    assert 'event="batch"' in lines[1] and 'record="schedules: 1, coaches: 2"' in lines[1]


def test_an_answer_of_too_many_bytes_is_refused(gym: Gym, observers: Observers) -> None:
    """A short write may be answered with a long record."""
    move = gym.new("exercise_move", description="Up and down, slowly. " * 20)
    plan = gym.new("workout_plan", exercise_moves=[{"id": move["id"]}] * 100)
    echo = ("update_workout_plan", {"id": plan["id"]})
    done(gym, *[echo] * 10)
    with observers.sends():
        for opts in ({"check": True}, {}):
            ack = batch(gym, ("update_exercise_move", {"id": move["id"], "focus": "Legs"}), *[echo] * 499, **opts)
            assert_failure(ack, extended=True)
            assert ack["meta"] == {"code": "too_large"} and "writes" not in ack["errors"]
