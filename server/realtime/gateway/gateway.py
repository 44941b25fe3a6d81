"""The default namespace: who may ask what, and requests that write, which are answered when they are committed."""

from collections.abc import Callable
from contextlib import nullcontext
from functools import partial
from typing import Any

from server.database.postgresql import within
from server.realtime.gateway.connections import Connections
from server.realtime.gateway.dispatcher import Dispatcher
from server.realtime.gateway.dispatcher import Refused
from server.realtime.gateway.dispatcher import Service
from server.realtime.mutations.group_commit import GroupCommit
from server.realtime.mutations.mutation import Request
from server.realtime.mutations.mutation import digest
from server.realtime.mutations.parse import write_request
from server.realtime.presence.presence import Presence
from server.realtime.protocol.ack import Ack
from server.realtime.protocol.arguments import Options
from server.realtime.protocol.arguments import split
from server.realtime.protocol.caller import Caller
from server.realtime.protocol.errors import forbidden
from server.realtime.protocol.errors import unauthorized
from server.realtime.protocol.errors import unavailable
from server.realtime.protocol.measurements import requests_counter
from server.realtime.resource.resource import Resource
from server.realtime.resource.rights import Authorize
from server.realtime.resource.rights import Rights
from server.realtime.transport.client import Client

# (event, data, opts, caller, authorize): what makes a request of an event that writes, to be committed.
MakeRequest = Callable[[str, object, Options | None, Caller, Authorize], Request]


class Gateway(Dispatcher[Client]):
    """Answers what the clients in `connections` ask. Until the lobby is open that is `unavailable`, whatever they ask.

    `reachable()` says whether the database is: while it is not, what would have to ask it is refused at once.
    """

    def __init__(
        self,
        connections: Connections,
        group_commit: GroupCommit,
        presence: Presence,
        *,
        rights: Rights,
        reachable: Callable[[], bool],
    ) -> None:
        super().__init__(connections, requests_counter())
        self.connections = connections
        self._group_commit = group_commit
        self._presence = presence
        self._rights = rights
        self._reachable = reachable
        self._from_memory: set[str] = set()
        self._unhurried: set[str] = set()
        self._writes: dict[str, MakeRequest] = {}
        for resource in Resource.registry.values():
            for event in resource.events:
                self.write(event, partial(write_request, resource=resource))

    def serve(
        self,
        event: str,
        service: Service[Client],
        *,
        refused: Refused = Ack.refused,
        from_memory: bool = False,
        unhurried: bool = False,
    ) -> None:
        """Let `service` answer `event`, for those whom the rights permit it.

        One that answers from memory is asked even while the database cannot be reached. One that is unhurried waits for
        other things than the database, and says itself for how long that may take. `refused` makes the answer when the
        event is refused before or instead.
        """
        super().serve(event, service, refused=refused)
        if unhurried:
            self._unhurried.add(event)
        if from_memory:
            self._from_memory.add(event)

    def write(self, event: str, make_request: MakeRequest) -> None:
        """Let `event` be committed as the request that `make_request` makes of it."""
        self._writes[event] = make_request
        self.tally.know(event)

    def permit(self, caller: Caller, event: str) -> None:
        """Refuse an event that is not for this caller, or for nobody yet."""
        if not self.connections.is_open:
            raise unavailable()
        self._rights.permit(caller, event)

    def answer(self, client: Client, event: str, args: list[Any], number: int | None) -> Ack | None:
        """Let a request that writes be committed; all other requests wait for those before them."""
        make_request = self._writes.get(event)
        if make_request is not None:
            self._submit(client, event, make_request, args, number)
            return None
        service = self.service(event)
        client.wait_for_answers()
        # Whoever waited may be somebody else by now: for the answers to earlier requests, or for the service.
        self._rights.permit(client.caller, event)
        if event not in self._from_memory and not self._reachable():
            raise unavailable()
        with nullcontext() if event in self._unhurried else within():
            answer = service(client, args, number)
        self._rights.permit(client.caller, event)
        ack = answer if isinstance(answer, Ack) else answer()
        self._presence.look(client)
        return ack

    def _submit(
        self, client: Client, event: str, make_request: MakeRequest, args: list[Any], number: int | None
    ) -> None:
        """Let a request be committed. Its rights are those that the client has when its turn comes."""

        def authorize(caller: Caller, *write: Any) -> None:
            self._rights.permit(client.caller, event)
            self._rights.authorize(client.caller, *write)

        def answer(ack: Ack) -> None:
            self.tally.count(event, ack)
            if not self._rights.may_read(client.caller):
                # Records are not shown any more, not even in the answer to a write that was committed just before.
                ack = Ack() if ack.ok else Ack.refused(unauthorized())
            elif request.answered_for not in (None, client.view) and not client.view.is_whole:
                # It sees something else by now, and warnings are about other records.
                meta = {key: ack.meta[key] for key in ack.meta if key != "warnings"}
                ack = Ack(meta=meta) if ack.ok else Ack.refused(forbidden())
            client.finish(number, ack, with_meta=len(args) > 1)

        data, opts = split(args)
        request = make_request(event, data, opts, client.caller, authorize)
        request.view = lambda: client.view
        if opts is not None:
            request.check = opts.check
            if opts.op is not None:
                request.op, request.digest = opts.op, digest(event, request.payload)
        request.authorize = request.authorize or (lambda _: self._rights.permit(client.caller, event))
        client.begin()
        self._group_commit.submit(request, answer)
        client.wait_for_room()
