"""The namespace `/test`: a clock, random numbers, UUIDs; small demos that need no database. See docs/live.md."""

from functools import partial

from flask import Flask

from server.config import Config
from server.extensions import socketio
from server.live import demos
from server.live.guard import Guard
from server.live.ticker import Ticker


def register(app: Flask, config: Config) -> Ticker:
    """Serve the namespace in `app`. Call it after `socketio.init_app(app)`; `stop` the ticker at the end.

    Nothing is doubled when a process makes several apps: the handlers of `demos` are noted once, on import, and each
    `init_app` gives them to its own new Socket.IO server; guard and ticker belong to that server and this app.
    """
    guard = Guard(socketio.server, demos.NAMESPACE)
    guard.stand()
    tick = partial(demos.tick, config.secret_key.encode(), guard.behind)
    ticker = Ticker(socketio.start_background_task, tick, config.tick_seconds)
    app.extensions["ticker"] = ticker
    return ticker
