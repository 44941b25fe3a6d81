"""The default namespace: who may use which event, and requests that write, which are answered after their commit."""

from collections.abc import Callable
from contextlib import nullcontext
from functools import partial
from typing import Any

from prometheus_client import Counter

from server.database.postgresql import within
from server.realtime.gateway.connections import Connections
from server.realtime.gateway.dispatcher import Dispatcher
from server.realtime.gateway.endpoint import Endpoint, MakeRequest
from server.realtime.mutations.group_commit import GroupCommit
from server.realtime.mutations.idempotency import digest
from server.realtime.mutations.parse import write_request
from server.realtime.presence.presence import Presence
from server.realtime.protocol import errors
from server.realtime.protocol.ack import Ack
from server.realtime.protocol.arguments import split
from server.realtime.protocol.caller import Caller
from server.realtime.resource.resource import Resource
from server.realtime.resource.rights import Rights
from server.realtime.transport.client import Client


class Gateway(Dispatcher[Client]):
    """Answers the requests of `connections`. Until these are open each answer is `unavailable`.

    While `reachable()` is false, so is the answer of each service that reads the database, at once.
    """

    connections: Connections

    def __init__(
        self,
        connections: Connections,
        group_commit: GroupCommit,
        presence: Presence,
        *,
        rights: Rights,
        reachable: Callable[[], bool],
    ) -> None:
        text = "Requests answered, by event and outcome."
        super().__init__(connections, Counter("spotter_requests", text, ["event", "code"], registry=None))
        self._group_commit = group_commit
        self._presence = presence
        self._rights = rights
        self._reachable = reachable
        for resource in Resource.registry.values():
            for event in resource.events:
                self.serve(event, Endpoint(make_request=partial(write_request, resource=resource)))

    def permit(self, caller: Caller, event: str) -> None:
        """Raise a Refusal unless the caller may use this event, and the connections are open."""
        if not self.connections.is_open:
            raise errors.unavailable()
        self._rights.permit(caller, event)

    def answer(
        self, client: Client, event: str, endpoint: Endpoint[Client], args: list[Any], number: int | None, began: float
    ) -> Ack | None:
        """Submit a request that writes; any other waits until the client's earlier requests are answered."""
        if endpoint.make_request is not None:
            self._submit(client, event, endpoint, endpoint.make_request, args, number, began)
            return None
        client.wait_for_answers()
        # The client's caller may have changed while it waited.
        self.permit(client.caller, event)
        if not endpoint.from_memory and not self._reachable():
            raise errors.unavailable()
        with nullcontext() if endpoint.own_timeouts else within():
            ack = super().answer(client, event, endpoint, args, number, began)
        self._presence.update(client)
        return ack

    def _submit(
        self,
        client: Client,
        event: str,
        endpoint: Endpoint[Client],
        make_request: MakeRequest,
        args: list[Any],
        number: int | None,
        began: float,
    ) -> None:
        """Submit a request to the group commit, which checks the rights that the client has by then."""

        def authorize(caller: Caller, *write: Any) -> None:
            permit()
            # Of a batch, and of what is deleted along, each is an event of its own.
            self._rights.permit(client.caller, write[0])
            self._rights.authorize(client.caller, *write)

        def permit(_: object = None) -> None:
            self._rights.permit(client.caller, event)

        def answer(ack: Ack) -> None:
            self.count(event, ack, began)
            if not (endpoint.without_records or self._rights.may_read(client.caller)):
                # The right to read ended after the request was submitted: not even its own record may be sent.
                ack = Ack() if ack.ok else Ack.refused(errors.unauthorized())
            elif request.answered_for not in (None, client.view) and not client.view.is_whole:
                # The view changed after the answer was made: record and warnings may be of records outside of it.
                meta = {key: ack.meta[key] for key in ack.meta if key != "warnings"}
                ack = Ack(meta=meta) if ack.ok else Ack.refused(errors.forbidden())
            client.finish_request(number, ack, with_meta=len(args) > 1)

        data, opts = split(args)
        client.socket.allowance.charge(endpoint.cost(data))
        request = make_request(event, data, opts, client.caller, authorize)
        request.view = lambda: client.view
        if opts is not None:
            request.check = opts.check
            if opts.op is not None:
                request.op, request.digest = opts.op, digest(event, request.payload)
        request.authorize = request.authorize or permit
        client.begin_request()
        self._group_commit.submit(request, answer)
        client.wait_for_room()
