"""The only wiring: which parts there are, and who hands what to whom."""

import logging
import time
from dataclasses import dataclass
from functools import partial
from typing import Any

import gevent
import orjson
from flask import Flask
from sqlalchemy import Engine

from server import database
from server import embedded
from server import live
from server import migrations
from server import resources
from server.about import about
from server.accounts import models as _accounts  # noqa: F401  (its tables belong to the schema)
from server.accounts.desk import Desk
from server.bus import Bus
from server.config import Config
from server.exports import exports
from server.exports.classes import Classes
from server.extensions import cors
from server.extensions import db
from server.extensions import ma
from server.extensions import migrate
from server.extensions import socketio
from server.live.ticker import Ticker
from server.readiness import Readiness
from server.realtime import audit
from server.realtime import hooks
from server.realtime import refresh
from server.realtime import undo
from server.realtime import websocket
from server.realtime.address import AddressOf
from server.realtime.address import client_address
from server.realtime.committer import Committer
from server.realtime.connection_limit import ConnectionLimit
from server.realtime.copies import embeds_of
from server.realtime.follower import Follower
from server.realtime.gateway import Gateway
from server.realtime.history import History
from server.realtime.limits import Limits
from server.realtime.lobby import Lobby
from server.realtime.log import Log
from server.realtime.metrics import metrics
from server.realtime.origin import Origins
from server.realtime.packets import Packets
from server.realtime.presence import Presence
from server.realtime.publisher import Publisher
from server.realtime.refresh import Refresh
from server.realtime.resource import Resource
from server.realtime.resource import bind_all
from server.realtime.retention import Retention
from server.realtime.snapshots import Snapshots
from server.realtime.store import Store
from server.realtime.sync import Sync
from server.realtime.views import View
from server.realtime.wheel import Wheel
from server.realtime.witness import Witness
from server.site import site

logger = logging.getLogger("spotter")

_BUSY_SECONDS = 10.0
_BUSY_RETRY_SECONDS = 0.1


class Json:
    """The JSON of python-socketio: strict, as the wire is."""

    loads = staticmethod(orjson.loads)

    @staticmethod
    def dumps(value: object, **_: object) -> str:
        """Compact JSON; python-socketio's formatting arguments don't matter."""
        return orjson.dumps(value).decode()


@dataclass
class Parts:
    """The parts of one running server."""

    config: Config
    engine: Engine
    bus: Bus
    log: Log
    follower: Follower
    committer: Committer
    publisher: Publisher
    presence: Presence
    gateway: Gateway
    desk: Desk
    wheel: Wheel
    retention: Retention
    ticker: Ticker

    def start(self) -> None:
        """Begin to serve. Raises OSError and what an embedded database raises; another one is waited for meanwhile."""
        database.check_writable(self.config)
        self.follower.on_open(self._begin)
        try:
            self.open()
        except database.UNREACHABLE as error:
            if database.is_embedded(self.config):
                raise
            logger.error(database.unusable(self.config, error))
            self.follower.lost(error)
        else:
            embedded.checkpoint(self.engine)
        self.bus.start()
        self.follower.start()
        self.committer.start()
        self.publisher.start()
        self.presence.start()
        self.wheel.start()

    def open(self) -> None:
        """Read the state. Another process that is just starting may have locked the file: that is waited for.

        Raises what the database raises.
        """
        until = time.monotonic() + _BUSY_SECONDS
        while True:
            try:
                return self.follower.open()
            except database.UNREACHABLE as error:
                if not database.is_busy(error) or time.monotonic() > until:
                    raise
            gevent.sleep(_BUSY_RETRY_SECONDS)

    def _begin(self) -> None:
        """The state is known. Nobody is let in before the desk has looked at the accounts."""
        self.desk.start()
        self.gateway.lobby.open()
        self.retention.start()

    def stop(self, seconds: float) -> None:
        """Commit and answer what was submitted, close every socket, and leave an embedded database's file whole."""
        self.ticker.stop()
        self.presence.stop()
        self.committer.stop(seconds)
        audit.write()
        self.follower.note()
        for socket in list(socketio.server.eio.sockets.values()):
            socket.end(websocket.GOING_AWAY)
        gevent.sleep(0)
        embedded.leave(self.engine)


def create_app(config: Config) -> Flask:
    """The Flask application with everything in it; `parts(app).start()` makes it serve."""
    app = Flask(__name__, static_folder=None)
    app.config.update(database.flask_settings(config), SECRET_KEY=config.secret_key)
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
    database.prepare(engine, config)
    made = app.extensions["spotter"] = _parts(app, config, engine, origins, limits, address_of)
    numbers = metrics(made.gateway, made.committer, made.publisher, made.follower, made.bus)
    app.register_blueprint(site(origins, Readiness(engine, made.follower, made.committer.writable), limits, address_of))
    app.register_blueprint(about(numbers, made.gateway, config.port))
    snapshots = made.log.snapshots
    classes = Classes(snapshots, engine)
    app.register_blueprint(
        exports(snapshots, classes, config.timezone, made.desk.accounts.identify, made.desk.rights, address_of)
    )
    return app


def parts(app: Flask) -> Parts:
    """The parts that `create_app` put together."""
    found: Parts = app.extensions["spotter"]
    return found


def _parts(
    app: Flask,
    config: Config,
    engine: Engine,
    origins: Origins,
    limits: Limits,
    address_of: AddressOf,
) -> Parts:
    log = Log(Snapshots(Resource.registry))
    # The epoch is the same in all processes of a gym, and no other gym has it.
    bus = Bus(config.redis_url, lambda: log.snapshots.epoch)
    witness = Witness(database.note_path(config))
    follower = Follower(engine, log, witness, bus, partial(migrations.migrate, app, config))
    publisher = Publisher(log, config.heartbeat_seconds)
    stores = {channel: Store(resource) for channel, resource in Resource.registry.items()}
    committer = Committer(engine, log, stores, announce=follower.announce, publish=publisher.flush_if_rested)

    embeds = embeds_of(Resource.registry)

    def greeting(view: View) -> dict[str, Any]:
        cursor = {"epoch": log.snapshots.epoch + view.tag, "seq": log.snapshots.seq}
        return {"access": config.access, "timezone": config.timezone, **cursor, "embeds": embeds}

    desk = Desk(config, engine, log.snapshots)
    sync = Sync(engine, log, publisher, follower.look)
    presence = Presence(bus, desk.rights, log.snapshots, config.editing_seconds)
    server = socketio.server
    lobby = Lobby(
        server,
        publisher,
        sync,
        presence,
        identify=desk.accounts.identify,
        rights=desk.rights,
        greeting=greeting,
        backlog=config.max_backlog_bytes,
    )
    gateway = Gateway(lobby, committer, presence, rights=desk.rights, reachable=lambda: follower.is_up)
    may_refresh = partial(gateway.permit, event=refresh.EVENT)
    per_second = config.refreshes_per_second
    gateway.pace(refresh.EVENT, Refresh(publisher.channels, per_second, may_refresh, gateway.tally.count))
    gateway.serve("sync", sync, from_memory=True)
    gateway.serve("editing", presence, from_memory=True)
    gateway.serve("history", History(engine))
    gateway.write(undo.EVENT, undo.undo_request)
    desk.attach(gateway)
    packets = Packets(server)
    packets.serve("/", gateway)
    ticker = live.serve(server, packets, gateway.tally.requests, config)
    connect = websocket.connect(
        server.eio,
        config.max_message_bytes,
        config.max_backlog_bytes,
        allows_host=origins.allows_host,
        address_of=address_of,
        connection_limit=ConnectionLimit(config.most_connections),
        limits=limits,
    )
    hooks.take_connections(server, connect)
    retention = Retention(engine, config.journal_days, config.journal_commits)
    wheel = Wheel(server.eio)
    return Parts(
        config, engine, bus, log, follower, committer, publisher, presence, gateway, desk, wheel, retention, ticker
    )
