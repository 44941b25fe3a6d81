"""A bare Flask-SocketIO server that acks what it gets and does nothing else: how fast the stack
answers when there is no work to do.

    PORT=5602 python -m bench.peers.echo
"""

from gevent import monkey

monkey.patch_all()

import os
from typing import Any

from flask import Flask
from flask_socketio import SocketIO

app = Flask(__name__)
socketio = SocketIO(app, async_mode="gevent", cors_allowed_origins="*")


@socketio.on("update_coach")
def update_coach(data: dict[str, Any]) -> dict[str, Any]:
    return {"ok": True, "data": data, "errors": {}}


if __name__ == "__main__":
    socketio.run(app, host="127.0.0.1", port=int(os.environ["PORT"]))
