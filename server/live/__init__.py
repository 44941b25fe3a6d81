"""The namespace `/test`: a clock, random numbers, UUIDs; small demos that need no database. See docs/live.md.

In: clients that connect to the namespace, and three events. Out: events each second, and answers. Its requests go
through the same dispatcher as all others.
"""

from functools import partial

from prometheus_client import Counter
from socketio import Server

from server.config import Config
from server.live import demos
from server.live.listeners import NAMESPACE, Listeners
from server.live.ticker import Ticker
from server.realtime.gateway.dispatcher import Dispatcher
from server.realtime.gateway.endpoint import Endpoint
from server.realtime.gateway.packets import Packets


def serve(server: Server, packets: Packets, requests: Counter, config: Config) -> Ticker:
    """Serve the namespace. The ticker that it gives is to be stopped at the end."""
    listeners = Listeners(server, partial(demos.tick, config.secret_key.encode()), config.tick_seconds)
    dispatcher = Dispatcher(listeners, requests)
    for event, service in demos.SERVICES.items():
        dispatcher.serve(event, Endpoint(service))
    packets.serve(NAMESPACE, dispatcher)
    return listeners.ticker
