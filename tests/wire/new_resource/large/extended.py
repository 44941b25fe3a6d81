"""The server with this folder's resources, some of which are not whole.

For `flask --app tests.wire.new_resource.large.extended ...`, which finds `create_app` here.
"""

import json
from pathlib import Path

import click
import orjson
from flask import Flask
from sqlalchemy import Connection

from server import resources
from server.extensions import db
from server.realtime.journal.reconcile import fresh_records
from server.realtime.journal.record_queries import each
from server.realtime.journal.replica import Replica
from server.realtime.journal.state import State
from server.realtime.journal.stored_records import StoredRecords
from server.realtime.resource.resource import Resource
from tests.wire.new_resource import extended

resources.__path__.append(str(Path(__file__).parent / "resources"))


def create_app() -> Flask:
    """The server's, with the command `compare`."""
    app = extended.create_app()
    app.cli.add_command(compare)
    return app


@click.command()
def compare() -> None:
    """Print the records of all channels as the tables have them, and as a server that starts now would send them."""
    with db.engine.connect() as connection:
        tables = {
            channel: [orjson.loads(record) for _, record in fresh_records(connection, resource)]
            for channel, resource in Resource.registry.items()
        }
        sent = {channel: _sent(connection, channel) for channel in Resource.registry}
    click.echo(json.dumps([tables, sent]))


def _sent(connection: Connection, channel: str) -> list[object]:
    state = State(Resource.registry)
    Replica(state).load(connection)
    if channel in state.channels:
        return [orjson.loads(record) for record in state.channels[channel].records.values()]
    numbers = [number for number, _ in each(connection, channel)]
    rows = StoredRecords(state, connection).rows(channel, numbers)
    return [orjson.loads(row.record) for row in rows.values()]
