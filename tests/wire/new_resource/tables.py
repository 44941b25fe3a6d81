"""What these tests read: the records of a channel, and whether the models make the same of the tables."""

from contextlib import closing
from typing import Any

from tests.support.flask import flask
from tests.support.server import Server
from tests.support.socketio_client import Client

ALL_FIELDS = "tests.wire.new_resource.all_fields.extended"


def records_of(server: Server, channel: str) -> dict[int, dict[str, Any]]:
    """What a client that has just connected is sent of the channel, by id."""
    with closing(Client(server.port)) as client:
        return {record["id"]: record for record in client.next_event(channel).args[0]}


def assert_reconciled(server: Server, app: str = ALL_FIELDS) -> None:
    """`reconcile` reads all tables through the models of the app: no record differs from what is sent."""
    answer = flask(server.database.url, "journal", "reconcile", app=app)
    assert answer.startswith("0 records differed"), answer
