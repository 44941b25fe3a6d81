"""Every request on a namespace gets exactly one ack, whatever happens."""

import logging
import secrets
import time
from functools import cache
from typing import Any, Generic

from prometheus_client import Counter
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from server.database.engines import UNREACHABLE, one_line
from server.realtime.gateway.endpoint import Endpoint
from server.realtime.gateway.namespace import NamespaceClients, P
from server.realtime.protocol import audit, errors
from server.realtime.protocol.ack import Ack
from server.realtime.protocol.caller import Caller
from server.realtime.protocol.errors import Code, Refusal

logger = logging.getLogger("spotter.gateway")

_OK = "ok"
# The endpoint, and the label in `requests`, of all events that nothing serves: no client can make labels.
_UNSERVED: Endpoint[Any] = Endpoint(from_memory=True)
_UNKNOWN = "unknown"


class Dispatcher(Generic[P]):
    """Answers the requests of a namespace's clients, within their rate limits.

    `requests` counts them by event and by outcome, `ok` or a code of errors.py.
    """

    def __init__(self, connections: NamespaceClients[P], requests: Counter) -> None:
        self.connections = connections
        self.requests = requests
        # The library takes three times as long to find a counter by its labels as to count.
        self._counter = cache(requests.labels)
        self._endpoints: dict[str, Endpoint[P]] = {}

    @property
    def events(self) -> set[str]:
        """The names of the events that are served."""
        return set(self._endpoints)

    def serve(self, event: str, endpoint: Endpoint[P]) -> None:
        """Answer `event` by `endpoint`."""
        self._endpoints[event] = endpoint
        # Its counter begins with 0: from one that begins with 1 Prometheus cannot compute a rate.
        self._counter(event, _OK)

    def count(self, event: object, ack: Ack, began: float | None = None) -> None:
        """Count one answered request. At DEBUG it is logged with the time since `began` (of `time.perf_counter()`)."""
        name = event if isinstance(event, str) and event in self._endpoints else _UNKNOWN
        outcome = ack.meta.get("code", _OK)
        self._counter(name, outcome).inc()
        if logger.isEnabledFor(logging.DEBUG):
            took = None if began is None else round((time.perf_counter() - began) * 1000, 1)
            logger.debug("answered", extra={"event": name, "outcome": str(outcome), "ms": took})

    def permit(self, caller: Caller, event: str) -> None:
        """Raise a Refusal unless the caller may use this event."""

    def refuse(self, client: P, number: int | None, refusal: Refusal) -> None:
        """Answer a packet that is no request."""
        client.wait_for_answers()
        ack = Ack.refused(refusal)
        self.count(None, ack)
        client.ack(number, ack, with_meta=False)

    def handle(self, client: P, event: object, args: list[Any], number: int | None, malformed: Refusal | None) -> None:
        """Answer a request; with the refusal `malformed`, unless something else refuses it before."""
        began = time.perf_counter()
        endpoint = self._endpoints.get(event, _UNSERVED) if isinstance(event, str) else _UNSERVED
        if endpoint.paced is not None:
            # The limits of other events are not used up by it.
            client.socket.allowance.give_back()
            endpoint.paced(client, args, number, malformed)
            return
        try:
            if client.socket.allowance.owed:
                client.socket.allowance.refuse(client.caller)
            if not isinstance(event, str):
                raise errors.unknown_event()
            if malformed is not None:
                raise malformed
            self.permit(client.caller, event)
            ack = self.answer(client, event, endpoint, args, number, began)
            if ack is None:
                return
        except Refusal as refusal:
            ack = endpoint.refused(refusal)
            if refusal.code in (Code.UNAUTHORIZED, Code.FORBIDDEN):
                audit.denied(client.caller, event, refusal.code)
        except UNREACHABLE as error:
            is_defect = not isinstance(error, OperationalError | PoolTimeout)
            logger.warning("%r could not reach the database: %s", event, one_line(error), exc_info=is_defect)
            ack = endpoint.refused(errors.unavailable())
        except Exception:
            reference = secrets.token_hex(4)
            logger.exception("%r failed, reference %s", event, reference)
            ack = endpoint.refused(errors.internal(reference))
        self.count(event, ack, began)
        client.wait_for_answers()
        client.ack(number, ack, with_meta=len(args) > 1)

    def answer(
        self, client: P, event: str, endpoint: Endpoint[P], args: list[Any], number: int | None, began: float
    ) -> Ack | None:
        """The ack of a permitted request; None if it is sent and counted later."""
        if endpoint.service is None:
            raise errors.unknown_event()
        ack = endpoint.service(client, args)
        # The client's caller may have changed while the service waited.
        self.permit(client.caller, event)
        return ack if isinstance(ack, Ack) else ack()
