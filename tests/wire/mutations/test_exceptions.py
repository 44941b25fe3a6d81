"""Exceptions: a class on one date, and days on which the gym is closed."""

from datetime import date, timedelta
from typing import Any

import pytest

from tests.support.catalogue import EXCEPTION, assert_record
from tests.support.gym import A_MONDAY, Gym, Record
from tests.support.observers import Observers
from tests.support.packets import Event
from tests.support.socketio_client import CONTRACT, Client
from tests.wire.conftest import Connect

CHECK = {"check": True}
MONDAY, NEXT_MONDAY, TUESDAY = "2026-12-21", "2026-12-28", "2026-12-22"


def _known(observers: Observers) -> list[Record]:
    observers.wait_until_published()
    return observers.synced.replica.arrays["exceptions"]


def _codes(client: Client, event: str, data: Any) -> tuple[str, set[str]]:
    """The refusal's code and fields: the same alone, checked, in a batch, and in a checked batch."""
    asked = {"writes": [{"event": event, "data": data}]}
    alone = [client.call(event, data, opts) for opts in ({}, CHECK)]
    batches = [client.call("batch", asked, opts) for opts in ({}, CHECK)]
    assert not any(ack["ok"] for ack in (*alone, *batches)), alone
    told = [ack["errors"] for ack in alone] + [ack["errors"]["writes"]["0"] for ack in batches]
    assert all(errors == told[0] for errors in told), told
    [code] = {ack["meta"]["code"] for ack in (*alone, *batches)}
    return code, set(told[0]) - {"errors"}


def test_a_class_is_cancelled_given_by_another_or_has_a_note(gym: Gym, observers: Observers) -> None:
    slot, coach = gym.new("schedule"), gym.new("coach")
    shown = {key: slot[key] for key in ("id", "day", "hour")}
    cancelled = gym.client.ok("new_exception", {"date": MONDAY, "schedule": slot, "cancelled": True, "note": " Ill "})
    given = gym.client.ok("new_exception", {"date": NEXT_MONDAY, "schedule_id": str(slot["id"]), "coach": coach})
    noted = gym.client.ok(
        "new_exception", {"date": "2027-01-04", "schedule": {"id": slot["id"]}, "note": "Bring mats."}
    )
    nothing = {"cancelled": False, "coach": None, "note": ""}
    assert cancelled == {"id": cancelled["id"], "date": MONDAY, "schedule": shown} | nothing | {
        "cancelled": True,
        "note": "Ill",
    }
    copy = {"id": coach["id"], "name": coach["name"]}
    assert given == {"id": given["id"], "date": NEXT_MONDAY, "schedule": shown} | nothing | {"coach": copy}
    assert noted == {"id": noted["id"], "date": "2027-01-04", "schedule": shown} | nothing | {"note": "Bring mats."}
    for record in (cancelled, given, noted):
        assert_record(EXCEPTION, record)
        assert gym.client.ok("get_exception", {"id": record["id"]}) == record
    assert _known(observers) == [cancelled, given, noted]


@pytest.mark.parametrize("nowhere", [{}, {"schedule": None}, {"schedule": ""}, {"schedule_id": ""}])
def test_a_closed_day(nowhere: dict[str, Any], gym: Gym, observers: Observers) -> None:
    closed = gym.client.ok("new_exception", {"date": "2026-12-25", "cancelled": True, "note": "Christmas", **nowhere})
    assert (closed["schedule"], closed["cancelled"], closed["coach"]) == (None, True, None)
    assert gym.update("exception", **closed | {"note": "Christmas Day"})["note"] == "Christmas Day"
    assert _known(observers)[0]["note"] == "Christmas Day"


def test_copies_of_the_class_and_the_coach_follow(gym: Gym, observers: Observers) -> None:
    slot, coach = gym.new("schedule"), gym.new("coach")
    made = gym.client.call("new_exception", {"date": MONDAY, "schedule": slot, "coach": coach}, {})
    gym.update("schedule", id=slot["id"], hour="1015")
    gym.update("coach", id=coach["id"], name="Somebody Else")
    [known] = _known(observers)
    assert (known["schedule"]["hour"], known["coach"]["name"]) == ("1015", "Somebody Else")
    got = gym.client.call("get_exception", {"id": known["id"]}, {})
    assert (got["data"], got["meta"]["rev"]) == (known, made["meta"]["rev"]), "it is no change of its own"


def test_the_date_has_the_weekday_of_its_class(gym: Gym) -> None:
    for index, day in enumerate(("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")):
        slot = gym.new("schedule", day=day)
        for other in range(7):
            when = str(date(2028, 2, 28) + timedelta(other))
            data = {"date": when, "schedule": slot, "cancelled": True}
            if other == index:
                record = gym.client.ok("new_exception", data)
            else:
                assert _codes(gym.client, "new_exception", data) == ("invalid", {"date"})
        moved = {"id": record["id"], "date": str(date(2028, 3, 6) + timedelta((index + 1) % 7))}
        assert _codes(gym.client, "update_exception", moved) == ("invalid", {"date"})
        assert day in gym.client.fails("update_exception", moved)["errors"]


@pytest.mark.parametrize("day", ["2024-02-29", "0001-01-01", "9999-12-27"])
def test_dates_from_the_first_year_to_the_last(day: str, gym: Gym) -> None:
    slot = gym.new("schedule", day=date.fromisoformat(day).strftime("%A"))
    made = gym.client.ok("new_exception", {"date": f" {day} ", "schedule": slot, "cancelled": True})
    assert made["date"] == day
    assert gym.client.ok("list_exceptions", {"where": {"date": {"gte": day}, "schedule": slot["id"]}})["records"] == [
        made
    ]


def test_what_makes_no_sense_together(gym: Gym, observers: Observers) -> None:
    slot, coach = gym.new("schedule"), gym.new("coach")
    of_class = {"date": MONDAY, "schedule": slot}
    with observers.sends():
        for data, fields in (
            (of_class, {"cancelled"}),
            (of_class | {"cancelled": False, "note": " "}, {"cancelled"}),
            (of_class | {"cancelled": True, "coach": coach}, {"coach"}),
            ({"date": MONDAY}, {"cancelled"}),
            ({"date": MONDAY, "note": "Closed"}, {"cancelled"}),
            ({"date": MONDAY, "cancelled": True, "coach": coach}, {"coach"}),
            ({"date": MONDAY, "coach": coach}, {"cancelled", "coach"}),
            (of_class | {"date": TUESDAY, "cancelled": True, "coach": coach}, {"date", "coach"}),
        ):
            assert _codes(gym.client, "new_exception", data) == ("invalid", fields), data
    record = gym.client.ok("new_exception", of_class | {"coach": coach})
    for changed, fields in (
        ({"cancelled": True}, {"coach"}),
        ({"coach": None}, {"cancelled"}),
        ({"schedule": None}, {"cancelled", "coach"}),
        ({"schedule": gym.new("schedule", day="Friday")}, {"date"}),
    ):
        assert _codes(gym.client, "update_exception", {"id": record["id"], **changed}) == ("invalid", fields), changed
    assert gym.update("exception", id=record["id"], cancelled=True, coach=None)["cancelled"]


def test_one_for_each_class_and_date_and_one_closed_day(gym: Gym, observers: Observers) -> None:
    slot, other = gym.new("schedule"), gym.new("schedule")
    of_class = {"date": MONDAY, "schedule": slot, "cancelled": True}
    first, closed = (
        gym.client.ok("new_exception", of_class),
        gym.client.ok("new_exception", {"date": MONDAY, "cancelled": True}),
    )
    gym.client.ok("new_exception", of_class | {"schedule": other})
    later = gym.client.ok("new_exception", of_class | {"date": NEXT_MONDAY})
    closed_later = gym.client.ok("new_exception", {"date": NEXT_MONDAY, "cancelled": True})
    with observers.sends():
        for event, data, fields in (
            ("new_exception", of_class, {"date", "schedule"}),
            ("new_exception", of_class | {"note": "Again", "cancelled": False}, {"date", "schedule"}),
            ("update_exception", {"id": later["id"], "date": MONDAY}, {"date", "schedule"}),
            ("new_exception", {"date": MONDAY, "cancelled": True}, {"date"}),
            ("update_exception", {"id": closed_later["id"], "date": MONDAY}, {"date"}),
            ("update_exception", {"id": first["id"], "schedule": None}, {"date"}),
        ):
            assert _codes(gym.client, event, data) == ("invalid", fields), data
        twice = [{"event": "new_exception", "data": of_class | {"date": "2027-01-04"}}] * 2
        ack = gym.client.call("batch", {"writes": twice}, {})
        assert (ack["meta"]["code"], set(ack["errors"]["writes"])) == ("invalid", {"1"})
    gone = gym.client.call("delete_exception", closed, {})
    gym.client.ok("new_exception", {"date": MONDAY, "cancelled": True})
    ack = gym.client.call("undo", {"seq": gone["meta"]["seq"]}, {})
    assert (ack["meta"]["code"], set(ack["errors"])) == ("invalid", {"date", "errors"}), "the day is closed already"


def test_two_at_once_for_one_date(gym: Gym, connect: Connect) -> None:
    slot = gym.new("schedule")
    clients = [connect(auth={"sync": True}) for _ in range(6)]
    for data in ({"date": MONDAY, "schedule": slot, "cancelled": True}, {"date": MONDAY, "cancelled": True}):
        numbers = [client.emit("new_exception", data, {}) for client in clients]
        acks = [client.ack(number) for client, number in zip(clients, numbers, strict=True)]
        assert sorted(ack["meta"].get("code", "") for ack in acks) == ["", *["invalid"] * 5]


def test_a_class_takes_its_own_along_and_brings_them_back(gym: Gym, observers: Observers) -> None:
    slot, coach = gym.new("schedule"), gym.new("coach")
    own = [
        gym.client.ok("new_exception", {"date": MONDAY, "schedule": slot, "cancelled": True}),
        gym.client.ok("new_exception", {"date": NEXT_MONDAY, "schedule": slot, "coach": coach, "note": "Instead"}),
    ]
    others = [gym.new("exception"), gym.client.ok("new_exception", {"date": MONDAY, "cancelled": True})]
    with observers.sends("schedules", "exceptions"):
        gone = gym.client.call("delete_schedule", slot, {})
    assert gone["data"] == slot
    assert _known(observers) == others
    back = gym.client.call("undo", {"seq": gone["meta"]["seq"]}, {})
    assert back["data"] == slot
    assert _known(observers) == sorted([*own, *others], key=lambda record: record["id"])
    entries = gym.client.ok("history", {"channel": "exceptions", "id": own[0]["id"]})
    assert [(entry["event"], entry["seq"]) for entry in entries[:2]] == [
        ("undo", back["meta"]["seq"]),
        ("delete_schedule", gone["meta"]["seq"]),
    ], "one commit each"
    assert entries[0]["label"] == f"{MONDAY} Monday 09:00"


def test_those_of_a_class_that_moves_are_kept_as_they_are(gym: Gym, observers: Observers) -> None:
    slot = gym.new("schedule")
    orphan = gym.client.ok("new_exception", {"date": MONDAY, "schedule": slot, "cancelled": True})
    taken = gym.client.call(
        "delete_exception", gym.client.ok("new_exception", {"date": NEXT_MONDAY, "schedule": slot, "note": "x"}), {}
    )
    moved = gym.update("schedule", id=slot["id"], day="Tuesday", hour="1000")
    orphan["schedule"] |= {"day": "Tuesday", "hour": "1000"}
    assert _known(observers) == [orphan]
    orphan = gym.update("exception", id=orphan["id"], note="It was on Monday")
    assert orphan["note"], "what was wrong before the edit does not hinder it"
    assert _codes(gym.client, "update_exception", {"id": orphan["id"], "cancelled": False, "note": ""})[1] == {
        "cancelled"
    }
    assert _codes(gym.client, "new_exception", {"date": NEXT_MONDAY, "schedule": slot, "cancelled": True})[1] == {
        "date"
    }
    refused = gym.client.call("undo", {"seq": taken["meta"]["seq"]}, {})
    assert (refused["meta"]["code"], set(refused["errors"])) == ("invalid", {"date", "errors"}), (
        "its class is on Tuesdays"
    )
    for event, data in (("delete_exception", orphan), ("delete_schedule", moved)):
        gone = gym.client.call(event, data, {})
        assert gym.client.call("undo", {"seq": gone["meta"]["seq"]}, {})["ok"], "an orphan comes back as it was"
        assert _known(observers) == [orphan]
    assert gym.update("exception", id=orphan["id"], date=TUESDAY)["date"] == TUESDAY


def test_moved_in_one_batch_with_its_class(gym: Gym, observers: Observers) -> None:
    slot = gym.new("schedule")
    own = gym.client.ok("new_exception", {"date": MONDAY, "schedule": slot, "cancelled": True})
    writes = [
        {"event": "update_schedule", "data": {"id": slot["id"], "day": "Tuesday"}},
        {"event": "update_exception", "data": {"id": own["id"], "date": TUESDAY}},
    ]
    assert gym.client.call("batch", {"writes": writes[::-1]}, {})["errors"]["writes"].keys() == {"0"}
    done = gym.client.call("batch", {"writes": writes}, {})
    assert done["ok"], done
    assert [(one["date"], one["schedule"]["day"]) for one in _known(observers)] == [(TUESDAY, "Tuesday")]
    assert gym.client.call("undo", {"seq": done["meta"]["seq"]}, {})["ok"]
    assert _known(observers) == [own]


def test_many_in_a_batch(gym: Gym, observers: Observers) -> None:
    slot = gym.new("schedule")
    data = [
        {"date": str(A_MONDAY + timedelta(weeks=week)), "schedule_id": slot["id"], "cancelled": True}
        for week in range(400)
    ]
    writes = [{"event": "new_exception", "data": one} for one in data]
    assert gym.client.call("batch", {"writes": writes}, CHECK)["ok"]
    assert len(gym.client.ok("batch", {"writes": writes})) == 400
    assert [one["date"] for one in _known(observers)] == [one["date"] for one in data]
    writes[7]["data"] = data[7] | {"date": TUESDAY}
    refused = gym.client.call("batch", {"writes": writes[7:8]}, {})
    assert set(refused["errors"]["writes"]["0"]) == {"date", "errors"}


def test_a_coach_who_gives_a_class_once_is_in_use(gym: Gym) -> None:
    slot, coach = gym.new("schedule"), gym.new("coach")
    made = gym.client.ok("new_exception", {"date": MONDAY, "schedule": slot, "coach": coach})
    ack = gym.client.call("delete_coach", coach, {})
    assert ack["meta"]["code"] == "in_use"
    assert f"1 exception ({MONDAY} Monday 09:00)" in ack["errors"]["errors"]
    gym.delete("exception", made)
    gym.delete("coach", coach)


def test_an_op_is_carried_out_once_and_a_check_not_at_all(gym: Gym, observers: Observers) -> None:
    data = gym.payload("exception")
    checked = gym.client.call("new_exception", data, CHECK)
    assert checked["ok"] and checked["data"]["id"] is None
    assert _known(observers) == []
    op = {"op": "0f8e2f64-5c1f-4a8e-9d53-6a4a3f0f9b99"}
    first, again = (gym.client.call("new_exception", data, op) for _ in range(2))
    assert again["meta"].pop("replayed") and again == first
    assert _known(observers) == [first["data"]]


def test_edits_of_different_fields_merge_as_far_as_they_make_sense(gym: Gym) -> None:
    slot, coach = gym.new("schedule"), gym.new("coach")
    made = gym.client.call("new_exception", {"date": MONDAY, "schedule": slot, "note": "x"}, {})
    number, rev = made["data"]["id"], made["meta"]["rev"]
    gym.update("exception", id=number, coach=coach)
    merged = gym.client.call("update_exception", {"id": number, "note": "y"}, {"base": rev})
    assert (merged["data"]["coach"]["id"], merged["data"]["note"]) == (coach["id"], "y")
    refused = gym.client.call("update_exception", {"id": number, "cancelled": True}, {"base": rev})
    assert (refused["meta"]["code"], set(refused["errors"])) == ("invalid", {"coach", "errors"})


def test_a_plain_client_notices_nothing(gym: Gym, connect: Connect, observers: Observers) -> None:
    plain = connect()
    _, arrays = plain.welcome()
    assert tuple(arrays) == CONTRACT
    slot, coach = gym.new("schedule"), gym.new("coach")
    made = gym.client.ok("new_exception", {"date": MONDAY, "schedule": slot, "coach": coach})
    closed = gym.client.ok("new_exception", {"date": MONDAY, "cancelled": True})
    observers.wait_until_published()
    plain.take()
    with observers.sends("exceptions"):
        gym.update("exception", id=made["id"], note="Changed")
        gym.delete("exception", closed)
    plain.round_trip()
    plain.take()
    plain.ok("refresh")
    plain.round_trip()
    assert [event.name for event in plain.take() if event.name != "presence"] == list(CONTRACT)
    plain.ok("update_schedule", slot)
    plain.ok("delete_schedule", slot["id"])
    plain.ok("delete_coach", coach)
    names = {packet.name for packet in plain.received if isinstance(packet, Event)}
    assert names == {"connected", *CONTRACT}
    assert connect().welcome()[1].keys() == set(CONTRACT)


def test_a_subscriber_is_sent_its_weeks(gym: Gym, subscribe: Any) -> None:
    slot = gym.new("schedule")
    where = {"date": {"gte": MONDAY, "lt": NEXT_MONDAY}}
    subscriber = subscribe({"channel": "exceptions", "where": where})
    inside = gym.client.ok("new_exception", {"date": MONDAY, "schedule": slot, "cancelled": True})
    gym.client.ok("new_exception", {"date": NEXT_MONDAY, "schedule": slot, "cancelled": True})
    subscriber.read_until(lambda it: inside["id"] in it.ids("exceptions"), "the one of that week")
    gym.update("exception", id=inside["id"], date="2027-01-04")
    subscriber.read_until(lambda it: not it.ids("exceptions"), "that it went away")
