"""The records for other programs: tables for spreadsheets, the timetable for calendars. See docs/http.md."""

from collections.abc import Callable, Iterator
from itertools import islice
from typing import Any

import gevent
import orjson
from flask import Blueprint, Response, abort, request
from sqlalchemy.exc import SQLAlchemyError

from server.http.csv_table import csv_lines
from server.http.timetable import Timetable
from server.realtime.journal.state import State
from server.realtime.protocol.caller import Caller
from server.realtime.resource.resource import Resource
from server.realtime.resource.rights import Rights
from server.realtime.resource.view import View
from server.realtime.transport.address import AddressOf

_SIGN_IN = "Please sign in, and send the token that you get in the header `Authorization: Bearer <token>`.\n"
_FORBIDDEN = "Your role does not allow this. Ask an admin.\n"
_UNAVAILABLE = "The gym's data cannot be reached just now. Please try again.\n"
# Other greenlets run after so many lines: a large table takes longer than a request should wait. An event costs as
# much as a dozen lines.
_LINES_AT_ONCE, _EVENTS_AT_ONCE = 200, 15
_DIGITS = 19

# (the auth object of a connecting client, its address)
Identify = Callable[[object, str], Caller]


def exports(
    state: State, timetable: Timetable, timezone: str, identify: Identify, rights: Rights, address_of: AddressOf
) -> Blueprint:
    """The routes, for callers who may read. They answer from memory, but for the tokens and the calendar's dates."""
    blueprint = Blueprint("exports", __name__)

    @blueprint.errorhandler(SQLAlchemyError)
    def unavailable(error: SQLAlchemyError | None = None) -> Response:
        return _text(_UNAVAILABLE, 503, {"Retry-After": "1"})

    @blueprint.before_request
    def check_rights() -> Response | None:
        if not state.epoch:
            # Nothing was read yet: an empty table would be wrong.
            return unavailable()
        return None if rights.may_read(anonymous()) or rights.may_read(caller()) else _unauthorized()

    def anonymous() -> Caller:
        return Caller(address_of(request.environ))

    def caller() -> Caller:
        """By the token that was sent."""
        sent = request.authorization
        if sent is None or sent.type != "bearer":
            return anonymous()
        return identify({"token": sent.token}, address_of(request.environ))

    def view_of(channel: str) -> View:
        """What the caller may read of the channel; aborts with the answer if that is nothing.

        The token is read only if that matters: the database may be away.
        """
        view = rights.view(anonymous())
        if view.limits(channel):
            signed_in = caller()
            view = rights.view(signed_in)
            if channel in view.hidden:
                abort(_unauthorized() if signed_in.role is None else _text(_FORBIDDEN, 403))
        return view

    @blueprint.get("/export/<channel>.csv")
    def export(channel: str) -> Response:
        resource = Resource.registry.get(channel)
        if resource is None:
            return _text(f"There is no such channel. There are: {', '.join(Resource.registry)}.\n", 404)
        records = [record for _, record in view_of(channel).choose(channel, state.channels[channel].records)]
        return _download(f"{channel}.csv", "text/csv", csv_lines(resource, records), _LINES_AT_ONCE)

    @blueprint.get("/timetable.ics")
    def calendar() -> Response:
        return _calendar("Timetable", "timetable.ics", lambda record: True)

    @blueprint.get("/timetable/<coach>.ics")
    def calendar_of(coach: str) -> Response:
        """The classes that one coach gives."""
        number = int(coach) if coach.isascii() and coach.isdigit() and len(coach) < _DIGITS else 0
        view = view_of("coaches")
        record = state.channels["coaches"].record(number)
        if record is None or not view.has_encoded("coaches", record):
            return _text("There is no such coach.\n", 404)
        name = f"Timetable of {orjson.loads(record)['name']}"
        return _calendar(name, f"timetable-{number}.ics", lambda record: bool(record["coach"]["id"] == number))

    def _calendar(name: str, file: str, is_in: Callable[[dict[str, Any]], bool]) -> Response:
        # The library takes 0.1 s to load, which most gyms' processes need not spend.
        from server.http.calendar import calendar_text

        view = view_of("schedules")
        gym, classes = timetable.read(lambda record: is_in(record) and view.has("schedules", record))
        return _download(file, "text/calendar", calendar_text(gym, name, timezone, classes), _EVENTS_AT_ONCE)

    return blueprint


def _text(line: str, status: int, headers: dict[str, str] | None = None) -> Response:
    return Response(line, status, headers, mimetype="text/plain")


def _unauthorized() -> Response:
    return _text(_SIGN_IN, 401, {"WWW-Authenticate": "Bearer"})


def _download(name: str, mimetype: str, parts: Iterator[str], at_once: int) -> Response:
    # No cache may keep what others may not read.
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return Response(_yielding(parts, at_once), headers=headers, content_type=f"{mimetype}; charset=utf-8")


def _yielding(parts: Iterator[str], at_once: int) -> Iterator[bytes]:
    while block := "".join(islice(parts, at_once)):
        yield block.encode()
        gevent.sleep(0)
