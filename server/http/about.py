"""What the server says of itself: `/metrics` for Prometheus, `/asyncapi.json` for whoever writes a client."""

from functools import cache

import orjson
from flask import Blueprint
from flask import Response
from flask import request
from prometheus_client import CollectorRegistry
from prometheus_client.exposition import choose_encoder

from server.accounts import event_catalogue as accounts
from server.live import event_catalogue as live
from server.realtime.gateway import event_catalogue
from server.realtime.gateway.asyncapi import document
from server.realtime.gateway.events import ANYTHING
from server.realtime.gateway.events import ClientEvent
from server.realtime.gateway.events import Namespace
from server.realtime.gateway.gateway import Gateway
from server.realtime.resource.resource import Resource


def about(numbers: CollectorRegistry, gateway: Gateway, port: int) -> Blueprint:
    """The routes. They have no records, so there is no right that they ask for."""
    blueprint = Blueprint("about", __name__)

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
    described = [one for one in [*event_catalogue.asked(resources), *accounts.asked()] if one.name in served]
    # A test finds the event of which there is nothing to say.
    others = sorted(served - {one.name for one in described})
    asked = [*described, *(ClientEvent(event, "", ANYTHING, ANYTHING) for event in others)]
    gym = Namespace("gym", "/", "The gym's records.", asked, event_catalogue.told(resources))
    return document(port, [gym, live.namespace()], event_catalogue.schemas(resources) | accounts.schemas())
