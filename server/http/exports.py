"""The records for other programs: tables for spreadsheets, the timetable for calendars. See docs/http.md."""

from collections.abc import Callable
from collections.abc import Iterator
from itertools import islice
from typing import Any

import gevent
import orjson
from flask import Blueprint
from flask import Response
from flask import request
from sqlalchemy.exc import SQLAlchemyError

from server.http.calendar_classes import Classes
from server.http.csv_table import sheet
from server.realtime.journal.state import State
from server.realtime.protocol.caller import Caller
from server.realtime.resource.resource import Resource
from server.realtime.resource.rights import Rights
from server.realtime.resource.view import View
from server.realtime.transport.address import AddressOf

_SIGN_IN = "Please sign in, and send the token that you get in the header `Authorization: Bearer <token>`.\n"
_FORBIDDEN = "Your role does not allow this. Ask an admin.\n"
_UNAVAILABLE = "The gym's data cannot be reached just now. Please try again.\n"
# After so many lines it is the others' turn: a large gym's table takes longer than anyone should wait for an answer.
_LINES_IN_A_ROW = 200
# An event costs as much as a dozen lines.
_EVENTS_IN_A_ROW = 15
_DIGITS = 19

# (the auth object of a connecting client, its address): who that is.
Identify = Callable[[object, str], Caller]


def exports(
    state: State, classes: Classes, timezone: str, identify: Identify, rights: Rights, address_of: AddressOf
) -> Blueprint:
    """The routes, for those who may read. They answer from memory, as far as it holds what they say."""
    blueprint = Blueprint("exports", __name__)

    @blueprint.before_request
    def check_rights() -> Response | None:
        if not state.epoch:
            # Nothing was read yet: an empty table would be a lie.
            return _unavailable()
        try:
            return None if rights.may_read(_stranger()) or rights.may_read(_who()) else _sign_in()
        except SQLAlchemyError:
            return _unavailable()

    def _stranger() -> Caller:
        return Caller(address_of(request.environ))

    def _who() -> Caller:
        """Whose token was sent."""
        sent = request.authorization
        if sent is None or sent.type != "bearer":
            return _stranger()
        return identify({"token": sent.token}, address_of(request.environ))

    def _view(channel: str) -> View | Response:
        """What of the channel is for who asks, or the answer if that is nothing.

        The token is looked at only if that matters: the database may be away.
        """
        view = rights.view(_stranger())
        if view.limits(channel):
            try:
                caller = _who()
            except SQLAlchemyError:
                return _unavailable()
            view = rights.view(caller)
            if channel in view.hidden:
                return _sign_in() if caller.role is None else Response(_FORBIDDEN, 403, mimetype="text/plain")
        return view

    @blueprint.get("/export/<channel>.csv")
    def table(channel: str) -> Response:
        resource = Resource.registry.get(channel)
        if resource is None:
            channels = ", ".join(Resource.registry)
            return Response(f"There is no such channel. There are: {channels}.\n", 404, mimetype="text/plain")
        view = _view(channel)
        if isinstance(view, Response):
            return view
        records = [record for _, record in view.choose(channel, state.channels[channel].records)]
        return _download(f"{channel}.csv", "text/csv", sheet(resource, records))

    @blueprint.get("/timetable.ics")
    def calendar() -> Response:
        return _calendar("Timetable", "timetable.ics", lambda record: True)

    @blueprint.get("/timetable/<coach>.ics")
    def calendar_of(coach: str) -> Response:
        """The classes that one coach gives."""
        number = int(coach) if coach.isascii() and coach.isdigit() and len(coach) < _DIGITS else 0
        view = _view("coaches")
        if isinstance(view, Response):
            return view
        record = state.channels["coaches"].record(number)
        if record is None or not view.sees_encoded("coaches", record):
            return Response("There is no such coach.\n", 404, mimetype="text/plain")
        name = f"Timetable of {orjson.loads(record)['name']}"
        return _calendar(name, f"timetable-{number}.ics", lambda record: bool(record["coach"]["id"] == number))

    def _calendar(name: str, file: str, is_in: Callable[[dict[str, Any]], bool]) -> Response:
        # The library takes a tenth of a second to load, which most gyms' processes need not spend.
        from server.http.calendar import timetable

        view = _view("schedules")
        if isinstance(view, Response):
            return view
        try:
            gym, found = classes.read(lambda record: is_in(record) and view.sees("schedules", record))
        except SQLAlchemyError:
            return _unavailable()
        return _download(file, "text/calendar", timetable(gym, name, timezone, found), _EVENTS_IN_A_ROW)

    return blueprint


def _sign_in() -> Response:
    return Response(_SIGN_IN, 401, {"WWW-Authenticate": "Bearer"}, mimetype="text/plain")


def _unavailable() -> Response:
    return Response(_UNAVAILABLE, 503, {"Retry-After": "1"}, mimetype="text/plain")


def _download(name: str, mimetype: str, lines: Iterator[str], in_a_row: int = _LINES_IN_A_ROW) -> Response:
    # What others may not read is kept nowhere on the way.
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return Response(_in_turns(lines, in_a_row), headers=headers, content_type=f"{mimetype}; charset=utf-8")


def _in_turns(lines: Iterator[str], in_a_row: int) -> Iterator[bytes]:
    while block := "".join(islice(lines, in_a_row)):
        yield block.encode()
        gevent.sleep(0)
