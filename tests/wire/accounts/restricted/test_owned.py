"""What belongs to a record goes with it only by the hand of who may delete that too, and no more is said of it."""

from contextlib import closing
from typing import Any

import pytest

from tests.support.accounts_server import AccountsServer
from tests.support.audit import between, wrote
from tests.support.socketio_client import Client
from tests.support.view_observers import ViewObservers

ALL = ("nobody", "viewer", "coach", "admin")
Record = dict[str, Any]


def _answer(accounts_server: AccountsServer, *remarks: Record) -> tuple[Record, list[Record]]:
    """An answer with remarks, and a remark to each of those that have `inner`."""
    answer = accounts_server.admin.ok("new_answer", {"name": "Answer"})
    made = []
    for fields in remarks:
        inner = fields.pop("inner", None)
        made.append(
            accounts_server.admin.ok("new_remark", {"name": "Remark", "answer": {"id": answer["id"]}, **fields})
        )
        if inner is not None:
            made.append(
                accounts_server.admin.ok("new_remark", {"name": "Inner", "remark": {"id": made[-1]["id"]}, **inner})
            )
    return answer, made


def _refused(client: Client, event: str, data: Any, opts: Any = None) -> Record:
    ack: Record = client.call(event, data, opts or {})
    assert not ack["ok"], ack
    return ack


@pytest.mark.parametrize("caller", ["viewer", "coach"])
def test_what_one_may_delete_goes_and_comes_back(
    caller: str, accounts_server: AccountsServer, view_observers: ViewObservers
) -> None:
    answer, remarks = _answer(accounts_server, {}, {"inner": {}})
    with closing(accounts_server.client(caller)) as client:
        gone = client.call("delete_answer", answer, {})
        assert gone["ok"], gone
        for remark in remarks:
            assert _refused(client, "update_remark", {"id": remark["id"]})["meta"]["code"] == "not_found"
        assert client.call("undo", {"seq": gone["meta"]["seq"]}, {})["data"] == answer
        client.ok("update_remark", {"id": remarks[-1]["id"], "name": "Back"})


@pytest.mark.parametrize("fields", [{"locked": True}, {"secret": True}, {"inner": {"locked": True}}])
def test_what_one_may_not_delete_stays_and_all_else_with_it(
    fields: Record, accounts_server: AccountsServer, view_observers: ViewObservers
) -> None:
    answer, _ = _answer(accounts_server, {}, dict(fields, name="Secret remark by rule"))
    before = accounts_server.seq()
    with closing(accounts_server.client("viewer")) as client:
        for options in ({"check": True}, {}):
            ack = _refused(client, "delete_answer", answer, options)
            line = "With this answer a remark would go that you may not delete. Ask an admin."
            assert (ack["meta"]["code"], ack["errors"]) == ("forbidden", {"errors": line})
        if "secret" in fields:
            assert "Secret remark" not in str(client.received)
    assert accounts_server.seq() == before
    accounts_server.admin.ok("delete_answer", answer)


def test_to_bring_back_is_to_make(accounts_server: AccountsServer) -> None:
    """What is brought back by an undo is authorized as if it came alone."""
    answer, [remark] = _answer(accounts_server, {"locked": True})
    gone = accounts_server.admin.call("delete_answer", answer, {})
    with closing(accounts_server.client("viewer")) as client:
        assert _refused(client, "undo", {"seq": gone["meta"]["seq"]})["meta"]["code"] == "forbidden"
    answer, [remark] = _answer(accounts_server, {"secret": True})
    gone = accounts_server.admin.call("delete_answer", answer, {})
    with closing(accounts_server.client("viewer")) as client:
        assert _refused(client, "undo", {"seq": gone["meta"]["seq"]})["meta"]["code"] == "not_found"
    assert accounts_server.admin.call("undo", {"seq": gone["meta"]["seq"]}, {})["ok"]
    assert accounts_server.admin.ok("history", {"channel": "remarks", "id": remark["id"]})[0]["changes"]["secret"] == [
        None,
        True,
    ]


@pytest.mark.access("open")
def test_where_anybody_writes_what_is_hidden_stays_too(accounts_server: AccountsServer) -> None:
    free, _ = _answer(accounts_server, {"locked": True})
    hidden, _ = _answer(accounts_server, {"secret": True})
    with closing(accounts_server.client()) as client:
        client.ok("delete_answer", free)
        assert _refused(client, "delete_answer", hidden)["meta"]["code"] == "forbidden"


@pytest.mark.access("public-read")
def test_a_deletion_along_is_sent_to_those_who_saw_it(
    accounts_server: AccountsServer, view_observers: ViewObservers
) -> None:
    answer, _ = _answer(accounts_server, {"secret": True, "name": "Kept from others"})
    with view_observers.sends("answers", to=ALL, more={"admin": ("remarks",)}):
        gone = accounts_server.admin.call("delete_answer", answer, {})
    assert accounts_server.admin.call("undo", {"seq": gone["meta"]["seq"]}, {})["ok"]
    assert [caller for caller in ALL if view_observers.saw(caller, "Kept from others")] == ["admin"]


@pytest.mark.kinds("sqlite", reason="each process logs what it does")
def test_the_audit_names_what_was_deleted_and_counts_what_went_along(accounts_server: AccountsServer) -> None:
    answer, _ = _answer(accounts_server, {}, {"inner": {}})
    since = accounts_server.server.log_size()
    gone = accounts_server.admin.call("delete_answer", answer, {})
    back = accounts_server.admin.call("undo", {"seq": gone["meta"]["seq"]}, {})
    accounts_server.admin.call("undo", {"seq": back["meta"]["seq"]}, {})
    other = wrote("new_coach", "coaches", accounts_server.gym.new("coach"))
    first = {
        "message": "wrote",
        "seq": gone["meta"]["seq"],
        "record": (named := f"answers {answer['id']} (with remarks: 3)"),
    }
    assert [line["record"] for line in between(accounts_server.server, since, first, other)] == [named] * 2
