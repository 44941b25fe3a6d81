"""What the page has to know of the resources before it connects, if they are not those that it was built for."""

from collections.abc import Iterable
from typing import Any

import orjson

from server.accounts.models import ROLES
from server.realtime.gateway.list_schema import sort_keys
from server.realtime.resource.resource import ACTIONS, Resource
from server.realtime.selection.operands import Kind, operands
from server.resources import GYM


def served_resources(resources: Iterable[Resource]) -> str:
    """JSON of the client's protocol (client/src/served.ts), or "" for the gym's own resources.

    `writers` are the roles that may write some records of a channel, `relations` where its fields refer to, `searched`
    the fields that `contains` can be asked of. It holds nothing that `/asyncapi.json` does not.
    """
    served = {resource.channel: resource for resource in resources}
    if served.keys() == set(GYM):
        return ""
    protocol = {
        "singular": {channel: resource.name for channel, resource in served.items()},
        "big": [channel for channel, resource in served.items() if not resource.whole],
        "writeOnly": {channel: sorted(one.secrets) for channel, one in served.items() if one.secrets},
        "sortKeys": {channel: keys for channel, one in served.items() if (keys := sort_keys(one))},
        "writers": {
            channel: [role for role in ROLES if any(one.write[action].allows_role(role) for action in ACTIONS)]
            for channel, one in served.items()
        },
        "relations": {channel: _relations(one) for channel, one in served.items() if one.relations},
        "searched": {
            channel: [
                operand.name for operand in operands(one) if operand.kind is Kind.TEXT and "." not in operand.name
            ]
            for channel, one in served.items()
        },
    }
    return orjson.dumps(protocol).decode()


def _relations(resource: Resource) -> dict[str, Any]:
    """By field: the channel that it refers to, whether to many, whether its places have fields of their own."""
    ones = {field: {"channel": one.target, "many": False, "own": False} for field, one in resource.ones.items()}
    lists = {
        field: {"channel": many.target, "many": True, "own": bool(many.own)} for field, many in resource.lists.items()
    }
    return ones | lists
