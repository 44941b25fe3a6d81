"""The handlers of `/test`, for newcomers to learn from: what is pushed each second, and what is answered on request."""

import hmac
import logging
import secrets
from collections.abc import Callable
from datetime import datetime
from typing import Any
from typing import TypeVar
from uuid import uuid4

from flask import current_app
from flask import request

from server.extensions import socketio
from server.live.answer import Answer
from server.live.answer import accepted
from server.live.answer import refused
from server.live.ticker import Ticker
from server.realtime.errors import internal
from server.realtime.errors import malformed
from server.realtime.errors import unknown_event

logger = logging.getLogger("spotter.live")

NAMESPACE = "/test"
# Those who were let in and greeted. Whoever is only connecting is in the namespace already, but not in this room.
_LISTENERS = "listeners"

Handler = TypeVar("Handler", bound=Callable[..., Any])


def on(event: str) -> Callable[[Handler], Handler]:
    """Flask-SocketIO's `@socketio.on`, for an event of this namespace."""
    decorator: Callable[[Handler], Handler] = socketio.on(event, namespace=NAMESPACE)
    return decorator


def reply(event: str, data: object) -> None:
    """Emit to the client whose request is being handled, and to nobody else."""
    socketio.emit(event, data, namespace=NAMESPACE, to=_sid())


@on("connect")
def connect(auth: object) -> None:
    """Let anybody in."""
    manager, engine = socketio.server.manager, socketio.server.eio
    engine.get_session(manager.eio_sid_from_sid(_sid(), NAMESPACE))["joined"] = True
    # The client is told that it is in after this function returns. The greeting is to come after that, so it waits for
    # its turn in the background.
    socketio.start_background_task(_welcome, _sid(), _ticker())


@on("disconnect")
def disconnect(reason: str) -> None:
    """Tick for one less."""
    _ticker().leave(_sid())


@on("uuid")
def new_uuid(*_: object) -> Answer:
    """A new random UUID; what is sent along does not matter."""
    data = {"uuid": str(uuid4())}
    reply("uuid", data)
    return accepted(data)


@on("hex")
def new_hex(*_: object) -> Answer:
    """128 random bits as 32 hex digits."""
    data = {"hex": secrets.token_hex(16)}
    reply("hex", data)
    return accepted(data)


@on("my event")
def my_event(*args: object) -> Answer:
    """Take `{"data": anything}`."""
    if len(args) != 1 or not isinstance(args[0], dict) or "data" not in args[0]:
        return refused(malformed('Send one object with a key "data".'))
    data = {"data": "got it!"}
    reply("my response", data)
    return accepted(data)


@on("*")
def anything_else(event: str, *_: object) -> Answer:
    """Without this, whoever waits for the ack of an event that does not exist would wait forever."""
    return refused(unknown_event())


def crashed(error: Exception) -> Answer | bool:
    """Answer for a handler that raised: the log gets the details, the client a reference to them."""
    reference = secrets.token_hex(4)
    logger.exception("a handler of %s failed, reference %s", NAMESPACE, reference)
    # For `connect` the answer is whether to let the client in. Any other than False does.
    return False if _event() == "connect" else refused(internal(reference))


socketio.on_error(NAMESPACE)(crashed)


def tick(key: bytes, behind: Callable[[str], list[str]], index: int, moment: float) -> None:
    """Push time and number to all. Who has not taken what came before is left out: a clock must not come late."""
    late = behind(_LISTENERS)

    def push(event: str, data: object) -> None:
        socketio.emit(event, data, namespace=NAMESPACE, to=_LISTENERS, skip_sid=late)

    # The server's local time, as on the wall of the gym. Written out in full also where the fraction is zero.
    now = datetime.fromtimestamp(moment).isoformat(" ", "microseconds")
    push("time", {"data": "This is data", "time": now})
    push("message", {"data": "This is data", "time": now})
    push("newnumber", {"number": number(key, index)})


def number(key: bytes, index: int) -> float:
    """The random number of a tick: from 0 to 10, three decimals.

    Each process ticks for its own clients, and all must show the same number. So it is not drawn but computed from
    what the processes share: the tick's index, which is the wall clock's, and the secret key, so that nobody else can
    tell the next one.
    """
    digest = hmac.digest(key, b"newnumber %d" % index, "sha256")
    return int.from_bytes(digest[:8], "big") % 10_001 / 1000


def _welcome(sid: str, ticker: Ticker) -> None:
    """Greet a client that was let in, and tick for it from now on."""
    if not socketio.server.manager.is_connected(sid, NAMESPACE):
        return  # It left in the same moment.
    socketio.emit("message", {"data": "Connected", "count": 0}, namespace=NAMESPACE, to=sid)
    socketio.server.enter_room(sid, _LISTENERS, namespace=NAMESPACE)
    ticker.join(sid)


def _ticker() -> Ticker:
    ticker: Ticker = current_app.extensions["ticker"]
    return ticker


def _sid() -> str:
    """Whose request this is: Flask-SocketIO adds it to Flask's."""
    sid: str = request.sid  # type: ignore[attr-defined]
    return sid


def _event() -> str:
    name: str = request.event["message"]  # type: ignore[attr-defined]
    return name
