"""Channels and records as requests name them."""

from server.fields import whole_number
from server.realtime.protocol.caller import Caller
from server.realtime.protocol.errors import forbidden, invalid, unauthorized
from server.realtime.resource.resource import Resource
from server.realtime.resource.view import View


def channel_of(name: object) -> Resource:
    """The resource of a channel that a request names."""
    resource = Resource.registry.get(name) if isinstance(name, str) else None
    if resource is None:
        raise invalid({"channel": ["Must be one of " + ", ".join(Resource.registry) + "."]})
    return resource


def readable_channel(name: object, view: View, caller: Caller) -> Resource:
    """The same; refused if the channel is hidden from the caller."""
    resource = channel_of(name)
    check_readable(resource, view, caller)
    return resource


def check_readable(resource: Resource, view: View, caller: Caller) -> None:
    """Refuse a caller from whom the channel is hidden."""
    if resource.channel in view.hidden:
        raise unauthorized() if caller.role is None else forbidden()


def record_id(resource: Resource, value: object) -> int:
    """A record's id as a request has it: a number or a string of digits."""
    try:
        number = whole_number(value)
    except ValueError:
        number = 0
    if number < 1:
        raise invalid({"id": [f"Must be the id of a {resource.noun}."]})
    return number
