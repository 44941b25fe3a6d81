"""How clients speak to each kind of server."""

from dataclasses import dataclass, field
from typing import Literal

ARRAYS = "coaches,workout_plans,exercise_moves,schedules"

Write = Literal["picture", "name"]
Audience = Literal["synced", "plain", "subscribed", "silent"]

FIELDS: dict[Write, str] = {
    # No other record shows a coach's picture: one record changes.
    "picture": '"picture":"https://example.com/%marker%"',
    # Each schedule holds its coach's name: the contract makes those records change too.
    "name": '"name":"%marker%"',
}


@dataclass(frozen=True)
class Dialect:
    """What a client sends to this kind of server."""

    message: str  # with %fields%
    good_ack: str
    connect: dict[Audience, str]  # the auth object of the CONNECT packet
    wait_for: dict[Audience, str]  # what a client is sent before it counts as connected
    hello: dict[Audience, str] = field(default_factory=dict)  # a packet that each client sends, with %part%
    collection: str = ""  # the path of PocketBase's; the others speak Socket.IO


CONTRACT = '["update_coach",{"id":%writer%,%fields%}]'
OURS = Dialect(
    message=CONTRACT,
    good_ack='[{"ok":true',
    connect={"synced": '{"sync":true}', "subscribed": '{"arrays":false}'},
    wait_for={"synced": "sync", "plain": ARRAYS, "subscribed": "ack"},
    # Each part another one, and every coach in each: whatever is written, all are sent it.
    hello={"subscribed": '420["subscribe",{"channel":"coaches","where":{"age":{"gt":-%part%}}}]'},
)
NAIVE = Dialect(CONTRACT, '[{"ok":true', {}, {"plain": ARRAYS})
ECHO = Dialect(CONTRACT, '[{"ok":true', {}, {})
FEATHERS_DIALECT = Dialect('["patch","coaches",%writer%,{%fields%},{}]', "[null,{", {}, {})
BATCHING_DIALECT = Dialect(CONTRACT, '[{"ok":true', {}, {"synced": "sync"})
POCKETBASE_DIALECT = Dialect("{%fields%}", "HTTP/1.1 200", {}, {}, collection="/api/collections/coaches")
