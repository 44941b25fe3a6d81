"""Makes the Flask application and its parts, and connects them. All wiring is here."""

from functools import partial
from typing import Any

import orjson
from flask import Flask
from sqlalchemy import Engine

from server import live, resources
from server.accounts.services import AccountServices
from server.calendar.feeds import Feeds
from server.calendar.timetable import CHANNELS, Timetable
from server.config import Config
from server.database import engines, migrations
from server.database.bus import Bus
from server.database.query_limits import bounded_engine
from server.extensions import cors, db, ma, migrate, socketio
from server.http.calendars import Calendars
from server.http.exports import exports
from server.http.feed import feed
from server.http.introspection import introspection
from server.http.readiness import Readiness
from server.http.served_resources import served_resources
from server.http.site import site
from server.lifecycle import Parts
from server.realtime.gateway.connections import Connections
from server.realtime.gateway.endpoint import Endpoint
from server.realtime.gateway.gateway import Gateway
from server.realtime.gateway.metrics import metrics
from server.realtime.gateway.packets import Packets
from server.realtime.journal.embedded_copies import embeds_of
from server.realtime.journal.follower import Follower
from server.realtime.journal.replica import Replica
from server.realtime.journal.restore_check import RestoreCheck
from server.realtime.journal.retention import Retention
from server.realtime.journal.state import State
from server.realtime.mutations import batch_payload, undo
from server.realtime.mutations.batch_payload import batch_request
from server.realtime.mutations.group_commit import GroupCommit
from server.realtime.presence.presence import Presence
from server.realtime.queries import refresh
from server.realtime.queries.finder import Finder
from server.realtime.queries.get import Get
from server.realtime.queries.history import History
from server.realtime.queries.listing import Listing
from server.realtime.queries.publisher import Publisher
from server.realtime.queries.refresh import Refresh
from server.realtime.queries.subscribe import Subscribe
from server.realtime.queries.sync import Sync
from server.realtime.resource.binding import bind_all
from server.realtime.resource.resource import Resource
from server.realtime.resource.row_writer import RowWriter
from server.realtime.resource.view import View
from server.realtime.transport import socketio_internals, websocket
from server.realtime.transport.address import AddressOf, client_address
from server.realtime.transport.connection_limit import ConnectionLimit
from server.realtime.transport.heartbeat import Heartbeat
from server.realtime.transport.origins import Origins
from server.realtime.transport.rate_limits import Limits


class Json:
    """The JSON of python-socketio: strict, as the wire is."""

    loads = staticmethod(orjson.loads)

    @staticmethod
    def dumps(value: object, **_: object) -> str:
        """Compact JSON, whatever formatting python-socketio asks for."""
        return orjson.dumps(value).decode()


def create_app(config: Config) -> Flask:
    """The Flask application; `parts.parts(app).start()` makes it serve."""
    app = Flask(__name__, static_folder=None)
    app.config.update(engines.flask_settings(config), SECRET_KEY=config.secret_key)
    origins = Origins(config.host, config.port, config.is_private, config.allowed_origins)
    limits = Limits(config.rate_limit)
    address_of = partial(client_address, proxies=config.trusted_proxies)
    resources.load()
    db.init_app(app)
    ma.init_app(app)
    migrate.init_app(app, db, render_as_batch=True)
    cors.init_app(app, origins=origins.patterns, methods=["GET", "HEAD"], allow_headers=["Authorization"])
    bind_all()
    socketio.init_app(
        app,
        async_mode="gevent",
        async_handlers=False,
        transports=["websocket"],
        monitor_clients=False,
        cors_allowed_origins=origins.allows_origin,
        json=Json,
        max_http_buffer_size=config.max_message_bytes,
    )
    with app.app_context():
        engine = db.engine
    engines.prepare(engine, config)
    made = app.extensions["spotter"] = _parts(app, config, engine, origins, limits, address_of)
    readiness = Readiness(engine, made.follower, made.group_commit.writable)
    numbers = metrics(made.gateway, made.group_commit, made.publisher, made.follower, made.bus)
    state, accounts = made.replica.state, made.accounts
    identify = accounts.authentication.identify
    feeds = Feeds(engine, accounts.tokens, config.secret_key, accounts.authentication.caller, origins.base)
    timetable = Timetable(state, engine) if state.channels.keys() >= CHANNELS else None
    if timetable is not None:
        made.gateway.serve("feed", Endpoint(feeds))
    calendars = Calendars(state, timetable, config.timezone, config.gym_name)
    served = served_resources(Resource.registry.values())
    app.register_blueprint(site(origins, readiness, limits, address_of, config.gym_name, served))
    app.register_blueprint(introspection(numbers, made.gateway, config.port))
    app.register_blueprint(exports(made.finder, calendars, identify, accounts.rights, address_of))
    app.register_blueprint(feed(state, feeds, calendars, accounts.rights, address_of))
    return app


def _parts(
    app: Flask,
    config: Config,
    engine: Engine,
    origins: Origins,
    limits: Limits,
    address_of: AddressOf,
) -> Parts:
    replica = Replica(State(Resource.registry))
    # The epoch is the same in all processes of a gym, and no other gym has it.
    bus = Bus(config.redis_url, lambda: replica.state.epoch)
    restore_check = RestoreCheck(engines.note_path(config))
    follower = Follower(engine, replica, restore_check, bus, partial(migrations.migrate, app, config))
    publisher = Publisher(replica, config.heartbeat_seconds)
    writers = {channel: RowWriter(resource) for channel, resource in Resource.registry.items()}
    group_commit = GroupCommit(engine, replica, writers, announce=follower.announce, publish=publisher.flush_if_rested)

    embeds = embeds_of(Resource.registry)

    def greeting(view: View) -> dict[str, Any]:
        cursor = {"epoch": replica.state.epoch + view.tag, "seq": replica.state.seq}
        return {"access": config.access, "timezone": config.timezone, **cursor, "embeds": embeds}

    accounts = AccountServices(config, engine, replica.state)
    sync = Sync(engine, replica, publisher, follower.look)
    finder = Finder(bounded_engine(engine, config), replica.state, follower.look)
    presence = Presence(bus, accounts.rights, finder.rows, config.editing_seconds)
    server = socketio.server
    connections = Connections(
        server,
        publisher,
        sync,
        presence,
        identify=accounts.authentication.identify,
        rights=accounts.rights,
        greeting=greeting,
        backlog=config.max_backlog_bytes,
    )
    gateway = Gateway(connections, group_commit, presence, rights=accounts.rights, reachable=lambda: follower.is_up)
    may_refresh = partial(gateway.permit, event=refresh.EVENT)
    per_second = config.refreshes_per_second
    paced = Refresh(publisher.channels, per_second, may_refresh, gateway.count)
    gateway.serve(refresh.EVENT, Endpoint(paced=paced))
    gateway.serve("sync", Endpoint(sync, from_memory=True))
    subscribe = Subscribe(engine, replica, publisher, finder, follower.look)
    gateway.serve("subscribe", Endpoint(subscribe.subscribe, from_memory=True))
    gateway.serve("unsubscribe", Endpoint(subscribe.unsubscribe, from_memory=True))
    for resource in Resource.registry.values():
        reads = {"get": Endpoint(Get(resource, finder), from_memory=resource.whole)}
        reads["list"] = Endpoint(Listing(resource, finder, replica.state))
        for event, kind in resource.reads.items():
            gateway.serve(event, reads[kind])
    gateway.serve("editing", Endpoint(presence, from_memory=True))
    gateway.serve("history", Endpoint(History(engine)))
    gateway.serve(batch_payload.EVENT, Endpoint(make_request=batch_request, cost=batch_payload.cost))
    gateway.serve(undo.EVENT, Endpoint(make_request=undo.undo_request))
    accounts.attach(gateway)
    packets = Packets(server)
    packets.serve("/", gateway)
    ticker = live.serve(server, packets, gateway.requests, config)
    connect = websocket.connect(
        server.eio,
        config.max_message_bytes,
        config.max_backlog_bytes,
        allows_host=origins.allows_host,
        address_of=address_of,
        connection_limit=ConnectionLimit(config.most_connections),
        limits=limits,
    )
    socketio_internals.take_connections(server, connect)
    retention = Retention(engine, config.journal_days, config.journal_commits)
    heartbeat = Heartbeat(server.eio)
    return Parts(
        config,
        engine,
        bus,
        replica,
        follower,
        group_commit,
        publisher,
        presence,
        gateway,
        accounts,
        finder,
        heartbeat,
        retention,
        ticker,
    )
