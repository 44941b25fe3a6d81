"""What answers one event of a namespace."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic

from server.realtime.gateway.namespace import P
from server.realtime.mutations.mutation import Request
from server.realtime.protocol.ack import Ack
from server.realtime.protocol.arguments import Options
from server.realtime.protocol.caller import Caller
from server.realtime.protocol.errors import Refusal
from server.realtime.resource.rights import Authorize

# (client, arguments) -> the ack. It may wait, for the database or for a password to be hashed. One whose ack comes
# with more, such as all `changes` from then on, returns a function that makes the ack: it is called after the rights
# were checked again, and does not wait.
Service = Callable[[P, Sequence[Any]], Ack | Callable[[], Ack]]
# (client, arguments, number of the ack, refusal of a malformed request): checks the rights, sends and counts the ack.
PacedService = Callable[[P, Sequence[Any], int | None, Refusal | None], None]
# (event, payload, opts, caller, authorize) -> the request to be committed.
MakeRequest = Callable[[str, object, Options | None, Caller, Authorize], Request]


@dataclass(frozen=True, slots=True)
class Endpoint(Generic[P]):
    """It has a `service`, or `make_request` for an event that writes, or `paced` for one with its own rate limit.

    `cost` is how many requests a payload counts as. `refused` makes the ack of a refusal. A service that answers
    `from_memory` is called while the database cannot be reached, too; one with `own_timeouts` limits itself how long it
    waits for the database, and for other things. What one without records answers is sent to those, too, who may not
    read any.
    """

    service: Service[P] | None = None
    make_request: MakeRequest | None = None
    paced: PacedService[P] | None = None
    cost: Callable[[object], int] = lambda data: 1
    refused: Callable[[Refusal], Ack] = Ack.refused
    from_memory: bool = False
    own_timeouts: bool = False
    without_records: bool = False
