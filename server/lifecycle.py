"""The parts of one running server, their start and their end."""

import logging
import time
from dataclasses import dataclass

import gevent
from flask import Flask
from sqlalchemy import Engine

from server.accounts.services import AccountServices
from server.config import Config
from server.database import engines, sqlite_file
from server.database.bus import Bus
from server.extensions import socketio
from server.live.ticker import Ticker
from server.realtime.gateway.gateway import Gateway
from server.realtime.journal.follower import Follower
from server.realtime.journal.replica import Replica
from server.realtime.journal.retention import Retention
from server.realtime.mutations.group_commit import GroupCommit
from server.realtime.presence.presence import Presence
from server.realtime.protocol import audit
from server.realtime.queries.finder import Finder
from server.realtime.queries.publisher import Publisher
from server.realtime.transport import websocket
from server.realtime.transport.heartbeat import Heartbeat

logger = logging.getLogger("spotter")

_BUSY_SECONDS = 10.0
_BUSY_RETRY_SECONDS = 0.1


@dataclass
class Parts:
    """What `create_app` makes beside the routes."""

    config: Config
    engine: Engine
    bus: Bus
    replica: Replica
    follower: Follower
    group_commit: GroupCommit
    publisher: Publisher
    presence: Presence
    gateway: Gateway
    accounts: AccountServices
    finder: Finder
    heartbeat: Heartbeat
    retention: Retention
    ticker: Ticker

    def start(self) -> None:
        """Begin to serve, also while PostgreSQL is away. Raises OSError, and what an embedded database raises."""
        engines.check_writable(self.config)
        self.follower.on_open(self._begin)
        try:
            self.open()
        except engines.UNREACHABLE as error:
            if engines.is_embedded(self.config):
                raise
            logger.error(engines.unusable(self.config, error))
            self.follower.lost(error)
        else:
            sqlite_file.checkpoint(self.engine)
        self.bus.start()
        self.follower.start()
        self.group_commit.start()
        self.publisher.start()
        self.presence.start()
        self.heartbeat.start()

    def open(self) -> None:
        """Read the state, once another process that is starting has released SQLite's lock.

        Raises what the database raises.
        """
        until = time.monotonic() + _BUSY_SECONDS
        while True:
            try:
                return self.follower.open()
            except engines.UNREACHABLE as error:
                if not engines.is_busy(error) or time.monotonic() > until:
                    raise
            gevent.sleep(_BUSY_RETRY_SECONDS)

    def _begin(self) -> None:
        """The state was read. No client may connect before the accounts were checked."""
        self.accounts.start()
        self.gateway.connections.open()
        self.retention.start()

    def stop(self, seconds: float) -> None:
        """Commit and answer what was submitted, close every socket, and checkpoint an embedded database."""
        self.ticker.stop()
        self.presence.stop()
        self.group_commit.stop(seconds)
        audit.write()
        self.follower.note()
        for socket in list(socketio.server.eio.sockets.values()):
            socket.end(websocket.GOING_AWAY)
        gevent.sleep(0)
        sqlite_file.leave(self.engine)


def parts(app: Flask) -> Parts:
    """Those of an application that `create_app` made."""
    found: Parts = app.extensions["spotter"]
    return found
