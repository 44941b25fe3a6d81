"""What belongs to a record goes with it only by the hand of who may delete that too, and no more is said of it."""

from contextlib import closing
from typing import Any

import pytest

from tests.support.house import House
from tests.support.readers import Readers
from tests.support.wire import Client
from tests.wire.accounts.test_audit import lines

ALL = ("nobody", "viewer", "coach", "admin")
Record = dict[str, Any]


def _answer(house: House, *remarks: Record) -> tuple[Record, list[Record]]:
    """An answer with remarks, and a remark to each of those that have `inner`."""
    answer = house.admin.ok("new_answer", {"name": "Answer"})
    made = []
    for fields in remarks:
        inner = fields.pop("inner", None)
        made.append(house.admin.ok("new_remark", {"name": "Remark", "answer": {"id": answer["id"]}, **fields}))
        if inner is not None:
            made.append(house.admin.ok("new_remark", {"name": "Inner", "remark": {"id": made[-1]["id"]}, **inner}))
    return answer, made


def _refused(client: Client, event: str, data: Any, opts: Any = None) -> Record:
    ack: Record = client.call(event, data, opts or {})
    assert not ack["ok"], ack
    return ack


@pytest.mark.parametrize("caller", ["viewer", "coach"])
def test_what_one_may_delete_goes_and_comes_back(caller: str, house: House, readers: Readers) -> None:
    answer, remarks = _answer(house, {}, {"inner": {}})
    with closing(house.client(caller)) as client:
        gone = client.call("delete_answer", answer, {})
        assert gone["ok"], gone
        for remark in remarks:
            assert _refused(client, "update_remark", {"id": remark["id"]})["meta"]["code"] == "not_found"
        assert client.call("undo", {"seq": gone["meta"]["seq"]}, {})["data"] == answer
        client.ok("update_remark", {"id": remarks[-1]["id"], "name": "Back"})


@pytest.mark.parametrize("fields", [{"locked": True}, {"secret": True}, {"inner": {"locked": True}}])
def test_what_one_may_not_delete_stays_and_all_else_with_it(fields: Record, house: House, readers: Readers) -> None:
    answer, _ = _answer(house, {}, dict(fields, name="Hidden by rule"))
    before = house.seq()
    with closing(house.client("viewer")) as client:
        for options in ({"check": True}, {}):
            ack = _refused(client, "delete_answer", answer, options)
            line = "With this answer a remark would go that you may not delete. Ask an admin."
            assert (ack["meta"]["code"], ack["errors"]) == ("forbidden", {"errors": line})
        if "secret" in fields:
            assert "Hidden" not in str(client.received)
    assert house.seq() == before
    house.admin.ok("delete_answer", answer)


def test_to_bring_back_is_to_make(house: House) -> None:
    """What is brought back by an undo is authorized as if it came alone."""
    answer, [remark] = _answer(house, {"locked": True})
    gone = house.admin.call("delete_answer", answer, {})
    with closing(house.client("viewer")) as client:
        assert _refused(client, "undo", {"seq": gone["meta"]["seq"]})["meta"]["code"] == "forbidden"
    answer, [remark] = _answer(house, {"secret": True})
    gone = house.admin.call("delete_answer", answer, {})
    with closing(house.client("viewer")) as client:
        assert _refused(client, "undo", {"seq": gone["meta"]["seq"]})["meta"]["code"] == "not_found"
    assert house.admin.call("undo", {"seq": gone["meta"]["seq"]}, {})["ok"]
    assert house.admin.ok("history", {"channel": "remarks", "id": remark["id"]})[0]["changes"]["secret"] == [None, True]


@pytest.mark.access("open")
def test_where_anybody_writes_what_is_hidden_stays_too(house: House) -> None:
    free, _ = _answer(house, {"locked": True})
    hidden, _ = _answer(house, {"secret": True})
    with closing(house.client()) as client:
        client.ok("delete_answer", free)
        assert _refused(client, "delete_answer", hidden)["meta"]["code"] == "forbidden"


@pytest.mark.access("public-read")
def test_a_deletion_along_is_sent_to_those_who_saw_it(house: House, readers: Readers) -> None:
    answer, _ = _answer(house, {"secret": True, "name": "Hidden"})
    with readers.sends("answers", to=ALL, more={"admin": ("remarks",)}):
        gone = house.admin.call("delete_answer", answer, {})
    assert house.admin.call("undo", {"seq": gone["meta"]["seq"]}, {})["ok"]
    assert [caller for caller in ALL if readers.saw(caller, "Hidden")] == ["admin"]


@pytest.mark.kinds("sqlite", reason="each process logs what it does")
def test_the_audit_names_what_was_deleted_and_counts_what_went_along(house: House) -> None:
    answer, _ = _answer(house, {}, {"inner": {}})
    since = house.server.log_size()
    gone = house.admin.call("delete_answer", answer, {})
    back = house.admin.call("undo", {"seq": gone["meta"]["seq"]}, {})
    house.admin.call("undo", {"seq": back["meta"]["seq"]}, {})
    house.admin.round_trip()
    named = [line["record"] for line in lines(house, since) if line["message"] == "wrote"]
    assert named[-3:] == [f"answers {answer['id']} (with remarks: 3)"] * 3
