"""What is sent without being asked for: kind of client x role x ownership x `ACCESS`, every cell."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.support.accounts_server import CALLERS, AccountsServer
from tests.support.gym import Gym
from tests.wire.accounts.rights_table import OWN, PUSHED, READS, People, cell, rows, username_of

# The auth object of each kind of client, and in which event a record comes to it.
KINDS: dict[str, tuple[dict[str, Any], str]] = {
    "plain": ({}, "coaches"),
    "synced": ({"sync": True}, "changes"),
    "subscribed": ({"arrays": False}, "changes"),
}


@pytest.mark.parametrize(("kind", "of"), rows(PUSHED))
@pytest.mark.parametrize("caller", CALLERS)
@pytest.mark.parametrize("access", READS)
def test_a_record_reaches_who_may_read_it(
    access: str,
    caller: str,
    kind: str,
    of: str,
    accounts_servers: Callable[[str], AccountsServer],
    people: Callable[[AccountsServer], People],
) -> None:
    accounts_server = accounts_servers(access)
    auth, event = KINDS[kind]
    number = (people(accounts_server).own(caller) if of == OWN else accounts_server.gym.new("coach"))["id"]
    username = username_of(caller, of)
    witness, client = accounts_server.client("viewer", sync=True), accounts_server.client(username, **auth)
    witness.next_event("sync")
    may_read = cell(PUSHED[kind], of, access, caller) == "+"
    if kind == "subscribed":
        assert client.call("subscribe", {"channel": "coaches"})["ok"] is may_read
    elif may_read:
        client.next_event("coaches" if kind == "plain" else "sync")
    client.round_trip()
    client.take()
    accounts_server.gym.update("coach", id=number, name=f"Coach {next(Gym.numbers)}")
    assert [change["id"] for change in witness.next_changes()] == [number]
    if may_read:
        sent = client.next_event(event).args[0]
        assert number in [one["id"] for one in (sent if kind == "plain" else sent["changes"])]
    else:
        # All that the flush sends is sent by now, and this answer comes after it.
        client.round_trip()
        assert client.take() == []
    witness.close()
    client.close()
