"""`get_*`: one record. Of a whole channel as it is in memory: also while the database cannot be reached."""

from collections.abc import Mapping, Sequence
from typing import Any

from server.realtime.protocol.ack import Ack
from server.realtime.protocol.arguments import split
from server.realtime.protocol.errors import malformed, not_found
from server.realtime.queries.finder import Finder
from server.realtime.resource.lookup import check_readable, record_id
from server.realtime.resource.resource import Resource
from server.realtime.transport.client import Client


class Get:
    """Answers `get_*` of one resource."""

    def __init__(self, resource: Resource, finder: Finder) -> None:
        self._resource = resource
        self._finder = finder

    def __call__(self, client: Client, args: Sequence[Any]) -> Ack:
        """The service for `get_* {id}`. What the caller may not read is not found."""
        data, _ = split(args)
        if not isinstance(data, Mapping):
            raise malformed("Send an object {id}.")
        resource = self._resource
        check_readable(resource, client.view, client.caller)
        number = record_id(resource, data.get("id"))
        row = self._finder.rows(resource.channel, (number,)).get(number)
        # It may be another view now.
        if row is None or not client.view.has_encoded(resource.channel, row.record):
            raise not_found(resource.name, number)
        return Ack(data=row.record, meta={"rev": row.rev})
