"""`/metrics` for Prometheus, and `/asyncapi.json`, which describes the events for authors of clients."""

from functools import cache

import orjson
from flask import Blueprint, Response, request
from prometheus_client import CollectorRegistry
from prometheus_client.exposition import choose_encoder

from server.accounts import event_catalogue as accounts
from server.live import event_catalogue as live
from server.realtime.gateway import event_catalogue, list_schema
from server.realtime.gateway.asyncapi import document
from server.realtime.gateway.event_types import ANYTHING, ClientEvent, Namespace
from server.realtime.gateway.gateway import Gateway
from server.realtime.resource.resource import Resource


def introspection(numbers: CollectorRegistry, gateway: Gateway, port: int) -> Blueprint:
    """The routes. They hold no records, so anybody may read them."""
    blueprint = Blueprint("introspection", __name__)

    @cache
    def description() -> bytes:
        return orjson.dumps(_document(gateway, port))

    @blueprint.get("/metrics")
    def metrics() -> Response:
        encode, content_type = choose_encoder(request.headers.get("Accept", ""))
        return Response(encode(numbers), content_type=content_type)

    @blueprint.get("/asyncapi.json")
    def asyncapi() -> Response:
        return Response(description(), mimetype="application/json")

    return blueprint


def _document(gateway: Gateway, port: int) -> dict[str, object]:
    resources = list(Resource.registry.values())
    served = gateway.events
    catalogue = [*event_catalogue.client_events(resources), *accounts.client_events()]
    described = [event for event in catalogue if event.name in served]
    # An event that no catalogue has: a test fails because its summary is empty.
    undescribed = sorted(served - {event.name for event in described})
    client_events = [*described, *(ClientEvent(name, "", ANYTHING, ANYTHING) for name in undescribed)]
    gym = Namespace("gym", "/", "The gym's records.", client_events, event_catalogue.server_events(resources))
    whole = document(port, [gym, live.namespace()], event_catalogue.schemas(resources) | accounts.schemas())
    keys = {resource.channel: found for resource in resources if (found := list_schema.sort_keys(resource))}
    return {**whole, "x-sort-keys": keys}
