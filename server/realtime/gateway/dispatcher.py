"""Every request on a namespace gets exactly one ack, whatever happens."""

import logging
import secrets
from collections.abc import Callable
from collections.abc import Sequence
from typing import Any
from typing import Generic

from prometheus_client import Counter
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from server.database.engines import UNREACHABLE
from server.database.engines import one_line
from server.realtime.gateway.namespace_clients import NamespaceClients
from server.realtime.gateway.namespace_clients import P
from server.realtime.protocol import audit
from server.realtime.protocol.ack import Ack
from server.realtime.protocol.caller import Caller
from server.realtime.protocol.errors import Code
from server.realtime.protocol.errors import Refusal
from server.realtime.protocol.errors import internal
from server.realtime.protocol.errors import malformed
from server.realtime.protocol.errors import unavailable
from server.realtime.protocol.errors import unknown_event
from server.realtime.protocol.json import MOST_LEVELS
from server.realtime.protocol.measurements import RequestCounts
from server.realtime.transport import throttle

logger = logging.getLogger("spotter.gateway")

# (client, arguments, number of the ack): what answers an event that only reads. It may wait, for the database or for a
# password to be hashed. An answer that comes with more than an ack, such as all that follows, is a function: it is
# called after the rights were looked at again, and does not wait.
Service = Callable[[P, Sequence[Any], int | None], Ack | Callable[[], Ack]]
# The same for an event that keeps a pace of its own, and answers later by itself: also if there is a refusal already.
PacedService = Callable[[P, Sequence[Any], int | None, Refusal | None], None]
Refused = Callable[[Refusal], Ack]


class Dispatcher(Generic[P]):
    """Answers what the clients that came in by `entrance` ask: within their limits, counted, and whatever fails."""

    def __init__(self, entrance: NamespaceClients[P], requests: Counter) -> None:
        self.entrance = entrance
        self.tally = RequestCounts(requests)
        self._services: dict[str, Service[P]] = {}
        self._paced: dict[str, PacedService[P]] = {}
        self._refused: dict[object, Refused] = {}

    @property
    def events(self) -> set[str]:
        """The names of all events that are answered with more than that there is no such event."""
        return self.tally.events

    def serve(self, event: str, service: Service[P], *, refused: Refused = Ack.refused) -> None:
        """Let `service` answer `event`. `refused` makes the answer when the event is refused before or instead."""
        self._services[event] = service
        self._refused[event] = refused
        self.tally.know(event)

    def pace(self, event: str, service: PacedService[P]) -> None:
        """Let `service` answer `event`, however often it comes; it says itself who may ask, and when it answers."""
        self._paced[event] = service
        self.tally.know(event)

    def permit(self, caller: Caller, event: str) -> None:
        """Refuse an event that is not for this caller, or for nobody yet."""

    def refuse(self, client: P, number: int | None, refusal: Refusal) -> None:
        """Answer a request that is none."""
        client.wait_for_answers()
        ack = Ack.refused(refusal)
        self.tally.count(None, ack)
        client.ack(number, ack, with_meta=False)

    def handle(self, client: P, event: object, args: list[Any], number: int | None, too_deep: bool) -> None:
        """Answer a request; `too_deep` if it is nested deeper than what can be sent back."""
        if isinstance(event, str) and event in self._paced:
            # It has a pace of its own, and takes nothing away from other events.
            client.socket.allowance.give_back()
            self._paced[event](client, args, number, _too_deep() if too_deep else None)
            return
        with_meta = len(args) > 1
        refused = self._refused.get(event, Ack.refused) if isinstance(event, str) else Ack.refused
        try:
            if client.socket.allowance.owed:
                throttle.refuse(client.socket.allowance, client.caller)
            if not isinstance(event, str):
                raise unknown_event()
            if too_deep:
                raise _too_deep()
            self.permit(client.caller, event)
            ack = self.answer(client, event, args, number)
            if ack is None:
                return
        except Refusal as refusal:
            ack = refused(refusal)
            if refusal.code in (Code.UNAUTHORIZED, Code.FORBIDDEN):
                audit.denied(client.caller, event, refusal.code)
        except UNREACHABLE as error:
            defect = not isinstance(error, OperationalError | PoolTimeout)
            logger.warning("%r could not reach the database: %s", event, one_line(error), exc_info=defect)
            ack = refused(unavailable())
        except Exception:
            reference = secrets.token_hex(4)
            logger.exception("%r failed, reference %s", event, reference)
            ack = refused(internal(reference))
        self.tally.count(event, ack)
        client.wait_for_answers()
        client.ack(number, ack, with_meta)

    def answer(self, client: P, event: str, args: list[Any], number: int | None) -> Ack | None:
        """The answer of the event's service; None if the request is answered, and counted, later."""
        answer = self.service(event)(client, args, number)
        return answer if isinstance(answer, Ack) else answer()

    def service(self, event: str) -> Service[P]:
        """What answers this event."""
        service = self._services.get(event)
        if service is None:
            raise unknown_event()
        return service


def _too_deep() -> Refusal:
    return malformed(f"This is nested too deep: {MOST_LEVELS} levels are the most.")
