"""What the journal and memory have is what the tables have, whatever is whole."""

import json
from contextlib import closing

from tests.support.flask import flask
from tests.support.server import Server
from tests.support.socketio_client import CHANNELS, Client

WHOLE = (*CHANNELS, "members")


def assert_stored(server: Server) -> None:
    """All records are the tables' read afresh: those in the journal, of a server that starts now, and in memory."""
    tables, sent = json.loads(flask(server.database.url, "compare", app="tests.wire.new_resource.large.extended"))
    assert sent == tables
    with closing(Client(server.port)) as client:
        assert {channel: client.next_event(channel).args[0] for channel in WHOLE} == {
            channel: tables[channel] for channel in WHOLE
        }
