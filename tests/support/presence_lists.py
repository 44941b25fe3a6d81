"""Who is here, as a client was told."""

from collections.abc import Callable, Iterable
from typing import Any

from tests.support.packets import Event
from tests.support.socketio_client import Client

# By sid, in the order of the list.
People = dict[str, dict[str, Any]]


def presence_lists(client: Client) -> list[People]:
    """Every list that the client has read, the newest last."""
    events = [packet for packet in client.received if isinstance(packet, Event) and packet.name == "presence"]
    for event in events:
        (told,) = event.args
        assert set(told) == {"users"}, told
        for user in told["users"]:
            assert set(user) == {"sid", "name", "since", "editing"}, user
            assert user["editing"] is None or set(user["editing"]) == {"channel", "id"}, user
    return [{user["sid"]: user for user in event.args[0]["users"]} for event in events]


def wait_for_presence(client: Client, condition: Callable[[People], Any], what: str) -> People:
    """Read until the newest list is so, and return it."""
    client.wait_for(lambda: (known := presence_lists(client)) and condition(known[-1]), what)
    return presence_lists(client)[-1]


def wait_until_present(client: Client, *others: Client) -> People:
    """Read until all of them are in the list."""
    return wait_for_presence(
        client, lambda people: {other.sid for other in others} <= people.keys(), "list with all of them"
    )


def wait_until_left(client: Client, sid: str) -> People:
    """Read until this one is not in the list."""
    return wait_for_presence(client, lambda people: sid not in people, "list without the one who left")


def wait_until_editing(client: Client, editor: Client, channel: str, number: int | None) -> People:
    """Read until the editor is shown to edit this record; none if `number` is None."""
    expected = None if number is None else {"channel": channel, "id": number}
    return wait_for_presence(
        client,
        lambda people: editor.sid in people and people[editor.sid]["editing"] == expected,
        f"list in which {editor.sid} edits {expected}",
    )


def wait_for_coaches(client: Client, coaches: Iterable[int]) -> None:
    """Read until `changes` told the client of these coaches, and so its process knows them."""

    def heard() -> set[int]:
        events = [event.args[0]["changes"] for event in client.inbox if event.name == "changes"]
        return {change["id"] for changes in events for change in changes if change["channel"] == "coaches"}

    client.wait_for(lambda: heard() >= set(coaches), "changes with the coaches")
